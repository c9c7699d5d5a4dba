"""The map of an archive: drawn, added to, drawn anew; damage and power cuts cost nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from archive_ai.archive import Archive, Worker
from archive_ai.archive import mapping as mapping_module
from archive_ai.cli.app import run
from archive_ai.domain import HERE, Placing, Progress
from archive_ai.errors import MapChanged, NoMap, UsageError
from archive_ai.searching import projecting
from archive_ai.vectors import maps as maps_module
from archive_ai.vectors.maps import newest_map
from made_scans import write_picture

Opening = Callable[..., Archive]


def _more(scans: Path, first: int, count: int) -> None:
    for number in range(first, first + count):
        write_picture(scans / "F9" / f"{number}.png", number)


def _points(archive: Archive) -> dict[str, tuple[float, float]]:
    seen = archive.map_points.seen(HERE)
    return {
        photo.decode(): tuple(place)
        for photo, place in zip(seen.photos.tolist(), seen.positions.tolist(), strict=True)
    }


def _folder(archive: Archive) -> Path:
    return archive.settings.archive / "generations" / "1"


def test_what_is_indexed_later_is_placed_and_moves_nothing(
    open_archive: Opening, scans: Path
) -> None:
    archive = open_archive()
    archive.index([scans])
    with pytest.raises(NoMap, match="archive-ai map"):
        archive.map_points.seen(HERE)
    assert archive.status()["map"] is None
    assert archive.map.draw()["landmarks"] == 12
    before, version = _points(archive), archive.map_points.seen(HERE).version
    assert len(before) == 12
    _more(scans, 50, 5)
    other = open_archive()
    other.index([scans])
    after = _points(archive)  # opened before: it sees what another one has placed
    assert len(after) == 17
    assert {photo: after[photo] for photo in before} == before
    seen = archive.map_points.seen(HERE)
    assert (seen.unplaced, seen.stale, seen.placed) == (0, False, round(5 / 17, 4))
    assert seen.version != version
    assert archive.index([scans]).indexed == 0
    assert archive.map_points.seen(HERE).version == seen.version
    assert archive.verify()[1] == []
    again = archive.map.draw()
    assert (again["drawn"], again["photos"]) == (False, 17)
    anew = archive.map.draw(again=True)
    assert (anew["drawn"], anew["landmarks"], anew["placed"]) == (True, 17, 0.0)
    assert len(list(_folder(archive).glob("map-*"))) == 3, "the map before is gone"


def test_of_many_some_are_landmarks_and_growing_makes_it_stale(
    open_archive: Opening, scans: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(projecting, "MOST_LANDMARKS", 5)
    monkeypatch.setattr(mapping_module, "AT_ONCE", 3)
    archive = open_archive()
    _more(scans, 50, 4)
    archive.index([scans / "F0"])
    told: list[Progress] = []
    drawn = archive.map.draw(report=told.append)
    assert (drawn["photos"], drawn["landmarks"], drawn["placed"]) == (6, 5, 0.1667)
    assert [(one.done, one.total) for one in told] == [(1, 1)]
    found = archive.map.of(archive._opener.open()[0].generation)
    assert sorted(found.placings.tolist()) == [Placing.LEARNED] * 5 + [Placing.PLACED]
    archive.index([scans])
    assert not archive.status()["map"]["stale"]
    _more(scans, 60, 9)
    archive.index([scans])
    assert archive.status()["map"] == {
        "drawn_at": drawn["drawn_at"], "photos": 25, "landmarks": 5, "placed": 0.8, "stale": True,
    }  # fmt: skip
    assert archive.map_points.seen(HERE).stale
    assert not archive.map.draw(again=True)["stale"]


def test_an_empty_archive_has_no_map_and_one_photo_has(open_archive: Opening, scans: Path) -> None:
    archive = open_archive()
    assert archive.map.figures() is None
    (scans / "F0" / "000.png").rename(scans / "one.png")
    archive.index([scans / "one.png"])
    assert archive.map.draw()["photos"] == 1
    assert len(_points(archive)) == 1
    archive.index([scans])
    assert len(_points(archive)) == 12
    assert archive.map_points.seen(HERE).stale


@pytest.mark.parametrize("suffix", [".ids", ".f32", ".json"])
def test_a_damaged_map_is_none_and_the_next_run_draws_it_anew(
    suffix: str, open_archive: Opening, scans: Path
) -> None:
    archive = open_archive()
    archive.index([scans])
    archive.map.draw()
    before = _points(archive)
    path = next(_folder(archive).glob(f"map-*{suffix}"))
    content = bytearray(path.read_bytes())
    content[9] ^= 1
    path.write_bytes(content)
    with pytest.raises(NoMap):
        open_archive().map_points.seen(HERE)
    again = open_archive()
    again.index([scans])
    assert _points(again) == before


class PowerCutError(BaseException):
    """Stands for the end of the process: nothing catches it."""


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("times", [1, 2, 3])
@pytest.mark.parametrize("again", [False, True])
def test_a_power_cut_leaves_the_map_of_before_or_the_new_one(
    again: bool,
    times: int,
    after: bool,
    open_archive: Opening,
    scans: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    archive = open_archive()
    archive.index([scans / "F0"])
    archive.map.draw()
    before, named = _points(archive), newest_map(_folder(archive))
    if not again:
        write_picture(scans / "F0" / "99.png", 99)
    calls, write = [0], maps_module.write_whole

    def cut(path: Path, content: bytes) -> None:
        calls[0] += 1
        if calls[0] == times and not after:
            raise PowerCutError
        write(path, content)
        if calls[0] == times:
            raise PowerCutError

    def work(on: Archive) -> None:
        if again:
            on.map.draw(again=True)
        else:
            on.index([scans / "F0"])

    with monkeypatch.context() as power:
        power.setattr(maps_module, "write_whole", cut)
        with pytest.raises(PowerCutError):
            work(open_archive())
    reopened = open_archive()
    whole = times == 3 and after
    assert (newest_map(_folder(archive)) != named) == whole
    points = _points(reopened)
    assert {photo: points[photo] for photo in before} == before
    assert len(points) == 6 + (whole and not again)
    work(reopened)
    finished = _points(reopened)
    assert {photo: finished[photo] for photo in before} == before
    assert len(finished) == 6 + (not again)
    assert reopened.map_points.seen(HERE).unplaced == 0


def test_numbers_mean_photos_as_long_as_the_version_holds(
    open_archive: Opening, scans: Path
) -> None:
    archive = open_archive()
    archive.index([scans])
    archive.map.draw()
    seen = archive.map_points.seen(HERE)
    photos = archive.map_points.photos(HERE, seen.version, [7, 0, 7])
    assert list(photos) == [0, 7]
    assert [one.encode() for one in photos.values()] == seen.photos[[0, 7]].tolist()
    with pytest.raises(UsageError):
        archive.map_points.photos(HERE, seen.version, [12])
    _more(scans, 50, 1)
    archive.index([scans])
    with pytest.raises(MapChanged):
        archive.map_points.photos(HERE, seen.version, [0])


def test_a_generation_of_another_model_has_a_map_of_its_own(
    open_archive: Opening, scans: Path, other_model: str
) -> None:
    archive = open_archive()
    archive.index([scans])
    archive.map.draw()
    other = open_archive(model=other_model)
    assert other.index([scans]).activated
    with pytest.raises(NoMap):
        other.map_points.seen(HERE)
    assert other.map.draw()["generation"] == 2
    assert len(_points(archive)) == len(_points(other)) == 12
    assert not np.allclose(list(_points(archive).values()), list(_points(other).values()))


def test_the_command_draws_and_says_so_and_a_worker_does_it_as_a_job(
    open_archive: Opening, scans: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archive = open_archive()
    archive.index([scans])
    capsys.readouterr()
    assert run(["map"]) == 0
    assert "laid out by 12 of 12 photo(s)" in capsys.readouterr().out
    assert run(["map", "--again", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert list(told) == [
        "generation", "drawn_at", "photos", "landmarks", "placed", "stale", "drawn", "seconds",
    ]  # fmt: skip
    assert run(["status"]) == 0
    assert "12 photos, 0% placed" in capsys.readouterr().out
    assert run(["jobs", "run", "map", "--again", "--json"]) == 0
    number = json.loads(capsys.readouterr().out)["number"]
    assert Worker(archive).work(until_idle=True) == 1
    done = archive.jobs.get(number)
    assert done.outcome["drawn"] and done.outcome["photos"] == 12
    assert done.progress["done"] == done.progress["total"] > 1
