"""Decisions of people, versions of schemes, runs that wait, what is learned and measured."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make all tables of format 2; runs of format 1 had been applied when they were written."""
    _schemes()
    _runs()
    _decisions()
    _learning()
    _measures()


def _schemes() -> None:
    op.add_column("scheme", sa.Column("content", sa.JSON))
    op.add_column("scheme", sa.Column("imported_at", sa.String(32)))
    op.add_column("scheme", sa.Column("current", sa.Integer, nullable=False, server_default="0"))
    op.create_index(
        "one_current_version", "scheme", ["id"], unique=True, sqlite_where=sa.text("current = 1")
    )
    op.create_table(
        "successor",
        sa.Column("scheme", sa.Text, primary_key=True),
        sa.Column("concept", sa.Text, primary_key=True),
        sa.Column("becomes", sa.Text, nullable=False),
    )


def _runs() -> None:
    op.add_column("tagging_run", sa.Column("written_at", sa.String(32)))
    op.add_column("tagging_run", sa.Column("applied_at", sa.String(32)))
    op.execute("UPDATE tagging_run SET written_at = started_at, applied_at = started_at")


def _decisions() -> None:
    op.create_table(
        "decision",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("photo_id", sa.String(22), sa.ForeignKey("photo.id"), nullable=False),
        sa.Column("scheme", sa.Text, nullable=False),
        sa.Column("scheme_version", sa.String(12), nullable=False),
        sa.Column("concept", sa.Text, nullable=False),
        sa.Column("verdict", sa.String(8), nullable=False),
        sa.Column("origin", sa.String(8), nullable=False),
        sa.Column("run", sa.Integer, sa.ForeignKey("tagging_run.number")),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("batch", sa.Integer, nullable=False),
        sa.Column("undoes", sa.Integer, sa.ForeignKey("decision.number"), unique=True),
        sa.CheckConstraint(
            "verdict IN ('accepted', 'rejected', 'undone')", name="decision_verdict"
        ),
        sa.CheckConstraint("origin IN ('person', 'import')", name="decision_origin"),
        sa.CheckConstraint("(verdict = 'undone') = (undoes IS NOT NULL)", name="decision_undoes"),
        sa.ForeignKeyConstraint(["scheme", "scheme_version"], ["scheme.id", "scheme.version"]),
    )
    op.create_index("ix_decision_batch", "decision", ["batch"])
    op.create_index("decision_by_tag", "decision", ["photo_id", "scheme", "concept"])
    for deed in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER decision_no_{deed.lower()} BEFORE {deed} ON decision BEGIN "
            "SELECT RAISE(ABORT, 'a decision is never changed or deleted (M2)'); END"
        )
    op.create_table(
        "standing",
        sa.Column("photo_id", sa.String(22), sa.ForeignKey("photo.id"), primary_key=True),
        sa.Column("scheme", sa.Text, primary_key=True),
        sa.Column("concept", sa.Text, primary_key=True),
        sa.Column("decision", sa.Integer, sa.ForeignKey("decision.number"), nullable=False),
    )
    op.create_index("standing_by_concept", "standing", ["scheme", "concept"])


def _learning() -> None:
    op.create_table(
        "reference",
        sa.Column("scheme", sa.Text, primary_key=True),
        sa.Column("concept", sa.Text, primary_key=True),
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("page", sa.Integer, primary_key=True),
        sa.Column("fingerprint", sa.String(16), primary_key=True),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("vector", sa.LargeBinary, nullable=False),
        sa.Column("disturbances", sa.LargeBinary, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
    )
    op.create_table(
        "calibration",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("scheme", sa.Text, nullable=False),
        sa.Column("scheme_version", sa.String(12), nullable=False),
        sa.Column("concept", sa.Text, nullable=False),
        sa.Column("fingerprint", sa.String(16), nullable=False),
        sa.Column("content", sa.JSON, nullable=False),
        sa.Column("report", sa.JSON, nullable=False),
        sa.Column("kept", sa.Integer, nullable=False),
        sa.Column("made_at", sa.String(32), nullable=False),
    )
    op.create_index("calibration_by_concept", "calibration", ["fingerprint", "scheme", "concept"])


def _measures() -> None:
    op.create_table(
        "measure",
        sa.Column("photo_id", sa.String(22), sa.ForeignKey("photo.id"), primary_key=True),
        sa.Column("colour", sa.Text, nullable=False),
        sa.Column("tint", sa.Float, nullable=False),
        sa.Column("chroma", sa.Float, nullable=False),
        sa.Column("negative", sa.Boolean),
        sa.Column("positive_score", sa.Float, nullable=False),
        sa.Column("blank", sa.Boolean, nullable=False),
        sa.Column("detail", sa.Float, nullable=False),
    )
