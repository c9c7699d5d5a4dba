"""How descriptions answer words, and where in them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class TextKind(StrEnum):
    """Whether a text holds what was asked: all of it, or something weaker."""

    EXACT = "exact"
    WEAK = "weak"


@dataclass(frozen=True, slots=True)
class TextMatch:
    """How well a photo's texts answer words; ``relevance`` lies above 0 and up to 1."""

    kind: TextKind
    relevance: float
