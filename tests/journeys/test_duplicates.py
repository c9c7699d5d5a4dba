"""Pictures that are held more than once: found by indexing, listed, hidden with their photo."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageOps
from sqlalchemy import insert, update

from archive_ai.archive import Archive
from archive_ai.catalogue import schema
from archive_ai.cli.app import run
from archive_ai.domain import HERE, DuplicateKind, Role, Viewer
from archive_ai.errors import UnknownPhoto

READER = Viewer("reader", Role.READER)


def _draw(path: Path, seed: int, size: tuple[int, int] = (320, 240)) -> Image.Image:
    small = np.random.default_rng(seed).integers(0, 256, (9, 12, 3), dtype=np.uint8)
    picture = Image.fromarray(small).resize(size, Image.Resampling.BICUBIC)
    path.parent.mkdir(parents=True, exist_ok=True)
    picture.save(path)
    return picture


@pytest.fixture
def holdings(tmp_path: Path) -> Path:
    """Ten different pictures; of the first a TIFF, a small grey print and one that is cut."""
    folder = tmp_path / "holdings"
    for seed in range(10):
        _draw(folder / f"{seed}.png", seed)
    first = _draw(folder / "0.png", 0)
    first.save(folder / "0-again.tif")
    ImageOps.grayscale(first).resize((160, 120)).save(folder / "0-print.jpg")
    return folder


def _names(archive: Archive, viewer: Viewer = HERE) -> list[list[str]]:
    return [sorted(one.path.name for one in g.members) for g in archive.duplicates.all(viewer)]


def _id(archive: Archive, path: Path) -> str:
    return archive.photo(str(path)).photo.id


def _close(archive: Archive, photo: str) -> None:
    with archive._engine.begin() as connection:  # records come in by no command yet
        empty = dict.fromkeys(
            ("locator", "signature", "title", "description", "place", "kind", "rights", "date"), ""
        )
        key = connection.execute(
            insert(schema.record).values(
                key=photo, source="table", visibility="closed", closed_until="", other={},
                by="", at="", **empty,
            )
        ).inserted_primary_key[0]  # fmt: skip
        connection.execute(insert(schema.record_photo).values(photo_id=photo, record_id=key))


def test_copies_in_other_forms_are_grouped_with_what_they_are(
    open_archive: Callable[..., Archive], holdings: Path
) -> None:
    archive = open_archive()
    archive.index([holdings])
    assert _names(archive) == [["0-again.tif", "0-print.jpg", "0.png"]]
    (group,) = archive.duplicates.all(HERE)
    kinds = {one.path.name: one.kind for one in group.members}
    assert kinds["0-print.jpg"] is DuplicateKind.SAME
    assert {kinds["0.png"], kinds["0-again.tif"]} == {DuplicateKind.IDENTICAL}
    assert (group.members[0].width, group.members[-1].width) == (320, 160)
    assert group.id == min(one.photo for one in group.members)
    found = archive.duplicates.of(_id(archive, holdings / "0.png"), HERE)
    assert [(one.path.name, one.kind) for one in found[:2]] == [
        ("0-again.tif", DuplicateKind.IDENTICAL),
        ("0-print.jpg", DuplicateKind.SAME),
    ]
    assert {one.kind for one in found[2:]} <= {DuplicateKind.ALIKE}


def test_what_comes_later_joins_the_group_and_what_goes_leaves_it(
    open_archive: Callable[..., Archive], holdings: Path
) -> None:
    archive = open_archive()
    archive.index([holdings])
    with Image.open(holdings / "0.png") as first:
        ImageOps.autocontrast(first).save(holdings / "0-bright.jpg", quality=80)
    with Image.open(holdings / "5.png") as fifth:
        fifth.resize((640, 480)).save(holdings / "5-large.png")
    archive.index([holdings])
    assert sorted(_names(archive)) == [
        ["0-again.tif", "0-bright.jpg", "0-print.jpg", "0.png"],
        ["5-large.png", "5.png"],
    ]
    (holdings / "5.png").unlink()
    archive.index([holdings])
    assert _names(archive) == [["0-again.tif", "0-bright.jpg", "0-print.jpg", "0.png"]]


def test_pages_of_groups_follow_each_other(
    open_archive: Callable[..., Archive], holdings: Path
) -> None:
    for seed in (3, 5, 7):
        with Image.open(holdings / f"{seed}.png") as one:
            one.save(holdings / f"{seed}-again.bmp")
    archive = open_archive()
    archive.index([holdings])
    every = archive.duplicates.all(HERE)
    assert len(every) == 4
    first = archive.duplicates.all(HERE, limit=3)
    assert first + archive.duplicates.all(HERE, after=first[-1].id) == every


def test_a_reader_never_learns_that_a_closed_duplicate_exists(
    open_archive: Callable[..., Archive], holdings: Path
) -> None:
    archive = open_archive()
    archive.index([holdings])
    view = archive.seen_by(READER)
    (before,) = view.duplicates()
    assert [one.path.parent for one in before.members] == [Path()] * 3
    print_, again = (_id(archive, holdings / name) for name in ("0-print.jpg", "0-again.tif"))
    for one, left in ((print_, 1), (again, 0)):
        _close(archive, one)
        assert len(view.duplicates()) == left
        with pytest.raises(UnknownPhoto):
            view.duplicates_of(one)
        open_one = _id(archive, holdings / "0.png")
        assert one not in [found.photo for found in view.duplicates_of(open_one, 1000)]
        assert one not in str(view.duplicates())
    assert len(archive.duplicates.all(HERE)[0].members) == 3


def test_an_archive_of_before_is_measured_by_the_next_run_and_not_encoded_again(
    open_archive: Callable[..., Archive], holdings: Path
) -> None:
    archive = open_archive()
    archive.index([holdings])
    with archive._engine.begin() as connection:
        connection.execute(update(schema.measure).values(hash=None))
    for path in (archive.settings.archive / "generations").rglob("duplicates-*"):
        path.unlink()
    again = open_archive()
    assert again.duplicates.all(HERE) == []
    report = again.index([holdings])
    assert (report.indexed, report.unchanged, report.failed) == (0, 12, 0)
    assert _names(again) == [["0-again.tif", "0-print.jpg", "0.png"]]
    assert again.index([holdings]).stages["decode"] == 0


def test_a_torn_file_of_duplicates_is_made_again(
    open_archive: Callable[..., Archive], holdings: Path
) -> None:
    archive = open_archive()
    archive.index([holdings])
    (path,) = (archive.settings.archive / "generations").rglob("duplicates-*")
    whole = path.read_bytes()
    for torn in (whole[: len(whole) // 2], b"", whole[:-1]):
        path.write_bytes(torn)
        assert _names(open_archive()) == [["0-again.tif", "0-print.jpg", "0.png"]]
        assert path.read_bytes() == whole


def test_the_command_lists_groups_and_what_one_photo_duplicates(
    open_archive: Callable[..., Archive],
    holdings: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    open_archive().index([holdings])
    monkeypatch.chdir(holdings)
    capsys.readouterr()

    def said(*arguments: str) -> str:
        assert run(["duplicates", *arguments]) == 0
        return capsys.readouterr().out

    (group,) = json.loads(said("--json"))["groups"]
    assert [one["kind"] for one in group["photos"]] == ["identical", "identical", "same"]
    rows = list(csv.DictReader(io.StringIO(said("--csv"))))
    assert [row["photo"] for row in rows] == [one["photo"] for one in group["photos"]]
    assert {row["group"] for row in rows} == {group["group"]}
    of_one = json.loads(said(str(holdings / "0-print.jpg"), "--json"))
    assert [one["kind"] for one in of_one["duplicates"][:2]] == ["same", "same"]
    assert "0-again.tif" in said()


def test_flat_drawings_are_not_the_same_for_being_flat(
    open_archive: Callable[..., Archive], tmp_path: Path
) -> None:
    """Their hashes differ in few bits, for most of their bits are nought."""
    folder = tmp_path / "plans"
    folder.mkdir()
    for number in range(6):
        plan = Image.new("RGB", (320, 240), (240, 236, 228))
        plan.paste((40, 40, 40), (30 + 40 * number, 60, 60 + 40 * number, 90))
        plan.save(folder / f"{number}.png")
    archive = open_archive()
    archive.index([folder])
    assert _names(archive) == []
