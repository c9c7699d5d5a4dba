"""Folders that an admin may choose from to have them indexed."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field, JsonValue

from archive_ai.archive import Choosing
from archive_ai_service.access import ForAdmins
from archive_ai_service.problems import possible

router = APIRouter(tags=["jobs"])

_FOLDER: dict[str, JsonValue] = {"path": "/scans/F001", "folders": 2, "files": 412}


class FolderAnswer(BaseModel):
    """One folder, with what lies in it, but not in the folders below."""

    path: str
    folders: int | None = Field(description="null: it cannot be read, or holds too much to count")
    files: int | None = Field(description="files that may be pictures by their names")


class FoldersAnswer(BaseModel):
    """Folders below a root of the setting ``folders``."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"roots": ["/scans"], "folders": [_FOLDER], "more": False}]}
    )

    roots: list[str] = Field(description="below these jobs may index; none: nowhere")
    folders: list[FolderAnswer]
    more: bool = Field(description="whether there are others, beyond the first 1000")


@router.get(
    "/folders",
    summary="Folders to index",
    response_description="Found",
    responses=possible(403, 404, 422),
)
def folders(
    archive: ForAdmins,
    path: Annotated[
        str,
        Query(
            max_length=4096,
            description="A folder at or below a root: what lies in it is told. Empty: the roots.",
            examples=["/scans"],
        ),
    ] = "",
) -> FoldersAnswer:
    """List folders, so that one can be chosen to be indexed. Links to folders are not followed, and
    what lies outside of the roots is told to nobody.
    """
    choosing = Choosing(archive.settings.folders)
    found, more = choosing.below(path)
    return FoldersAnswer(
        roots=[str(root) for root in choosing.roots],
        folders=[
            FolderAnswer(path=str(one.path), folders=one.folders, files=one.files) for one in found
        ],
        more=more,
    )
