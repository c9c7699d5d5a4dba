"""Dates learned from dated photos: ranges hold what they promise, also for series never seen."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from archive_ai.domain import DateRange
from archive_ai.errors import ArchiveDamaged, UsageError
from archive_ai.tagging.dating import DateModel, learn_dates

WIDTH = 12
Dated = tuple[NDArray[np.float64], list[DateRange], list[str]]


def _dated(seed: int, series: int, off: float = 6.0, width: int = 0) -> Dated:
    """Unit vectors whose first coordinates follow the year; a series is off as a whole, too."""
    dice = np.random.default_rng(seed)
    vectors, dates, names = [], [], []
    for number in range(series):
        year = dice.uniform(1870, 1950)
        shift = dice.normal(0, off)
        for _ in range(int(dice.integers(1, 9))):
            vector = dice.normal(0, 1, WIDTH)
            vector[0] = 3 * (year + shift + dice.normal(0, off) - 1910) / 40
            vectors.append(vector / np.linalg.norm(vector))
            first = round(year) - int(dice.integers(0, width + 1))
            dates.append(DateRange(first, first + width))
            names.append(f"series {number}")
    return np.array(vectors), dates, names


def _held(model: DateModel, vectors: NDArray[np.float64], dates: list[DateRange]) -> list[bool]:
    found = model.predict(vectors, "f")
    return [
        one.first <= date.first and date.last <= one.last
        for one, date in zip(found, dates, strict=True)
    ]


@pytest.mark.parametrize("coverage", [0.8, 0.9])
@pytest.mark.parametrize("width", [0, 10])
def test_ranges_hold_the_dates_of_new_series_as_often_as_promised(
    coverage: float, width: int
) -> None:
    shares = []
    for seed in range(12):
        model = learn_dates(*_dated(seed, 40, width=width), "f", coverage)
        vectors, dates, names = _dated(1000 + seed, 60, width=width)
        held = _held(model, vectors, dates)
        _, places, sizes = np.unique(names, return_inverse=True, return_counts=True)
        shares.append(np.average(held, weights=1 / sizes[places]))
    # 12 × 60 series, and the dated ones differ too: the standard error is about 0.01.
    assert coverage - 0.03 <= np.mean(shares) <= coverage + 0.07


def test_pictures_that_tell_the_year_help_and_others_do_not() -> None:
    vectors, dates, names = _dated(1, 80, off=3.0)
    model = learn_dates(vectors, dates, names, "f")
    assert model.error < 0.6 * model.error_without_pictures
    found = model.predict(vectors, "f")
    assert np.median([one.last - one.first for one in found]) < 60
    blind = np.random.default_rng(2).normal(0, 1, vectors.shape)
    blind /= np.linalg.norm(blind, axis=1, keepdims=True)
    assert learn_dates(blind, dates, names, "f").error > 0.85 * model.error_without_pictures


def test_a_series_that_is_large_does_not_rule() -> None:
    vectors, dates, names = _dated(3, 30)
    many = np.repeat(vectors[:1], 500, axis=0)
    ruled = learn_dates(
        np.concatenate([vectors, many]), dates + dates[:1] * 500, names + names[:1] * 500, "f"
    )
    plain = learn_dates(vectors, dates, names, "f")
    assert ruled.series == plain.series
    assert ruled.error == pytest.approx(plain.error, rel=0.15)


def test_too_little_or_too_much_asked_is_refused() -> None:
    vectors, dates, _ = _dated(1, 30)
    with pytest.raises(UsageError, match="dated photos of 20 series, and there are 3"):
        learn_dates(vectors, dates, [str(row % 3) for row in range(len(vectors))], "f")
    with pytest.raises(UsageError, match="photos of 200 series"):
        learn_dates(vectors, dates, [str(row) for row in range(len(vectors))], "f", 0.99)
    with pytest.raises(UsageError, match="cannot be promised"):
        learn_dates(vectors, dates, [str(row) for row in range(len(vectors))], "f", 1.0)


def test_vectors_of_another_model_are_refused() -> None:
    vectors, dates, names = _dated(1, 30)
    with pytest.raises(ArchiveDamaged, match="another model"):
        learn_dates(vectors, dates, names, "f").predict(vectors, "g")


@settings(max_examples=20, deadline=None)  # each example learns three models
@given(st.integers(0, 2**32 - 1), st.integers(0, 20))
def test_a_range_is_in_order_and_wider_for_a_higher_promise(seed: int, width: int) -> None:
    vectors, dates, names = _dated(seed, 25, width=width)
    models = [learn_dates(vectors, dates, names, "f", coverage) for coverage in (0.5, 0.8, 0.9)]
    found = [model.predict(vectors, "f") for model in models]
    for low, middle, high in zip(*found, strict=True):
        assert low.first <= low.last
        assert high.first <= middle.first <= low.first
        assert low.last <= middle.last <= high.last
        assert (low.coverage, high.coverage) == (0.5, 0.9)
    assert models[0].predict(vectors[:0], "f") == []
    assert models[0].error == models[2].error
