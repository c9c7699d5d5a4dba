"""A classifier for one concept from what people decided, on stored vectors.

Logistic regression with a normal prior around what the words alone say (maximum a posteriori,
Bishop 2006, section 4.5.1): few examples move it a little, many move it where they point. Photos
that nobody looked at stand in as weak negatives. Near-duplicates are one group: never in both
halves of a cross-validation. It is kept only where it ranks better than the words on photos that
it was not taught with, and by more than chance would.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from archive_ai.domain import Learned
from archive_ai.errors import UsageError
from archive_ai.tagging.calibrating import THRESHOLD
from archive_ai.tagging.intervals import wilson
from archive_ai.tagging.logistic import Belief, fit, platt, platt_without_rejections, sigmoid
from archive_ai.tagging.measures import average_precision

STRENGTHS = (0.03, 0.1, 0.3, 1.0, 3.0)
"""How hard the prior holds, from free to firm; cross-validation chooses."""

FEWEST = 3
FOLDS = 5
ALIKE = 0.97
UNSEEN_WEIGHT = 0.5
OFFSET_STRENGTH = 0.01
ENOUGH_OF_BOTH = 8
RIDGE, DISTURBANCE = 0.3, 3.0
"""Shares of the mean variance, and of the disturbances, added to how the archive spreads."""
BEYOND_CHANCE = 1.6
"""Standard errors by which it must be better: few examples cannot prove more."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Examples:
    """Unit vectors (n, width) that people decided on, and whether each shows the concept (n,).

    ``unseen`` (m, width) are vectors of the archive that nobody looked at. ``disturbances``
    (k, width) are by how much the vectors of reference pictures change with tone, frame and
    mount: what tells one look from another does not tell one building from another.
    """

    vectors: NDArray[np.float32]
    shown: NDArray[np.bool_]
    unseen: NDArray[np.float32]
    disturbances: NDArray[np.float32] | None = None


@dataclass(frozen=True, slots=True)
class Prior:
    """What the words alone say: the log-odds are ``vector @ direction + offset``."""

    direction: NDArray[np.float32]
    offset: float


def learn(concept: str, examples: Examples, prior: Prior, precision: float = 0.9) -> Learned:
    """Teach a concept; the threshold is where ``precision`` is reached on photos held back.

    Raises UsageError for fewer than three pictures that show it.
    """
    accepted = int(examples.shown.sum())
    if accepted < FEWEST:
        raise UsageError(
            f"{concept} has {accepted} pictures that show it; {FEWEST} are needed.",
            "Accept more of its suggestions, or give reference pictures: learn CONCEPT --from "
            "FOLDER.",
        )
    task = _task(examples, prior)
    folds = _folds(task)
    begins: list[Floats | None] = [None] * FOLDS
    tried = {strength: _held_back(task, folds, strength, begins) for strength in STRENGTHS}
    ranked = {strength: _rankings(task, scores) for strength, scores in tried.items()}
    best = max(STRENGTHS, key=lambda strength: (sum(ranked[strength]), strength))
    words = task.vectors @ task.direction + task.offset
    before = _rankings(task, words)
    direction, offset = _fit(task, best, np.ones(len(task.vectors), np.bool_))
    direction = task.metric @ direction
    slope, shift = _calibrated(task, tried[best])
    probabilities = sigmoid(slope * tried[best] + shift)
    threshold, interval = _threshold(task, probabilities, precision)
    return Learned(
        concept,
        (slope * direction).astype(np.float32),
        float(slope * (offset - task.middle @ direction) + shift),
        threshold,
        kept=_better(task, tried[best], words),
        report={
            "accepted": accepted,
            "rejected": len(examples.shown) - accepted,
            "unseen": len(examples.unseen),
            "strength": best,
            "average_precision": {"words": before[0], "learned": ranked[best][0]},
            "among_decided": {"words": before[-1], "learned": ranked[best][-1]},
            "wanted_precision": precision,
            "precision": interval,
        },
    )


@dataclass(frozen=True, slots=True)
class _Task:
    """All rows to learn from, centred; the first ``decided`` were decided by people."""

    vectors: Floats
    shown: Floats
    weights: Floats
    groups: NDArray[np.int64]
    decided: int
    middle: Floats
    metric: Floats
    direction: Floats
    offset: float

    @property
    def both(self) -> bool:
        """Whether people accepted and rejected enough to judge by their decisions alone."""
        shown = self.shown[: self.decided]
        return bool(min(shown.sum(), (1 - shown).sum()) >= ENOUGH_OF_BOTH)

    @property
    def judged(self) -> list[slice]:
        """The rows by which learning is judged: all, and those that were decided.

        Photos come into a queue because words find them: among all photos those that were
        accepted from it stand high by words, whatever is learned. Among the decided they do not;
        but where what was rejected is easy to tell, all of it is told there by words already.
        """
        everything = slice(0, len(self.shown))
        return [everything, slice(0, self.decided)] if self.both else [everything]


def _task(examples: Examples, prior: Prior) -> _Task:
    vectors = np.concatenate([examples.vectors, examples.unseen]).astype(np.float64)
    middle = (examples.unseen if len(examples.unseen) else examples.vectors).mean(axis=0)
    decided = len(examples.vectors)
    shown = np.concatenate([examples.shown, np.zeros(len(examples.unseen))]).astype(np.float64)
    weights = np.concatenate([np.ones(decided), np.full(len(examples.unseen), UNSEEN_WEIGHT)])
    direction = prior.direction.astype(np.float64)
    metric = _metric(vectors - middle, examples.disturbances)
    return _Task(
        (vectors - middle) @ metric,
        shown,
        weights,
        alike(vectors),
        decided,
        middle.astype(np.float64),
        metric,
        np.linalg.solve(metric, direction).astype(np.float64),
        prior.offset + float(middle @ direction),
    )


def _metric(rows: Floats, disturbances: NDArray[np.float32] | None) -> Floats:
    """Return the symmetric matrix (width, width) that rows are to be seen through.

    Where reference pictures came with their disturbances, it evens out in which directions the
    archive spreads and holds down those of disturbances (linear discriminant analysis by the
    statistics of the background: Hariharan, Malik and Ramanan 2012). For kinds of things, of
    which photos were accepted, that was no gain: the vectors stay as they are.
    """
    width = rows.shape[1]
    if disturbances is None or not len(disturbances):
        return np.eye(width)
    spread = rows.T @ rows / len(rows)
    scale = float(np.trace(spread)) / width
    whole = spread + RIDGE * scale * np.eye(width)
    whole += DISTURBANCE * (disturbances.T @ disturbances) / len(disturbances)
    values, axes = np.linalg.eigh(whole)
    metric = (axes / np.sqrt(values)) @ axes.T
    found = metric * np.sqrt(scale * width / np.trace(metric @ spread @ metric))
    result: Floats = found.astype(np.float64)
    return result


def alike(
    vectors: NDArray[np.floating],
    cosine: float = ALIKE,
    neighbours: Sequence[tuple[int, int]] = (),
    beside: float = 1.0,
) -> NDArray[np.int64]:
    """Return a group number (n,) for each unit vector: near-duplicates have the same.

    Groups are connected components of "at least ``cosine`` alike", so that a series of
    exposures is one group; ``neighbours`` (pairs of rows) need only be ``beside`` alike.
    """
    rows = vectors.astype(np.float32)
    near = rows @ rows.T >= cosine
    for one, other in neighbours:
        if float(rows[one] @ rows[other]) >= beside:
            near[one, other] = near[other, one] = True
    groups = np.full(len(vectors), -1, np.int64)
    for first in range(len(vectors)):
        if groups[first] >= 0:
            continue
        waiting, groups[first] = [first], first
        while waiting:
            for other in np.flatnonzero(near[waiting.pop()] & (groups < 0)).tolist():
                groups[other] = first
                waiting.append(other)
    return groups


def _folds(task: _Task) -> NDArray[np.int64]:
    """Return a fold (n,) for each row: groups whole, pictures that show it spread evenly."""
    dice = np.random.default_rng(0)
    folds = np.empty(len(task.vectors), np.int64)
    shows = np.bincount(task.groups, task.shown, minlength=len(task.vectors)) > 0
    for kind in (True, False):
        own = np.unique(task.groups[shows[task.groups] == kind])
        place = {int(group): i % FOLDS for i, group in enumerate(dice.permutation(own))}
        for row in np.flatnonzero(shows[task.groups] == kind).tolist():
            folds[row] = place[int(task.groups[row])]
    return folds


def _held_back(
    task: _Task, folds: NDArray[np.int64], strength: float, begins: list[Floats | None]
) -> Floats:
    """Return log-odds (n,) of each row by a classifier that was not taught its fold.

    ``begins`` is where each fold's search begins: where it ended with the strength before.
    """
    found = np.empty(len(folds))
    for fold in range(FOLDS):
        begin = begins[fold] if begins[fold] is not None else begins[fold - 1]
        direction, offset = _fit(task, strength, folds != fold, begin)
        begins[fold] = np.append(direction, offset)
        found[folds == fold] = task.vectors[folds == fold] @ direction + offset
    return found


def _fit(
    task: _Task, strength: float, rows: NDArray[np.bool_], begin: Floats | None = None
) -> tuple[Floats, float]:
    """Return the direction (width,) and offset that fit best, by damped Newton steps."""
    inputs = np.column_stack([task.vectors[rows], np.ones(int(rows.sum()))])
    shown, weights = task.shown[rows], task.weights[rows]
    start = np.append(task.direction, task.offset)
    held = np.append(np.full(len(task.direction), strength), OFFSET_STRENGTH)
    point = fit(inputs, shown, weights, Belief(start, held), begin)
    return point[:-1], float(point[-1])


def _rankings(task: _Task, scores: Floats) -> list[float]:
    """How well scores find what was accepted among what it is judged by: average precision."""
    return [average_precision(scores[rows], task.shown[rows] > 0) for rows in task.judged]


def _better(task: _Task, learned: Floats, words: Floats) -> bool:
    """Tell whether what was accepted stands higher than by words, beyond chance.

    By how many times its place moved up, on the average of the logarithms, against the spread
    of that from picture to picture; among what was decided, or even among all photos, where the
    words have the advantage.
    """
    ranked, before = _rankings(task, learned), _rankings(task, words)
    return any(
        now > then and _moved_up(words[rows], learned[rows], task.shown[rows] > 0)
        for rows, now, then in zip(task.judged, ranked, before, strict=True)
    )


def _moved_up(words: Floats, learned: Floats, shown: NDArray[np.bool_]) -> bool:
    gained = np.log(_places(words, shown)) - np.log(_places(learned, shown))
    error = float(gained.std(ddof=1)) / len(gained) ** 0.5
    return bool(float(gained.mean()) > BEYOND_CHANCE * error)


def _places(scores: Floats, shown: NDArray[np.bool_]) -> Floats:
    """Return the place (n,), from 1, of each accepted row among all that was not accepted."""
    others = np.sort(scores[~shown])
    above = len(others) - np.searchsorted(others, scores[shown], side="left")
    return 1.0 + above.astype(np.float64)


def _calibrated(task: _Task, scores: Floats) -> tuple[float, float]:
    """Return slope and shift that make held-back log-odds mean what they say (Platt 1999).

    Where people accepted and rejected enough, their decisions alone say it: which photos they
    were shown depends on the score, and that does not bend the curve. Where they only accepted,
    the share of the archive that scores like the better half of what was accepted tells how much
    there is: twice that.
    """
    decided = slice(0, task.decided)
    shown = task.shown[decided]
    if task.both:
        return platt(scores[decided], shown, np.ones(task.decided))
    unseen = scores[task.decided :]
    accepted = scores[decided][shown > 0]
    if not len(unseen):
        return 1.0, 0.0
    share = min(2 * float((unseen >= np.median(accepted)).mean()) + 1 / len(unseen), 0.5)
    return platt_without_rejections(accepted, unseen, share)


def _threshold(
    task: _Task, probabilities: Floats, wanted: float
) -> tuple[float, dict[str, float | int | None]]:
    """Return the lowest probability from which what people decided reaches ``wanted``.

    With it the precision there on held-back decisions and its 95 % interval. Without any
    rejection there is nothing to measure: then a photo is suggested that is more probable than
    not, or as probable as the better half of what was accepted, so that there is something to
    review.
    """
    own, shown = probabilities[: task.decided], task.shown[: task.decided] > 0
    if shown.all():
        first = min(THRESHOLD, float(np.median(own)))
        return first, {"value": None, "low": None, "high": None, "n": 0}
    order = np.argsort(-own, kind="stable")
    right = np.cumsum(shown[order]) / np.arange(1, len(own) + 1)
    reached = np.flatnonzero(right >= wanted)
    last = int(reached[-1]) if len(reached) else 0
    low, high = wilson(int(shown[order][: last + 1].sum()), last + 1)
    threshold = float(own[order][last]) if len(reached) else 1.0
    return threshold, {"value": float(right[last]), "low": low, "high": high, "n": last + 1}
