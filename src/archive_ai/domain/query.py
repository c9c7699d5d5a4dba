"""What somebody asks: words, example pictures, what not, and exact filters in one object."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from archive_ai.domain.measures import Colour
from archive_ai.domain.records import Visibility
from archive_ai.domain.scans import PhotoId
from archive_ai.domain.tags import Status


@dataclass(frozen=True, slots=True)
class Words:
    """Text to look for; a negative ``weight`` means: not this."""

    text: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Example:
    """A photo of the archive to look like, or with a negative ``weight`` unlike."""

    photo: PhotoId
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Filters:
    """What every hit must fulfil, exactly. Empty: no such demand.

    Values of one field are alternatives (one must hold), fields add up (all must hold).
    ``phrases`` must each stand in a photo's description as they are written. ``years`` are
    first and last, both included; a photo whose date may lie there passes, one without any date
    does not. ``tags`` and ``without_tags`` are concepts by id or label, with their narrower ones;
    ``statuses`` are those that a tag must have (default: accepted or suggested).
    """

    phrases: tuple[str, ...] = ()
    signatures: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    years: tuple[int | None, int | None] | None = None
    tags: tuple[str, ...] = ()
    without_tags: tuple[str, ...] = ()
    statuses: tuple[Status, ...] = ()
    kinds: tuple[str, ...] = ()
    colours: tuple[Colour, ...] = ()
    formats: tuple[str, ...] = ()
    visibility: Visibility | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """One question: the same object for command line, API and page.

    Words and examples add up by their weights. Without any of them the filters alone answer, in
    the order of the photos' ids.
    """

    words: tuple[Words, ...] = ()
    examples: tuple[Example, ...] = ()
    filters: Filters = field(default_factory=Filters)


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A query that can be cited: what was asked, by whom, and which generation answered.

    ``answer`` holds what it was answered with then: the counts, and the first photos' ids.
    """

    id: str
    query: Query
    by: str
    at: str
    generation: int
    fingerprint: str
    answer: Mapping[str, Any]
