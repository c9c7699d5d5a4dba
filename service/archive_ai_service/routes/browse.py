"""Walking through the archive without a question: photos by id, collections."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any, Self

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, ConfigDict, Field, JsonValue

from archive_ai.domain import Legend, ListedPhoto
from archive_ai_service.access import PHOTO_ID, Seen
from archive_ai_service.legends import LEGEND_EXAMPLE, LegendAnswer
from archive_ai_service.problems import possible

router = APIRouter(tags=["photos"])

_PHOTO = "p_abcdefghijklmnopqrst"
_LISTED: dict[str, JsonValue] = {
    "photo": _PHOTO,
    "path": "/scans/F001/F001N_0001.tif",
    "page": 1,
    **LEGEND_EXAMPLE,
    "format": "tiff",
    "collections": ["Postkarten"],
}


class ListedPhotoAnswer(LegendAnswer):
    """One photo of a list."""

    model_config = ConfigDict(json_schema_extra={"examples": [_LISTED]})

    photo: str
    path: str = Field(description="the file on the archive's machine; its name for readers")
    page: int
    format: str
    collections: list[str]

    @classmethod
    def of(cls, one: ListedPhoto, legend: Legend, **more: Any) -> Self:
        """Show one photo with its legend, and ``more`` that a kind of answer has."""
        photo = one.photo
        return cls(
            photo=photo.id,
            path=str(one.path),
            page=photo.page,
            format=photo.format,
            collections=list(one.collections),
            **asdict(legend),
            **more,
        )


class PhotosAnswer(BaseModel):
    """A part of all photos, by id."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"photos": [_LISTED], "cursor": _PHOTO}]}
    )

    photos: list[ListedPhotoAnswer]
    cursor: str = Field(description="send it back for what follows; empty: nothing does")


class CollectionAnswer(BaseModel):
    """A collection and how many of its photos the caller may see."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"collection": "Postkarten", "photos": 1840}]}
    )

    collection: str
    photos: int


class CollectionsAnswer(BaseModel):
    """Every collection with photos that the caller may see, by name."""

    collections: list[CollectionAnswer]


@router.get(
    "/photos",
    summary="Photos by id",
    response_description="A part of the list",
    responses=possible(404, 422),
)
def photos(
    view: Seen,
    cursor: Annotated[
        str,
        Query(
            pattern=rf"^({PHOTO_ID.pattern})?$",
            description="From the answer before: what follows it. Empty: from the start.",
            examples=[_PHOTO],
        ),
    ] = "",
    limit: Annotated[int, Query(ge=1, le=1000, description="How many photos to return.")] = 100,
    collection: Annotated[
        str, Query(description="Only photos of this collection.", examples=["Postkarten"])
    ] = "",
) -> PhotosAnswer:
    """List photos that the caller may see. Photos that are added meanwhile move no other."""
    found = view.photos(cursor, limit + 1, collection)
    shown = found[:limit]
    more = len(found) > limit
    legends = view.legends([one.photo.id for one in shown])
    return PhotosAnswer(
        photos=[
            ListedPhotoAnswer.of(one, legends[one.photo.id])
            for one in shown
            if one.photo.id in legends  # what was closed meanwhile is not
        ],
        cursor=shown[-1].photo.id if more else "",
    )


@router.get("/collections", summary="Collections", response_description="All that may be seen")
def collections(view: Seen) -> CollectionsAnswer:
    """List collections by name. The numbers are those of photos that the caller may see."""
    found = view.collections()
    return CollectionsAnswer(
        collections=[CollectionAnswer(collection=one.name, photos=one.photos) for one in found]
    )


@router.get(
    "/collections/{name:path}",
    summary="A collection",
    response_description="Found",
    responses=possible(404),
)
def collection(
    view: Seen,
    name: Annotated[str, Path(description="The collection's name.", examples=["Postkarten"])],
) -> CollectionAnswer:
    """Return one collection; its photos are at ``/api/v1/photos?collection=…``."""
    found = view.collection(name)
    return CollectionAnswer(collection=found.name, photos=found.photos)
