"""Searching by words, by pictures, by both, under filters."""

from __future__ import annotations

import io
from typing import Annotated

from fastapi import APIRouter, Query, Response

from archive_ai.archive import View
from archive_ai.archive.questions import Sent
from archive_ai.domain import SearchResult
from archive_ai.exchange.tables import write_hits_csv
from archive_ai_service.access import Limit, Seen, Words, named_photo
from archive_ai_service.metrics import Watch
from archive_ai_service.problems import possible
from archive_ai_service.search_answers import QuerySent, SearchAnswer
from archive_ai_service.uploads import SentPicture, sent_file, sent_name

router = APIRouter(tags=["search"])

Cursor = Annotated[
    str, Query(max_length=400, description="From the answer before: the hits that follow it.")
]


@router.get(
    "/search",
    summary="Search by words",
    response_description="Found",
    responses=possible(404, 409, 422),
)
def search(
    seen: Seen, watch: Watch, q: Words, limit: Limit = 20, cursor: Cursor = ""
) -> SearchAnswer:
    """Find photos by words, in German or English.

    `Markt -Auto` leaves cars out, `"Alte Brücke"` must stand so in a description, and
    `signatur:`, `ort:`, `tag:`, `jahr:1930..1950`, `sammlung:`, `art:`, `farbe:`, `format:`,
    `status:` and `like:PHOTO` filter and give examples.
    """
    return with_tags(seen, seen.search(q, limit, cursor), watch)


@router.post(
    "/search",
    summary="Search by a full query",
    response_description="Found",
    responses=possible(404, 409, 422),
)
def search_in_full(seen: Seen, watch: Watch, sent: QuerySent) -> SearchAnswer:
    """Find photos by words, example photos, what not, and filters, with weights."""
    for one in sent.examples:
        named_photo(one.photo)
    return with_tags(seen, seen.ask(sent.query(), sent.limit, sent.cursor), watch)


@router.post(
    "/search/picture",
    summary="Search by a picture that is sent",
    response_description="Found",
    responses=possible(404, 409, 413, 415, 422, 503),
)
def search_by_picture(
    seen: Seen,
    watch: Watch,
    picture: SentPicture,
    q: Annotated[str, Query(max_length=1000, description="Words beside it.")] = "",
    limit: Limit = 20,
    cursor: Cursor = "",
) -> SearchAnswer:
    """Find photos like a picture that is sent, with words if there are any; it is not kept.

    For the hits that follow send it again, with the cursor of the answer before.
    """
    with sent_file(picture) as path:
        result = seen.search(q, limit, cursor, sent=[Sent(path, sent_name(picture))])
    return with_tags(seen, result, watch)


@router.get(
    "/search.csv",
    summary="Hits as a table",
    response_class=Response,
    responses={
        **possible(404, 409, 422),
        200: {"description": "One row a hit", "content": {"text/csv": {}}},
    },
)
def search_as_table(
    seen: Seen, watch: Watch, q: Words, limit: Limit = 1000, cursor: Cursor = ""
) -> Response:
    """Find photos by words and return them as CSV, UTF-8 with a header."""
    table, result = io.StringIO(), seen.search(q, limit, cursor)
    watch(result.milliseconds)
    write_hits_csv(table, result)
    return Response(table.getvalue(), media_type="text/csv; charset=utf-8")


def with_tags(seen: View, result: SearchResult, watch: Watch) -> SearchAnswer:
    """Show a result with the tags and legends of its photos; note where the time went."""
    watch(result.milliseconds)
    photos = [hit.photo for hit in result.hits]
    return SearchAnswer.of(result, seen.tags(photos), seen.legends(photos))
