from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from archive_ai.sample.views import STANDING, draw_views


def pixels(picture: Image.Image) -> np.ndarray:
    return np.asarray(picture.convert("L").resize((64, 64)), np.float64)


@pytest.mark.parametrize("motif", STANDING)
def test_views_are_drawn_again_alike_and_differ_from_each_other(motif: str) -> None:
    first, again = (draw_views(motif, 3, 2, seed=5, long_side=160) for _ in range(2))
    assert [one.tobytes() for one in first] == [one.tobytes() for one in again]
    assert first[0].tobytes() != first[1].tobytes()


def test_other_seeds_are_other_views_and_other_numbers_other_buildings() -> None:
    one = draw_views("church", 1, 1, seed=1, long_side=160)[0]
    other_view = draw_views("church", 1, 1, seed=2, long_side=160)[0]
    other_building = draw_views("church", 2, 1, seed=1, long_side=160)[0]
    assert np.abs(pixels(one) - pixels(other_view)).mean() > 1
    assert np.abs(pixels(one) - pixels(other_building)).mean() > 1
