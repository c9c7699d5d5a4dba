"""An approximate index: what it finds is exact, how much it finds is measured and told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import faiss
import numpy as np
import pytest

from archive_ai.archive import Archive
from archive_ai.cli.app import run
from archive_ai.domain import Approximation, Manifest, photo_id
from archive_ai.vectors.approximate import (
    MOST,
    RECALL_WANTED,
    ApproximateIndex,
    extend,
    measured,
    train,
)
from archive_ai.vectors.approximate_files import (
    newest_approximate,
    read_approximate,
    write_approximate,
)
from archive_ai.vectors.index import ExactIndex
from archive_ai.vectors.segments import SegmentWriter
from made_scans import write_picture

WIDTH = 24


def _vectors(count: int, seed: int = 0, spread: float = 0.25) -> np.ndarray:
    dice = np.random.default_rng(seed)
    centres = np.random.default_rng(99).standard_normal((60, WIDTH))
    rows = centres[dice.integers(0, 60, count)] + spread * dice.standard_normal((count, WIDTH))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def _index(folder: Path, *parts: np.ndarray) -> ExactIndex:
    manifest, photos = Manifest(1, "f" * 16, WIDTH, ()), 0
    for part in parts:
        ids = [photo_id(f"{photos + n:064x}", 1) for n in range(len(part))]
        photos += len(part)
        with SegmentWriter(folder, manifest, {}) as writer:
            writer.append(ids, part)
            manifest = writer.seal()
    return ExactIndex(folder, manifest)


def _approximate(exact: ExactIndex) -> ApproximateIndex:
    lists = extend(train(exact, np.random.default_rng(0)), exact)
    figures = measured(exact, lists, [_vectors(80, 5)], len(exact.photos))
    return ApproximateIndex(exact, lists, figures)


@pytest.fixture(scope="module")
def exact(tmp_path_factory: pytest.TempPathFactory) -> ExactIndex:
    return _index(tmp_path_factory.mktemp("rows"), _vectors(2500, 1), _vectors(500, 2))


@pytest.fixture(scope="module")
def index(exact: ExactIndex) -> ApproximateIndex:
    return _approximate(exact)


def test_the_exact_index_holds_its_rows_once(exact: ExactIndex) -> None:
    codes = exact._index.codes
    held = faiss.rev_swig_ptr(codes.data(), len(exact.photos) * WIDTH * 2)
    assert np.shares_memory(held, exact._vectors)
    assert exact._vectors.nbytes == codes.size()
    before = exact.at(np.array([7]))
    assert exact.search(before, 1)[1][0, 0] == 7


def test_it_looks_into_few_lists_and_finds_what_it_says(
    exact: ExactIndex, index: ApproximateIndex
) -> None:
    figures = index.measured
    assert figures.used
    assert 1 <= figures.probes <= max(figures.lists // 4, 8)
    queries = _vectors(200, 6)
    wanted = exact.search(queries, 100)[1]
    found = [rows[:100] for _, rows in index.listed(queries)]
    share = sum(len(np.intersect1d(*rows)) for rows in zip(wanted, found, strict=True)) / 20_000
    assert share == pytest.approx(figures.recall_100, abs=0.03)
    assert min(figures.recall_10, figures.recall_100) >= RECALL_WANTED


def test_cosines_and_order_are_those_of_the_exact_index(
    exact: ExactIndex, index: ApproximateIndex
) -> None:
    queries = _vectors(20, 7)
    scores, rows = index.search(queries, 50)
    for query, some, places in zip(queries, scores, rows, strict=True):
        assert np.allclose(some, exact.at(places) @ query, atol=1e-6)
        assert (np.diff(some) <= 0).all()
        assert len(set(places.tolist())) == 50
    for k in (1, 5, 49):
        assert (index.search(queries, k)[1] == rows[:, :k]).all()


def test_it_is_exact_under_a_filter_and_for_very_many(
    exact: ExactIndex, index: ApproximateIndex
) -> None:
    queries = _vectors(5, 8)
    allowed = np.random.default_rng(3).random(len(exact.photos)) < 0.1
    assert (index.search(queries, 30, allowed)[1] == exact.search(queries, 30, allowed)[1]).all()
    assert (index.search(queries, MOST + 1)[1] == exact.search(queries, MOST + 1)[1]).all()
    assert index.search(np.empty((0, WIDTH), np.float32), 3)[1].shape == (0, 3)


def test_what_has_no_structure_is_not_searched_approximately(tmp_path: Path) -> None:
    dice = np.random.default_rng(4)
    rows = dice.standard_normal((3000, WIDTH)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    exact = _index(tmp_path, rows)
    lists = extend(train(exact, dice), exact)
    queries = dice.standard_normal((60, WIDTH)).astype(np.float32)
    figures = measured(exact, lists, [_vectors(60, 9), queries], 3000)
    assert not figures.used
    assert figures.recall_100 < RECALL_WANTED


def test_photos_are_added_to_the_lists_that_are_there(tmp_path: Path) -> None:
    first, second = _vectors(1500, 1), _vectors(700, 2)
    small = _index(tmp_path / "small", first)
    lists = extend(train(small, np.random.default_rng(0)), small)
    large = _index(tmp_path / "large", first, second)
    with pytest.raises(ValueError, match="other photos"):
        ApproximateIndex(large, lists, Approximation(1, 1, 0.0, 0.0, False, 1500))
    lists = extend(lists, large)
    figures = measured(large, lists, [_vectors(80, 5)], 1500)
    assert (figures.used, figures.trained_at) == (True, 1500)
    for query in (first[3:4], second[3:4]):
        found = next(ApproximateIndex(large, lists, figures).listed(query))[1]
        assert found[0] == large.search(query, 1)[1][0, 0]


def test_lists_are_read_as_they_were_written_and_torn_ones_are_not(
    tmp_path: Path, exact: ExactIndex, index: ApproximateIndex
) -> None:
    lists = extend(train(exact, np.random.default_rng(0)), exact)
    write_approximate(tmp_path, "manifest-000003.json", "a" * 64, lists, index.measured)
    found = read_approximate(tmp_path, "manifest-000003.json", "a" * 64)
    assert found is not None
    read = ApproximateIndex(exact, found[0], found[1])
    queries = _vectors(10, 11)
    assert (read.search(queries, 20)[1] == index.search(queries, 20)[1]).all()
    assert read_approximate(tmp_path, "manifest-000003.json", "b" * 64) is None
    for suffix in (".ivf", ".npy", ".json"):
        path = (tmp_path / "approximate-000003").with_suffix(suffix)
        whole = path.read_bytes()
        for torn in (b"", whole[: len(whole) // 2], whole[:-1]):
            path.write_bytes(torn)
            assert read_approximate(tmp_path, "manifest-000003.json", "a" * 64) is None
            assert newest_approximate(tmp_path) is None
        path.write_bytes(whole)
    assert read_approximate(tmp_path, "manifest-000003.json", "a" * 64) is not None


def test_an_archive_makes_it_from_the_size_that_is_set_and_says_so(
    open_archive: Callable[..., Archive], scans: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def told(archive: Archive) -> object:
        return archive.status()["generation"]["approximate"]

    archive = open_archive(approximate_from=13)
    archive.index([scans])
    assert told(archive) is None
    for number in range(20, 24):
        write_picture(scans / f"{number}.png", number)
    archive.index([scans])
    figures = told(archive)
    assert figures["used"]
    assert 0.98 <= figures["recall@100"] <= 1.0
    capsys.readouterr()
    assert run(["status"]) == 0
    assert f"finds {figures['recall@10']:.1%} of the first 10" in capsys.readouterr().out
    opened, _ = archive._opener.open()
    assert opened.unfiltered is opened.approximate
    rows = opened.index.at(np.arange(16))
    assert (opened.unfiltered.search(rows, 5)[1] == opened.index.search(rows, 5)[1]).all()
    (path,) = (archive.settings.archive / "generations").rglob("approximate-*.ivf")
    whole = path.read_bytes()
    path.write_bytes(whole[:-9])
    again = open_archive(approximate_from=13)
    torn, _ = again._opener.open()
    assert torn.unfiltered is torn.index
    again.index([scans])
    assert len(path.read_bytes()) == len(whole)
