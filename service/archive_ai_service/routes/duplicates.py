"""Pictures that the archive holds more than once, as far as the caller may see them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from archive_ai_service.access import KnownPhoto, Limit, Seen
from archive_ai_service.duplicate_models import DuplicatesAnswer, GroupsAnswer
from archive_ai_service.problems import possible

router = APIRouter(tags=["duplicates"])

After = Annotated[
    str, Query(max_length=64, description="The group after which to go on: next of the last page.")
]


@router.get(
    "/duplicates",
    summary="Pictures held more than once",
    response_description="Found",
    responses=possible(409, 422),
)
def duplicates(view: Seen, after: After = "", limit: Limit = 100) -> GroupsAnswer:
    """List groups of photos that show the same picture; a page at a time."""
    found = view.duplicates(after, limit + 1)
    return GroupsAnswer.of(found[:limit], more=len(found) > limit)


@router.get(
    "/photos/{photo_id}/duplicates",
    summary="What a photo duplicates",
    response_description="Found",
    responses=possible(404, 409, 422),
)
def duplicates_of(view: Seen, photo_id: KnownPhoto, limit: Limit = 20) -> DuplicatesAnswer:
    """Find photos that are identical, the same picture, or much alike."""
    return DuplicatesAnswer.of(photo_id, view.duplicates_of(photo_id, limit))
