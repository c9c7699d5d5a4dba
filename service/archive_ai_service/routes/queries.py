"""Queries to cite, and the numbers beside filters."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, ConfigDict, Field

from archive_ai.archive import LONGEST_QUERY
from archive_ai.domain import Facets, SavedQuery, query_to_json
from archive_ai.errors import SignInNeeded
from archive_ai.searching.parse import written
from archive_ai_service.access import Limit, Seen
from archive_ai_service.metrics import Watch
from archive_ai_service.models import PHOTO_EXAMPLE
from archive_ai_service.problems import possible
from archive_ai_service.routes.search import Cursor, with_tags
from archive_ai_service.search_answers import SearchAnswer

router = APIRouter(tags=["search"])

CREATED = 201

QueryId = Annotated[
    str, Path(max_length=40, description="The saved query's id.", examples=["q_abcdefghijkl"])
]


class ValueAnswer(BaseModel):
    """One value that a filter takes."""

    value: str = Field(description="as it is written after the field word", examples=["1930..1939"])
    photos: int = Field(description="how many photos have it")
    label: dict[str, str] = Field(description="of a tag: its labels by language")


class FacetsAnswer(BaseModel):
    """How the hits of a query fall into kinds."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "photos": 43,
                    "by": {"farbe": [{"value": "toned", "photos": 30, "label": {}}]},
                }
            ]
        }
    )

    photos: int = Field(description="strong and weak hits; without a query all photos")
    by: dict[str, list[ValueAnswer]] = Field(
        description="values by field word: sammlung, format, farbe, art, jahr (decades), tag"
    )

    @classmethod
    def of(cls, facets: Facets) -> FacetsAnswer:
        """Show numbers."""
        by = {
            name: [
                ValueAnswer(value=one.value, photos=one.photos, label=dict(one.labels))
                for one in values
            ]
            for name, values in facets.by.items()
        }
        return cls(photos=facets.photos, by=by)


class QueryToSave(BaseModel):
    """A query as it is typed."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"q": "Marktplatz -Auto jahr:1930..1950"}]}
    )

    q: str = Field(min_length=1, max_length=LONGEST_QUERY)


class SavedQueryAnswer(BaseModel):
    """A query that can be cited, and what answered it then."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": "q_abcdefghijkl",
                    "q": "Marktplatz -Auto",
                    "query": {
                        "words": [{"text": "Marktplatz", "weight": 1.0}],
                        "examples": [],
                        "filters": {},
                    },
                    "by": "erika",
                    "at": "2026-11-25T16:00:00+00:00",
                    "generation": 1,
                    "fingerprint": "0123456789abcdef",
                    "total_strong": 12,
                    "total_weak": 31,
                    "photos": [PHOTO_EXAMPLE],
                }
            ]
        }
    )

    id: str
    q: str = Field(description="as it is typed")
    query: dict[str, Any]
    by: str = Field(description="who saved it; empty to readers")
    at: str
    generation: int = Field(description="the generation of vectors that answered then")
    fingerprint: str = Field(description="of the model that answered then")
    total_strong: int = Field(description="as a reader got it then")
    total_weak: int
    photos: list[str] = Field(description="the first hits then, those that may be seen now")

    @classmethod
    def of(cls, saved: SavedQuery) -> SavedQueryAnswer:
        """Show a saved query."""
        return cls(
            id=saved.id,
            q=written(saved.query),
            query=query_to_json(saved.query),
            by=saved.by,
            at=saved.at,
            generation=saved.generation,
            fingerprint=saved.fingerprint,
            total_strong=saved.answer["total_strong"],
            total_weak=saved.answer["total_weak"],
            photos=saved.answer["photos"],
        )


@router.get(
    "/facets",
    summary="Numbers beside filters",
    response_description="Counted",
    responses=possible(404, 409, 422),
)
def facets(
    seen: Seen,
    q: Annotated[
        str,
        Query(
            max_length=LONGEST_QUERY, description="A query; empty: all photos.", examples=["Markt"]
        ),
    ] = "",
) -> FacetsAnswer:
    """Count the strong and weak hits of a query by collection, decade, colour, kind and tag."""
    return FacetsAnswer.of(seen.facets(q))


@router.post(
    "/queries",
    summary="Save a query to cite",
    status_code=CREATED,
    response_description="Saved",
    responses=possible(401, 404, 409, 422, 429),
)
def save(seen: Seen, sent: QueryToSave) -> SavedQueryAnswer:
    """Keep a query with the counts and first hits of today, under an id that stays.

    Whoever saves must be known, as it is kept for ever; 30 an hour.
    """
    if seen.viewer.is_anonymous:
        raise SignInNeeded(
            "Nobody is signed in, and what is saved stays.",
            "Sign in at /sign-in, or send a token: Authorization: Bearer aai_….",
        )
    return SavedQueryAnswer.of(seen.save_query(sent.q))


@router.get(
    "/queries/{query_id}",
    summary="A saved query",
    response_description="Found",
    responses=possible(404),
)
def saved(seen: Seen, query_id: QueryId) -> SavedQueryAnswer:
    """Return what was asked, when, and what answered it then."""
    return SavedQueryAnswer.of(seen.saved_query(query_id))


@router.get(
    "/queries/{query_id}/hits",
    summary="A saved query, asked again",
    response_description="Found",
    responses=possible(404, 409, 422),
)
def again(
    seen: Seen, watch: Watch, query_id: QueryId, limit: Limit = 20, cursor: Cursor = ""
) -> SearchAnswer:
    """Answer a saved query from what is there now."""
    return with_tags(seen, seen.ask_again(query_id, limit, cursor), watch)
