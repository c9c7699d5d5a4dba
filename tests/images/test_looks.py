"""Looks of archives' pictures: what each promises, and that a judged one is always the same."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from archive_ai.cli import evaluate
from archive_ai.images.looks import LOOKS, aged, framed_anew, judged


def _picture(width: int = 96, height: int = 72, seed: int = 1) -> Image.Image:
    patches = np.random.default_rng(seed).integers(0, 256, (5, 6, 3), dtype=np.uint8)
    return Image.fromarray(patches).resize((width, height), Image.Resampling.BICUBIC)


def _contrast(picture: Image.Image) -> float:
    return float(np.asarray(picture.convert("L"), dtype=np.float32).std())


def _colour(picture: Image.Image) -> float:
    pixels = np.asarray(picture, dtype=np.float32)
    return float((pixels.max(axis=2) - pixels.min(axis=2)).mean())


def test_the_command_line_offers_every_look() -> None:
    assert tuple(LOOKS) == evaluate.LOOKS


@pytest.mark.parametrize("look", LOOKS)
def test_a_judged_look_changes_the_picture_and_is_the_same_every_time(look: str) -> None:
    picture = _picture()
    before = picture.tobytes()
    once, again = judged(look, picture, 5), judged(look, picture, 5)
    assert (once.mode, once.size) == (picture.mode, picture.size)
    assert once.tobytes() == again.tobytes()
    assert once.tobytes() != before
    assert picture.tobytes() == before


def test_each_look_is_what_its_name_says() -> None:
    picture = _picture()
    seen = {look: judged(look, picture, 0) for look in LOOKS}
    assert _colour(seen["grey"]) == _colour(seen["halftone"]) == 0
    red, _, blue = np.asarray(seen["sepia"], dtype=np.float32).mean(axis=(0, 1))
    assert red > blue + 15
    assert _contrast(seen["faded"]) < 0.8 * _contrast(picture)
    noise = np.asarray(seen["grainy"], dtype=np.float32) - np.asarray(picture, dtype=np.float32)
    assert noise.std() > 5
    film, mount = np.asarray(seen["film"]), np.asarray(seen["mounted"])
    assert film[-1].mean() < 40
    assert (mount[0] == mount[0, 0]).all()
    assert (mount[-1] == mount[0, 0]).all()


@given(st.integers(1, 300), st.integers(1, 300), st.integers(0, 2**32 - 1))
def test_any_picture_can_be_aged_and_framed_anew(width: int, height: int, seed: int) -> None:
    dice = np.random.default_rng(seed)
    part = framed_anew(_picture(width, height), dice)
    assert 1 <= part.width <= width
    assert 1 <= part.height <= height
    old = aged(part, dice)
    assert (old.mode, old.size) == ("RGB", part.size)
