"""Searching by words and by a picture."""

from __future__ import annotations

from fastapi import APIRouter

from archive_ai.archive import Archive
from archive_ai.domain import SearchResult
from archive_ai_service.access import Limit, OpenArchive, Words
from archive_ai_service.models import SearchAnswer
from archive_ai_service.problems import possible
from archive_ai_service.uploads import SentPicture, search_sent

router = APIRouter(tags=["search"])


@router.get(
    "/search", summary="Search by words", response_description="Found", responses=possible(409, 422)
)
def search(archive: OpenArchive, q: Words, limit: Limit = 20) -> SearchAnswer:
    """Find photos by words, in German or English."""
    return with_tags(archive, archive.search(q, limit))


@router.post(
    "/search",
    summary="Search by a picture",
    response_description="Found",
    responses=possible(409, 413, 415, 422),
)
def search_by_picture(
    archive: OpenArchive, picture: SentPicture, limit: Limit = 20
) -> SearchAnswer:
    """Find photos like a picture that is sent; it is not kept."""
    return with_tags(archive, search_sent(archive, picture, limit))


def with_tags(archive: Archive, result: SearchResult) -> SearchAnswer:
    """Show a result with the tags of its photos."""
    return SearchAnswer.of(result, archive.tags([hit.photo for hit in result.hits]))
