"""Suggestions of a scheme's concepts from stored vectors; no picture is read again.

A concept is the mean of the vectors of its labels, alternatives and prompts in the languages that
the model reads. How that becomes a probability: :mod:`.calibrating` from words alone,
:mod:`.learning` once people have decided. A concept that would be on most photos holds itself
back: a tag on every picture is no finding.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from archive_ai.domain import Calibration, Concept, Learned, Progress, ReportProgress, Suggestion
from archive_ai.errors import ArchiveDamaged
from archive_ai.ports import Encoder, VectorIndex
from archive_ai.tagging.probabilities import Structure, probabilities

ROWS_A_BLOCK = 16_384
CONCEPTS_A_PHOTO = 10
"""The most probable so many concepts of a photo are suggested."""

MOST = 0.5
"""A concept on a larger share of the photos holds itself back."""

FEWEST_TO_TELL = 50
"""Of fewer photos no share is taken: what they have in common may be what they are about."""


def concept_vectors(concepts: Sequence[Concept], encoder: Encoder) -> NDArray[np.float32]:
    """Return a unit vector (n, width) for each concept.

    Each language counts alike, however many words it has: first the mean of a language's texts,
    then the mean of the languages. Languages that the model does not read are left out where
    there is another.
    """
    reads = set(encoder.card.languages)
    texts = [
        (place, language, text)
        for place, concept in enumerate(concepts)
        for language, text in texts_of(concept)
        if language in reads or not reads & set(concept.labels)
    ]
    vectors = encoder.encode_texts([text for _, _, text in texts])
    sums: dict[tuple[int, str], list[int]] = {}
    for number, (place, language, _) in enumerate(texts):
        sums.setdefault((place, language), []).append(number)
    result = np.zeros((len(concepts), encoder.card.width), np.float32)
    for (place, _), numbers in sums.items():
        result[place] += _unit(vectors[numbers].mean(axis=0))
    return np.stack([_unit(row) for row in result]) if len(result) else result


def with_learned(calibration: Calibration, learned: Mapping[str, Learned]) -> Calibration:
    """Return the calibration in which what was learned takes the place of words."""
    directions, offsets = calibration.directions.copy(), calibration.offsets.copy()
    thresholds = calibration.thresholds.copy()
    for place, concept in enumerate(calibration.concepts):
        one = learned.get(concept)
        if one is not None:
            directions[place], offsets[place] = one.direction, one.offset
            thresholds[place] = one.threshold
    return replace(calibration, directions=directions, offsets=offsets, thresholds=thresholds)


@dataclass(frozen=True, slots=True)
class HeldBack:
    """A concept that is not suggested, and the share of photos it would have been on."""

    concept: str
    share: float


def held_back(
    calibration: Calibration, structure: Structure, rows: NDArray[np.float32]
) -> list[HeldBack]:
    """Return the concepts that would be on most of ``rows`` (m, width), a sample of the archive.

    Concepts that exclude each other share the photos among them and are no such thing.
    """
    if len(rows) < FEWEST_TO_TELL:
        return []
    hit = probabilities(calibration.log_odds(rows), structure) >= calibration.thresholds
    shared = {column for group in structure.exclusive for column in group}
    return [
        HeldBack(calibration.concepts[place], float(share))
        for place, share in enumerate(hit.mean(axis=0))
        if share > MOST and place not in shared
    ]


def suggest(
    calibration: Calibration,
    structure: Structure,
    index: VectorIndex,
    silent: Sequence[HeldBack],
    report: ReportProgress,
) -> Iterator[Suggestion]:
    """Yield what is suggested for each photo, most probable first; nothing of what is ``silent``.

    Raises ArchiveDamaged if the calibration was learned with another model (M5).
    """
    check(calibration, index)
    thresholds = calibration.thresholds.copy()
    quiet = {one.concept for one in silent}
    thresholds[[concept in quiet for concept in calibration.concepts]] = np.inf
    for start, log_odds, probable in scored(calibration, structure, index, report):
        for offset in np.flatnonzero((probable >= thresholds).any(axis=1)).tolist():
            row = probable[offset]
            hits = np.flatnonzero(row >= thresholds)
            best = hits[np.argsort(-row[hits], kind="stable")][:CONCEPTS_A_PHOTO]
            for place in best.tolist():
                yield Suggestion(
                    index.photos[start + offset],
                    calibration.concepts[place],
                    float(log_odds[offset, place]),
                    float(row[place]),
                )


def scored(
    calibration: Calibration, structure: Structure, index: VectorIndex, report: ReportProgress
) -> Iterator[tuple[int, NDArray[np.float32], NDArray[np.float32]]]:
    """Yield first row, log-odds (m, n) and probabilities (m, n) of each block of photos."""
    count = len(index.photos)
    for start in range(0, count, ROWS_A_BLOCK):
        stop = min(start + ROWS_A_BLOCK, count)
        log_odds = calibration.log_odds(index.block(start, stop))
        yield start, log_odds, probabilities(log_odds, structure)
        report(Progress("tag", stop, count))


def check(calibration: Calibration, index: VectorIndex) -> None:
    """Raise ArchiveDamaged if a calibration is not of the model that made the vectors (M5)."""
    if calibration.fingerprint != index.fingerprint:
        raise ArchiveDamaged(
            "The calibration was learned with another model than the vectors were made with.",
            "Tag again: it is learned anew.",
        )


def texts_of(concept: Concept) -> Iterator[tuple[str, str]]:
    """Yield language and text of all that a concept is asked by."""
    for language, label in concept.labels.items():
        yield language, label
    for group in (concept.alternatives, concept.prompts):
        for language, texts in group.items():
            for text in texts:
                yield language, text


def _unit(vector: NDArray[np.float32]) -> NDArray[np.float32]:
    return (vector / max(float(np.linalg.norm(vector)), 1e-12)).astype(np.float32)
