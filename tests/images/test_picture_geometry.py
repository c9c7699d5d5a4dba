"""Which part of a picture is decoded, and where it goes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_ai.domain import Preprocessing
from archive_ai.images.geometry import (
    OVERSAMPLING,
    Aim,
    cut,
    fitted,
    framing,
    margins,
    stored,
    turned,
    whole,
)

sides = st.integers(1, 40_000)
sizes = st.tuples(sides, sides)
squares = st.integers(1, 512)


@given(sizes, squares)
def test_the_box_of_an_encoder_lies_within_the_picture(size: tuple[int, int], square: int) -> None:
    aim = framing(size, Preprocessing(size=square))
    left, top, right, bottom = aim.box
    assert aim.size == (square, square)
    assert 0 <= left < right <= size[0]
    assert 0 <= top < bottom <= size[1]


@given(sizes, squares)
def test_the_box_of_an_encoder_is_nearly_square_and_central(
    size: tuple[int, int], square: int
) -> None:
    left, top, right, bottom = framing(size, Preprocessing(size=square)).box
    pixel = min(size) / square
    assert abs((right - left) - (bottom - top)) <= 2 * max(size) / square
    assert abs(left + right - size[0]) <= 3 * pixel
    assert abs(top + bottom - size[1]) <= 3 * pixel


@given(sizes, squares)
def test_the_longest_side_fits_and_the_rest_is_margin(size: tuple[int, int], square: int) -> None:
    aim = framing(size, Preprocessing(size=square, resize="longest"))
    left, top = margins(aim.size, square)
    assert max(aim.size) == square
    assert left >= 0
    assert top >= 0
    assert aim.box == whole(size)


def test_squashing_takes_the_whole_picture() -> None:
    assert framing((30, 70), Preprocessing(size=8, resize="squash")) == Aim((0, 0, 30, 70), (8, 8))


@given(sizes, st.integers(1, 2_000))
def test_nothing_is_enlarged_for_people(size: tuple[int, int], longest: int) -> None:
    width, height = fitted(size, longest)
    assert 1 <= max(width, height) <= max(1, min(longest, max(size)))
    assert width <= size[0]
    assert height <= size[1]


@given(sizes, st.integers(1, 8), squares)
def test_a_turned_box_keeps_its_area_and_its_size(
    size: tuple[int, int], orientation: int, square: int
) -> None:
    aim = framing(turned(size, orientation), Preprocessing(size=square))
    there = stored(aim, size, orientation)
    left, top, right, bottom = there.box
    assert -1e-6 <= left < right <= size[0] + 1e-6
    assert -1e-6 <= top < bottom <= size[1] + 1e-6
    area = (aim.box[2] - aim.box[0]) * (aim.box[3] - aim.box[1])
    assert (right - left) * (bottom - top) == pytest.approx(area)
    assert turned(there.size, orientation) == aim.size


@given(sizes, squares)
def test_what_is_decoded_holds_the_box_and_is_fine_enough(
    size: tuple[int, int], square: int
) -> None:
    aim = framing(size, Preprocessing(size=square))
    part = cut(aim, size)
    left, top, right, bottom = part.window
    across, down = part.factors
    assert 0 <= left < right <= size[0]
    assert 0 <= top < bottom <= size[1]
    assert left <= aim.box[0]
    assert aim.box[2] <= right + 1e-6
    assert part.box[0] * across + left == pytest.approx(aim.box[0], abs=1e-6)
    assert part.box[3] * down + top == pytest.approx(aim.box[3], abs=1e-3)
    if across > 1:
        assert (part.box[2] - part.box[0]) >= aim.size[0] * OVERSAMPLING - 1e-6
    assert part.box[2] <= -(-(right - left) // across)
    assert part.box[3] <= -(-(bottom - top) // down)


@given(sizes, squares)
def test_little_is_held_in_memory_whatever_the_shape(size: tuple[int, int], square: int) -> None:
    part = cut(framing(size, Preprocessing(size=square)), size)
    left, top, right, bottom = part.window
    rows = (bottom - top) / part.factors[1]
    columns = (right - left) / part.factors[0]
    assert rows <= OVERSAMPLING * 2 * square + 40
    assert columns <= OVERSAMPLING * 2 * square + 40
