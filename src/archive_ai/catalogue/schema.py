"""The tables of the catalogue, as they stand after the newest migration.

Times are ISO 8601 in UTC. A test holds these tables against what the migrations make.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    text,
)

from archive_ai.catalogue.schema_base import metadata
from archive_ai.catalogue.schema_records import change, record, record_photo
from archive_ai.catalogue.schema_service import job, saved_query, session, token

__all__ = [
    "calibration",
    "change",
    "collection",
    "concept",
    "decision",
    "failure",
    "file",
    "generation",
    "job",
    "measure",
    "metadata",
    "photo",
    "record",
    "record_photo",
    "reference",
    "saved_query",
    "scheme",
    "session",
    "standing",
    "successor",
    "suggestion",
    "tagging_run",
    "token",
    "vector",
]

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
    Index("file_by_collection", "collection_id"),
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

# What the pixels of a photo say: see ``domain.Measures``.
measure = Table(
    "measure",
    metadata,
    Column("photo_id", ForeignKey("photo.id"), primary_key=True),
    Column("colour", Text, nullable=False),
    Column("tint", Float, nullable=False),
    Column("chroma", Float, nullable=False),
    # Empty: in doubt.
    Column("negative", Boolean),
    Column("positive_score", Float, nullable=False),
    Column("blank", Boolean, nullable=False),
    Column("detail", Float, nullable=False),
    # A perceptual hash; empty where nothing made one yet.
    Column("hash", LargeBinary),
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
    # The whole scheme as JSON; empty for versions of before it was kept.
    Column("content", JSON),
    Column("imported_at", String(32)),
    # 1: this version is the one that is tagged with.
    Column("current", Integer, nullable=False, server_default="0"),
    Index("one_current_version", "id", unique=True, sqlite_where=text("current = 1")),
)

# A concept that was renamed or merged, and the one that carries its tags now; never a chain.
successor = Table(
    "successor",
    metadata,
    Column("scheme", Text, primary_key=True),
    Column("concept", Text, primary_key=True),
    Column("becomes", Text, nullable=False),
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
    # Empty until the last suggestion was written: what was broken off is never applied.
    Column("written_at", String(32)),
    # Empty until somebody wanted the run: before, it says nothing.
    Column("applied_at", String(32)),
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
    Index("suggestion_by_concept", "concept"),
)

# What people decided. Rows are only ever added (M2): triggers refuse to change or delete one.
decision = Table(
    "decision",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("photo_id", ForeignKey("photo.id"), nullable=False),
    Column("scheme", Text, nullable=False),
    Column("scheme_version", String(12), nullable=False),
    Column("concept", Text, nullable=False),
    Column("verdict", String(8), nullable=False),
    Column("origin", String(8), nullable=False),
    # The run of the suggestion that was seen, if there was one.
    Column("run", ForeignKey("tagging_run.number")),
    Column("by", Text, nullable=False),
    Column("at", String(32), nullable=False),
    Column("note", Text, nullable=False),
    # The number of the first decision of those that were made in one go.
    Column("batch", Integer, nullable=False, index=True),
    # The decision that this one takes back.
    Column("undoes", ForeignKey("decision.number"), unique=True),
    CheckConstraint("verdict IN ('accepted', 'rejected', 'undone')", name="decision_verdict"),
    CheckConstraint("origin IN ('person', 'import')", name="decision_origin"),
    CheckConstraint("(verdict = 'undone') = (undoes IS NOT NULL)", name="decision_undoes"),
    ForeignKeyConstraint(["scheme", "scheme_version"], ["scheme.id", "scheme.version"]),
    Index("decision_by_tag", "photo_id", "scheme", "concept"),
)

# Derived from decisions: the newest of each tag that was not taken back. Can be made again.
standing = Table(
    "standing",
    metadata,
    Column("photo_id", ForeignKey("photo.id"), primary_key=True),
    Column("scheme", Text, primary_key=True),
    Column("concept", Text, primary_key=True),
    Column("decision", ForeignKey("decision.number"), nullable=False),
    Index("standing_by_concept", "scheme", "concept"),
)

# A reference picture of a concept, which need not be in the archive, as one model sees it.
reference = Table(
    "reference",
    metadata,
    Column("scheme", Text, primary_key=True),
    Column("concept", Text, primary_key=True),
    Column("sha256", String(64), primary_key=True),
    Column("page", Integer, primary_key=True),
    Column("fingerprint", String(16), primary_key=True),
    Column("path", Text, nullable=False),
    # Unit length, float16, little-endian.
    Column("vector", LargeBinary, nullable=False),
    # By how much it changes with tone, frame and mount: rows like that of vector.
    Column("disturbances", LargeBinary, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", String(32), nullable=False),
)

calibration = Table(
    "calibration",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("scheme", Text, nullable=False),
    Column("scheme_version", String(12), nullable=False),
    # Empty: what holds for the scheme as a whole.
    Column("concept", Text, nullable=False),
    Column("fingerprint", String(16), nullable=False),
    Column("content", JSON, nullable=False),
    Column("report", JSON, nullable=False),
    # 1: it is used; 0: it was no better than what was there.
    Column("kept", Integer, nullable=False),
    Column("made_at", String(32), nullable=False),
    Index("calibration_by_concept", "fingerprint", "scheme", "concept"),
)
