"""One photo: what it is, what is like it, how it looks, what is said about it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from archive_ai.archive import View
from archive_ai.domain import PhotoId
from archive_ai_service.access import (
    PHOTO_ID,
    Caller,
    ForArchivists,
    KnownPhoto,
    Limit,
    Seen,
    Size,
    refuse_sensitive,
)
from archive_ai_service.caching import NOT_MODIFIED
from archive_ai_service.metrics import Watch
from archive_ai_service.models import PhotoAnswer, TagsAnswer
from archive_ai_service.pictures import small_picture
from archive_ai_service.problems import possible
from archive_ai_service.routes.search import Cursor, with_tags
from archive_ai_service.search_answers import SearchAnswer
from archive_ai_service.why_answers import WhyAnswer

router = APIRouter(prefix="/photos/{photo_id}", tags=["photos"], responses=possible(404))


@router.get("", summary="A photo", response_description="Found")
def photo(seen: Seen, photo_id: KnownPhoto) -> PhotoAnswer:
    """Return a photo, every present file that holds it, its tags, and what belongs to it."""
    return _all_about(seen, photo_id)


@router.get(
    "/metadata", summary="All about it, to be kept", response_description="The same as a file"
)
def metadata(seen: Seen, photo_id: KnownPhoto, response: Response) -> PhotoAnswer:
    """Return all about a photo as a document that a browser saves under the photo's id."""
    response.headers["Content-Disposition"] = f'attachment; filename="{photo_id}.json"'
    return _all_about(seen, photo_id)


def _all_about(seen: View, photo_id: str) -> PhotoAnswer:
    return PhotoAnswer.of(seen.photo(photo_id), seen.crop(photo_id), seen.beside(photo_id))


@router.get(
    "/similar", summary="Photos like it", response_description="Found", responses=possible(409, 422)
)
def similar(
    seen: Seen, watch: Watch, photo_id: KnownPhoto, limit: Limit = 20, cursor: Cursor = ""
) -> SearchAnswer:
    """Find photos like this one, which is left out itself."""
    return with_tags(seen, seen.similar(photo_id, limit, cursor), watch)


@router.get(
    "/thumbnail",
    summary="A small picture of it",
    response_class=Response,
    responses={
        **possible(415, 422),
        200: {
            "description": "A WebP where the Accept header names image/webp, else a JPEG",
            "content": {"image/jpeg": {}, "image/webp": {}},
        },
        NOT_MODIFIED: {"description": "The caller has it already"},
    },
)
def thumbnail(seen: Seen, photo_id: KnownPhoto, request: Request, size: Size = 384) -> Response:
    """Return an upright picture without any metadata of the scan, never larger than the scan."""
    return small_picture(request, seen, photo_id, size)


@router.get("/tags", summary="Its tags", response_description="Found")
def tags(seen: Seen, photo_id: KnownPhoto) -> TagsAnswer:
    """Return the tags with where each comes from, best first."""
    return TagsAnswer.of(seen.photo(photo_id))


@router.get(
    "/why/{concept}",
    summary="Why a concept is suggested for it, or is not",
    response_description="What speaks for it",
    responses=possible(409, 422),
)
def why(
    archive: ForArchivists,
    caller: Caller,
    photo_id: KnownPhoto,
    concept: Annotated[str, Path(description="The concept's id.", examples=["kirche"])],
    scheme: Annotated[str, Query(description="The vocabulary; empty: the starter.")] = "",
) -> WhyAnswer:
    """Say which words, examples and parts of the picture speak for a concept.

    What asks for review first is explained at the archive itself.
    """
    refuse_sensitive(archive, [concept], scheme)
    _, known = archive.vocabularies.concept(concept, scheme)
    found = archive.explain(photo_id, concept, scheme=scheme)
    photos = [PhotoId(one.name) for one in found.examples if PHOTO_ID.fullmatch(one.name)]
    files = {str(photo): str(photo) for photo in photos}
    files |= {one.photo.id: str(one.path) for one in archive.browsing.listed(caller, photos)}
    return WhyAnswer.of(found, known, files, archive.cropping.of(PhotoId(photo_id)))
