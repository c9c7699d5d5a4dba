"""What people said about pictures, against which a model is measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Caption:
    """One sentence in one language (``de``, ``en``, …) about the picture of that name."""

    picture: str
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Labelled:
    """One class that a picture belongs to; ``labels`` names the class by language."""

    picture: str
    concept: str
    labels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class LabelledTag:
    """A person's word that a concept is on a picture, or with ``present`` false, that it is not.

    An empty ``concept`` says that the picture was looked at; ``line`` is where the table says so.
    """

    picture: str
    concept: str
    present: bool = True
    line: int = 0
