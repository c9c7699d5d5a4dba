"""The schemes that the archive tags with, their concepts, and on how many photos each one is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field

from archive_ai.domain import Concept, ConceptCount, Mode, Scheme, Sensitivity
from archive_ai.errors import UnknownConcept
from archive_ai_service.access import Seen
from archive_ai_service.problems import possible

router = APIRouter(prefix="/vocabulary", tags=["vocabulary"])

_CONCEPT: dict[str, Any] = {
    "concept": "kirche",
    "uri": "https://example.org/vocabulary/heilbronn/kirche",
    "label": {"de": "Kirche", "en": "church"},
    "broader": ["bauwerk"],
    "facet": "building",
    "mode": "zero-shot",
    "sensitivity": "none",
    "accepted": 120,
    "suggested": 34,
}
_SCHEME: dict[str, Any] = {
    "scheme": "heilbronn",
    "uri": "https://example.org/vocabulary/heilbronn",
    "version": "0123456789ab",
    "title": {"de": "Heilbronn", "en": "Heilbronn"},
    "concepts": 312,
}

SchemeName = Annotated[str, Path(description="The scheme's id.", examples=["heilbronn"])]


class SchemeAnswer(BaseModel):
    """A scheme in its version of today."""

    model_config = ConfigDict(json_schema_extra={"examples": [_SCHEME]})

    scheme: str
    uri: str
    version: str
    title: dict[str, str]
    concepts: int = Field(description="how many it has")

    @classmethod
    def of(cls, scheme: Scheme) -> SchemeAnswer:
        """Show a scheme."""
        return cls(**_described(scheme), concepts=len(scheme.concepts))


class SchemesAnswer(BaseModel):
    """Every scheme that the archive tags with."""

    schemes: list[SchemeAnswer]


class ConceptAnswer(BaseModel):
    """A concept and its place in the scheme.

    Numbers are of photos that the caller may see.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [_CONCEPT]})

    concept: str
    uri: str
    label: dict[str, str]
    broader: list[str]
    facet: str
    mode: Mode = Field(description="by what means it may be put on a photo")
    sensitivity: Sensitivity = Field(description="who may see a suggestion of it")
    accepted: int = Field(description="photos on which a person accepted it")
    suggested: int | None = Field(
        description="more photos for which a machine suggests it; null where that is never told, "
        "as the concept asks for review first"
    )


class WholeSchemeAnswer(BaseModel):
    """A scheme with all its concepts."""

    model_config = ConfigDict(json_schema_extra={"examples": [{**_SCHEME, "concepts": [_CONCEPT]}]})

    scheme: str
    uri: str
    version: str
    title: dict[str, str]
    concepts: list[ConceptAnswer]


class WholeConceptAnswer(ConceptAnswer):
    """All about a concept that is shown; historical words that only find it are not."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    **_CONCEPT,
                    "scheme": "heilbronn",
                    "scheme_version": "0123456789ab",
                    "alternatives": {"de": ["Gotteshaus"]},
                    "scope_notes": {"de": ["Auch Ruinen."]},
                    "narrower": ["dorfkirche"],
                    "exact_matches": ["http://vocab.getty.edu/aat/300007466"],
                    "close_matches": [],
                }
            ]
        }
    )

    scheme: str
    scheme_version: str
    alternatives: dict[str, list[str]]
    scope_notes: dict[str, list[str]]
    narrower: list[str]
    exact_matches: list[str]
    close_matches: list[str]


@router.get("", summary="Vocabularies", response_description="All schemes")
def schemes(view: Seen) -> SchemesAnswer:
    """List the schemes that the archive tags with, as they are today."""
    return SchemesAnswer(schemes=[SchemeAnswer.of(one) for one in view.schemes()])


@router.get(
    "/{scheme}",
    summary="A vocabulary's concepts",
    response_description="Found",
    responses=possible(404),
)
def scheme(view: Seen, scheme: SchemeName) -> WholeSchemeAnswer:
    """Return a scheme's concepts with labels, broader ones, and on how many photos each is."""
    found = view.scheme(scheme)
    counts = view.concept_counts(found)
    concepts = [ConceptAnswer(**_concept(one, counts)) for one in found.concepts]
    return WholeSchemeAnswer(**_described(found), concepts=concepts)


@router.get(
    "/{scheme}/{concept}",
    summary="A concept",
    response_description="Found",
    responses=possible(404),
)
def concept(
    view: Seen,
    scheme: SchemeName,
    concept: Annotated[str, Path(description="The concept's id.", examples=["kirche"])],
) -> WholeConceptAnswer:
    """Return all that is shown about one concept."""
    found = view.scheme(scheme)
    mine = next((one for one in found.concepts if one.id == concept), None)
    if mine is None:
        raise UnknownConcept(
            f"The scheme {found.id} has no concept of that name.",
            f"Its concepts are at /api/v1/vocabulary/{found.id}.",
        )
    return WholeConceptAnswer(
        **_concept(mine, view.concept_counts(found)),
        scheme=found.id,
        scheme_version=found.version,
        alternatives={language: list(words) for language, words in mine.alternatives.items()},
        scope_notes={language: list(notes) for language, notes in mine.scope_notes.items()},
        narrower=[one.id for one in found.concepts if mine.id in one.broader],
        exact_matches=list(mine.exact_matches),
        close_matches=list(mine.close_matches),
    )


def _described(scheme: Scheme) -> dict[str, Any]:
    return {
        "scheme": scheme.id,
        "uri": scheme.uri,
        "version": scheme.version,
        "title": dict(scheme.title),
    }


def _concept(one: Concept, counts: Mapping[str, ConceptCount]) -> dict[str, Any]:
    suggestions_told = one.sensitivity is not Sensitivity.REVIEW_FIRST
    numbers = counts.get(one.id, ConceptCount())
    return {
        "concept": one.id,
        "uri": one.uri,
        "label": dict(one.labels),
        "broader": list(one.broader),
        "facet": one.facet,
        "mode": one.mode,
        "sensitivity": one.sensitivity,
        "accepted": numbers.accepted,
        "suggested": numbers.suggested if suggestions_told else None,
    }
