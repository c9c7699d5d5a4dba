"""Which models there are on this machine, and what was made with them."""

from __future__ import annotations

from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field, JsonValue

from archive_ai_service.access import ForAdmins
from archive_ai_service.problems import possible

router = APIRouter(tags=["models"])

_FINGERPRINT = "0123456789abcdef"
_CARD: dict[str, JsonValue] = {
    "model": "archive-mini",
    "name": "archive-mini",
    "runtime": "onnx",
    "width": 256,
    "languages": ["de", "en"],
    "license": "research",
    "fingerprint": _FINGERPRINT,
}
_MODEL: dict[str, JsonValue] = {
    "name": "archive-mini",
    "fingerprint": _FINGERPRINT,
    "card": _CARD,
    "active": True,
    "installed": "bundled",
    "problem": "",
}
_GENERATION: dict[str, JsonValue] = {
    "number": 1,
    "fingerprint": _FINGERPRINT,
    "model": "archive-mini",
    "vectors": 18400,
    "active": True,
    "created_at": "2026-11-25T16:00:00+00:00",
}


class ModelAnswer(BaseModel):
    """A model that is on this machine, or was chosen for it."""

    name: str = Field(description="the reference it is chosen by, where there is no card")
    fingerprint: str | None = Field(description="vectors of the same one may be compared")
    card: dict[str, Any] | None = Field(
        description="null: it cannot be opened, or would have to be loaded with torch first"
    )
    active: bool = Field(description="whether it made the vectors that answer")
    installed: Literal["bundled", "folder", "open_clip"] | None = Field(
        description="open_clip: this library fetches its weights once and keeps them; null: it "
        "was chosen, and is not here"
    )
    problem: str = Field(description="why it cannot be opened; empty: nothing is known against it")


class MadeWithAnswer(BaseModel):
    """A generation: all vectors of one fingerprint."""

    number: int
    fingerprint: str
    model: str
    vectors: int
    active: bool
    created_at: str


class ModelsAnswer(BaseModel):
    """Models and generations."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"active": _CARD, "models": [_MODEL], "generations": [_GENERATION]}]
        }
    )

    active: dict[str, Any] | None = Field(description="the card of the model that answers")
    models: list[ModelAnswer]
    generations: list[MadeWithAnswer]


@router.get("/models", summary="Models", response_description="Found", responses=possible(403))
def models(archive: ForAdmins) -> ModelsAnswer:
    """List the models that are bundled, chosen by the setting ``model``, or that vectors were made
    with; another one is indexed with from the command line.
    """
    return ModelsAnswer.model_validate(archive.operating.models())
