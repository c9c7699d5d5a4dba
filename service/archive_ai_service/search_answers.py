"""What a search answers, and what a full query may hold: the shapes of ``--json``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from archive_ai.domain import (
    PHOTO_ID_LENGTH,
    Colour,
    Example,
    Filters,
    Hint,
    Hit,
    Legend,
    PhotoId,
    Query,
    SearchResult,
    Status,
    Strength,
    Tag,
    Visibility,
    Words,
)
from archive_ai_service.legends import LEGEND_EXAMPLE, LegendAnswer
from archive_ai_service.models import PHOTO_EXAMPLE, TAG_EXAMPLE, TagAnswer

SCORE = (
    "measured by what this archive answers to questions that mean nothing: weak from 0 on, strong "
    "from 1 on, never 2 by the picture alone; from 2 on all words stand in the catalogue"
)
_HIT: dict[str, JsonValue] = {
    "photo": PHOTO_EXAMPLE,
    "path": "/scans/F001/F001N_0001.tif",
    "page": 1,
    "score": 1.31,
    "strength": "strong",
    "reasons": [{"source": "words", "score": 0.31, "matched": "Kirche am Fluss"}],
    "duplicates": [],
    **LEGEND_EXAMPLE,
    "tags": [TAG_EXAMPLE],
}


class ReasonAnswer(BaseModel):
    """What made a hit."""

    source: str = Field(
        description="words, picture, or the field of the catalogue that holds the words",
        examples=["words"],
    )
    score: float = Field(
        description="of words and picture a cosine, for words less the photo's mean cosine with "
        "neutral queries; of the catalogue a relevance from 0 to 1"
    )
    matched: str = Field(description="which words or picture, or what stands in the catalogue")


class HintAnswer(BaseModel):
    """Something that whoever asked should know."""

    code: str = Field(examples=["negation"])
    de: str
    en: str
    instead: str = Field(description="the query that may be meant")

    @classmethod
    def of(cls, hint: Hint) -> HintAnswer:
        """Show one hint."""
        return cls(code=hint.code, de=hint.de, en=hint.en, instead=hint.instead)


class HitAnswer(LegendAnswer):
    """One photo that answers."""

    model_config = ConfigDict(json_schema_extra={"examples": [_HIT]})

    photo: str
    path: str = Field(description="the file on the archive's machine; to readers only its name")
    page: int
    score: float = Field(description=SCORE)
    strength: Strength = Field(
        description="how far it stands out from what this archive answers to questions that mean "
        "nothing"
    )
    reasons: list[ReasonAnswer]
    duplicates: list[str] = Field(description="photos of the same picture, not listed again")
    tags: list[TagAnswer]

    @classmethod
    def of(cls, hit: Hit, tags: Sequence[Tag], legend: Legend) -> HitAnswer:
        """Show one hit with its photo's tags and legend."""
        return cls(
            photo=hit.photo,
            path=str(hit.path),
            page=hit.page,
            score=hit.score,
            strength=hit.strength,
            reasons=[
                ReasonAnswer(source=one.source, score=one.score, matched=one.matched)
                for one in hit.reasons
            ],
            duplicates=list(hit.duplicates),
            tags=[TagAnswer.of(tag) for tag in tags],
            **asdict(legend),
        )


class SearchAnswer(BaseModel):
    """Hits in descending order of score."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "query": {"text": "Kirche am Fluss"},
                    "generation": 1,
                    "total_strong": 12,
                    "total_weak": 31,
                    "total_below": 957,
                    "left_out": 0,
                    "exact": True,
                    "hints": [],
                    "hits": [_HIT],
                    "cursor": "",
                    "ms": {"search": 4.2},
                }
            ]
        }
    )

    query: dict[str, Any] = Field(description="what was asked: text, photo or picture")
    generation: int = Field(description="the generation of vectors that answered")
    total_strong: int = Field(
        description="strong hits in the whole archive; 0: nothing certain, merely the nearest"
    )
    total_weak: int = Field(description="weak hits in the whole archive")
    total_below: int = Field(description="photos that pass the filters and are no hits")
    left_out: int = Field(description="photos that a minus took out")
    exact: bool = Field(description="false: an approximate index may have missed some")
    hints: list[HintAnswer]
    hits: list[HitAnswer]
    cursor: str = Field(description="send it back for the hits that follow; empty: none do")
    ms: dict[str, float] = Field(description="milliseconds by stage")

    @classmethod
    def of(
        cls,
        result: SearchResult,
        tags: Mapping[PhotoId, Sequence[Tag]],
        legends: Mapping[PhotoId, Legend],
    ) -> SearchAnswer:
        """Show a result with the tags of its photos; a hit that was closed meanwhile is none."""
        return cls(
            query=dict(result.query),
            generation=result.generation,
            total_strong=result.total_strong,
            total_weak=result.total_weak,
            total_below=result.total_below,
            left_out=result.left_out,
            exact=result.exact,
            hints=[HintAnswer.of(hint) for hint in result.hints],
            hits=[
                HitAnswer.of(hit, tags.get(hit.photo, ()), legends[hit.photo])
                for hit in result.hits
                if hit.photo in legends
            ],
            cursor=result.cursor,
            ms={stage: round(value, 2) for stage, value in result.milliseconds.items()},
        )


LONGEST_VALUE = 200
"""Characters of one value of a filter: every value is analysed as a text is."""

Value = Annotated[str, Field(max_length=LONGEST_VALUE)]


class WordsSent(BaseModel):
    """Words and their weight; below 0: not this."""

    text: str = Field(min_length=1, max_length=1000)
    weight: float = Field(default=1.0, ge=-10, le=10)


class ExampleSent(BaseModel):
    """A photo of the archive and its weight; below 0: not like this."""

    photo: str = Field(examples=[PHOTO_EXAMPLE], max_length=PHOTO_ID_LENGTH)
    weight: float = Field(default=1.0, ge=-10, le=10)


class FiltersSent(BaseModel):
    """What every hit must fulfil: values of one field are alternatives, fields add up."""

    phrases: list[Value] = Field(default=[], max_length=20, description="exact, in one field")
    signatures: list[Value] = Field(default=[], max_length=20, description="by how they begin")
    places: list[Value] = Field(default=[], max_length=20)
    collections: list[Value] = Field(default=[], max_length=20)
    first_year: int | None = Field(default=None, ge=0, le=9999)
    last_year: int | None = Field(default=None, ge=0, le=9999)
    tags: list[Value] = Field(default=[], max_length=20, description="with narrower concepts")
    without_tags: list[Value] = Field(default=[], max_length=20)
    statuses: list[Status] = Field(default=[], max_length=5, description="of the tags")
    kinds: list[Value] = Field(default=[], max_length=20)
    colours: list[Colour] = Field(default=[], max_length=5)
    formats: list[Value] = Field(default=[], max_length=20)
    visibility: Visibility | None = None

    def filters(self) -> Filters:
        """Return what the archive takes."""
        years = (self.first_year, self.last_year)
        return Filters(
            phrases=tuple(self.phrases),
            signatures=tuple(self.signatures),
            places=tuple(self.places),
            collections=tuple(self.collections),
            years=None if years == (None, None) else years,
            tags=tuple(self.tags),
            without_tags=tuple(self.without_tags),
            statuses=tuple(self.statuses),
            kinds=tuple(self.kinds),
            colours=tuple(self.colours),
            formats=tuple(one.lower() for one in self.formats),
            visibility=self.visibility,
        )


class QuerySent(BaseModel):
    """A full query: words, example photos, what not, filters."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "words": [{"text": "Marktplatz"}, {"text": "Auto", "weight": -1}],
                    "filters": {"first_year": 1930, "last_year": 1950},
                    "limit": 20,
                }
            ]
        }
    )

    words: list[WordsSent] = Field(default=[], max_length=20)
    examples: list[ExampleSent] = Field(default=[], max_length=20)
    filters: FiltersSent = FiltersSent()
    limit: int = Field(default=20, ge=1, le=1000)
    cursor: str = Field(default="", max_length=400)

    def query(self) -> Query:
        """Return what the archive takes."""
        return Query(
            tuple(Words(one.text, one.weight) for one in self.words),
            tuple(Example(PhotoId(one.photo), one.weight) for one in self.examples),
            self.filters.filters(),
        )
