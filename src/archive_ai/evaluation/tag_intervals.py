"""How far the figures of tags would move with other pictures: the bootstrap over pictures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from archive_ai.evaluation.metrics import resampled_ranking, resamples
from archive_ai.evaluation.tag_truth import Judged

RESAMPLES = 1000
SEED = 20260101

Interval = tuple[float, float]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class TagIntervals:
    """Bounds at 95 % by name, of the figures over all concepts and of each concept's."""

    overall: Mapping[str, Interval]
    concepts: tuple[Mapping[str, Interval], ...]


def intervals(
    both: Judged,
    sets: NDArray[np.int64],
    told: NDArray[np.bool_],
    places: NDArray[np.int64],
) -> TagIntervals:
    """Draw the pictures anew, with all their tags, and return percentiles 2.5 and 97.5.

    ``sets`` (n, 3) are the overlaps of the closed sets, ``told`` (n, m) the tags whose
    probabilities are judged and ``places`` their bins. A figure without bounds is left out, and
    so is a concept that a resample misses. Drawing anew adds noise, which only ever adds to a
    calibration error: its bounds are mirrored at the figure itself (the basic bootstrap; Davison &
    Hinkley 1997, section 5.2) and end at 0.
    """
    suggested = both.said.suggested & both.decided
    counts = {
        "right": (suggested & both.positive).astype(np.float64),
        "suggested": suggested.astype(np.float64),
        "found": (both.said.suggested & both.positive).astype(np.float64),
        "true": both.positive.astype(np.float64),
    }
    gaps, tags = _gaps(both, told, places)
    overall: defaultdict[str, list[Floats]] = defaultdict(list)
    concepts: defaultdict[str, list[Floats]] = defaultdict(list)
    for weights in resamples(len(both.known), RESAMPLES, SEED):
        drawn = {name: weights @ values for name, values in counts.items()}
        concepts["ap"].append(_averages(both, weights))
        concepts["precision"].append(_ratio(drawn["right"], drawn["suggested"]))
        concepts["recall"].append(_ratio(drawn["found"], drawn["true"]))
        overall["macro_ap"].append(_mean(concepts["ap"][-1]))
        total = {name: values.sum(axis=1) for name, values in drawn.items()}
        overall["precision"].append(_ratio(total["right"], total["suggested"]))
        overall["recall"].append(_ratio(total["found"], total["true"]))
        shared, machine, person = (weights @ sets).T.astype(np.float64)
        overall["hierarchical_recall"].append(_ratio(shared, person))
        if both.complete:
            overall["hierarchical_precision"].append(_ratio(shared, machine))
            overall["hierarchical_f1"].append(_ratio(2 * shared, machine + person))
        overall["ece"].append(_ratio(np.abs(weights @ gaps).sum(axis=1), weights @ tags))
    error = float(np.abs(gaps.sum(axis=0)).sum() / max(1.0, tags.sum()))
    bounds = {name: _bounds(np.concatenate(values)) for name, values in overall.items()}
    if (mirrored := bounds["ece"]) is not None:
        bounds["ece"] = max(0.0, 2 * error - mirrored[1]), max(0.0, 2 * error - mirrored[0])
    columns = {name: np.concatenate(values) for name, values in concepts.items()}
    return TagIntervals(
        _kept(bounds),
        tuple(
            _kept({name: _bounds(values[:, column]) for name, values in columns.items()})
            for column in range(both.known.shape[1])
        ),
    )


def _gaps(
    both: Judged, told: NDArray[np.bool_], places: NDArray[np.int64]
) -> tuple[Floats, Floats]:
    """Sums of probability less truth by picture and bin (n, bins), and tags by picture (n)."""
    rows = np.nonzero(told)[0]
    gaps = np.zeros((len(told), int(places.max(initial=0)) + 1))
    differences = both.said.probabilities[told].astype(np.float64) - both.positive[told]
    np.add.at(gaps, (rows, places), differences)
    return gaps, told.sum(axis=1).astype(np.float64)


def _averages(both: Judged, weights: NDArray[np.int64]) -> Floats:
    """Average precision (b, m) of each concept in each resample; NaN where there is none."""
    decided, positive = both.decided, both.positive
    averages = np.full((len(weights), decided.shape[1]), np.nan)
    for column in np.flatnonzero((decided & positive).any(axis=0)):
        here = decided[:, column]
        averages[:, column], _ = resampled_ranking(
            both.said.scores[here, column], positive[here, column], weights[:, here], 1
        )
    return averages


def _ratio(part: Floats, whole: Floats) -> Floats:
    ratio: Floats = np.full(np.shape(part), np.nan)
    return np.divide(part, whole, out=ratio, where=whole > 0)


def _mean(values: Floats) -> Floats:
    """The mean of each row (b, m) over what is not NaN."""
    return _ratio(np.nansum(values, axis=1), np.isfinite(values).sum(axis=1).astype(np.float64))


def _bounds(values: Floats) -> Interval | None:
    finite = values[np.isfinite(values)]
    if not len(finite):
        return None
    low, high = np.percentile(finite, [2.5, 97.5])
    return float(low), float(high)


def _kept(bounds: Mapping[str, Interval | None]) -> dict[str, Interval]:
    return {name: pair for name, pair in bounds.items() if pair is not None}
