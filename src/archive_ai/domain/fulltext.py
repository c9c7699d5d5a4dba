"""What a question finds in the descriptions and paths of photos."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from archive_ai.domain.records import RecordSource


class TextKind(StrEnum):
    """How well the words of a question stand in what is written about a photo.

    Exact: every word that has content, in any of its forms, in one record with its path. Weak:
    some of the words only, or as parts of longer words.
    """

    EXACT = "exact"
    WEAK = "weak"


@dataclass(frozen=True, slots=True)
class TextMatch:
    """How a photo answers; ``relevance`` is above 0 and at most 1, by which its kind is ordered."""

    kind: TextKind
    relevance: float


@dataclass(frozen=True, slots=True)
class TextEvidence:
    """Words as they stand in a ``field`` of a record, or in a path (then ``source`` is None)."""

    field: str
    words: tuple[str, ...]
    source: RecordSource | None
