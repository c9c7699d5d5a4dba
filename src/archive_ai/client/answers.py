"""What the API answers, as the keys that scripts rely on; a server may add others."""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict


class Tag(TypedDict):
    """A concept on a photo with its provenance."""

    concept: str
    label: dict[str, str | None]
    status: str
    origin: str
    score: float | None
    probability: float | None
    run: int | None
    model: str | None
    generation: int | None
    scheme: str
    scheme_version: str
    by: str
    at: str


class Hit(TypedDict):
    """One photo that answers; ``reasons`` say what matched."""

    photo: str
    path: str
    page: int
    score: float
    strength: str
    reasons: list[dict[str, Any]]
    duplicates: list[str]
    width: int
    height: int
    title: str
    signature: str
    date: str
    tags: list[Tag]


class Found(TypedDict):
    """What a search found, best first; ``cursor`` asks for what follows, empty: nothing does."""

    query: dict[str, Any]
    generation: int
    total_strong: int
    total_weak: int
    total_below: int
    left_out: int
    exact: bool
    hints: list[dict[str, str]]
    hits: list[Hit]
    cursor: str
    ms: dict[str, float]


class ListedPhoto(TypedDict):
    """A photo of a list."""

    photo: str
    path: str
    page: int
    width: int
    height: int
    title: str
    signature: str
    date: str
    format: str
    collections: list[str]


class Photo(TypedDict):
    """All about one photo."""

    photo: str
    page: int
    width: int
    height: int
    format: str
    sha256: str
    paths: list[str]
    tags: list[Tag]
    records: list[dict[str, Any]]
    crop: dict[str, Any] | None
    beside: list[dict[str, Any]]


class Collection(TypedDict):
    """A collection and how many of its photos may be seen."""

    collection: str
    photos: int


class Ruling(TypedDict):
    """What somebody decides about one photo; ``seen`` as the queue said it."""

    photo: str
    concept: str
    verdict: Literal["accepted", "rejected"]
    note: NotRequired[str]
    seen: NotRequired[int | None]


class Decided(TypedDict):
    """What came of decisions that were sent; those in ``conflicts`` were not written."""

    batch: int
    written: int
    unchanged: int
    conflicts: list[dict[str, Any]]


class Job(TypedDict):
    """Long work: how far it is, or what came of it."""

    number: int
    kind: str
    arguments: dict[str, Any]
    state: Literal["queued", "running", "done", "failed", "stopped", "interrupted"]
    progress: dict[str, int | None]
    outcome: dict[str, Any] | None
    by: str
    created_at: str
    started_at: str | None
    finished_at: str | None
