"""From a folder of scans to an index, and again."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from archive_ai.archive import Archive
from archive_ai.domain import Progress
from archive_ai.errors import ArchiveLocked, PathMissing, UnknownModel
from made_scans import write_picture

Opening = Callable[..., Archive]


def test_every_picture_is_indexed_and_other_files_are_ignored(
    open_archive: Opening, scans: Path
) -> None:
    archive = open_archive()
    report = archive.index([scans])
    assert (report.seen, report.indexed, report.failed, report.ignored) == (12, 12, 0, 1)
    assert archive.status()["photos"] == 12
    assert archive.status()["generation"]["vectors"] == 12
    assert archive.verify() == ({"photos": 12, "generations": 1, "vectors": 12}, [])


def test_originals_keep_content_time_and_mode(open_archive: Opening, scans: Path) -> None:
    def state() -> dict[Path, tuple[str, int, int]]:
        return {
            path: (
                hashlib.sha256(path.read_bytes()).hexdigest(),
                path.stat().st_mtime_ns,
                path.stat().st_mode,
            )
            for path in scans.rglob("*")
            if path.is_file()
        }

    before = state()
    archive = open_archive()
    archive.index([scans])
    archive.thumbnail(archive.search("x").hits[0].photo)
    assert state() == before


def test_a_second_run_does_nothing_for_what_has_not_changed(
    open_archive: Opening, scans: Path
) -> None:
    archive = open_archive()
    archive.index([scans])
    before = {
        p: p.stat().st_mtime_ns for p in (archive.settings.archive / "generations").rglob("*")
    }
    report = archive.index([scans])
    assert (report.indexed, report.unchanged) == (0, 12)
    after = {p: p.stat().st_mtime_ns for p in (archive.settings.archive / "generations").rglob("*")}
    assert after == before


def test_new_changed_moved_and_missing_files_are_told_apart(
    open_archive: Opening, scans: Path
) -> None:
    archive = open_archive()
    archive.index([scans])
    write_picture(scans / "new.png", 100)
    write_picture(scans / "F0" / "000.png", 101)
    (scans / "F1" / "001.jpg").rename(scans / "F1" / "renamed.jpg")
    (scans / "F1" / "003.png").unlink()
    shutil.copy(scans / "F0" / "002.tif", scans / "copy.tif")
    report = archive.index([scans])
    assert (report.indexed, report.moved, report.missing) == (2, 1, 1)
    assert report.unchanged == 12 - 3 + 1, "the copy is nothing new"
    assert archive.status()["files"] == {"present": 13, "missing": 2, "failed": 0}
    assert archive.verify()[1] == []


def test_a_file_that_comes_back_is_present_again(open_archive: Opening, scans: Path) -> None:
    archive = open_archive()
    archive.index([scans])
    moved = scans.parent / "away.png"
    file = scans / "F0" / "000.png"
    shutil.move(file, moved)
    archive.index([scans])
    assert archive.status()["photos"] == 11
    shutil.move(moved, file)
    assert archive.index([scans]).indexed == 0
    assert archive.status()["photos"] == 12


def test_copies_are_one_photo(open_archive: Opening, scans: Path) -> None:
    shutil.copy(scans / "F0" / "000.png", scans / "F1" / "copy.png")
    archive = open_archive()
    assert archive.index([scans]).indexed == 12
    details = archive.photo(str(scans / "F1" / "copy.png"))
    assert len(details.paths) == 2


def test_checksum_reads_again_what_kept_size_and_time(open_archive: Opening, scans: Path) -> None:
    archive = open_archive()
    file = write_picture(scans / "same.bmp", 200)
    archive.index([scans])
    status = file.stat()
    write_picture(file, 201)
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert file.stat().st_size == status.st_size
    assert archive.index([scans]).indexed == 0
    assert archive.index([scans], checksum=True).indexed == 1


def test_a_bad_file_is_a_failure_with_cause_and_advice_and_the_run_goes_on(
    open_archive: Opening, scans: Path
) -> None:
    (scans / "broken.jpg").write_bytes((scans / "F1" / "001.jpg").read_bytes()[:300])
    (scans / "empty.tif").touch()
    archive = open_archive()
    report = archive.index([scans])
    assert (report.indexed, report.failed) == (12, 2)
    for failure in report.failures:
        assert failure.path.name in {"broken.jpg", "empty.tif"}
        assert failure.cause.endswith(".")
        assert failure.advice.endswith(".")
    assert [f.path for f in archive.failures()] == sorted(f.path for f in report.failures)
    assert archive.verify()[1] == []
    again = archive.index([scans])
    assert (again.unchanged, again.failed) == (12, 2), "what failed is tried again"
    assert len(archive.failures()) == 2


def test_a_mended_file_is_no_failure_any_more(open_archive: Opening, scans: Path) -> None:
    file = scans / "broken.png"
    file.write_bytes(b"nothing")
    archive = open_archive()
    archive.index([scans])
    write_picture(file, 300)
    assert archive.index([scans]).indexed == 1
    assert archive.failures() == []


def test_pages_of_a_file_are_photos_of_their_own(open_archive: Opening, tmp_path: Path) -> None:
    pages = [Image.new("RGB", (80, 60), colour) for colour in ("red", "green", "blue")]
    file = tmp_path / "scans" / "pages.tif"
    file.parent.mkdir()
    pages[0].save(file, save_all=True, append_images=pages[1:])
    archive = open_archive()
    assert archive.index([file.parent]).indexed == 3
    found = {(hit.path.name, hit.page) for hit in archive.search("x").hits}
    assert found == {("pages.tif", 1), ("pages.tif", 2), ("pages.tif", 3)}


def test_another_model_is_a_generation_of_its_own(
    open_archive: Opening, scans: Path, other_model: str
) -> None:
    archive = open_archive()
    archive.index([scans])
    other = open_archive(model=other_model)
    partly = other.index([scans / "F0"])
    assert not partly.activated
    assert archive.status()["generation"]["number"] == 1
    assert len(other.search("x", 50).hits) == 6
    assert other.index([scans]).activated
    assert archive.status()["generation"]["number"] == 2
    assert archive.verify()[1] == []


def test_progress_is_reported(open_archive: Opening, scans: Path) -> None:
    seen: list[Progress] = []
    open_archive().index([scans], report=seen.append)
    assert seen[-1].done == seen[-1].total == 12
    assert [p.done for p in seen] == sorted(p.done for p in seen)


def test_the_archive_inside_the_scans_is_not_indexed(
    open_archive: Opening, scans: Path, tmp_path: Path
) -> None:
    archive = open_archive()
    archive.index([scans])
    archive.thumbnail(archive.search("x").hits[0].photo)
    assert archive.index([tmp_path]).seen == 12


def test_a_missing_folder_or_unknown_model_makes_nothing(
    open_archive: Opening, scans: Path, tmp_path: Path
) -> None:
    with pytest.raises(UnknownModel, match="no model named nonsense"):
        open_archive(model="nonsense")
    assert not (tmp_path / "archive").exists()
    archive = open_archive()
    with pytest.raises(PathMissing, match="nowhere"):
        archive.index([scans, tmp_path / "nowhere"])
    assert archive.status()["photos"] == 0


def test_a_second_writer_is_refused_at_once(open_archive: Opening, scans: Path) -> None:
    first, second = open_archive(), open_archive()
    refused: list[str] = []

    def try_second(progress: Progress) -> None:
        if not refused:
            with pytest.raises(ArchiveLocked) as error:
                second.index([scans])
            refused.append(error.value.what)

    first.index([scans], report=try_second)
    assert "Another run" in refused[0]
    assert second.index([scans]).unchanged == 12
