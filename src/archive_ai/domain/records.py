"""Archival descriptions: what people wrote about photos, or what lies in the files themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum


class RecordSource(StrEnum):
    """Where a description comes from; a table is a person's word, and goes first."""

    TABLE = "table"
    EMBEDDED = "embedded"


class Visibility(StrEnum):
    """Whether a record lets its photos be seen by readers."""

    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Record:
    """One description of one or more photos.

    ``key`` names the record for ever: a signature (``by_signature``), a path, or the photo whose
    file held it.
    ``page`` (from 1) is the one page of a file that it is about, None for all. ``date`` is EDTF;
    ``first`` and ``last`` are the ISO days between which it lies, None where nothing is known.
    ``closed_until`` is an ISO day, empty for none. ``other`` holds columns that have no name here.
    """

    key: str
    source: RecordSource
    page: int | None = None
    signature: str = ""
    title: str = ""
    description: str = ""
    place: str = ""
    kind: str = ""
    rights: str = ""
    date: str = ""
    first: str | None = None
    last: str | None = None
    visibility: Visibility = Visibility.OPEN
    closed_until: str = ""
    other: Mapping[str, str] = field(default_factory=dict)
    by: str = ""
    at: str = ""
    by_signature: bool = False


@dataclass(frozen=True, slots=True)
class RecordColumns:
    """What a table says of its records: fields of theirs, and names in their ``other``."""

    fields: frozenset[str]
    other: frozenset[str] = frozenset()

    def over(self, record: Record, before: Record) -> Record:
        """Return what ``record`` says, and of all else what stood there ``before``."""
        left = {name: text for name, text in before.other.items() if name not in self.other}
        said = {name: getattr(record, name) for name in self.fields}
        return replace(
            before,
            **said,
            page=record.page,
            by_signature=record.by_signature,
            other=left | dict(record.other),
            by=record.by,
            at=record.at,
        )


@dataclass(frozen=True, slots=True)
class RecordChanges:
    """What writing records did: how many of each, photos that have one now, keys that have none.

    ``waiting`` are the keys of records whose photos are not in the archive yet. ``opened`` counts
    the records that closed their photos and no longer do.
    """

    new: int
    changed: int
    unchanged: int
    photos: int
    waiting: tuple[str, ...]
    opened: int = 0
