"""What is measured on drawn pictures whose answers are known."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image

from archive_ai.domain import Colour, Orientation, orientation
from archive_ai.images.looks import judged
from archive_ai.images.measures import measure

Pixels = NDArray[np.uint8]


def _patches(seed: int, width: int = 160, height: int = 120) -> Image.Image:
    colours = np.random.default_rng(seed).integers(0, 256, (6, 8, 3), dtype=np.uint8)
    return Image.fromarray(colours).resize((width, height), Image.Resampling.BICUBIC)


def _street(seed: int) -> Pixels:
    """A light, smooth sky over dark, busy houses: tones as in life."""
    dice = np.random.default_rng(seed)
    light = np.full((120, 160), 215.0) + np.linspace(20, -10, 120)[:, None]
    light[60:] = np.kron(dice.integers(15, 120, (15, 40)), np.ones((4, 4)))
    return np.repeat(np.clip(light, 0, 255).astype(np.uint8)[..., None], 3, axis=2)


def _page(tone: int, seed: int = 0) -> Pixels:
    """An empty yellowish page with uneven light and grain."""
    dice = np.random.default_rng(seed)
    fall = 1 - 0.15 * np.linspace(0, 1, 300)[:, None] * np.linspace(0.5, 1, 220)
    light = tone * fall + dice.normal(0, 3, (300, 220))
    return np.clip(light[..., None] * np.array([1, 0.96, 0.85]), 0, 255).astype(np.uint8)


@pytest.mark.parametrize("after", [[], ["mounted"], ["film"], ["grainy"]])
@pytest.mark.parametrize("seed", range(4))
def test_colour_survives_mounts_borders_and_grain(seed: int, after: list[str]) -> None:
    kinds = {"": Colour.COLOUR, "grey": Colour.BLACK_AND_WHITE, "sepia": Colour.TONED}
    for first, meant in kinds.items():
        picture = judged(first, _patches(seed), seed) if first else _patches(seed)
        for look in after:
            picture = judged(look, picture, seed)
        assert measure(np.asarray(picture)).colour is meant


def test_unevenly_yellowed_paper_is_toned_and_not_coloured() -> None:
    grey = np.asarray(judged("grey", _patches(2), 0), dtype=np.float32)
    stain = np.linspace(0, 1, grey.shape[1])[None, :, None]
    paper = grey * (1 - stain * (1 - np.array([0.93, 0.85, 0.68])))
    found = measure(paper.astype(np.uint8))
    assert found.colour is Colour.TONED
    assert found.tint > found.chroma


@pytest.mark.parametrize("seed", range(5))
def test_an_inversion_is_told_from_a_positive(seed: int) -> None:
    positive = measure(_street(seed))
    negative = measure(255 - _street(seed))
    assert (positive.negative, negative.negative) == (False, True)
    assert positive.positive_score == pytest.approx(-negative.positive_score, abs=0.2)


def test_in_doubt_it_does_not_say() -> None:
    noise = np.random.default_rng(0).integers(0, 256, (40, 40), dtype=np.uint8)
    even = np.repeat(np.kron(noise, np.ones((4, 4), np.uint8))[..., None], 3, axis=2)
    assert measure(even).negative is None


@pytest.mark.parametrize("tone", [235, 130, 20])
def test_an_empty_page_or_frame_is_blank(tone: int) -> None:
    found = measure(_page(tone))
    assert found.blank
    assert found.negative is None


def test_a_line_of_writing_or_a_faded_picture_is_not_blank() -> None:
    page = _page(235)
    page[80:90, 40:180] = page[80:90, 40:180] // 2
    assert not measure(page).blank
    assert not measure(np.asarray(judged("faded", _patches(1), 1))).blank


@pytest.mark.parametrize(
    ("size", "meant"),
    [
        ((300, 200), Orientation.LANDSCAPE),
        ((200, 300), Orientation.PORTRAIT),
        ((200, 205), Orientation.SQUARE),
        ((401, 200), Orientation.PANORAMA),
        ((400, 200), Orientation.LANDSCAPE),
        ((100, 900), Orientation.PORTRAIT),
    ],
)
def test_the_shape_is_that_of_the_original(size: tuple[int, int], meant: Orientation) -> None:
    assert orientation(size) is meant
    assert measure(np.zeros((64, 64, 3), np.uint8), size).orientation is meant
    assert measure(np.zeros((*size[::-1], 3), np.uint8)).orientation is meant


@settings(deadline=None)  # the first call loads the linear algebra
@given(st.integers(1, 60), st.integers(1, 60), st.integers(0, 2**32 - 1))
def test_any_picture_can_be_measured(width: int, height: int, seed: int) -> None:
    dice = np.random.default_rng(seed)
    pixels = dice.integers(0, 256, (height, width, 3), dtype=np.uint8)
    before = pixels.copy()
    found = measure(pixels)
    assert np.isfinite([found.tint, found.chroma, found.detail, found.positive_score]).all()
    assert found == measure(pixels)
    assert (pixels == before).all()
    mirrored = measure(pixels[:, ::-1])
    assert mirrored.detail == pytest.approx(found.detail, abs=1.0)
