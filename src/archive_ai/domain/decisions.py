"""What people decide about tags: rows that are only ever added to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from archive_ai.domain.scans import PhotoId
from archive_ai.domain.tags import Origin


class Verdict(StrEnum):
    """What a person says of a concept on a photo, or that an earlier word is taken back."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class Ruling:
    """What somebody wants to decide: ``verdict`` is accepted or rejected.

    ``seen`` is the number of the decision that stood when they looked, 0 for none: a ruling on
    a tag that somebody else has decided since is a conflict. None: whatever stands.
    """

    photo: PhotoId
    concept: str
    verdict: Verdict
    note: str = ""
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision as it is kept for ever: who, what, when, and what they had seen.

    ``run`` is the run of the suggestion that was decided on, if there was one; ``batch`` the
    number of the first decision made in the same go; ``undoes`` the decision taken back.
    """

    number: int
    photo: PhotoId
    scheme: str
    scheme_version: str
    concept: str
    verdict: Verdict
    origin: Origin
    run: int | None
    by: str
    at: str
    note: str
    batch: int
    undoes: int | None


@dataclass(frozen=True, slots=True)
class Decided:
    """What came of a batch of rulings.

    ``batch`` names it for undoing, 0 where nothing was written; ``unchanged`` rulings said what
    stood already; ``conflicts`` are decisions of others that were not seen: the rulings on those
    tags were not written.
    """

    batch: int
    written: int
    unchanged: int
    conflicts: Sequence[Decision]
