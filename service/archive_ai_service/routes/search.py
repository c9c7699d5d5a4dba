"""Searching by words and by a picture."""

from __future__ import annotations

from fastapi import APIRouter

from archive_ai.archive import View
from archive_ai.domain import SearchResult
from archive_ai_service.access import Limit, Seen, Words
from archive_ai_service.metrics import Watch
from archive_ai_service.models import SearchAnswer
from archive_ai_service.problems import possible
from archive_ai_service.uploads import SentPicture, search_sent

router = APIRouter(tags=["search"])


@router.get(
    "/search", summary="Search by words", response_description="Found", responses=possible(409, 422)
)
def search(seen: Seen, q: Words, watch: Watch, limit: Limit = 20) -> SearchAnswer:
    """Find photos by words, in German or English."""
    return with_tags(seen, seen.search(q, limit), watch)


@router.post(
    "/search",
    summary="Search by a picture",
    response_description="Found",
    responses=possible(409, 413, 415, 422, 503),
)
def search_by_picture(
    seen: Seen, picture: SentPicture, watch: Watch, limit: Limit = 20
) -> SearchAnswer:
    """Find photos like a picture that is sent; it is not kept."""
    return with_tags(seen, search_sent(seen, picture, limit), watch)


def with_tags(seen: View, result: SearchResult, watch: Watch) -> SearchAnswer:
    """Show a result with the tags of its photos; note where the time went."""
    watch(result.milliseconds)
    return SearchAnswer.of(result, seen.tags([hit.photo for hit in result.hits]))
