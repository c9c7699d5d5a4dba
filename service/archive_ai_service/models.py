"""What the API answers: the same shapes as the command line's ``--json``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from archive_ai.archive import PhotoDetails
from archive_ai.domain import Hit, Origin, PhotoId, SearchResult, Status, Strength, Tag

_PHOTO = "p_abcdefghijklmnopqrst"
_TAG: dict[str, JsonValue] = {
    "concept": "kirche",
    "label": {"de": "Kirche", "en": "church"},
    "status": "suggested",
    "origin": "machine",
    "score": 0.85,
    "probability": 0.7,
    "run": 1,
    "model": "archive-mini",
    "generation": 1,
    "scheme": "heilbronn",
    "scheme_version": "0123456789ab",
    "by": "archive-mini@0123456789abcdef",
    "at": "2026-11-25T16:00:00+00:00",
}
_HIT: dict[str, JsonValue] = {
    "photo": _PHOTO,
    "path": "/scans/F001/F001N_0001.tif",
    "page": 1,
    "score": 0.31,
    "strength": "strong",
    "reasons": [{"source": "words", "score": 0.31}],
    "tags": [_TAG],
}


class TagAnswer(BaseModel):
    """A concept on a photo, with its whole provenance."""

    model_config = ConfigDict(json_schema_extra={"examples": [_TAG]})

    concept: str = Field(description="the concept's id in its scheme")
    label: dict[str, str | None] = Field(description="its label by language: de, en")
    status: Status
    origin: Origin
    score: float | None = Field(
        description="log-odds of the concept on its own; null where no machine said so"
    )
    probability: float | None = Field(
        description="from the score, and the concepts it excludes or contains"
    )
    run: int | None = Field(description="the tagging run, where a machine says so")
    model: str | None
    generation: int | None
    scheme: str
    scheme_version: str
    by: str
    at: str

    @classmethod
    def of(cls, tag: Tag) -> TagAnswer:
        """Show one tag."""
        return cls(
            concept=tag.concept,
            label={language: tag.labels.get(language) for language in ("de", "en")},
            status=tag.status,
            origin=tag.origin,
            score=tag.score,
            probability=tag.probability,
            run=tag.run,
            model=tag.model,
            generation=tag.generation,
            scheme=tag.scheme,
            scheme_version=tag.scheme_version,
            by=tag.by,
            at=tag.at,
        )


class ReasonAnswer(BaseModel):
    """What made a hit."""

    source: str = Field(description="words or picture", examples=["words"])
    score: float = Field(
        description="higher is better; by words: the cosine less the photo's mean "
        "cosine with neutral queries; by a picture: the cosine"
    )


class HitAnswer(BaseModel):
    """One photo that answers."""

    model_config = ConfigDict(json_schema_extra={"examples": [_HIT]})

    photo: str
    path: str = Field(description="the file on the archive's machine")
    page: int
    score: float = Field(
        description="higher is better; by words: the cosine less the photo's mean "
        "cosine with neutral queries; by a picture: the cosine"
    )
    strength: Strength = Field(
        description="how far it stands out from what this archive answers to questions that mean "
        "nothing"
    )
    reasons: list[ReasonAnswer]
    tags: list[TagAnswer]

    @classmethod
    def of(cls, hit: Hit, tags: Sequence[Tag]) -> HitAnswer:
        """Show one hit with its photo's tags."""
        return cls(
            photo=hit.photo,
            path=str(hit.path),
            page=hit.page,
            score=hit.score,
            strength=hit.strength,
            reasons=[ReasonAnswer(source=one.source, score=one.score) for one in hit.reasons],
            tags=[TagAnswer.of(tag) for tag in tags],
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
                    "hits": [_HIT],
                    "ms": {"search": 4.2},
                }
            ]
        }
    )

    query: dict[str, str] = Field(description="what was asked: text, photo or picture")
    generation: int = Field(description="the generation of vectors that answered")
    total_strong: int = Field(
        description="strong hits in the whole archive; 0: nothing certain, merely the nearest"
    )
    hits: list[HitAnswer]
    ms: dict[str, float] = Field(description="milliseconds by stage")

    @classmethod
    def of(cls, result: SearchResult, tags: Mapping[PhotoId, Sequence[Tag]]) -> SearchAnswer:
        """Show a result with the tags of its photos."""
        return cls(
            query=dict(result.query),
            generation=result.generation,
            total_strong=result.total_strong,
            hits=[HitAnswer.of(hit, tags.get(hit.photo, ())) for hit in result.hits],
            ms={stage: round(value, 2) for stage, value in result.milliseconds.items()},
        )


class TagsAnswer(BaseModel):
    """The tags of one photo, best first."""

    photo: str = Field(examples=[_PHOTO])
    tags: list[TagAnswer]

    @classmethod
    def of(cls, details: PhotoDetails) -> TagsAnswer:
        """Show a photo's tags."""
        return cls(photo=details.photo.id, tags=[TagAnswer.of(tag) for tag in details.tags])


class PhotoAnswer(BaseModel):
    """A photo, every present file that holds it, and its tags."""

    photo: str = Field(examples=[_PHOTO])
    page: int = Field(description="the page of the file, from 1")
    width: int = Field(description="pixels of the upright picture")
    height: int
    format: str = Field(examples=["tiff"])
    sha256: str = Field(description="of the file's content")
    paths: list[str] = Field(description="present files on the archive's machine")
    tags: list[TagAnswer]

    @classmethod
    def of(cls, details: PhotoDetails) -> PhotoAnswer:
        """Show a photo."""
        photo = details.photo
        return cls(
            photo=photo.id,
            page=photo.page,
            width=photo.width,
            height=photo.height,
            format=photo.format,
            sha256=photo.sha256,
            paths=[str(path) for path in details.paths],
            tags=[TagAnswer.of(tag) for tag in details.tags],
        )


class FilesAnswer(BaseModel):
    """Scan files by state."""

    model_config = ConfigDict(extra="allow")

    present: int
    missing: int
    failed: int


class GenerationAnswer(BaseModel):
    """The generation of vectors that answers."""

    model_config = ConfigDict(extra="allow")

    number: int
    fingerprint: str
    vectors: int
    created_at: str
    approximate: dict[str, Any] | None = Field(
        description="what an approximate index finds of the exact answers; null where there is none"
    )


class StatusAnswer(BaseModel):
    """What the archive holds."""

    model_config = ConfigDict(extra="allow")

    archive: str
    photos: int
    files: FilesAnswer
    generation: GenerationAnswer | None = Field(description="null before anything is indexed")
    generations: int
    model: dict[str, Any] | None = Field(description="the card of the model that answers")
    tags: dict[str, int] = Field(description="tags by status")
    runs: list[dict[str, Any]] = Field(description="tagging runs, the newest first")
    jobs: list[dict[str, Any]]


class Health(BaseModel):
    """The process is alive; this says nothing about the archive."""

    status: str = Field(examples=["ok"])
