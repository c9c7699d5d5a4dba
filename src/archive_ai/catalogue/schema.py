"""The tables of the catalogue, as they stand after the newest migration.

Times are ISO 8601 in UTC. A test holds these tables against what the migrations make.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    text,
)

metadata = MetaData()

collection = Table(
    "collection",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
)

file = Table(
    "file",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("path", Text, nullable=False, unique=True),
    Column("collection_id", ForeignKey("collection.id"), nullable=False),
    Column("size", Integer, nullable=False),
    Column("mtime_ns", Integer, nullable=False),
    # Empty when the file could not even be read.
    Column("sha256", String(64), nullable=False, index=True),
    Column("state", String(8), nullable=False),
    Column("seen_at", String(32), nullable=False),
    CheckConstraint("state IN ('present', 'missing', 'failed')", name="file_state"),
)

failure = Table(
    "failure",
    metadata,
    Column("file_id", ForeignKey("file.id"), primary_key=True),
    # 0 is the whole file.
    Column("page", Integer, primary_key=True),
    Column("cause", Text, nullable=False),
    Column("advice", Text, nullable=False),
)

photo = Table(
    "photo",
    metadata,
    Column("id", String(22), primary_key=True),
    Column("sha256", String(64), nullable=False, index=True),
    Column("page", Integer, nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("format", Text, nullable=False),
)

generation = Table(
    "generation",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("fingerprint", String(16), nullable=False, unique=True),
    Column("card", JSON, nullable=False),
    # The file that lists the sealed segments, and its hash; both empty before the first seal.
    Column("manifest", Text, nullable=False),
    Column("manifest_sha256", String(64), nullable=False),
    Column("active", Integer, nullable=False),
    Column("created_at", String(32), nullable=False),
    Index("one_active_generation", "active", unique=True, sqlite_where=text("active = 1")),
)

vector = Table(
    "vector",
    metadata,
    Column("generation", ForeignKey("generation.number"), primary_key=True),
    Column("photo_id", ForeignKey("photo.id"), primary_key=True),
    Column("segment", Text, nullable=False),
    Column("row", Integer, nullable=False),
    Index("vector_by_segment", "generation", "segment"),
)

scheme = Table(
    "scheme",
    metadata,
    Column("id", Text, primary_key=True),
    Column("version", String(12), primary_key=True),
    Column("uri", Text, nullable=False),
)

concept = Table(
    "concept",
    metadata,
    Column("scheme", Text, primary_key=True),
    Column("version", String(12), primary_key=True),
    Column("id", Text, primary_key=True),
    Column("uri", Text, nullable=False),
    Column("labels", JSON, nullable=False),
    Column("sensitivity", Text, nullable=False),
    ForeignKeyConstraint(["scheme", "version"], ["scheme.id", "scheme.version"]),
)

tagging_run = Table(
    "tagging_run",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("generation", ForeignKey("generation.number"), nullable=False),
    Column("fingerprint", String(16), nullable=False),
    Column("model", Text, nullable=False),
    Column("scheme", Text, nullable=False),
    Column("scheme_version", String(12), nullable=False),
    # The one concept that the run was about; empty: all that may be suggested.
    Column("concept", Text, nullable=False),
    Column("threshold", Float, nullable=False),
    Column("started_at", String(32), nullable=False),
    Column("suggestions", Integer, nullable=False),
    Column("withdrawn_at", String(32)),
    ForeignKeyConstraint(["scheme", "scheme_version"], ["scheme.id", "scheme.version"]),
)

suggestion = Table(
    "suggestion",
    metadata,
    Column("run", ForeignKey("tagging_run.number"), primary_key=True),
    Column("photo_id", ForeignKey("photo.id"), primary_key=True),
    Column("concept", Text, primary_key=True),
    Column("score", Float, nullable=False),
    Column("probability", Float),
    Index("suggestion_by_photo", "photo_id"),
)
