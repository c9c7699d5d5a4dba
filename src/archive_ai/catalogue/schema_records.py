"""The tables of descriptions, and of what changes who may be seen."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
)

from archive_ai.catalogue.schema_base import metadata

# A description of one or more photos: see ``domain.Record``.
record = Table(
    "record",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("source", String(8), nullable=False),
    # The page that it is about; empty: all pages of a file.
    Column("page", Integer),
    # By what it finds its files: see ``catalogue.linking``.
    Column("locator", Text, nullable=False, index=True),
    Column("signature", Text, nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("description", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("rights", Text, nullable=False),
    Column("date", Text, nullable=False),
    # ISO days between which the date lies; empty: unknown, or open at that end.
    Column("first", String(10)),
    Column("last", String(10)),
    Column("visibility", String(6), nullable=False),
    Column("closed_until", String(10), nullable=False),
    Column("other", JSON, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", String(32), nullable=False),
    CheckConstraint("source IN ('table', 'embedded')", name="record_source"),
    CheckConstraint("visibility IN ('open', 'closed')", name="record_visibility"),
)

record_photo = Table(
    "record_photo",
    metadata,
    Column("photo_id", ForeignKey("photo.id"), primary_key=True),
    Column("record_id", ForeignKey("record.id"), primary_key=True),
    Index("record_photo_by_record", "record_id"),
)

# Counters that triggers move: ``presence`` when files come and go, ``records`` with descriptions;
# and ``measures``, which moves when photos are measured.
change = Table(
    "change",
    metadata,
    Column("name", String(10), primary_key=True),
    Column("number", Integer, nullable=False),
)
