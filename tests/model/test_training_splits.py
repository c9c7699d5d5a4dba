"""What the bundled model is judged by, it was never taught: pictures, near-duplicates, words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

import alignment
import glossary
from lessons import HELD_OUT, prepare, without_names
from material import TARS, Caption, Material, pictures_in

FOLDER = Path(__file__).parents[3] / "shared" / "training"
needs_material = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="the training material does not lie beside this checkout"
)
CLOSE = 2  # of 64 bits: re-encoded or re-sized pictures of one scan differ by no more
FLAT = 12  # a picture with so few rising edges, or so few falling ones, is like any other such


def _judged(material: Material) -> set[str]:
    captions = material.flickr("val", "test") + material.old_photos("test")
    labels = [
        label for name in ("scene15", "ahe") for label in material.scenes(name, "test")
    ]  # fmt: skip
    return {row.picture for row in [*captions, *labels, *material.concepts("test")]}


def _difference_hash(picture: Image.Image) -> int:
    """64 bits: whether each of 8 x 8 fields is brighter than the one to its left."""
    tones = np.asarray(picture.convert("L").resize((9, 8), Image.Resampling.BOX), dtype=np.int16)
    bits = (np.diff(tones, axis=1) > 0).ravel()
    return int(np.packbits(bits).view(">u8")[0])


def _hashes(material: Path, wanted: set[str]) -> Iterator[tuple[str, int]]:
    for tar in TARS:
        for name, picture in pictures_in(material / tar):
            if name in wanted:
                yield name, _difference_hash(picture)


def _close_pairs(
    left: list[tuple[str, int]], right: list[tuple[str, int]]
) -> Iterable[tuple[str, str]]:
    other: NDArray[np.uint64] = np.array([value for _, value in right], dtype=np.uint64)
    for name, value in left:
        if FLAT <= value.bit_count() <= 64 - FLAT:
            distance = np.bitwise_count(other ^ np.uint64(value))
            for place in np.flatnonzero(distance <= CLOSE):
                yield name, right[place][0]


def test_the_words_to_judge_by_are_in_no_pair_of_the_glossary() -> None:
    pairs, others = glossary.judged_words()
    assert (len(pairs), len(others)) == (200, 1800)
    assert len({english for _, english in pairs} | set(others)) == 2000
    kept = glossary.words_kept_for_judging()
    with glossary.GLOSSARY.open(encoding="utf-8") as stream:
        assert not [line for line in stream if glossary.is_judged(line.split(",")[0], kept)]


def test_translations_are_brought_together_and_nothing_else_moves() -> None:
    dice = np.random.default_rng(0)
    rows = dice.normal(size=(4, 512))
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    texts = ["Brücke", "bridge", "Kran", "crane"]
    pairs = alignment.known(texts, [("Brücke", "bridge"), ("Kran", "missing")], [])
    moved = alignment.brought_together(rows.astype(np.float16), pairs)
    np.testing.assert_allclose(moved[0], moved[1], atol=1e-3)
    np.testing.assert_array_equal(moved[2:], rows[2:].astype(np.float16))


def test_captions_lose_what_only_few_books_say() -> None:
    captions = [Caption(f"{book}.jpg", "de", "Kirche in Astadt", f"{book}") for book in range(4)]
    captions.append(Caption("5.jpg", "de", "Bdorf, Cweiler", "5"))
    captions[1] = Caption("1.jpg", "de", "Alte Kirche in Edorf", "1")
    reduced = without_names(captions)
    assert [c.text for c in reduced] == ["Kirche in"] * 4


@needs_material
@pytest.mark.material
def test_no_judged_picture_is_taught() -> None:
    material = Material(FOLDER)
    judged = _judged(material)
    names = sorted({c.picture for c in material.flickr("train", "val", "test")} | judged)
    names += sorted({c.picture for c in material.old_photos("train")} - set(names))
    lessons = prepare(material, {name: row for row, name in enumerate(names)})
    taught = {names[row] for row in [*lessons.taught(), *lessons.concepts.pictures]}
    assert len(taught) > 10_000
    assert not taught & judged
    books = {
        split: {c.book for c in material.old_photos(split)} for split in ("train", "test")
    }  # fmt: skip
    assert not books["train"] & books["test"]


@needs_material
@pytest.mark.material
def test_held_out_concepts_are_not_taught() -> None:
    material = Material(FOLDER)
    row = {c.picture: i for i, c in enumerate(material.old_photos("train"))}
    lessons = prepare(material, row)
    assert set(lessons.concepts.ids) >= HELD_OUT
    assert len(HELD_OUT) == 10
    left = lessons.without(HELD_OUT).concepts
    assert set(left.ids) == set(lessons.concepts.ids) - HELD_OUT
    assert len(left.names["de"]) == len(left.names["en"]) == len(left.ids)
    assert max(number for found in left.concepts for number in found) < len(left.ids)
    before = dict(zip(lessons.concepts.pictures, lessons.concepts.concepts, strict=True))
    for picture, found in islice(zip(left.pictures, left.concepts, strict=True), 500):
        named = {left.ids[number] for number in found}
        assert named == {lessons.concepts.ids[n] for n in before[picture]} - HELD_OUT


@needs_material
@pytest.mark.material
def test_no_near_duplicate_of_a_judged_picture_is_taught() -> None:
    material = Material(FOLDER)
    judged = _judged(material)
    taught = {c.picture for c in material.flickr("train") + material.old_photos("train")}
    seen = dict(_hashes(FOLDER, judged | taught))
    left = [(name, value) for name, value in seen.items() if name in judged]
    right = [(name, value) for name, value in seen.items() if name in taught]
    assert len(left) > 3_000
    assert not list(_close_pairs(left, right))


@needs_material
@pytest.mark.material
def test_the_words_to_judge_by_are_in_no_training_caption() -> None:
    material = Material(FOLDER)
    captions = material.flickr("train") + material.old_photos("train")
    said = {word for c in captions for word in re.findall(r"\w+", c.text.casefold())}
    assert not said & glossary.words_kept_for_judging()
