"""Records and their words, what changed when, tokens and sessions, jobs, queries to cite."""

import sqlalchemy as sa
from alembic import op

from archive_ai.catalogue.path_words import write_paths

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make all tables of format 3."""
    _records()
    _full_text()
    _changes()
    _access()
    _jobs()
    op.create_table(
        "saved_query",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("query", sa.JSON, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("generation", sa.Integer, nullable=False),
        sa.Column("fingerprint", sa.String(16), nullable=False),
        sa.Column("answer", sa.JSON, nullable=False),
    )
    op.add_column("measure", sa.Column("hash", sa.LargeBinary))
    op.create_index("suggestion_by_concept", "suggestion", ["concept"])
    op.create_index("file_by_collection", "file", ["collection_id"])


def _records() -> None:
    op.create_table(
        "record",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("key", sa.Text, nullable=False, unique=True),
        sa.Column("source", sa.String(8), nullable=False),
        sa.Column("page", sa.Integer),
        sa.Column("locator", sa.Text, nullable=False, index=True),
        sa.Column("signature", sa.Text, nullable=False, index=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("description", sa.Text, nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("rights", sa.Text, nullable=False),
        sa.Column("date", sa.Text, nullable=False),
        sa.Column("first", sa.String(10)),
        sa.Column("last", sa.String(10)),
        sa.Column("visibility", sa.String(6), nullable=False),
        sa.Column("closed_until", sa.String(10), nullable=False),
        sa.Column("other", sa.JSON, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.CheckConstraint("source IN ('table', 'embedded')", name="record_source"),
        sa.CheckConstraint("visibility IN ('open', 'closed')", name="record_visibility"),
    )
    op.create_table(
        "record_photo",
        sa.Column("photo_id", sa.String(22), sa.ForeignKey("photo.id"), primary_key=True),
        sa.Column("record_id", sa.Integer, sa.ForeignKey("record.id"), primary_key=True),
    )
    op.create_index("record_photo_by_record", "record_photo", ["record_id"])


def _full_text() -> None:
    # rowid is record.id. Words are stemmed before they come here; parts holds those that long
    # words are put together from.
    op.execute(
        "CREATE VIRTUAL TABLE record_text USING fts5("
        "signature, title, description, place, kind, parts, tokenize = 'unicode61')"
    )
    # Which words there are: they are known when compounds are taken apart.
    op.execute("CREATE VIRTUAL TABLE record_text_word USING fts5vocab(record_text, col)")
    # The words of paths, folded; rowid is file.id. A file's path never changes.
    op.execute("CREATE VIRTUAL TABLE file_text USING fts5(folder, name, tokenize = 'unicode61')")
    op.execute(
        "CREATE TRIGGER file_text_gone AFTER DELETE ON file BEGIN "
        "DELETE FROM file_text WHERE rowid = old.id; END"
    )
    connection = op.get_bind()
    files = connection.execute(sa.text("SELECT path, id FROM file"))
    while rows := files.fetchmany(10_000):
        write_paths(connection, {row[0]: row[1] for row in rows})


def _changes() -> None:
    """Count what changes who may be seen, so that what was derived of it knows its age."""
    op.create_table(
        "change",
        sa.Column("name", sa.String(10), primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
    )
    op.execute("INSERT INTO change VALUES ('presence', 0), ('records', 0)")
    step = "UPDATE change SET number = number + 1 WHERE name = "
    op.execute(
        "CREATE TRIGGER file_presence AFTER UPDATE OF state, sha256, collection_id ON file "
        "WHEN old.state <> new.state OR old.sha256 <> new.sha256 "
        f"OR old.collection_id <> new.collection_id BEGIN {step}'presence'; END"
    )
    # A new file is news only where its content is known: then it may bring a photo back.
    op.execute(
        "CREATE TRIGGER file_copy AFTER INSERT ON file "
        "WHEN EXISTS (SELECT 1 FROM photo WHERE photo.sha256 = new.sha256) "
        f"BEGIN {step}'presence'; END"
    )
    op.execute(f"CREATE TRIGGER file_gone AFTER DELETE ON file BEGIN {step}'presence'; END")
    for table in ("record", "record_photo"):
        for event in ("INSERT", "UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_{event.lower()} AFTER {event} ON {table} "
                f"BEGIN {step}'records'; END"
            )


def _access() -> None:
    op.create_table(
        "token",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.Text, nullable=False, unique=True),
        sa.Column("role", sa.String(10), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False, unique=True),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("created_at", sa.String(32), nullable=False),
        sa.Column("expires_at", sa.String(32)),
        sa.Column("revoked_at", sa.String(32)),
        sa.CheckConstraint("role IN ('reader', 'archivist', 'admin')", name="token_role"),
    )
    op.create_table(
        "session",
        sa.Column("hash", sa.String(64), primary_key=True),
        sa.Column("token_id", sa.Integer, sa.ForeignKey("token.id"), nullable=False),
        sa.Column("created_at", sa.String(32), nullable=False),
        sa.Column("expires_at", sa.String(32), nullable=False),
    )


def _jobs() -> None:
    op.create_table(
        "job",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("arguments", sa.JSON, nullable=False),
        sa.Column("state", sa.String(11), nullable=False, index=True),
        sa.Column("progress", sa.JSON, nullable=False),
        sa.Column("outcome", sa.JSON),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("created_at", sa.String(32), nullable=False),
        sa.Column("started_at", sa.String(32)),
        sa.Column("finished_at", sa.String(32)),
        # 1: somebody wants it to stop; whoever runs it looks here.
        sa.Column("stop_wanted", sa.Integer, nullable=False, server_default="0"),
        sa.CheckConstraint(
            "state IN ('queued', 'running', 'done', 'failed', 'stopped', 'interrupted')",
            name="job_state",
        ),
    )
