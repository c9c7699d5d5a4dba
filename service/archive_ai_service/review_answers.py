"""What the review desk is told: queues, how far they are, and which concepts wait."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from archive_ai.archive.queues import Queue, Reviewed
from archive_ai.domain import Concept, ConceptCount, Legend, Mode, PhotoId, Scheme
from archive_ai_service.legends import LegendAnswer
from archive_ai_service.models import PHOTO_EXAMPLE, labelled

LABEL = "its label by language: de, en"
_LABEL: JsonValue = {"de": "Kirche", "en": "church"}
_ESTIMATED: JsonValue = {
    "precision": 0.9,
    "low": 0.8,
    "high": 0.95,
    "margin": 0.075,
    "judged": 60,
    "wanted": 109,
    "confidence": 0.95,
}


class QueueRowAnswer(LegendAnswer):
    """One photo to decide on; photos of one group look alike."""

    photo: str = Field(examples=[PHOTO_EXAMPLE])
    path: str
    page: int
    probability: float | None
    group: int
    seen: int = Field(description="the decision that stands, 0 for none; send it back")


class EstimatedAnswer(BaseModel):
    """How many of a concept's suggestions are right, by those of a random sample that were judged.

    While none was judged, what follows from them is null.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [_ESTIMATED]})

    precision: float | None = Field(description="share of the judged that are right, 0 to 1")
    low: float | None = Field(description="between low and high it lies, with that confidence")
    high: float | None
    margin: float | None = Field(description="half of the distance from low to high")
    judged: int = Field(description="how many of the sample were decided, from its start on")
    wanted: int = Field(description="so many are enough for a margin of about 0.05")
    confidence: float = Field(examples=[0.95])

    @classmethod
    def of(cls, found: Mapping[str, Any] | None) -> EstimatedAnswer | None:
        """Show an estimate; None where none was asked for or nothing is suggested."""
        if found is None or not found["population"]:
            return None
        judged = found["looked_at"]
        return cls(
            precision=found["precision"],
            low=found["low"] if judged else None,
            high=found["high"] if judged else None,
            margin=found["margin"],
            judged=judged,
            wanted=found["wanted"],
            confidence=found["confidence"],
        )


class QueueAnswer(BaseModel):
    """What waits to be decided about a concept."""

    concept: str
    label: dict[str, str | None] = Field(description=LABEL, examples=[_LABEL])
    waiting: int = Field(description="suggested and undecided in the whole archive")
    rows: list[QueueRowAnswer]
    estimate: str | None = Field(description="how many suggestions are right, by the sample")
    estimated: EstimatedAnswer | None = Field(
        description="the same in numbers; null in other orders, and where nothing is suggested"
    )

    @classmethod
    def of(
        cls, found: Queue, labels: Mapping[str, str], legends: Mapping[PhotoId, Legend]
    ) -> QueueAnswer:
        """Show a queue."""
        return cls(
            concept=found.concept,
            label=labelled(labels),
            waiting=found.waiting,
            rows=[
                QueueRowAnswer(**{**asdict(row), **asdict(legends[PhotoId(row.photo)])})
                for row in found.rows
            ],
            estimate=found.estimate["sentence"] if found.estimate else None,
            estimated=EstimatedAnswer.of(found.estimate),
        )


class ProgressAnswer(BaseModel):
    """How far the review of a concept is, in the whole archive."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "concept": "kirche", "waiting": 120, "accepted": 54, "rejected": 6,
                    "estimated": _ESTIMATED,
                }
            ]
        }
    )  # fmt: skip

    concept: str
    waiting: int = Field(
        description="undecided of what was suggested when the queue was last asked for"
    )
    accepted: int
    rejected: int
    estimated: EstimatedAnswer | None = Field(
        description="how many of what was suggested are right; null where nothing was"
    )

    @classmethod
    def of(cls, found: Reviewed) -> ProgressAnswer:
        """Show how far it is."""
        return cls(
            concept=found.concept,
            waiting=found.waiting,
            accepted=found.accepted,
            rejected=found.rejected,
            estimated=EstimatedAnswer.of(found.estimate),
        )


class WaitingAnswer(BaseModel):
    """A concept with suggestions that nobody decided."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "concept": "kirche", "scheme": "heilbronn", "label": _LABEL,
                    "facet": "building", "waiting": 120, "accepted": 40, "rejected": 6,
                    "mode": "zero-shot",
                }
            ]
        }
    )  # fmt: skip

    concept: str
    scheme: str
    label: dict[str, str | None] = Field(description=LABEL)
    facet: str
    waiting: int = Field(
        description="photos for which the tagging runs suggest it and nobody decided; its queue "
        "also goes by what was decided and learned since, and may hold a few more or fewer"
    )
    accepted: int
    rejected: int
    mode: Mode = Field(description="by what means it is suggested")

    @classmethod
    def of(cls, scheme: Scheme, concept: Concept, count: ConceptCount) -> WaitingAnswer:
        """Show a concept."""
        return cls(
            concept=concept.id,
            scheme=scheme.id,
            label=labelled(concept.labels),
            facet=concept.facet,
            waiting=count.suggested,
            accepted=count.accepted,
            rejected=count.rejected,
            mode=concept.mode,
        )
