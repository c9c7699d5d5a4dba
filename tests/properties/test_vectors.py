"""Vectors against an exact oracle, and segments against every way to be interrupted."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from archive_ai.domain import Manifest, PhotoId, photo_id
from archive_ai.vectors.index import ExactIndex
from archive_ai.vectors.manifests import read_manifest, write_manifest
from archive_ai.vectors.segments import SegmentWriter

WIDTH = 16


def _photos(numbers: list[int]) -> list[PhotoId]:
    return [photo_id(f"{number:064x}", 1) for number in numbers]


def _rows(numbers: list[int], version: int = 0) -> np.ndarray:
    rows = [np.random.default_rng([n, version]).standard_normal(WIDTH) for n in numbers]
    array = np.array(rows, np.float32).reshape(len(numbers), WIDTH)
    return array / np.linalg.norm(array, axis=1, keepdims=True)


numbers = st.lists(st.integers(0, 40), unique=True, max_size=12)


@settings(deadline=None, max_examples=60)
@given(st.lists(numbers, max_size=5), st.integers(1, 50), st.integers(0, 5))
def test_search_is_what_brute_force_gives(batches: list[list[int]], k: int, seed: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        manifest = Manifest(1, "f" * 16, WIDTH, ())
        newest: dict[PhotoId, np.ndarray] = {}
        for version, batch in enumerate(batches):
            with SegmentWriter(folder, manifest, {}) as writer:
                if batch:
                    writer.append(_photos(batch), _rows(batch, version))
                manifest = writer.seal()
            newest.update(zip(_photos(batch), _rows(batch, version), strict=True))
        index = ExactIndex(folder, read_manifest(folder, *write_manifest(folder, manifest)))
        assert list(index.photos) == sorted(newest)
        query = _rows([100 + seed])[0]
        scores, rows = index.search(query[None], k)
        exact = {
            photo: float(row.astype(np.float16).astype(np.float32) @ query)
            for photo, row in newest.items()
        }
        best = sorted(exact.values(), reverse=True)[:k]
        assert np.allclose(scores[0], best, atol=1e-5)
        found = [index.photos[row] for row in rows[0]]
        assert np.allclose([exact[photo] for photo in found], scores[0], atol=1e-5)
        threshold = 0.1
        above = {index.photos[row] for row in index.rows_above(query, threshold)}
        sure = {photo for photo, score in exact.items() if score > threshold + 1e-5}
        maybe = {photo for photo, score in exact.items() if score > threshold - 1e-5}
        assert sure <= above <= maybe


@settings(deadline=None, max_examples=60)
@given(st.lists(numbers.filter(bool), min_size=1, max_size=4), st.data())
def test_an_interrupted_writer_leaves_just_what_was_named(
    batches: list[list[int]], data: st.DataObject
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        empty = Manifest(1, "f" * 16, WIDTH, ())
        named: dict[str, int] = {}
        kept: list[PhotoId] = []
        stop = data.draw(st.integers(0, len(batches)))
        with SegmentWriter(folder, empty, {}) as writer:
            for number, batch in enumerate(batches):
                rows = writer.append(_photos(batch), _rows(batch))
                if number == stop:
                    break
                named[rows.segment] = rows.first_row + len(batch)
                kept += rows.photos
        for path in folder.glob("segment-*"):
            with path.open("ab") as file:
                file.write(b"\0" * data.draw(st.integers(0, 30)))
        with SegmentWriter(folder, empty, named) as writer:
            manifest = writer.seal()
        assert manifest.rows == len(kept)
        index = ExactIndex(folder, manifest)
        assert list(index.photos) == sorted(set(kept))


@given(st.text("0123456789abcdef", min_size=64, max_size=64), st.integers(1, 5000))
def test_photo_ids_are_short_stable_and_plain(sha256: str, page: int) -> None:
    found = photo_id(sha256, page)
    assert len(found) == 22
    assert found == photo_id(sha256, page) != photo_id(sha256, page + 1)
    assert set(found[2:]) <= set("abcdefghijklmnopqrstuvwxyz234567")


@settings(deadline=None, max_examples=30)
@given(st.lists(st.integers(0, 3), min_size=1, max_size=60), st.integers(1, 60))
def test_the_first_k_are_the_first_k_of_all_even_where_scores_tie(
    directions: list[int], k: int
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        manifest = Manifest(1, "f" * 16, WIDTH, ())
        rows = np.eye(WIDTH, dtype=np.float32)[directions]
        with SegmentWriter(folder, manifest, {}) as writer:
            writer.append(_photos(list(range(len(directions)))), rows)
            manifest = writer.seal()
        index = ExactIndex(folder, manifest)
        query = _rows([7])
        some, every = index.search(query, k)[1][0], index.search(query, len(directions))[1][0]
        assert some.tolist() == every.tolist()[:k]
