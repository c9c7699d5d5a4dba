"""A perceptual hash keeps still while a picture changes its looks, and no longer."""

from __future__ import annotations

import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image, ImageOps

from archive_ai.domain import HASH_BYTES, HASH_KIND
from archive_ai.images.hashing import perceptual_hash
from archive_ai.images.looks import judged
from archive_ai.images.measures import measure
from archive_ai.searching.duplicates import FAR_BITS, NEAR_BITS


def _picture(seed: int) -> Image.Image:
    dice = np.random.default_rng(seed)
    small = dice.integers(0, 256, (12, 16), dtype=np.uint8)
    return Image.fromarray(small).resize((320, 240), Image.Resampling.BICUBIC).convert("RGB")


def _apart(one: Image.Image, other: Image.Image) -> int:
    hashes = [np.frombuffer(perceptual_hash(np.asarray(p)), np.uint8) for p in (one, other)]
    return int(np.bitwise_count(hashes[0] ^ hashes[1]).sum())


def _jpeg(picture: Image.Image) -> Image.Image:
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=50)
    return Image.open(file).convert("RGB")


@pytest.mark.parametrize("seed", range(5))
def test_size_tone_and_quality_change_little(seed: int) -> None:
    picture = _picture(seed)
    for changed in (
        picture.resize((96, 72)),
        picture.resize((200, 200)),
        _jpeg(picture),
        judged("sepia", picture, seed),
        judged("faded", picture, seed),
        judged("halftone", picture, seed),
        ImageOps.autocontrast(picture, cutoff=1),
    ):
        assert _apart(picture, changed) <= NEAR_BITS


@pytest.mark.parametrize("seed", range(5))
def test_a_cut_or_a_turn_is_still_near_and_another_picture_is_not(seed: int) -> None:
    picture = _picture(seed)
    assert _apart(picture, picture.crop((6, 4, 316, 235))) <= FAR_BITS
    assert _apart(picture, picture.rotate(1, Image.Resampling.BICUBIC)) <= FAR_BITS
    assert _apart(picture, _picture(seed + 100)) > 2 * FAR_BITS
    assert _apart(picture, ImageOps.mirror(picture)) > FAR_BITS


@settings(deadline=None)
@given(st.integers(1, 40), st.integers(1, 40), st.integers(0, 2**32 - 1))
def test_any_picture_has_one_of_the_same_length(width: int, height: int, seed: int) -> None:
    dice = np.random.default_rng(seed)
    pixels: NDArray[np.uint8] = dice.integers(0, 256, (height, width, 3), dtype=np.uint8)
    made = perceptual_hash(pixels)
    assert (len(made), made[0]) == (HASH_BYTES, HASH_KIND)
    assert measure(pixels).hash == made
