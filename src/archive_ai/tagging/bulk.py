"""A whole archive against a whole scheme: block by block, with the memory of one block."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from archive_ai.domain import Calibration, Progress, ReportProgress, Suggestion, silent
from archive_ai.ports import VectorIndex
from archive_ai.tagging.consistency import Structure, consistent

ROWS_A_BLOCK = 16_384
MOST_A_PHOTO = 10


@dataclass(frozen=True, slots=True)
class Detectors:
    """The functions of c concepts as arrays, ready for a multiplication.

    ``anchors`` (c, width) give scores, ``slopes`` and ``offsets`` (c,) make log odds of them;
    ``directions`` (l, width) are added for the concepts of the columns ``learned`` (l,).
    ``thresholds`` (c,) are above 1 where a concept is held back.
    """

    concepts: tuple[str, ...]
    anchors: NDArray[np.float32]
    slopes: NDArray[np.float32]
    offsets: NDArray[np.float32]
    learned: NDArray[np.int64]
    directions: NDArray[np.float32]
    thresholds: NDArray[np.float32]
    structure: Structure

    def judge(self, rows: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return scores and probabilities (n, c) of photos (n, width)."""
        scores = rows @ self.anchors.T
        odds = scores * self.slopes + self.offsets
        if len(self.learned):
            odds[:, self.learned] += rows @ self.directions.T
        np.clip(odds, -35, 35, out=odds)
        probabilities = np.exp(-odds, out=odds)
        probabilities += 1
        np.reciprocal(probabilities, out=probabilities)
        # What is held back may not lift its parents, nor take from what it excludes.
        probabilities[:, self.thresholds > 1] = 0
        return scores, consistent(probabilities, self.structure)


def detectors(
    calibration: Calibration, anchors: NDArray[np.float32], structure: Structure
) -> Detectors:
    """Gather ``calibration``; ``anchors`` (c, width) and ``structure`` are of its concepts."""
    concepts = calibration.concepts
    learned = [place for place, one in enumerate(concepts) if one.direction]
    return Detectors(
        tuple(one.concept for one in concepts),
        np.asarray(anchors, np.float32),
        np.array([one.slope for one in concepts], np.float32),
        np.array([one.offset for one in concepts], np.float32),
        np.array(learned, np.int64),
        np.array([concepts[place].direction for place in learned], np.float32),
        np.array([2.0 if one.held_back else one.threshold for one in concepts], np.float32),
        structure,
    )


@dataclass(frozen=True, slots=True)
class SuggestedBlock:
    """What is suggested in one block: row numbers, columns, scores, probabilities (k,) each.

    By row, and within a row the most probable first.
    """

    rows: NDArray[np.int64]
    columns: NDArray[np.int64]
    scores: NDArray[np.float32]
    probabilities: NDArray[np.float32]


def suggested_blocks(
    index: VectorIndex,
    found: Detectors,
    most: int = MOST_A_PHOTO,
    report: ReportProgress = silent,
) -> Iterator[SuggestedBlock]:
    """Yield what reaches its threshold, at most ``most`` concepts a photo."""
    count = len(index.photos)
    for start in range(0, count, ROWS_A_BLOCK):
        stop = min(start + ROWS_A_BLOCK, count)
        scores, probabilities = found.judge(index.block(start, stop))
        margin = np.where(probabilities >= found.thresholds, probabilities, -1.0)
        best = np.argpartition(-margin, min(most, margin.shape[1]) - 1, axis=1)[:, :most]
        order = np.argsort(-np.take_along_axis(margin, best, axis=1), axis=1, kind="stable")
        best = np.take_along_axis(best, order, axis=1)
        offsets, places = np.nonzero(np.take_along_axis(margin, best, axis=1) >= 0)
        columns = best[offsets, places]
        yield SuggestedBlock(
            offsets + start, columns, scores[offsets, columns], probabilities[offsets, columns]
        )
        report(Progress("tag", stop, count))


def suggest_calibrated(
    index: VectorIndex,
    calibration: Calibration,
    found: Detectors,
    scheme_version: str,
    report: ReportProgress = silent,
) -> Iterator[Suggestion]:
    """Yield suggestions with their probabilities, by photo, the most probable first.

    Raises ArchiveDamaged if the calibration is of another model or scheme version (M5).
    """
    calibration.require(index.fingerprint, scheme_version)
    for block in suggested_blocks(index, found, report=report):
        for row, column, score, probability in zip(
            block.rows.tolist(),
            block.columns.tolist(),
            block.scores.tolist(),
            block.probabilities.tolist(),
            strict=True,
        ):
            yield Suggestion(index.photos[row], found.concepts[column], score, probability)
