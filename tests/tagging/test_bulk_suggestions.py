from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from archive_ai.domain import Calibration, PhotoId
from archive_ai.errors import ArchiveDamaged, NothingIndexed
from archive_ai.tagging.bulk import detectors, suggest_calibrated, suggested_blocks
from archive_ai.tagging.calibrate import logits, zero_shot
from archive_ai.tagging.consistency import Structure
from archive_ai.tagging.logistic import sigmoid
from archive_ai.tagging.scores import sample_archive
from made_vectors import FINGERPRINT, MadeArchive, made_archive

FLAT = Structure((), ())


class Rows:
    """An index over an array, as the port wants it."""

    generation = 1

    def __init__(self, rows: NDArray[np.float32], fingerprint: str = FINGERPRINT) -> None:
        self.fingerprint = fingerprint
        self.photos = [PhotoId(f"p_{row:020d}") for row in range(len(rows))]
        self._rows = rows

    def rows(self, photos: list[PhotoId]) -> NDArray[np.float32]:
        return self._rows[[self.photos.index(photo) for photo in photos]]

    def block(self, start: int, stop: int) -> NDArray[np.float32]:
        return self._rows[start:stop]

    def search(self, queries: NDArray[np.float32], k: int) -> None:
        raise NotImplementedError

    rows_above = search


def made_calibration(made: MadeArchive, threshold: float = 0.3) -> Calibration:
    found = zero_shot(made.scheme, made.scheme.concepts, made.words, made.sample)
    taught = np.random.default_rng(1).standard_normal(made.photos.shape[1])
    concepts = [replace(one, threshold=threshold) for one in found.concepts]
    concepts[1] = replace(concepts[1], direction=tuple(taught.tolist()))
    return replace(found, concepts=tuple(concepts))


def test_bulk_says_the_same_as_one_by_one() -> None:
    made = made_archive(count=20_000)
    found = made_calibration(made)
    anchors = made.sample.anchors(made.words)
    expected = np.stack(
        [
            sigmoid(logits(made.photos, anchor, one))
            for anchor, one in zip(anchors, found.concepts, strict=True)
        ],
        axis=1,
    )
    suggested = np.zeros_like(expected)
    for block in suggested_blocks(Rows(made.photos), detectors(found, anchors, FLAT)):
        suggested[block.rows, block.columns] = block.probabilities
    clear = np.abs(expected - 0.3) > 1e-4
    wanted = np.where(expected >= 0.3, expected, 0)
    assert np.allclose(suggested[clear], wanted[clear], atol=1e-4)


def test_a_photo_gets_its_best_concepts_first_and_not_too_many() -> None:
    made = made_archive(count=500, shares=(0.3,) * 6)
    found = made_calibration(made, threshold=0.01)
    anchors = made.sample.anchors(made.words)
    for block in suggested_blocks(Rows(made.photos), detectors(found, anchors, FLAT), most=2):
        assert np.bincount(block.rows).max() <= 2
        same = np.diff(block.rows) == 0
        assert (np.diff(block.probabilities)[same] <= 0).all()


def test_what_is_held_back_is_not_suggested_and_lifts_no_parent() -> None:
    made = made_archive(count=500)
    found = made_calibration(made)
    anchors = made.sample.anchors(made.words)
    shown = detectors(found, anchors, Structure(((0, 2),), ()))
    held = replace(found.concepts[0], held_back="for a test")
    hidden = detectors(
        replace(found, concepts=(held, *found.concepts[1:])), anchors, Structure(((0, 2),), ())
    )
    before = list(suggested_blocks(Rows(made.photos), shown))
    after = list(suggested_blocks(Rows(made.photos), hidden))
    assert any((block.columns == 0).any() for block in before)
    assert not any((block.columns == 0).any() for block in after)
    lifted, alone = (sum((block.columns == 2).sum() for block in some) for some in (before, after))
    assert alone < lifted


def test_tagging_again_gives_the_same() -> None:
    made = made_archive(count=500)
    found = made_calibration(made)
    ready = detectors(found, made.sample.anchors(made.words), FLAT)
    first, again = (
        list(suggest_calibrated(Rows(made.photos), found, ready, "version-one")) for _ in range(2)
    )
    assert first == again and first
    assert all(one.probability is not None and one.probability >= 0.3 for one in first)


@pytest.mark.parametrize(
    ("fingerprint", "version"), [("another", "version-one"), (FINGERPRINT, "version-two")]
)
def test_a_calibration_of_another_model_or_vocabulary_suggests_nothing(
    fingerprint: str, version: str
) -> None:
    made = made_archive(count=100)
    found = made_calibration(made)
    ready = detectors(found, made.sample.anchors(made.words), FLAT)
    with pytest.raises(ArchiveDamaged, match="learned with"):
        next(iter(suggest_calibrated(Rows(made.photos, fingerprint), found, ready, version)))


@settings(max_examples=20, deadline=None)  # the machine may be busy
@given(st.integers(0, 500))
def test_probabilities_are_probabilities_whatever_the_calibration(seed: int) -> None:
    made = made_archive(count=50)
    dice = np.random.default_rng(seed)
    found = made_calibration(made)
    wild = [
        replace(one, slope=float(dice.normal(0, 1e4)), offset=float(dice.normal(0, 1e3)))
        for one in found.concepts
    ]
    anchors = made.sample.anchors(made.words)
    ready = detectors(replace(found, concepts=tuple(wild)), anchors, Structure((), ((0, 1),)))
    _, probabilities = ready.judge(made.photos)
    assert ((probabilities >= 0) & (probabilities <= 1)).all()


def test_a_sample_is_spread_over_the_archive() -> None:
    made = made_archive(count=300)
    sample = sample_archive(Rows(made.photos), made.sample.neutral, most=10)
    places = [np.flatnonzero((made.photos == row).all(axis=1))[0] for row in sample.rows]
    assert places[0] == 0 and places[-1] == 299
    assert np.diff(places).max() <= 34


def test_an_empty_archive_has_no_sample() -> None:
    with pytest.raises(NothingIndexed):
        sample_archive(Rows(np.empty((0, 8), np.float32)), np.zeros((1, 8), np.float32))
