"""Long work that somebody asked for, and how far it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class JobState(StrEnum):
    """Where a job stands; ``interrupted`` went down with its process and can be run again."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"
    INTERRUPTED = "interrupted"

    @property
    def ended(self) -> bool:
        """Whether nothing more comes of a job in this state."""
        return self not in (JobState.QUEUED, JobState.RUNNING)


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of long work: what is to be done with what, for whom, and what came of it.

    ``progress`` holds done, total (None while unknown) and failed; ``outcome`` is the JSON that
    the same command prints, or the error that ended it.
    """

    number: int
    kind: str
    arguments: Mapping[str, Any]
    state: JobState
    progress: Mapping[str, int | None]
    outcome: Mapping[str, Any] | None
    by: str
    created_at: str
    started_at: str | None = None
    finished_at: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the job as the JSON that scripts rely on."""
        return {
            "number": self.number,
            "kind": self.kind,
            "arguments": dict(self.arguments),
            "state": self.state.value,
            "progress": dict(self.progress),
            "outcome": None if self.outcome is None else dict(self.outcome),
            "by": self.by,
            "created_at": self.created_at,
            "started_at": self.started_at,
            "finished_at": self.finished_at,
        }
