"""How good suggested tags are, against a table of what people say is on the pictures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

import numpy as np
from numpy.typing import NDArray

from archive_ai.domain import LabelledTag
from archive_ai.evaluation import calibration
from archive_ai.evaluation.calibration import Bin
from archive_ai.evaluation.hierarchy import Broader, judgeable, overlaps
from archive_ai.evaluation.metrics import average_precision
from archive_ai.evaluation.tag_intervals import Interval, intervals
from archive_ai.evaluation.tag_truth import UNSAID, Judged, ScoredTags, judged

Bools = NDArray[np.bool_]
Floats = NDArray[np.floating]


@dataclass(frozen=True, slots=True)
class Calibrated:
    """How well ``n`` probabilities keep their promise; NaN where there is none.

    ``ece`` is over bins of equal mass, ``ece_equal_width`` over ten bins of equal width,
    ``ece_by_chance`` what perfect probabilities would show.
    """

    n: int
    ece: float
    ece_equal_width: float
    ece_by_chance: float
    brier: float

    def to_json(self) -> dict[str, Any]:
        """Return plain values, None for NaN."""
        return {
            "n": self.n,
            "ece": _plain(self.ece),
            "ece_equal_width": _plain(self.ece_equal_width),
            "ece_by_chance": _plain(self.ece_by_chance),
            "brier": _plain(self.brier),
        }


@dataclass(frozen=True, slots=True)
class Curve:
    """Precision over recall (k) as ever more is let through, as far as something was said."""

    recall: Floats
    precision: Floats


@dataclass(frozen=True, slots=True)
class ConceptFigures:
    """One concept: on ``n`` pictures, known not to be on ``negatives``, suggested on ``suggested``.

    Suggestions on pictures of which the table does not say count nowhere. NaN is what cannot be
    told.
    """

    id: str
    n: int
    negatives: int
    suggested: int
    ap: float
    precision: float
    recall: float
    calibrated: Calibrated
    curve: Curve | None
    intervals: Mapping[str, Interval]

    def to_json(self) -> dict[str, Any]:
        """Return plain values, None for what cannot be told."""
        return {
            "id": self.id,
            "ap": _plain(self.ap),
            "precision": _plain(self.precision),
            "recall": _plain(self.recall),
            "n": self.n,
            "negatives": self.negatives,
            "suggested": self.suggested,
            "ece": _plain(self.calibrated.ece),
            "brier": _plain(self.calibrated.brier),
            "ci": {name: list(bounds) for name, bounds in self.intervals.items()},
        }


@dataclass(frozen=True, slots=True)
class TagReport:
    """Tags on ``n`` pictures, judged.

    ``overall`` holds macro_ap (the mean over concepts that can be ranked), precision and recall
    (over all suggestions), and hierarchical_precision, hierarchical_recall and hierarchical_f1,
    with their bounds in ``intervals``. ``suggested`` is the calibration of what people see, the
    headline; ``everything`` that of every probability. ``reliability`` are the bins of the first,
    ``histogram`` its tags that are right and that are wrong by probability, in bins of equal width;
    ``curve`` ranks all tags by their probability. ``outside`` counts rows of unseen pictures.
    """

    n: int
    complete: bool
    overall: Mapping[str, float]
    intervals: Mapping[str, Interval]
    suggested: Calibrated
    everything: Calibrated
    reliability: tuple[Bin, ...]
    histogram: tuple[tuple[int, int], ...]
    curve: Curve | None
    concepts: tuple[ConceptFigures, ...]
    outside: int

    def to_json(self) -> dict[str, Any]:
        """Return the shape that scripts rely on: macro_ap, ece, concepts; None for NaN."""
        return {
            "n": self.n,
            "complete": self.complete,
            **{name: _plain(value) for name, value in self.overall.items()},
            "ece": _plain(self.suggested.ece),
            "brier": _plain(self.suggested.brier),
            "calibration": {
                "suggested": self.suggested.to_json(),
                "everything": self.everything.to_json(),
                "bins": [one.to_json() for one in self.reliability],
            },
            "ci": {name: list(bounds) for name, bounds in self.intervals.items()},
            "concepts": [one.to_json() for one in self.concepts],
            "outside": self.outside,
        }


def evaluate_tags(
    scored: ScoredTags,
    labelled: Sequence[LabelledTag],
    broader: Broader,
    complete: bool = False,
) -> TagReport:
    """Judge tags by a table of what people say.

    Only pictures of the table and concepts that it names count. ``complete`` says that the table
    lacks nothing: then a named concept without a row is not on the picture. Without it only rows
    that say no are negatives, and what needs negatives (average precision, precision, calibration)
    is NaN where there are none; recall never needs them. ``broader`` gives the broader concepts
    of each id. The intervals are those of :func:`archive_ai.evaluation.tag_intervals.intervals`.
    Raises UsageError where nothing can be judged.
    """
    both = judged(scored, labelled, broader, complete)
    sets = _overlaps(scored, both, broader)
    told = both.said.suggested & both.probable
    probabilities = both.said.probabilities[told].astype(np.float64)
    places = calibration.equal_mass(probabilities)
    bounds = intervals(both, sets, told, places)
    concepts = tuple(
        _concept(both, column, bounds.concepts[column]) for column in range(both.known.shape[1])
    )
    return TagReport(
        n=len(both.said.pictures),
        complete=complete,
        overall=_overall(both, sets, concepts),
        intervals=bounds.overall,
        suggested=_calibrated(both, told),
        everything=_calibrated(both, both.probable),
        reliability=calibration.reliability(probabilities, both.positive[told], places),
        histogram=calibration.histogram(probabilities, both.positive[told]),
        curve=_pooled_curve(both),
        concepts=concepts,
        outside=both.outside,
    )


def _overlaps(scored: ScoredTags, both: Judged, broader: Broader) -> NDArray[np.int64]:
    """Closed sets of each picture of the table, of all that was suggested on it."""
    seen = {picture: place for place, picture in enumerate(scored.pictures)}
    suggested = [
        {scored.concepts[place] for place in np.flatnonzero(scored.suggested[seen[picture]])}
        for picture in both.said.pictures
    ]
    true = [{both.said.concepts[place] for place in np.flatnonzero(row)} for row in both.positive]
    return overlaps(suggested, true, broader, judgeable(both.said.concepts, broader))


def _overall(
    both: Judged, sets: NDArray[np.int64], concepts: Sequence[ConceptFigures]
) -> dict[str, float]:
    averages = [one.ap for one in concepts if isfinite(one.ap)]
    told = both.said.suggested & both.decided
    shared, suggested, true = sets.sum(axis=0).tolist()
    return {
        "macro_ap": float(np.mean(averages)) if averages else float("nan"),
        "precision": _share((told & both.positive).sum(), told.sum()),
        "recall": _share((both.said.suggested & both.positive).sum(), both.positive.sum()),
        "hierarchical_precision": _share(shared, suggested if both.complete else 0),
        "hierarchical_recall": _share(shared, true),
        "hierarchical_f1": _share(2 * shared, suggested + true if both.complete else 0),
    }


def _concept(both: Judged, column: int, bounds: Mapping[str, Interval]) -> ConceptFigures:
    said, decided = both.said, both.decided[:, column]
    suggested, positive = said.suggested[:, column], both.positive[:, column]
    told = suggested & decided
    only = np.zeros_like(both.known)
    only[:, column] = told & both.probable[:, column]
    return ConceptFigures(
        id=said.concepts[column],
        n=int(positive.sum()),
        negatives=int((both.known[:, column] & ~positive).sum()),
        suggested=int((suggested & both.known[:, column]).sum()),
        ap=average_precision(said.scores[decided, column], positive[decided]),
        precision=_share((told & positive).sum(), told.sum()),
        recall=_share((suggested & positive).sum(), positive.sum()),
        calibrated=_calibrated(both, only),
        curve=_curve(said.scores[decided, column], positive[decided]),
        intervals=bounds,
    )


def _calibrated(both: Judged, cells: Bools) -> Calibrated:
    probabilities = both.said.probabilities[cells].astype(np.float64)
    right = both.positive[cells]
    mass, width = calibration.equal_mass(probabilities), calibration.equal_width(probabilities)
    return Calibrated(
        n=len(right),
        ece=calibration.calibration_error(probabilities, right, mass),
        ece_equal_width=calibration.calibration_error(probabilities, right, width),
        ece_by_chance=calibration.error_by_chance(probabilities, mass),
        brier=calibration.brier(probabilities, right),
    )


def _pooled_curve(both: Judged) -> Curve | None:
    """All tags by their probability; a tag without one was not said."""
    decided = both.decided
    probabilities = both.said.probabilities[decided]
    return _curve(
        np.where(np.isnan(probabilities), UNSAID, probabilities).astype(np.float32),
        both.positive[decided],
    )


def _curve(scores: NDArray[np.float32], relevant: Bools) -> Curve | None:
    """A point for each score that stands somewhere; None without anything right to be found."""
    order = np.argsort(-scores, kind="stable")
    ordered, found = scores[order], np.cumsum(relevant[order])
    last = np.flatnonzero(np.diff(ordered, append=UNSAID))
    if not len(last) or not found[-1]:
        return None
    return Curve(found[last] / found[-1], found[last] / (last + 1))


def _share(part: float, whole: float) -> float:
    return float(part / whole) if whole else float("nan")


def _plain(value: float) -> float | None:
    return value if isfinite(value) else None
