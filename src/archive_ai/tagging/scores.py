"""Scores made comparable: how far a concept stands out in this archive, against words that mean
nothing.

The score of a concept on a photo is the cosine less the photo's mean cosine with neutral queries.
Some concepts lie nearer to all photographs than others and spread more widely; so each is measured
in its own spreads (1.4826 × the median absolute deviation) from its own median over a sample of the
archive. The neutral queries, treated alike, say how such standard scores fall where a concept is on
no photo.

From both comes how much a standard score means, without one label. The two-groups model (Efron,
Large-scale simultaneous hypothesis testing, 2004) takes a share of the archive to show the concept;
there, standard scores z fall like the neutral ones tilted by exp(slope × z) (the exponential
families of Efron and Tibshirani, 1996). Bayes' rule then makes the log odds linear in the score.
Share and slope are those of highest likelihood over all concepts of a scheme together: one concept
alone says too little of either.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from archive_ai.errors import NothingIndexed
from archive_ai.ports import VectorIndex

Floats = NDArray[np.float64]

SAMPLE_ROWS = 20_000
MOST_STANDARD, STEP = 15.0, 0.05
SLOPES = np.linspace(0.5, 5, 37)
SHARES = np.geomspace(1e-3, 0.6, 60)
NEUTRAL_REACH = 0.95
"""The quantile of the neutral queries' scores above which a photo seems to answer something."""


@dataclass(frozen=True, slots=True)
class ArchiveSample:
    """What scores are measured against: photos of the archive, and queries that mean nothing.

    ``rows`` (n, width) are vectors spread over the archive, ``neutral`` (q, width) those of the
    neutral queries, all of unit length and by the model with this ``fingerprint``.
    """

    fingerprint: str
    rows: NDArray[np.float32]
    neutral: NDArray[np.float32]

    def anchors(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return what photos are multiplied with to get scores (c, width) of concept vectors."""
        return np.asarray(vectors - self.neutral.mean(axis=0), np.float32)


@dataclass(frozen=True, slots=True)
class ScoreScale:
    """How c concepts score in one archive, and what a score means there.

    The log odds of concept k on a photo are ``slopes[k] × score + offsets[k]``. ``reach`` is the
    share of the archive on which it scores as only one in twenty neutral queries does.
    """

    slopes: Floats
    offsets: Floats
    reach: Floats


def sample_archive(
    index: VectorIndex, neutral: NDArray[np.float32], most: int = SAMPLE_ROWS
) -> ArchiveSample:
    """Take at most ``most`` photos evenly from the archive's order.

    Raises NothingIndexed if there is none.
    """
    count = len(index.photos)
    if not count:
        raise NothingIndexed("No photo has a vector yet.", "Index a folder of scans first.")
    places = np.unique(np.linspace(0, count - 1, min(count, most)).astype(np.int64))
    rows = index.rows([index.photos[place] for place in places.tolist()])
    return ArchiveSample(index.fingerprint, rows, neutral)


def score_scale(
    vectors: NDArray[np.float32], sample: ArchiveSample, logit_scale: float | None = None
) -> ScoreScale:
    """Measure concepts with ``vectors`` (c, width) of unit length.

    ``logit_scale`` is what a model trained with a sigmoid multiplies cosines with: it was learned
    as the change of the log odds and is used as slope. Its bias is not: it tells how seldom a
    caption was right in a training batch, and here the archive's own share takes its place.
    """
    scores = np.asarray(sample.rows @ sample.anchors(vectors).T, np.float64)
    centre, spread = _centre_and_spread(scores)
    neutral = np.asarray(sample.rows @ _neutral_anchors(sample.neutral).T, np.float64)
    null = _counts(_standard(neutral, *_centre_and_spread(neutral)))
    found = _counts_each(_standard(scores, centre, spread))
    if logit_scale is None:
        # One slope for all concepts, so their counts may as well be added up before.
        slopes, offset = _most_likely(found.sum(axis=0)[None], null, SLOPES[:, None])
        slopes, offsets = np.repeat(slopes, len(spread)), np.repeat(offset, len(spread))
    else:
        slopes, offsets = _most_likely(found, null, (logit_scale * spread)[None])
    return ScoreScale(
        slopes / spread,
        offsets - slopes * centre / spread,
        (scores > np.quantile(neutral, NEUTRAL_REACH)).mean(axis=0),
    )


def _neutral_anchors(neutral: NDArray[np.float32]) -> NDArray[np.float32]:
    """Each neutral query less the mean of the others: it must not be measured against itself."""
    others = max(len(neutral) - 1, 1)
    return np.asarray((neutral - neutral.mean(axis=0)) * (len(neutral) / others), np.float32)


def _centre_and_spread(scores: Floats) -> tuple[Floats, Floats]:
    centre = np.median(scores, axis=0)
    spread = 1.4826 * np.median(np.abs(scores - centre), axis=0)
    return centre, np.maximum(spread, 1e-6)


def _standard(scores: Floats, centre: Floats, spread: Floats) -> Floats:
    return np.asarray((scores - centre) / spread, np.float64)


EDGES = np.arange(-MOST_STANDARD, MOST_STANDARD + STEP, STEP)
MIDDLES = (EDGES[1:] + EDGES[:-1]) / 2


def _counts(standard: Floats) -> Floats:
    """Return how many standard scores fall into each bin; those beyond count as the outermost."""
    inside = np.clip(standard.ravel(), EDGES[0], EDGES[-1] - STEP / 2)
    return np.histogram(inside, EDGES)[0].astype(np.float64)


def _counts_each(standard: Floats) -> Floats:
    return np.stack([_counts(column) for column in standard.T])


def _most_likely(found: Floats, null: Floats, slopes: Floats) -> tuple[Floats, Floats]:
    """Return the slopes (c,) and offsets (c,) in standard scores of highest likelihood.

    ``found`` (c, bins) and ``null`` (bins,) are counts; each row of ``slopes`` (s, c) is one
    choice to try together with every share in ``SHARES``.
    """
    chance = null / null.sum()
    best, answer = -np.inf, (slopes[0], np.zeros(slopes.shape[1]))
    for tried in slopes:
        tilts = tried[:, None] * MIDDLES
        highest = tilts.max(axis=1, keepdims=True)
        normaliser = np.log(np.exp(tilts - highest) @ chance) + highest[:, 0]
        ratios = np.exp(np.clip(tilts - normaliser[:, None], -700, 700))
        for share in SHARES.tolist():
            likelihood = float((found * np.log(1 - share + share * ratios)).sum())
            if likelihood > best:
                best = likelihood
                answer = (tried, np.log(share / (1 - share)) - normaliser)
    return answer
