"""Reviewing: what waits to be decided, decisions, taking them back."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, ConfigDict, Field

from archive_ai.domain import Decided, Decision, Origin, PhotoId, Ruling, Sensitivity, Verdict
from archive_ai_service.access import (
    Caller,
    ForArchivists,
    KnownPhoto,
    named_photo,
    refuse_sensitive,
    signer,
)
from archive_ai_service.problems import possible
from archive_ai_service.review_answers import ProgressAnswer, QueueAnswer, WaitingAnswer

router = APIRouter(tags=["review"])

MOST_AT_ONCE = 10_000
BY = "who decides; whoever is signed in is called as the token is and may leave it out"
_PHOTO = "p_abcdefghijklmnopqrst"


class RulingSent(BaseModel):
    """What somebody decides about one photo."""

    photo: str = Field(examples=[_PHOTO])
    concept: str = Field(max_length=200)
    verdict: Literal["accepted", "rejected"]
    note: str = Field(default="", max_length=2000)
    seen: int | None = Field(default=None, description="as the queue said; null: whatever stands")


class ReviewSent(BaseModel):
    """Decisions that are written as one batch; all of it together at most 2 MB."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "by": "erika",
                    "rulings": [
                        {"photo": _PHOTO, "concept": "kirche", "verdict": "accepted", "seen": 0}
                    ],
                }
            ]
        }
    )

    by: str = Field(default="", max_length=200, description=BY)
    scheme: str = Field(default="", max_length=200)
    rulings: list[RulingSent] = Field(min_length=1, max_length=MOST_AT_ONCE)


class UndoSent(BaseModel):
    """A batch to take back; without one the newest of whoever asks."""

    by: str = Field(default="", max_length=200, description=BY)
    batch: int = Field(default=0, ge=0, le=2**31, examples=[17])


class DecisionAnswer(BaseModel):
    """One decision, as it is kept for ever."""

    number: int
    photo: str = Field(examples=[_PHOTO])
    concept: str = Field(examples=["kirche"])
    verdict: Verdict
    origin: Origin
    by: str
    at: str
    note: str
    batch: int
    undoes: int | None

    @classmethod
    def of(cls, one: Decision) -> DecisionAnswer:
        """Show one decision."""
        return cls(**{name: getattr(one, name) for name in cls.model_fields})


class DecidedAnswer(BaseModel):
    """What came of a batch; rulings on ``conflicts`` were not written."""

    batch: int
    written: int
    unchanged: int
    conflicts: list[DecisionAnswer]

    @classmethod
    def of(cls, decided: Decided) -> DecidedAnswer:
        """Show what was decided."""
        return cls(
            batch=decided.batch,
            written=decided.written,
            unchanged=decided.unchanged,
            conflicts=[DecisionAnswer.of(one) for one in decided.conflicts],
        )


ConceptId = Annotated[str, Path(description="The concept's id.", examples=["kirche"])]
SchemeId = Annotated[str, Query(description="The vocabulary; empty: the starter.")]
Order = Annotated[
    Literal["teach", "sure", "sample", "second"],
    Query(description="teach: what teaches most; sure: the most probable; sample: at random"),
]


@router.get(
    "/review/{concept}",
    summary="What waits to be decided",
    response_description="Found",
    responses=possible(404, 409, 422),
)
def queue(
    archive: ForArchivists,
    caller: Caller,
    concept: ConceptId,
    scheme: SchemeId = "",
    order: Order = "teach",
    by: Annotated[str, Query(description="Who decides; for order second.")] = "",
    limit: Annotated[int, Query(ge=1, le=1000, description="How many photos to list.")] = 50,
) -> QueueAnswer:
    """List photos to decide on. What asks for review first is reviewed at the archive itself."""
    refuse_sensitive(archive, [concept], scheme)
    _, known = archive.vocabularies.concept(concept, scheme)
    found = archive.queues.queue(concept, scheme, order, limit, caller.name or by)
    legends = archive.browsing.legends(caller, [PhotoId(row.photo) for row in found.rows])
    return QueueAnswer.of(found, known.labels, legends)


@router.get(
    "/review/{concept}/progress",
    summary="How far the review of a concept is",
    response_description="Found",
    responses=possible(404, 409, 422),
)
def progress(archive: ForArchivists, concept: ConceptId, scheme: SchemeId = "") -> ProgressAnswer:
    """Count what waits and what was decided; quick enough to be asked after each decision."""
    refuse_sensitive(archive, [concept], scheme)
    return ProgressAnswer.of(archive.queues.progress(concept, scheme))


@router.get("/review", summary="What can be reviewed", response_description="All that waits")
def waiting(archive: ForArchivists, caller: Caller) -> list[WaitingAnswer]:
    """List the concepts with suggestions that nobody decided, those with most of them first.

    What asks for review first is reviewed at the archive itself.
    """
    found = []
    for scheme in archive.browsing.schemes():
        counts = archive.browsing.concept_counts(caller, scheme)
        found += [
            WaitingAnswer.of(scheme, one, counts[one.id])
            for one in scheme.concepts
            if one.sensitivity is not Sensitivity.REVIEW_FIRST
            and one.id in counts
            and counts[one.id].suggested
        ]
    return sorted(found, key=lambda one: (-one.waiting, one.scheme, one.concept))


@router.post(
    "/review", summary="Decide", response_description="Written", responses=possible(404, 422)
)
def decide(archive: ForArchivists, caller: Caller, sent: ReviewSent) -> DecidedAnswer:
    """Write decisions as one batch. One that overlooks somebody else's is a conflict."""
    by = signer(caller, sent.by)
    refuse_sensitive(archive, sorted({one.concept for one in sent.rulings}), sent.scheme)
    rulings = [
        Ruling(
            PhotoId(named_photo(one.photo)), one.concept, Verdict(one.verdict), one.note, one.seen
        )
        for one in sent.rulings
    ]
    return DecidedAnswer.of(archive.reviewing.decide(rulings, by, sent.scheme))


@router.post(
    "/review/undo", summary="Take back", response_description="Written", responses=possible(422)
)
def undo(archive: ForArchivists, caller: Caller, sent: UndoSent) -> DecidedAnswer:
    """Take a batch of decisions back; what stood before stands again."""
    return DecidedAnswer.of(archive.reviewing.undo(signer(caller, sent.by), sent.batch, told=True))


@router.get(
    "/photos/{photo_id}/decisions",
    summary="Every decision on its tags",
    response_description="Found",
    responses=possible(404),
)
def decisions(archive: ForArchivists, photo_id: KnownPhoto) -> list[DecisionAnswer]:
    """Return who decided what on a photo, and when, the oldest first.

    What is said of concepts that ask for review first is told on the archive's own machine only.
    """
    known = archive.photo(photo_id).photo.id
    return [DecisionAnswer.of(one) for one in archive.reviewing.open_history(known)]
