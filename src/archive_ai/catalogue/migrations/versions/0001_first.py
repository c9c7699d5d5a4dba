"""The first catalogue: files, photos, generations, vectors, suggestions."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make all tables of format 1."""
    _scans()
    _generations()
    _tags()


def _scans() -> None:
    op.create_table(
        "collection",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.Text, nullable=False, unique=True),
    )
    op.create_table(
        "file",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("path", sa.Text, nullable=False, unique=True),
        sa.Column("collection_id", sa.Integer, sa.ForeignKey("collection.id"), nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("mtime_ns", sa.Integer, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("seen_at", sa.String(32), nullable=False),
        sa.CheckConstraint("state IN ('present', 'missing', 'failed')", name="file_state"),
    )
    op.create_index("ix_file_sha256", "file", ["sha256"])
    op.create_table(
        "failure",
        sa.Column("file_id", sa.Integer, sa.ForeignKey("file.id"), primary_key=True),
        sa.Column("page", sa.Integer, primary_key=True),
        sa.Column("cause", sa.Text, nullable=False),
        sa.Column("advice", sa.Text, nullable=False),
    )
    op.create_table(
        "photo",
        sa.Column("id", sa.String(22), primary_key=True),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("page", sa.Integer, nullable=False),
        sa.Column("width", sa.Integer, nullable=False),
        sa.Column("height", sa.Integer, nullable=False),
        sa.Column("format", sa.Text, nullable=False),
    )
    op.create_index("ix_photo_sha256", "photo", ["sha256"])


def _generations() -> None:
    op.create_table(
        "generation",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("fingerprint", sa.String(16), nullable=False, unique=True),
        sa.Column("card", sa.JSON, nullable=False),
        sa.Column("manifest", sa.Text, nullable=False),
        sa.Column("manifest_sha256", sa.String(64), nullable=False),
        sa.Column("active", sa.Integer, nullable=False),
        sa.Column("created_at", sa.String(32), nullable=False),
    )
    op.create_index(
        "one_active_generation",
        "generation",
        ["active"],
        unique=True,
        sqlite_where=sa.text("active = 1"),
    )
    op.create_table(
        "vector",
        sa.Column("generation", sa.Integer, sa.ForeignKey("generation.number"), primary_key=True),
        sa.Column("photo_id", sa.String(22), sa.ForeignKey("photo.id"), primary_key=True),
        sa.Column("segment", sa.Text, nullable=False),
        sa.Column("row", sa.Integer, nullable=False),
    )
    op.create_index("vector_by_segment", "vector", ["generation", "segment"])


def _tags() -> None:
    op.create_table(
        "scheme",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("version", sa.String(12), primary_key=True),
        sa.Column("uri", sa.Text, nullable=False),
    )
    op.create_table(
        "concept",
        sa.Column("scheme", sa.Text, primary_key=True),
        sa.Column("version", sa.String(12), primary_key=True),
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("uri", sa.Text, nullable=False),
        sa.Column("labels", sa.JSON, nullable=False),
        sa.Column("sensitivity", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["scheme", "version"], ["scheme.id", "scheme.version"]),
    )
    op.create_table(
        "tagging_run",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("generation", sa.Integer, sa.ForeignKey("generation.number"), nullable=False),
        sa.Column("fingerprint", sa.String(16), nullable=False),
        sa.Column("model", sa.Text, nullable=False),
        sa.Column("scheme", sa.Text, nullable=False),
        sa.Column("scheme_version", sa.String(12), nullable=False),
        sa.Column("concept", sa.Text, nullable=False),
        sa.Column("threshold", sa.Float, nullable=False),
        sa.Column("started_at", sa.String(32), nullable=False),
        sa.Column("suggestions", sa.Integer, nullable=False),
        sa.Column("withdrawn_at", sa.String(32)),
        sa.ForeignKeyConstraint(["scheme", "scheme_version"], ["scheme.id", "scheme.version"]),
    )
    op.create_table(
        "suggestion",
        sa.Column("run", sa.Integer, sa.ForeignKey("tagging_run.number"), primary_key=True),
        sa.Column("photo_id", sa.String(22), sa.ForeignKey("photo.id"), primary_key=True),
        sa.Column("concept", sa.Text, primary_key=True),
        sa.Column("score", sa.Float, nullable=False),
        sa.Column("probability", sa.Float),
    )
    op.create_index("suggestion_by_photo", "suggestion", ["photo_id"])
