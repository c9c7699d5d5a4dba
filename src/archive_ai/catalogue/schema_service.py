"""The tables of who may sign in, of long work, and of queries that are cited."""

from __future__ import annotations

from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, Integer, String, Table, Text

from archive_ai.catalogue.schema_base import metadata

# Who may sign in. The token itself is nowhere: SHA-256 of it is kept, it has 256 random bits.
token = Table(
    "token",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("role", String(10), nullable=False),
    Column("hash", String(64), nullable=False, unique=True),
    Column("by", Text, nullable=False),
    Column("created_at", String(32), nullable=False),
    Column("expires_at", String(32)),
    Column("revoked_at", String(32)),
    CheckConstraint("role IN ('reader', 'archivist', 'admin')", name="token_role"),
)

session = Table(
    "session",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("token_id", ForeignKey("token.id"), nullable=False),
    Column("created_at", String(32), nullable=False),
    Column("expires_at", String(32), nullable=False),
)

# Long work: see ``domain.Job``.
job = Table(
    "job",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("arguments", JSON, nullable=False),
    Column("state", String(11), nullable=False, index=True),
    Column("progress", JSON, nullable=False),
    Column("outcome", JSON),
    Column("by", Text, nullable=False),
    Column("created_at", String(32), nullable=False),
    Column("started_at", String(32)),
    Column("finished_at", String(32)),
    # 1: somebody wants it to stop; whoever runs it looks here.
    Column("stop_wanted", Integer, nullable=False, server_default="0"),
    CheckConstraint(
        "state IN ('queued', 'running', 'done', 'failed', 'stopped', 'interrupted')",
        name="job_state",
    ),
)

saved_query = Table(
    "saved_query",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("query", JSON, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", String(32), nullable=False),
    Column("generation", Integer, nullable=False),
    Column("fingerprint", String(16), nullable=False),
    Column("answer", JSON, nullable=False),
)
