"""Why a concept is, or is not, suggested for a photo: what the machine saw, for people to judge."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, cast

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from archive_ai.archive.explaining import Explanation
from archive_ai.domain import Colour, Concept, Crop, Measures, Orientation
from archive_ai_service.models import PHOTO_EXAMPLE, CropAnswer, labelled

Source = Literal["words", "learned", "measured"]

_WHY: dict[str, JsonValue] = {
    "photo": PHOTO_EXAMPLE,
    "concept": "kirche",
    "label": {"de": "Kirche", "en": "church"},
    "source": "words",
    "score": 2.1,
    "probability": 0.87,
    "threshold": 0.5,
    "texts": [{"name": "Kirche", "nearness": 0.12}],
    "examples": [
        {"photo": PHOTO_EXAMPLE, "name": "/scans/F001/F001N_0001.tif", "nearness": 0.81},
        {"photo": None, "name": "/references/kilianskirche/1.jpg", "nearness": 0.76},
    ],
    "measures": None,
    "heat": [[0.0] * 8] * 8,
    "crop": {
        "model": "archive-mini",
        "left": 0.0,
        "top": 0.0,
        "width": 4800.0,
        "height": 3600.0,
        "squeezed": True,
    },
}


class TextAnswer(BaseModel):
    """Words of a concept."""

    name: str
    nearness: float = Field(
        description="their cosine with the photo, less that of neutral queries on the average"
    )


class ExampleAnswer(BaseModel):
    """A picture that shows the concept: an accepted photo, or a reference picture."""

    photo: str | None = Field(description="null: a reference picture, which is no photo here")
    name: str = Field(description="its file; the photo's id where no file of it is present")
    nearness: float = Field(description="its cosine with the photo")


class MeasuresAnswer(BaseModel):
    """What the pixels say of a picture."""

    colour: Colour
    tint: float = Field(description="strength of the main hue, in steps of 8-bit chroma")
    chroma: float = Field(description="strength of all other hues, likewise")
    orientation: Orientation
    negative: bool | None = Field(description="null: in doubt")
    positive_score: float = Field(description="below 0: tones look inverted")
    blank: bool
    detail: float = Field(description="range of lightness, 0 to 255")

    @classmethod
    def of(cls, measures: Measures | None) -> MeasuresAnswer | None:
        """Show measures, if there are any."""
        return None if measures is None else cls(**measures.to_json())


class WhyAnswer(BaseModel):
    """What speaks for a concept on a photo, and against it."""

    model_config = ConfigDict(json_schema_extra={"examples": [_WHY]})

    photo: str
    concept: str
    label: dict[str, str | None] = Field(description="its label by language: de, en")
    source: Source = Field(
        description="by what the machine goes: the concept's words, what it learned from examples, "
        "or what is measured on the pixels: then there are measures and nothing else"
    )
    score: float | None = Field(
        description="log-odds of the concept on its own; of a measured one what was measured, if "
        "that speaks for it"
    )
    probability: float | None
    threshold: float | None = Field(description="from which probability on it is suggested")
    texts: list[TextAnswer] = Field(description="the concept's words nearest to the photo")
    examples: list[ExampleAnswer] = Field(description="the pictures of it nearest to the photo")
    measures: MeasuresAnswer | None
    heat: list[list[float]] | None = Field(
        description="8 rows of 8 from the top left of the crop: how much each part speaks for the "
        "concept, in log-odds, below 0 against it; null where the file is not there"
    )
    crop: CropAnswer | None = Field(description="the part of the picture that heat is about")

    @classmethod
    def of(
        cls, found: Explanation, concept: Concept, files: Mapping[str, str], crop: Crop | None
    ) -> WhyAnswer:
        """Show an explanation; ``files`` are those of photos among its examples, by id."""
        told = found.to_json()
        return cls(
            photo=found.photo,
            concept=found.concept,
            label=labelled(concept.labels),
            source=cast(Source, found.source),
            score=found.score,
            probability=found.probability,
            threshold=found.threshold,
            texts=[TextAnswer(name=one.name, nearness=one.cosine) for one in found.texts],
            examples=[
                ExampleAnswer(
                    photo=one.name if one.name in files else None,
                    name=files.get(one.name, one.name),
                    nearness=one.cosine,
                )
                for one in found.examples
            ],
            measures=MeasuresAnswer.of(found.measures),
            heat=told["heat"],
            crop=CropAnswer.of(crop),
        )
