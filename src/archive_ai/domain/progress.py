"""How far long work has come, and what it found."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from archive_ai.domain.scans import Failure


@dataclass(frozen=True, slots=True)
class Progress:
    """How far ``operation`` has come; ``total`` is None while it is not known."""

    operation: str
    done: int
    total: int | None
    failed: int = 0


ReportProgress = Callable[[Progress], None]


def silent(progress: Progress) -> None:
    """Report nothing: the default everywhere."""


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What an indexing run saw and did; counts are files, but for ``indexed``: photos."""

    seen: int
    indexed: int
    unchanged: int
    moved: int
    failed: int
    missing: int
    ignored: int
    seconds: float
    stages: Mapping[str, float] = field(default_factory=dict)
    failures: tuple[Failure, ...] = ()
    activated: bool = True

    @property
    def images_per_second(self) -> float:
        """Photos indexed per second of the whole run."""
        return self.indexed / self.seconds if self.seconds > 0 else 0.0

    def to_json(self) -> dict[str, Any]:
        """Return the report as the JSON that scripts rely on."""
        return {
            **{name: getattr(self, name) for name in self.__dataclass_fields__},
            "seconds": round(self.seconds, 3),
            "images_per_second": round(self.images_per_second, 2),
            "stages": {stage: round(seconds, 3) for stage, seconds in self.stages.items()},
            "failures": [failure.to_json() for failure in self.failures],
        }


@dataclass(frozen=True, slots=True)
class Problem:
    """An invariant that does not hold: ``rule`` is its name in docs/invariants.md."""

    rule: str
    what: str
    path: str
    repairable: bool
