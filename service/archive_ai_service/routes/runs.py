"""Tagging runs: looked at by archivists; applied and withdrawn by admins."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field, JsonValue

from archive_ai.domain import RunDifference, TaggingRun
from archive_ai_service.access import ForAdmins, ForArchivists
from archive_ai_service.problems import also, possible

router = APIRouter(prefix="/runs", tags=["runs"])

LOCKED = 503

_RUN: dict[str, JsonValue] = {
    "number": 4,
    "generation": 1,
    "fingerprint": "0123456789abcdef",
    "model": "archive-mini",
    "scheme": "heilbronn",
    "scheme_version": "0123456789ab",
    "concept": "",
    "threshold": 0.5,
    "started_at": "2026-11-25T16:00:00+00:00",
    "suggestions": 9120,
    "withdrawn_at": None,
    "written_at": "2026-11-25T16:02:00+00:00",
    "applied_at": None,
}
_WHILE_ANOTHER_WRITES = also(LOCKED, "Another run is writing to the archive")


class RunAnswer(BaseModel):
    """One tagging run, as ``archive-ai runs list`` has it.

    It waits while it is written and neither applied nor withdrawn; without ``written_at`` it was
    broken off, or is at work.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [_RUN]})

    number: int
    generation: int
    fingerprint: str
    model: str
    scheme: str
    scheme_version: str
    concept: str = Field(description="the one that it was about; empty: all")
    threshold: float
    started_at: str
    suggestions: int = Field(description="how many it made, those that may be told")
    withdrawn_at: str | None
    written_at: str | None
    applied_at: str | None

    @classmethod
    def of(cls, run: TaggingRun) -> RunAnswer:
        """Show a run."""
        return cls(**asdict(run))


class RunsAnswer(BaseModel):
    """Tagging runs, the newest first."""

    runs: list[RunAnswer]


class DifferenceAnswer(BaseModel):
    """How many suggestions a run would bring, take away, and leave as they are."""

    new: int = Field(examples=[312])
    gone: int = Field(examples=[40])
    same: int = Field(examples=[8768])

    @classmethod
    def of(cls, found: RunDifference) -> DifferenceAnswer:
        """Show a difference."""
        return cls(**asdict(found))


Number = Annotated[int, Path(ge=1, le=2**31, description="The run's number.", examples=[4])]


@router.get("", summary="Tagging runs", response_description="All", responses=possible(403))
def runs(archive: ForArchivists) -> RunsAnswer:
    """List the tagging runs, the newest first."""
    return RunsAnswer(runs=[RunAnswer.of(one) for one in archive.runs()])


@router.get(
    "/{number}/difference",
    summary="What a run would change",
    response_description="Counted",
    responses=possible(403, 404, 422),
)
def difference(archive: ForArchivists, number: Number) -> DifferenceAnswer:
    """Compare a run that waits with what the machine says now."""
    return DifferenceAnswer.of(archive.tagging.difference(number))


@router.post(
    "/{number}/apply",
    summary="Let a run speak",
    response_description="It speaks",
    responses={**possible(403, 404, 422), **_WHILE_ANOTHER_WRITES},
)
def apply(archive: ForAdmins, number: Number) -> RunAnswer:
    """Let a run that waits speak in place of the one before; what people decided stays."""
    archive.tagging.apply(number)
    return RunAnswer.of(archive.tagging.get(number))


@router.post(
    "/{number}/withdraw",
    summary="Withdraw a run",
    response_description="It is withdrawn",
    responses={**possible(403, 404, 422), **_WHILE_ANOTHER_WRITES},
)
def withdraw(archive: ForAdmins, number: Number) -> RunAnswer:
    """Withdraw all suggestions of a run, of which the one before speaks again."""
    archive.tagging.withdraw(number)
    return RunAnswer.of(archive.tagging.get(number))
