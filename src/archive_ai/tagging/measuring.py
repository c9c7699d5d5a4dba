"""Concepts that are measured on the pixels: no words, no vectors, and so no probability.

How often each measure is right on labelled pictures: docs/measured.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from archive_ai.domain import (
    Colour,
    Concept,
    Measures,
    Mode,
    Orientation,
    PhotoId,
    Suggestion,
)

Finding = Callable[[Measures], float | None]
"""What was measured, where it says that the concept is there."""

WIDE = (Orientation.LANDSCAPE, Orientation.PANORAMA)

MEASURED: Mapping[str, Finding] = {
    "black-and-white": lambda m: m.chroma if m.colour is Colour.BLACK_AND_WHITE else None,
    "toned (sepia)": lambda m: m.tint if m.colour is Colour.TONED else None,
    "colour": lambda m: m.chroma if m.colour is Colour.COLOUR else None,
    "negative": lambda m: m.positive_score if m.negative else None,
    "blank frame": lambda m: m.detail if m.blank else None,
    "portrait format": lambda m: 1.0 if m.orientation is Orientation.PORTRAIT else None,
    "landscape format": lambda m: 1.0 if m.orientation in WIDE else None,
    "square format": lambda m: 1.0 if m.orientation is Orientation.SQUARE else None,
    "panoramic format": lambda m: 1.0 if m.orientation is Orientation.PANORAMA else None,
}
"""By the English preferred label of the concept, whatever its scheme calls it otherwise."""


def finding(concept: Concept) -> Finding | None:
    """Return how a measured concept is found, None if nothing measures it."""
    if concept.mode is not Mode.MEASURED:
        return None
    return MEASURED.get(concept.labels.get("en", "").casefold())


def measure_concepts(
    concepts: Sequence[Concept], measured: Iterable[tuple[PhotoId, Measures]]
) -> Iterator[Suggestion]:
    """Yield what the measures of each photo say; ``score`` is what was measured."""
    findings = [(one.id, found) for one in concepts if (found := finding(one)) is not None]
    for photo, measures in measured:
        for concept, found in findings:
            value = found(measures)
            if value is not None:
                yield Suggestion(photo, concept, value, None)
