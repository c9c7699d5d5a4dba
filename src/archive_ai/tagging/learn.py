"""Learning a concept from examples, on stored vectors; no picture is read again.

The log odds are those of the words, by a factor, plus a direction of the vector space, plus a
shift. All three are shrunk: the factor to 1, the direction and the shift to 0, so that a few
examples change little and many may change everything (a normal prior around the zero-shot
function: Li, Grandvalet and Davoine, Explicit Inductive Bias for Transfer Learning, 2018). A
concept that has no words, such as a named building, has its direction from examples alone.

Photos of the archive that nobody decided on stand for what the concept is not. Some do show it, so
each is told to be what the words expect of it, not 0 (learning from positive and unlabelled
examples: Elkan and Noto, 2008).

What is learned is tested on examples that were held back, fold by fold, near-duplicates always
together, and is kept only if it ranks them better than the words do.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from archive_ai.domain import Calibration, ConceptCalibration, Examples
from archive_ai.tagging.calibrate import logits, moved_by, with_decisions
from archive_ai.tagging.gain import Gain, HeldOut, measure_gain
from archive_ai.tagging.grouping import DUPLICATE, near_duplicates
from archive_ai.tagging.level import Known, correction, threshold
from archive_ai.tagging.logistic import fit_logistic, reduced, sigmoid
from archive_ai.tagging.scores import ArchiveSample

Floats = NDArray[np.float64]

FOLDS = 5
UNLABELLED, FEWEST_UNLABELLED = 300, 100
"""Rejected pictures say better what a concept is not, and take the place of unlabelled ones."""
DIRECTION_PENALTY = 0.1
FACTOR_PENALTY = 4.0
SHIFT_PENALTY = 0.05
FEWEST_REJECTED = 20
SURE = 0.7
"""The share of resamples in which what was learned must be better than the words."""


@dataclass(frozen=True, slots=True)
class Learned:
    """The function to use, whether it is the learned one, and why.

    ``gain`` is None where there were too few examples to test it. ``held_out`` are probabilities
    of the examples (n,) by functions that were not fitted to them.
    """

    calibration: ConceptCalibration
    kept: bool
    reason: str
    gain: Gain | None
    held_out: Floats


@dataclass(frozen=True, slots=True)
class _Task:
    """Examples, then unlabelled photos, as rows of a fit; ``prior`` (n,): log odds by words.

    ``copies`` of accepted examples were among the unlabelled photos and were taken out.
    """

    features: Floats
    basis: Floats
    middle: Floats
    prior: Floats
    targets: Floats
    groups: NDArray[np.int64]
    examples: int
    copies: int

    def fitted(self, rows: NDArray[np.bool_] | slice) -> Floats:
        """Return the coefficients of direction, factor and shift, fitted to ``rows``."""
        features = self._columns()[rows]
        penalties = np.full(features.shape[1], DIRECTION_PENALTY)
        penalties[-2:] = FACTOR_PENALTY, SHIFT_PENALTY
        targets = self.targets[rows]
        return fit_logistic(features, targets, np.ones(len(targets)), self.prior[rows], penalties)

    def logits(self, coefficients: Floats) -> Floats:
        """Return the log odds of all rows."""
        return np.asarray(self.prior + self._columns() @ coefficients, np.float64)

    def _columns(self) -> Floats:
        return np.column_stack([self.features, self.prior, np.ones(len(self.prior))])


def learn(
    calibration: Calibration,
    anchors: NDArray[np.float32],
    examples: Mapping[str, Examples],
    sample: ArchiveSample,
) -> tuple[Calibration, dict[str, Learned]]:
    """Return a scheme's calibration with all that ``examples`` (by concept) teach, and how.

    First the decisions correct probabilities of all concepts together, then each concept that has
    examples learns on its own. ``calibration`` is the zero-shot one, ``anchors`` (c, width) belong
    to its concepts: learn anew from all decisions each time.
    """
    corrected = with_decisions(calibration, anchors, examples, sample)
    learned = {
        one.concept: learn_concept(one, anchor, examples[one.concept], sample)
        for one, anchor in zip(corrected.concepts, anchors, strict=True)
        if one.concept in examples
    }
    concepts = tuple(
        learned[one.concept].calibration if one.concept in learned else one
        for one in corrected.concepts
    )
    return replace(corrected, concepts=concepts), learned


def learn_concept(
    prior: ConceptCalibration,
    anchor: NDArray[np.float32],
    examples: Examples,
    sample: ArchiveSample,
    seed: int = 0,
) -> Learned:
    """Learn one concept, starting from ``prior``, whose words are ``anchor`` (width,).

    Without words ``prior.slope`` is 0. The answer's threshold is as ``level.threshold`` has it.
    Nothing is kept where fewer than two accepted examples are no near-duplicates.
    """
    accepted = int(examples.labels.sum())
    counted = replace(prior, accepted=accepted, rejected=len(examples.labels) - accepted)
    task = _task(prior, anchor, examples, sample, seed)
    shown = np.flatnonzero(task.targets[: task.examples] > 0.5)
    folds = _folds(task, seed)
    if folds is None:
        reason = (
            f"{len(shown)} accepted pictures that are no near-duplicates of each other are too "
            "few to learn from and to test it: two are needed at least, five are better."
        )
        return Learned(counted, False, reason, None, sigmoid(task.prior[: task.examples]))
    after = np.empty(len(task.prior))
    for fold in range(int(folds.max()) + 1):
        after[folds == fold] = task.logits(task.fitted(folds != fold))[folds == fold]
    learned = _finished(counted, task, after, examples, (anchor, sample))
    after = learned.factor * after + learned.shift
    gain = _gain(task, folds, after, examples, seed)
    kept = gain.average_precision > 0 and gain.better >= SURE
    result = learned.calibration if kept else counted
    used = after if kept else task.prior
    return Learned(result, kept, _reason(gain, kept), gain, sigmoid(used[: task.examples]))


@dataclass(frozen=True, slots=True)
class _Finished:
    """The function fitted to all examples, and by what held-out log odds had to be corrected."""

    calibration: ConceptCalibration
    factor: float
    shift: float


def _task(
    prior: ConceptCalibration,
    anchor: NDArray[np.float32],
    examples: Examples,
    sample: ArchiveSample,
    seed: int,
) -> _Task:
    """Put examples and unlabelled photos together; copies of an example are no unlabelled photo."""
    dice = np.random.default_rng(seed)
    wanted = max(UNLABELLED - int((~examples.labels).sum()), FEWEST_UNLABELLED)
    count = min(wanted, len(sample.rows))
    drawn = sample.rows[np.sort(dice.choice(len(sample.rows), count, replace=False))]
    alike = drawn @ examples.vectors.T >= DUPLICATE
    rows = np.concatenate([examples.vectors, drawn[~alike.any(axis=1)]])
    copies = int((alike & examples.labels).any(axis=1).sum())
    before = logits(rows, anchor, prior)
    targets = sigmoid(before)
    targets[: len(examples.labels)] = examples.labels
    middle = sample.rows.mean(axis=0).astype(np.float64)
    features, basis = reduced(rows.astype(np.float64) - middle)
    groups = near_duplicates(rows)
    return _Task(features, basis, middle, before, targets, groups, len(examples.labels), copies)


def _folds(task: _Task, seed: int) -> NDArray[np.int64] | None:
    """Deal groups into folds, those with an accepted example first; None if those are too few."""
    dice = np.random.default_rng(seed)
    accepted = np.unique(task.groups[: task.examples][task.targets[: task.examples] > 0.5])
    if len(accepted) < 2:
        return None
    number = min(FOLDS, len(accepted))
    others = np.setdiff1d(np.arange(int(task.groups.max()) + 1), accepted)
    dealt = np.empty(int(task.groups.max()) + 1, np.int64)
    for groups in (accepted, others):
        dealt[dice.permutation(groups)] = np.arange(len(groups)) % number
    return np.asarray(dealt[task.groups], np.int64)


def _gain(
    task: _Task, folds: NDArray[np.int64], after: Floats, examples: Examples, seed: int
) -> Gain:
    """Compare the words with held-out log odds ``after`` (n,).

    Where enough was rejected, on the examples alone; else unlabelled photos count as wrong, which
    lowers both figures by what they hide.
    """
    enough = int((~examples.labels).sum()) >= FEWEST_REJECTED
    rows = slice(0, task.examples if enough else len(after))
    labels = task.targets > 0.5
    labels[task.examples :] = False
    judged = np.zeros(len(after), np.bool_)
    judged[: task.examples] = ~examples.picked_by_label
    held_out = HeldOut(folds[rows], task.groups[rows], labels[rows], judged[rows])
    return measure_gain(task.prior[rows], after[rows], held_out, seed)


def _finished(
    prior: ConceptCalibration,
    task: _Task,
    held_out: Floats,
    examples: Examples,
    archive: tuple[NDArray[np.float32], ArchiveSample],
) -> _Finished:
    """Fit to all rows, then correct the log odds by what was held out."""
    anchor, sample = archive
    coefficients = task.fitted(slice(None))
    direction = task.basis.T @ coefficients[:-2]
    factor = max(1 + float(coefficients[-2]), 0.0)
    raw = replace(
        prior,
        slope=prior.slope * factor,
        offset=prior.offset * factor + float(coefficients[-1] - task.middle @ direction),
        direction=tuple((factor * np.array(prior.direction or 0.0) + direction).tolist()),
        held_back="",
    )
    known = Known(
        held_out[: task.examples],
        examples.labels,
        examples.picked_by_label,
        held_out[task.examples :],
        task.copies,
    )
    more, shift = correction(known, prior)
    one = moved_by(raw, more, shift)
    one = replace(one, threshold=threshold(known, prior, more, shift))
    prevalence = float(sigmoid(logits(sample.rows, anchor, one)).mean())
    return _Finished(replace(one, prevalence=prevalence), more, shift)


def _reason(gain: Gain, kept: bool) -> str:
    before, after = gain.before.average_precision, gain.after.average_precision
    low, high = gain.interval
    said = (
        f"On held-out pictures the average precision went from {before:.2f} to {after:.2f} "
        f"({gain.average_precision:+.2f}; 95 % interval {low:+.2f} to {high:+.2f})"
    )
    return f"{said}." if kept else f"{said}, so the words stay as they are."
