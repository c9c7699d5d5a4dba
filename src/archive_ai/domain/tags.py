"""What is said about a photo, by whom, and how sure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from archive_ai.domain.records import Record
from archive_ai.domain.scans import Photo, PhotoId


class Origin(StrEnum):
    """Who says so."""

    MACHINE = "machine"
    PERSON = "person"
    IMPORT = "import"


class Status(StrEnum):
    """Where a tag stands; ``below`` is no tag: scored by a machine, and not suggested."""

    SUGGESTED = "suggested"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    BELOW = "below"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One concept that a machine sees on one photo.

    ``score`` is the log-odds of the concept on its own; ``probability`` is what follows from them
    and from the concepts it excludes or contains.
    """

    photo: PhotoId
    concept: str
    score: float
    probability: float | None = None


@dataclass(frozen=True, slots=True)
class TaggingRun:
    """One pass of suggestions: with what it was made, when, and how many there were.

    ``concept`` is the one that the run was about; empty: all that may be suggested. A run that
    was not written to its end is never applied; one that was not applied says nothing yet.
    """

    number: int
    generation: int
    fingerprint: str
    model: str
    scheme: str
    scheme_version: str
    concept: str
    threshold: float
    started_at: str
    suggestions: int
    withdrawn_at: str | None = None
    written_at: str | None = None
    applied_at: str | None = None


@dataclass(frozen=True, slots=True)
class RunDifference:
    """How many suggestions a run would bring, take away, and leave as they are."""

    new: int
    gone: int
    same: int


@dataclass(frozen=True, slots=True)
class Tag:
    """A concept on a photo with its whole provenance; a machine's tag names its run."""

    photo: PhotoId
    concept: str
    labels: Mapping[str, str]
    status: Status
    origin: Origin
    score: float | None
    probability: float | None
    run: int | None
    model: str | None
    generation: int | None
    scheme: str
    scheme_version: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class PhotoDetails:
    """A photo, every present path of it, its tags that may be told, and its descriptions."""

    photo: Photo
    paths: Sequence[Path]
    tags: Sequence[Tag]
    records: Sequence[Record] = ()
