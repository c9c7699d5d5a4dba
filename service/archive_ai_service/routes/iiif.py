"""IIIF: manifests and collections (Presentation 3.0), pictures and tiles (Image 3.0, level 0).

The ids of documents begin with the setting ``public_url``, or with how the server was called.
"""

from __future__ import annotations

import json
from typing import Annotated, Any

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Depends, HTTPException, Path, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse

from archive_ai.archive import Form, Presentation, Publisher, View
from archive_ai.errors import Busy
from archive_ai_service.access import PHOTO_ID, KnownPhoto, Seen
from archive_ai_service.caching import NOT_MODIFIED, kept
from archive_ai_service.pictures import small_picture
from archive_ai_service.problems import possible

router = APIRouter(prefix="/iiif", tags=["iiif"])

SEE_OTHER = 303
BAD_REQUEST = 400
ASK_AGAIN = "private, no-cache"
"""What may be seen can change any day, so a browser asks each time whether it has."""

TILE_MAKERS = 8
"""Callers that may wait at once for tiles that are made; others wait without a thread."""

IMAGE_PROFILE = "http://iiif.io/api/image/3/context.json"
PRESENTATION_PROFILE = "http://iiif.io/api/presentation/3/context.json"


def _linked_data(profile: str) -> str:
    return f'application/ld+json;profile="{profile}"'


async def _presentation(request: Request, view: Seen) -> Presentation:
    settings = request.app.state.archive.settings
    address = settings.public_url or str(request.base_url).rstrip("/")
    return Presentation(view, Publisher(address, settings.institution, settings.institution_url))


Presented = Annotated[Presentation, Depends(_presentation)]

_ANSWERS: dict[int | str, dict[str, Any]] = {
    **possible(404),
    200: {"description": "A document of linked data", "content": {"application/ld+json": {}}},
    NOT_MODIFIED: {"description": "The caller has it already"},
}
_PICTURES: dict[int | str, dict[str, Any]] = {
    **possible(400, 404, 415, 503),
    200: {"description": "A JPEG", "content": {"image/jpeg": {}}},
    NOT_MODIFIED: {"description": "The caller has it already"},
}


@router.get(
    "/collection",
    summary="IIIF collection of all collections",
    response_class=Response,
    responses=_ANSWERS,
)
def collections(request: Request, presented: Presented) -> Response:
    """Name every collection in which the caller may see something."""
    return _document(request, presented.collections())


@router.get(
    "/collection/{name:path}",
    summary="IIIF collection of an archive's collection",
    response_class=Response,
    responses={**_ANSWERS, **possible(422)},
)
def collection(
    request: Request,
    presented: Presented,
    name: Annotated[str, Path(description="The collection's name.", examples=["Postkarten"])],
    after: Annotated[
        str,
        Query(
            pattern=rf"^(|p_|{PHOTO_ID.pattern})$",
            description="The part that begins after this photo; a large collection names its own.",
        ),
    ] = "",
) -> Response:
    """Name the manifest of every photo, or in a large collection its parts of 500."""
    return _document(request, presented.collection(name, after))


@router.get(
    "/photo/{photo_id}/manifest",
    summary="IIIF manifest of a photo",
    response_class=Response,
    responses=_ANSWERS,
)
def photo_manifest(request: Request, presented: Presented, photo_id: KnownPhoto) -> Response:
    """Describe a photo for any IIIF viewer: what its records say, what people tagged it with."""
    return _document(request, presented.photo(photo_id))


@router.get(
    "/record/{number}/manifest",
    summary="IIIF manifest of a record",
    response_class=Response,
    responses={**_ANSWERS, **possible(422)},
)
def record_manifest(
    request: Request,
    presented: Presented,
    number: Annotated[int, Path(ge=1, le=2**31, description="The record's number.", examples=[12])],
) -> Response:
    """Describe the photos of one record, each a canvas of its own."""
    return _document(request, presented.record(number))


@router.get(
    "/image/{photo_id}",
    summary="IIIF image service of a photo",
    status_code=SEE_OTHER,
    response_class=RedirectResponse,
    response_description="Its description is at info.json",
    responses=possible(404),
)
def image(presented: Presented, photo_id: KnownPhoto) -> Response:
    """Lead from the service's id to its description, as the Image API asks for."""
    return RedirectResponse(f"{presented.image(photo_id)['id']}/info.json", SEE_OTHER)


@router.get(
    "/image/{photo_id}/info.json",
    summary="What pictures of a photo are served",
    response_class=Response,
    responses=_ANSWERS,
)
def info(request: Request, presented: Presented, photo_id: KnownPhoto) -> Response:
    """List the sizes of a photo that are served, smallest first."""
    return _document(request, presented.image(photo_id), IMAGE_PROFILE)


@router.get(
    "/image/{photo_id}/full/{size}/0/default.jpg",
    summary="A picture of a photo in one of the sizes that are served",
    response_class=Response,
    responses=_PICTURES,
)
async def picture(
    request: Request,
    view: Seen,
    presented: Presented,
    photo_id: KnownPhoto,
    size: Annotated[
        str,
        Path(description="max, or width,height as info.json lists them.", examples=["max"]),
    ],
) -> Response:
    """Return an upright JPEG without any metadata of the scan."""
    longest = await run_in_threadpool(presented.longest, photo_id, size)
    if longest is None:
        return await _tile(request, view, photo_id, "full", size)
    return await run_in_threadpool(small_picture, request, view, photo_id, longest, Form.JPEG)


@router.get(
    "/image/{photo_id}/{region}/{size}/0/default.jpg",
    summary="A tile of a large picture",
    response_class=Response,
    responses=_PICTURES,
)
async def tile(
    request: Request,
    view: Seen,
    photo_id: KnownPhoto,
    region: Annotated[
        str,
        Path(
            description="x,y,width,height in pixels of the whole picture, a tile that info.json "
            "lists.",
            examples=["512,0,512,512"],
        ),
    ],
    size: Annotated[
        str, Path(description="width,height of the tile itself.", examples=["512,512"])
    ],
) -> Response:
    """Return a tile of the upright picture, without any metadata of the scan. The first one that
    somebody asks for has all of them made.
    """
    return await _tile(request, view, photo_id, region, size)


async def _tile(request: Request, view: View, photo: str, region: str, size: str) -> Response:
    """Answer with a tile; make those of its photo first where they are not there.

    Whoever waits for that holds none of the threads in which all else is answered.
    """
    makers: CapacityLimiter = request.app.state.tile_makers
    for drawn in (False, True, True):
        if drawn:
            await to_thread.run_sync(lambda: view.tiles(photo).make(), limiter=makers)
        content = await run_in_threadpool(_kept_tile, view, photo, region, size)
        if content is not None:
            request.app.state.metrics.shown(drawn)
            return kept(request, content, Form.JPEG.value, ASK_AGAIN)
    raise Busy(
        "So many pictures are looked at closely that tiles go as fast as they are made.",
        "Try again a little later; whoever runs the archive can raise tile_cache_megabytes.",
    )


def _kept_tile(view: View, photo: str, region: str, size: str) -> bytes | None:
    tiles = view.tiles(photo)
    number = tiles.find(region, size)
    if number is None:
        raise HTTPException(
            BAD_REQUEST, "That size or tile is not served; info.json lists those that are."
        )
    return tiles.read(number)


def _document(
    request: Request, document: dict[str, Any], profile: str = PRESENTATION_PROFILE
) -> Response:
    content = json.dumps(document, ensure_ascii=False).encode()
    return kept(request, content, _linked_data(profile), ASK_AGAIN)
