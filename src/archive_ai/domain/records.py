"""Archival descriptions: what people wrote about photos, or what lies in the files themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
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

    ``key`` names the record for ever: a signature, a path, or the photo whose file held it.
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


@dataclass(frozen=True, slots=True)
class RecordChanges:
    """What writing records did: how many of each, photos that have one now, keys that have none.

    ``waiting`` are the keys of records whose photos are not in the archive yet.
    """

    new: int
    changed: int
    unchanged: int
    photos: int
    waiting: tuple[str, ...]
