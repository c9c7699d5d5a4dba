"""Who asks, and what the archive keeps closed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What somebody may do; each may do what those before it may."""

    READER = "reader"
    ARCHIVIST = "archivist"
    ADMIN = "admin"

    def includes(self, other: Role) -> bool:
        """Tell whether this role may do all that ``other`` may."""
        order = list(Role)
        return order.index(self) >= order.index(other)


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who asks. Closed photos exist for archivists and admins only (M7)."""

    name: str
    role: Role

    @property
    def sees_closed(self) -> bool:
        """Whether closed photos are shown to this viewer."""
        return self.role.includes(Role.ARCHIVIST)

    @property
    def is_anonymous(self) -> bool:
        """Whether this is somebody of whom nothing is known."""
        return not self.name and not self.sees_closed


HERE = Viewer("", Role.ADMIN)
"""Whoever works on the archive's own machine."""


@dataclass(frozen=True, slots=True)
class Token:
    """A key that somebody signs in with; what it says itself is known to its holder alone.

    Times are ISO 8601 in UTC; ``expires_at`` is None where it does not run out, ``revoked_at``
    None while it was not taken back.
    """

    name: str
    role: Role
    by: str
    created_at: str
    expires_at: str | None
    revoked_at: str | None

    def valid(self, at: str) -> bool:
        """Tell whether it opens anything at the time ``at``."""
        return self.revoked_at is None and (self.expires_at is None or at < self.expires_at)


@dataclass(frozen=True, slots=True)
class ClosureRules:
    """What the archive closes beside what a record closes by name.

    ``years`` is how long after the last year of its date a photo stays closed (0: no such
    period); ``unknown_date_closed`` closes what has no date in any record.
    """

    years: int = 0
    unknown_date_closed: bool = False
