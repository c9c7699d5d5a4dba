"""When a photo was taken, learned from dated ones: a range of years that holds what it promises.

A ridge regression on the vectors gives a year, and cross-validation conformal ranges around it
(CV+; Barber, Candès, Ramdas & Tibshirani 2021) give first and last. Photos of one series resemble
each other and share a date, so folds are of whole series and each series weighs the same (as in
Lee, Barber & Willett 2023); what is promised holds for photos of a series that was never seen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor
from typing import Any

import numpy as np
from numpy.typing import NDArray

from archive_ai.domain import DateRange
from archive_ai.errors import ArchiveDamaged, UsageError

FOLDS = 10
LEAST_SERIES = 20
PENALTIES = (0.01, 0.1, 1.0, 10.0, 100.0)
SEED = 20260101
STEPS = 16
ROWS_A_BLOCK = 16_384

Floats = NDArray[np.floating]
Places = NDArray[np.integer]
Fit = tuple[Floats, float]
"""Slopes (width) and intercept, in years."""


@dataclass(frozen=True, slots=True)
class _Fold:
    """A regression that did not see a fold, and how far it is off there.

    ``misses`` are sorted, in years; ``weights`` is their cumulated weight, beginning with 0.
    """

    slopes: Floats
    intercept: float
    misses: Floats
    weights: Floats


@dataclass(frozen=True, slots=True)
class DateModel:
    """What dated photos taught, for vectors of one encoder.

    ``error`` is the mean distance in years of a photo's date from the year that a regression
    without its series gives; ``error_without_pictures`` that from the middle date of the others.
    Where the first is not clearly less, pictures say little about dates here.
    """

    fingerprint: str
    coverage: float
    photos: int
    series: int
    error: float
    error_without_pictures: float
    folds: tuple[_Fold, ...]

    def predict(self, vectors: Floats, fingerprint: str) -> list[DateRange]:
        """Return a range for each of n unit vectors (n, width).

        Raises ArchiveDamaged for vectors of another encoder (M5).
        """
        if fingerprint != self.fingerprint:
            raise ArchiveDamaged(
                "Dating was learned with another model than the vectors were made with.",
                "Learn it again.",
            )
        ranges = []
        for start in range(0, len(vectors), ROWS_A_BLOCK):
            block = vectors[start : start + ROWS_A_BLOCK]
            years = np.stack([block @ one.slopes + one.intercept for one in self.folds], axis=1)
            first, last = -self._bound(-years), self._bound(years)
            ranges += [
                DateRange(floor(low), ceil(high), self.coverage)
                for low, high in zip(first.tolist(), last.tolist(), strict=True)
            ]
        return ranges

    def to_json(self) -> dict[str, Any]:
        """Return what the catalogue keeps; the fingerprint lies beside it there."""
        return {
            "coverage": self.coverage,
            "photos": self.photos,
            "series": self.series,
            "error": self.error,
            "error_without_pictures": self.error_without_pictures,
            "folds": [
                {
                    "slopes": one.slopes.tolist(),
                    "intercept": one.intercept,
                    "misses": one.misses.tolist(),
                    "weights": one.weights.tolist(),
                }
                for one in self.folds
            ],
        }

    @classmethod
    def from_json(cls, fingerprint: str, document: Mapping[str, Any]) -> DateModel:
        """Return what :meth:`to_json` gave."""
        folds = tuple(
            _Fold(
                np.array(one["slopes"]),
                one["intercept"],
                np.array(one["misses"]),
                np.array(one["weights"]),
            )
            for one in document["folds"]
        )
        plain = {name: value for name, value in document.items() if name != "folds"}
        return cls(fingerprint=fingerprint, folds=folds, **plain)

    def _bound(self, years: Floats) -> Floats:
        """The least t (n) such that years (n, folds) plus misses reach ``coverage`` up to t."""
        reach = max(float(one.misses[-1]) for one in self.folds)
        low: Floats = years.min(axis=1)
        high: Floats = years.max(axis=1) + reach
        for _step in range(STEPS):
            middle = (low + high) / 2
            below = np.zeros(len(years))
            for column, one in enumerate(self.folds):
                places = np.searchsorted(one.misses, middle - years[:, column], side="right")
                below += one.weights[places]
            enough = below >= self.coverage
            high, low = np.where(enough, middle, high), np.where(enough, low, middle)
        return high


def learn_dates(
    vectors: Floats,
    dates: Sequence[DateRange],
    series: Sequence[str],
    fingerprint: str,
    coverage: float = 0.9,
) -> DateModel:
    """Learn from n unit vectors (n, width), what is known of their dates, and their series.

    The range of a new photo holds the whole stated range of its date, and so its true year, with
    a chance of about ``coverage``. Photos without a series get names of their own. Raises
    UsageError where there are too few series, or ``coverage`` is not between 0.5 and 0.99.
    """
    if not 0.5 <= coverage <= 0.99:
        raise UsageError(f"A coverage of {coverage} cannot be promised.", "Ask for 0.5 to 0.99.")
    names, places, sizes = np.unique(np.asarray(series), return_inverse=True, return_counts=True)
    needed = max(LEAST_SERIES, ceil(2 / (1 - coverage) - 1e-9))
    if len(names) < needed:
        raise UsageError(
            f"Dating needs dated photos of {needed} series, and there are {len(names)}.",
            "Date photos of more series, or ask for a lower coverage.",
        )
    order = np.random.default_rng(SEED).permutation(len(names)) % FOLDS
    folds, weights = order[places], 1 / sizes[places]
    first = np.array([date.first for date in dates], np.float64)
    last = np.array([date.last for date in dates], np.float64)
    rows, middle = vectors.astype(np.float64), (first + last) / 2
    fits = _fits(rows, middle, weights, folds)
    guesses = [_out_of_fold(rows, folds, found) for found in fits]
    # One number chosen from five with all of the data; the promise is tested with it chosen so.
    best = int(np.argmin([weights @ (guess - middle) ** 2 for guess in guesses]))
    guess = guesses[best]
    misses = np.maximum(np.abs(guess - first), np.abs(guess - last))
    return DateModel(
        fingerprint=fingerprint,
        coverage=coverage,
        photos=len(rows),
        series=len(names),
        error=float(weights @ np.abs(guess - middle) / weights.sum()),
        error_without_pictures=_error_of_middle(middle, weights, folds),
        folds=tuple(
            _fold(fit, misses[folds == place], weights[folds == place] / (len(names) + 1))
            for place, fit in enumerate(fits[best])
        ),
    )


def _fits(rows: Floats, years: Floats, weights: Floats, folds: Places) -> list[list[Fit]]:
    """A ridge regression for each penalty and each fold, from all that is not in the fold.

    Sums of products are taken once for each fold and subtracted from the whole.
    """
    plain = np.column_stack([np.ones(len(rows)), rows, years])
    sums = []
    for place in range(FOLDS):
        part = plain[folds == place]
        sums.append(part.T @ (part * weights[folds == place, None]))
    whole = np.sum(sums, axis=0)
    fits: list[list[Fit]] = [[] for _ in PENALTIES]
    for part in sums:
        rest = whole - part
        mean = rest[0] / rest[0, 0]
        centred = rest - np.outer(rest[0], mean)
        values, axes = np.linalg.eigh(centred[1:-1, 1:-1])
        along = axes.T @ centred[1:-1, -1]
        for found, penalty in zip(fits, PENALTIES, strict=True):
            slopes = axes @ (along / (np.maximum(values, 0) + penalty))
            found.append((slopes, float(mean[-1] - mean[1:-1] @ slopes)))
    return fits


def _out_of_fold(rows: Floats, folds: Places, fits: Sequence[Fit]) -> Floats:
    """The year (n) of each photo by the regression that did not see its series."""
    years = np.empty(len(rows))
    for place, (slopes, intercept) in enumerate(fits):
        years[folds == place] = rows[folds == place] @ slopes + intercept
    return years


def _error_of_middle(years: Floats, weights: Floats, folds: Places) -> float:
    """Mean distance in years from the weighted median of the other folds."""
    total = 0.0
    for place in range(FOLDS):
        inside = folds == place
        order = np.argsort(years[~inside])
        reached = np.cumsum(weights[~inside][order])
        middle = years[~inside][order][np.searchsorted(reached, reached[-1] / 2)]
        total += float(weights[inside] @ np.abs(years[inside] - middle))
    return total / float(weights.sum())


def _fold(fit: Fit, misses: Floats, weights: Floats) -> _Fold:
    order = np.argsort(misses)
    return _Fold(*fit, misses[order], np.append(0.0, np.cumsum(weights[order])))
