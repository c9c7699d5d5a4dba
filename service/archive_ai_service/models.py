"""What the API answers: the same shapes as the command line's ``--json``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from archive_ai.archive import PhotoDetails
from archive_ai.domain import (
    Beside,
    Crop,
    Origin,
    Record,
    RecordSource,
    Relation,
    Status,
    Tag,
    Visibility,
)

PHOTO_EXAMPLE = "p_abcdefghijklmnopqrst"
TAG_EXAMPLE: dict[str, JsonValue] = {
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


def labelled(labels: Mapping[str, str]) -> dict[str, str | None]:
    """Show a concept's labels in the two languages of the program."""
    return {language: labels.get(language) for language in ("de", "en")}


class TagAnswer(BaseModel):
    """A concept on a photo, with its whole provenance."""

    model_config = ConfigDict(json_schema_extra={"examples": [TAG_EXAMPLE]})

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
            label=labelled(tag.labels),
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


class TagsAnswer(BaseModel):
    """The tags of one photo, best first."""

    photo: str = Field(examples=[PHOTO_EXAMPLE])
    tags: list[TagAnswer]

    @classmethod
    def of(cls, details: PhotoDetails) -> TagsAnswer:
        """Show a photo's tags."""
        return cls(photo=details.photo.id, tags=[TagAnswer.of(tag) for tag in details.tags])


class RecordAnswer(BaseModel):
    """A description of the photo: from a table of the archive, or embedded in the file."""

    key: str = Field(
        description="a signature, a path (for readers its last part), or the photo whose file "
        "held it"
    )
    source: RecordSource
    page: int | None = Field(description="the one page of a file it is about; null for all")
    signature: str
    title: str
    description: str
    place: str
    kind: str
    rights: str
    date: str = Field(description="EDTF, or as it was written where nobody could read it")
    first: str | None = Field(description="the first day of the date; null: open or unknown")
    last: str | None = Field(description="the last day of the date; null: open or unknown")
    visibility: Visibility
    closed_until: str = Field(description="a day, or empty")
    other: dict[str, str] = Field(description="what has no field of its own, such as keywords")

    @classmethod
    def of(cls, record: Record) -> RecordAnswer:
        """Show a record; who imported it and when is the archive's own business."""
        shown = {name: getattr(record, name) for name in cls.model_fields}
        return cls(**(shown | {"other": dict(record.other)}))


class CropAnswer(BaseModel):
    """What the model that answers saw of a picture.

    It reaches beyond the picture where the model sees it filled up to a square.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "model": "archive-mini", "left": 0.0, "top": 0.0, "width": 4800.0,
                    "height": 3600.0, "squeezed": True,
                }
            ]
        }
    )  # fmt: skip

    model: str
    left: float = Field(description="pixels of the upright picture, as all four")
    top: float
    width: float
    height: float
    squeezed: bool = Field(description="true: the model sees it as a square although it is none")

    @classmethod
    def of(cls, crop: Crop | None) -> CropAnswer | None:
        """Show it, if there is one."""
        return None if crop is None else cls(**asdict(crop))


class BesideAnswer(BaseModel):
    """Another photo that belongs to this one."""

    photo: str = Field(examples=[PHOTO_EXAMPLE])
    page: int
    relation: Relation = Field(
        description="page: another page of the same file; record: a record describes both, as it "
        "does both sides of a print"
    )
    width: int = Field(description="pixels of the upright picture")
    height: int
    title: str

    @classmethod
    def of(cls, one: Beside) -> BesideAnswer:
        """Show one."""
        legend = one.legend
        return cls(
            photo=one.photo,
            page=one.page,
            relation=one.relation,
            width=legend.width,
            height=legend.height,
            title=legend.title,
        )


class PhotoAnswer(BaseModel):
    """A photo, every present file that holds it, its tags and its descriptions."""

    photo: str = Field(examples=[PHOTO_EXAMPLE])
    page: int = Field(description="the page of the file, from 1")
    width: int = Field(description="pixels of the upright picture")
    height: int
    format: str = Field(examples=["tiff"])
    sha256: str = Field(description="of the file's content")
    paths: list[str] = Field(description="present files on the archive's machine")
    tags: list[TagAnswer]
    records: list[RecordAnswer] = Field(description="a table's first")
    crop: CropAnswer | None = Field(
        description="what the model that answers saw of it; null where none saw it"
    )
    beside: list[BesideAnswer] = Field(
        description="photos that belong to it and may be seen: the 100 pages of its file next to "
        "it, then 100 photos that its records describe with it, by path"
    )

    @classmethod
    def of(cls, details: PhotoDetails, crop: Crop | None, beside: Sequence[Beside]) -> PhotoAnswer:
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
            records=[RecordAnswer.of(record) for record in details.records],
            crop=CropAnswer.of(crop),
            beside=[BesideAnswer.of(one) for one in beside],
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


class AboutAnswer(BaseModel):
    """Whose archive it is, and what answers for it."""

    institution: str = Field(
        examples=["Stadtarchiv Heilbronn"], description="as the setting says; empty: nothing"
    )
    version: str = Field(examples=["0.1.0"], description="of archive-ai")


class StatusAnswer(AboutAnswer):
    """What the archive holds."""

    model_config = ConfigDict(extra="allow")

    archive: str = Field(examples=["/srv/archive"], description="its folder")
    photos: int = Field(examples=[18400])
    files: FilesAnswer
    generation: GenerationAnswer | None = Field(description="null before anything is indexed")
    generations: int
    model: dict[str, Any] | None = Field(description="the card of the model that answers")
    tags: dict[str, int] = Field(description="tags by status")
    runs: list[dict[str, Any]] = Field(description="tagging runs, the newest first")
    jobs: list[dict[str, Any]]


class ReaderStatusAnswer(AboutAnswer):
    """What there is to see for a reader."""

    photos: int = Field(examples=[18400], description="photos that may be seen")
    tags: dict[str, int] = Field(description="their tags by status")


class Health(BaseModel):
    """What a watchdog wants to know: ok (alive), ready, or empty (nothing is indexed yet)."""

    status: str = Field(examples=["ok"])
