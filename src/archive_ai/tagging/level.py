"""How sure what was learned may be: the level of its probabilities, from held-out examples.

Examples that were not picked because of what they show count by their labels, as they do for words
(see ``calibrate``). Those that were, tell how the concept scores but not how frequent it is. They
stand for the unlabelled photos that are expected to show it: all of these are fitted as if none
did, and the accepted ones are counted once as right and taken away once as wrong (the unbiased risk
of du Plessis, Niu and Sugiyama, Analysis of learning from positive and unlabeled data, 2014). So
the mean probability of the unlabelled becomes the expected share.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from archive_ai.domain import ConceptCalibration
from archive_ai.tagging.calibrate import UNKNOWN_SHARE
from archive_ai.tagging.logistic import fit_logistic, sigmoid

Floats = NDArray[np.float64]

PENALTIES = (1.0, 0.05)
"""Of a normal prior on factor less 1 and shift: 1 / (standard deviation)²."""
SMALLEST_FACTOR = 0.05


@dataclass(frozen=True, slots=True)
class Known:
    """Held-out log odds of n examples and m unlabelled photos, and what is known of them.

    ``labels`` (n,) were decided, ``picked`` (n,) tells what was looked at because of what it
    shows. ``copies`` of accepted examples were among the unlabelled photos and were taken out.
    """

    examples: Floats
    labels: NDArray[np.bool_]
    picked: NDArray[np.bool_]
    unlabelled: Floats
    copies: int

    @property
    def shown(self) -> Floats:
        """The log odds of what was accepted and picked for it."""
        return self.examples[self.picked & self.labels]


def correction(known: Known, prior: ConceptCalibration) -> tuple[float, float]:
    """Return the factor and the shift that the log odds need to mean something."""
    judged = ~known.picked
    odds, targets = known.examples[judged], known.labels[judged].astype(np.float64)
    weights, shown, others = np.ones(len(odds)), known.shown, known.unlabelled
    if len(shown) and len(others):
        heavy = np.full(len(shown), _hidden(known, prior) / len(shown))
        odds = np.concatenate([odds, others, shown, shown])
        targets = np.concatenate(
            [targets, np.zeros(len(others)), np.ones(len(shown)), np.zeros(len(shown))]
        )
        weights = np.concatenate([weights, np.ones(len(others)), heavy, -heavy])
    features = np.column_stack([odds, np.ones(len(odds))])
    change = fit_logistic(features, targets, weights, odds, np.array(PENALTIES))
    return max(1 + float(change[0]), SMALLEST_FACTOR), float(change[1])


def threshold(known: Known, prior: ConceptCalibration, factor: float, shift: float) -> float:
    """Return the probability from which on to suggest, with log odds so corrected.

    It is that of ``prior``. But a concept without words of which only reference pictures are known
    is suggested where a photo scores as the better half of the references did when they were held
    out: how probable that is, no one can tell before something was rejected.
    """
    if prior.slope or not known.labels.all():
        return prior.threshold
    middle = sigmoid(factor * np.median(known.examples, keepdims=True) + shift)
    return min(prior.threshold, float(middle[0]))


def _hidden(known: Known, prior: ConceptCalibration) -> float:
    """Return how many of the unlabelled photos are expected to show the concept.

    Half of the accepted examples score above their median; so at most twice as many photos as
    score above it show the concept (the uncorrected count of Forman, Quantifying counts and costs
    via classification, 2008). Words expect a share of their own, of which the accepted examples
    themselves were taken out; without words it is the geometric mean of the bound and of what is
    usual for a name.
    """
    count = len(known.unlabelled)
    most = 2 * float((known.unlabelled >= np.median(known.shown)).sum())
    if prior.slope:
        expected = min(prior.prevalence * (count + known.copies) - known.copies, most)
    else:
        expected = float(np.sqrt(UNKNOWN_SHARE * count * min(most, count)))
    return max(expected, UNKNOWN_SHARE * count)
