"""From scores to probabilities: first without a decision, then with what decisions say.

Decisions move the log odds of a concept by a factor and a shift (Platt, Probabilistic outputs for
support vector machines, 1999). Both are shrunk: those of all concepts together towards no change,
and those of each concept towards all together, so that five decisions on one concept cannot upset
it and two hundred on many set the level of all.

Decisions are chosen, and that matters. Where the queue picked a photo by its probability, its
label still tells how often photos of that probability are right, so it counts like a random one.
Where the photo was picked because it shows the concept, it says nothing on that, and is left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from archive_ai.domain import Calibration, Concept, ConceptCalibration, Examples, Mode, Scheme
from archive_ai.tagging.intervals import Interval, wilson
from archive_ai.tagging.logistic import fit_logistic, logit, sigmoid
from archive_ai.tagging.scores import ArchiveSample, score_scale

Floats = NDArray[np.float64]

THRESHOLD = 0.5
UNKNOWN_SHARE = 1e-3
"""Of the archive, expected of a concept that its words do not tell: a name, say."""
MOST_REACH = 0.5
MOST_PREVALENCE = 0.5
SHARED_PENALTIES = (20.0, 4.0)
CONCEPT_PENALTIES = (50.0, 4.0)
"""Of a normal prior on factor less 1 and shift: 1 / (standard deviation)²."""
STRATA = 10
FEWEST = 10


@dataclass(frozen=True, slots=True)
class Threshold:
    """From which probability on at least the wished share is right.

    ``precision`` is what is estimated from ``reviewed`` decisions at or above it, with its 95 %
    interval; with fewer than ten decisions there, it is what the calibration expects, and the
    interval is that of the decisions alone.
    """

    value: float
    precision: float
    interval: Interval
    reviewed: int


def zero_shot(
    scheme: Scheme,
    concepts: Sequence[Concept],
    vectors: NDArray[np.float32],
    sample: ArchiveSample,
    logit_scale: float | None = None,
) -> Calibration:
    """Return the calibration of concepts with word ``vectors`` (c, width), without a decision.

    A concept that would stand on more than half of the archive is held back: a tag on every
    picture is no finding. One that is tagged by examples alone has no words: it is held back
    until something was learned.
    ``logit_scale`` as in :func:`score_scale`.
    """
    scale = score_scale(vectors, sample, logit_scale)
    scores = sample.rows @ sample.anchors(vectors).T
    probabilities = sigmoid(scores * scale.slopes + scale.offsets)
    found = []
    for column, concept in enumerate(concepts):
        slope, offset = float(scale.slopes[column]), float(scale.offsets[column])
        share = float(probabilities[:, column].mean())
        if concept.mode is Mode.EXAMPLES:
            slope, offset, share = 0.0, float(logit(np.array(UNKNOWN_SHARE))), UNKNOWN_SHARE
        reason = _held_back(concept, float(scale.reach[column]))
        found.append(
            ConceptCalibration(concept.id, slope, offset, THRESHOLD, share, held_back=reason)
        )
    return Calibration(sample.fingerprint, scheme.id, scheme.version, tuple(found))


def _held_back(concept: Concept, reach: float) -> str:
    if concept.mode is Mode.EXAMPLES:
        return "It is tagged by examples, and has none yet."
    if concept.mode is not Mode.ZERO_SHOT:
        return f"It is not tagged by words: its mode is {concept.mode}."
    if reach > MOST_REACH:
        return f"Its words fit {reach:.0%} of the archive: a tag on most pictures is no finding."
    return ""


def hold_back_frequent(one: ConceptCalibration, probabilities: Floats) -> ConceptCalibration:
    """Hold a concept back if it would be suggested on more than half of a sample (n,)."""
    share = float((probabilities >= one.threshold).mean()) if len(probabilities) else 0.0
    if share <= MOST_PREVALENCE or one.held_back:
        return one
    reason = f"It would stand on {share:.0%} of the archive: a tag on most pictures is no finding."
    return replace(one, held_back=reason)


def logits(
    rows: NDArray[np.float32], anchor: NDArray[np.float32], one: ConceptCalibration
) -> Floats:
    """Return the log odds (n,) of one concept on photos (n, width); ``anchor`` (width,)."""
    found = np.asarray(rows @ anchor, np.float64) * one.slope + one.offset
    if one.direction:
        found = found + rows @ np.asarray(one.direction, np.float32)
    return np.asarray(found, np.float64)


def with_decisions(
    calibration: Calibration,
    anchors: NDArray[np.float32],
    examples: Mapping[str, Examples],
    sample: ArchiveSample,
) -> Calibration:
    """Return the calibration as decisions correct it, concept by concept.

    ``anchors`` (c, width) belong to ``calibration.concepts``. Do this before anything is learned
    from the same decisions: what was fitted to them cannot be judged by them.
    """
    judged: dict[str, tuple[Floats, Floats]] = {}
    for one, anchor in zip(calibration.concepts, anchors, strict=True):
        if one.concept in examples:
            given = examples[one.concept]
            kept = ~given.picked_by_label
            judged[one.concept] = (
                logits(given.vectors[kept], anchor, one),
                given.labels[kept].astype(np.float64),
            )
    shared = (1.0, 0.0)
    if judged:
        before, labels = (np.concatenate(parts) for parts in zip(*judged.values(), strict=True))
        shared = corrected(before, labels, SHARED_PENALTIES)
    concepts = []
    for one, anchor in zip(calibration.concepts, anchors, strict=True):
        factor, shift = shared
        if one.concept in judged:
            before, labels = judged[one.concept]
            more, further = corrected(factor * before + shift, labels, CONCEPT_PENALTIES)
            factor, shift = more * factor, more * shift + further
        moved = moved_by(one, factor, shift)
        probabilities = sigmoid(logits(sample.rows, anchor, moved))
        concepts.append(replace(moved, prevalence=float(probabilities.mean())))
    return replace(calibration, concepts=tuple(concepts))


def corrected(
    before: Floats, labels: Floats, penalties: tuple[float, float]
) -> tuple[float, float]:
    """Return the factor and the shift of log odds (n,) that fit ``labels`` (n,), 0 or 1."""
    features = np.column_stack([before, np.ones(len(before))])
    change = fit_logistic(features, labels, np.ones(len(before)), before, np.array(penalties))
    return max(1 + float(change[0]), 0.05), float(change[1])


def moved_by(one: ConceptCalibration, factor: float, shift: float) -> ConceptCalibration:
    """Return the concept with log odds × ``factor`` + ``shift``; a factor > 0 keeps the order."""
    return replace(
        one,
        slope=one.slope * factor,
        offset=one.offset * factor + shift,
        direction=tuple(factor * part for part in one.direction),
    )


def threshold_at(
    precision: float, reviewed: Floats, labels: NDArray[np.bool_], archive: Floats
) -> Threshold:
    """Return the lowest threshold at which ``precision``, 0 to 1, is reached.

    ``reviewed`` (n,) are probabilities of decided photos, by a function that was not fitted to
    them, ``labels`` (n,) what was decided, ``archive`` (m,) probabilities over the archive. The
    queue looks at some probabilities more often than at others; so the decisions are weighted to
    stand for the archive, tenth by tenth of its probabilities (post-stratification: Cochran,
    Sampling Techniques, 1977, chapter 5A), and the interval is Wilson's for the effective number
    of decisions (Kish 1965). Where nothing reaches the precision, the threshold is the one that
    comes nearest.
    """
    weights = _weights(reviewed, archive)
    tried = np.unique(np.concatenate([np.quantile(archive, np.linspace(0, 1, 201)), reviewed]))
    best: Threshold | None = None
    for value in tried.tolist():
        found = _at(value, reviewed, labels, weights, archive)
        if found.precision >= precision:
            return found
        if best is None or found.precision > best.precision:
            best = found
    return best or Threshold(1.0, 0.0, (0.0, 1.0), 0)


def _weights(reviewed: Floats, archive: Floats) -> Floats:
    """Return how many photos of the archive each decision (n,) stands for."""
    edges = np.quantile(archive, np.linspace(0, 1, STRATA + 1)[1:-1])
    mine = np.searchsorted(edges, reviewed, side="right")
    theirs = np.bincount(np.searchsorted(edges, archive, side="right"), minlength=STRATA)
    ours = np.bincount(mine, minlength=STRATA)
    return np.asarray(theirs[mine] / ours[mine], np.float64)


def _at(
    value: float, reviewed: Floats, labels: NDArray[np.bool_], weights: Floats, archive: Floats
) -> Threshold:
    above = reviewed >= value
    count = int(above.sum())
    heavy = weights[above]
    effective = float(heavy.sum() ** 2 / max(float((heavy**2).sum()), 1e-12))
    share = float(heavy @ labels[above] / heavy.sum()) if heavy.sum() > 0 else 0.0
    interval = wilson(share, effective if count else 0)
    if count < FEWEST:
        over = archive[archive >= value]
        share = float(over.mean()) if len(over) else value
    return Threshold(value, share, interval, count)
