"""What could not be used: files and pages with causes, and what to do about each."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field, JsonValue

from archive_ai.domain import Failure
from archive_ai_service.access import ForArchivists
from archive_ai_service.problems import possible

router = APIRouter(tags=["failures"])

_FAILURE: dict[str, JsonValue] = {
    "path": "/scans/F001/F001N_0007.tif",
    "page": 0,
    "cause": "The file F001N_0007.tif is empty.",
    "advice": "Copy it again from where it came from, or restore it from a backup.",
}


class FailureAnswer(BaseModel):
    """A file, or a page of it, that could not be used."""

    model_config = ConfigDict(json_schema_extra={"examples": [_FAILURE]})

    path: str
    page: int = Field(description="from 1; 0: the whole file")
    cause: str
    advice: str

    @classmethod
    def of(cls, failure: Failure) -> FailureAnswer:
        """Show a failure."""
        return cls(**failure.to_json())


class FailuresAnswer(BaseModel):
    """A part of all failures, by path and page."""

    failures: list[FailureAnswer]
    total: int = Field(description="how many there are in all", examples=[12])
    cursor: str = Field(description="send it back for what follows; empty: nothing does")


@router.get(
    "/failures",
    summary="What could not be used",
    response_description="A part of the list",
    responses=possible(403, 422),
)
def failures(
    archive: ForArchivists,
    cursor: Annotated[
        str,
        Query(
            pattern=r"^([0-9]{1,9}:[\s\S]+)?$",
            max_length=5000,
            description="From the answer before: what follows it. Empty: from the start.",
        ),
    ] = "",
    limit: Annotated[int, Query(ge=1, le=1000, description="How many to return.")] = 100,
) -> FailuresAnswer:
    """List files and pages that could not be used. What is mended is gone from the list once it was
    indexed again; files that are not there any more are not in it.
    """
    page, _, path = cursor.partition(":")
    found, total = archive.operating.failures(limit + 1, path, int(page or 0))
    shown = found[:limit]
    return FailuresAnswer(
        failures=[FailureAnswer.of(one) for one in shown],
        total=total,
        cursor=f"{shown[-1].page}:{shown[-1].path}" if len(found) > limit else "",
    )
