"""What decisions say about the probabilities from words, all concepts together.

Few decisions on each of many concepts teach none of them, and yet tell whether probabilities are
too high or too low as a whole: one slope and one shift for all log-odds (Platt 1999), kept only if
decisions that were held back become more likely by it. Which photos were shown for review may
depend on their scores; that does not bend a curve in the score.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from archive_ai.domain import Calibration
from archive_ai.tagging.logistic import Floats, platt

FEWEST_OF_BOTH = 8
MOST_OF_ONE = 20
"""A concept counts for no more than so many decisions: what is reviewed most is not all."""

FEWEST_CONCEPTS = 3
"""One badly worded concept says nothing of the others."""

FLATTEST = 0.2
"""Where scores say less than that, something else is wrong than the level."""

FOLDS = 10


def recalibrate(
    words: Calibration,
    concepts: NDArray[np.int64],
    vectors: NDArray[np.float32],
    shown: NDArray[np.bool_],
) -> Calibration:
    """Return ``words`` with the log-odds that n decisions ask for, or as it was.

    Decision i is about concept ``concepts[i]`` of ``words`` on a photo with ``vectors[i]``
    (n, width); ``shown`` (n,) tells whether the concept is there.
    """
    few = min(int(shown.sum()), int((~shown).sum())) < FEWEST_OF_BOTH
    if few or len(np.unique(concepts)) < FEWEST_CONCEPTS:
        return words
    scores = (vectors * words.directions[concepts]).sum(axis=1) + words.offsets[concepts]
    scores, right = scores.astype(np.float64), shown.astype(np.float64)
    counts = np.bincount(concepts)
    weights = np.minimum(1.0, MOST_OF_ONE / counts[concepts])
    fold = np.random.default_rng(0).permutation(len(scores)) % FOLDS
    held_back = np.empty(len(scores))
    for place in range(FOLDS):
        taught, judged = fold != place, fold == place
        slope, shift = platt(scores[taught], right[taught], weights[taught])
        held_back[judged] = slope * scores[judged] + shift
    if _loss(held_back, right, weights) >= _loss(scores, right, weights):
        return words
    slope, shift = platt(scores, right, weights)
    if slope < FLATTEST:
        return words
    return replace(
        words,
        directions=(words.directions * np.float32(slope)),
        offsets=(words.offsets * slope + shift).astype(np.float32),
    )


def _loss(scores: Floats, right: Floats, weights: Floats) -> float:
    return float(weights @ (np.logaddexp(0, scores) - right * scores))
