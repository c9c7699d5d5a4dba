"""Probabilities from words alone: right on the average, and silent where there is nothing."""

from __future__ import annotations

import numpy as np
import pytest

from archive_ai.domain import Calibration
from archive_ai.tagging.calibrating import calibrate
from archive_ai.tagging.probabilities import probabilities, structure_of

WIDTH, PHOTOS, NEUTRAL = 64, 4_000, 120


def _unit(rows: np.ndarray) -> np.ndarray:
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def _archive(share: float, strength: float, concepts: int = 20) -> tuple[np.ndarray, ...]:
    """Photos of which a share shows each concept, as a model with noise would see them."""
    dice = np.random.default_rng(4)
    words = _unit(dice.standard_normal((concepts, WIDTH)))
    shows = dice.random((PHOTOS, concepts)) < share
    noise = dice.standard_normal((PHOTOS, WIDTH)) / np.sqrt(WIDTH)
    photos = _unit(noise + strength * shows @ words)
    return words, _unit(dice.standard_normal((NEUTRAL, WIDTH))), photos, shows


def _found(words: np.ndarray, neutral: np.ndarray, photos: np.ndarray) -> np.ndarray:
    names = [str(number) for number in range(len(words))]
    calibration = calibrate(names, words, neutral, photos, "f")
    return probabilities(calibration.log_odds(photos), structure_of((), ()))


@pytest.mark.parametrize(("share", "strength"), [(0.05, 0.5), (0.1, 0.4), (0.02, 0.7)])
def test_of_what_is_said_to_be_so_probable_so_much_is_right(share: float, strength: float) -> None:
    words, neutral, photos, shows = _archive(share, strength)
    found = _found(words, neutral, photos)
    error = 0.0
    for low in np.arange(0, 1, 0.1):
        inside = (found >= low) & (found < low + 0.1)
        if inside.any():
            error += inside.mean() * abs(found[inside].mean() - shows[inside].mean())
    assert error < 0.05
    sure = found >= 0.8
    assert sure.sum() > 50
    assert shows[sure].mean() == pytest.approx(found[sure].mean(), abs=0.12)


def test_what_the_archive_lacks_is_not_suggested() -> None:
    words, neutral, photos, shows = _archive(0.0, 0.5)
    found = _found(words, neutral, photos)
    assert not shows.any()
    assert (found >= 0.5).mean() < 1e-3


def test_photos_that_are_all_the_same_break_nothing() -> None:
    words, neutral, photos, _ = _archive(0.1, 0.5)
    found = _found(words, neutral, np.repeat(photos[:1], 30, axis=0))
    assert np.isfinite(found).all()


def test_it_belongs_to_one_model() -> None:
    words, neutral, photos, _ = _archive(0.1, 0.5)
    calibration: Calibration = calibrate(["a"], words[:1], neutral, photos, "one")
    assert calibration.fingerprint == "one"
    assert calibration.directions.dtype == np.float32
