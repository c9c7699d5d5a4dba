"""One worker's share of an indexing run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from archive_ai.archive import Archive
from archive_ai.domain import FileState, FoundFile
from archive_ai.images import embedded_record, measure_picture
from archive_ai.indexing.discover import discover
from archive_ai.indexing.encode import EncodeFiles, Look


def test_a_file_that_went_away_since_the_walk_is_a_failure(
    open_archive: Callable[..., Archive], scans: Path
) -> None:
    archive = open_archive()
    archive.index([scans])
    opened, encoder = archive._opener.open()
    work = EncodeFiles(
        archive._reader,
        Look(measure_picture, embedded_record),
        encoder,
        archive._files,
        opened.index.generation,
    )
    gone = FoundFile(scans / "gone.png", 10, 10)
    here = scans / "F0" / "000.png"
    kept = FoundFile(here, here.stat().st_size, here.stat().st_mtime_ns)
    result = work([gone, kept])
    assert [(file.path, file.state) for file in result.files] == [
        (gone.path, FileState.FAILED),
        (kept.path, FileState.PRESENT),
    ]
    assert "No such file" in result.failures[0].cause
    assert result.vectors == []


def test_a_walk_names_what_it_cannot_take(tmp_path: Path) -> None:
    import os

    (tmp_path / ".hidden.png").touch()
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "a.png").touch()
    (tmp_path / "link.png").symlink_to(tmp_path / "nowhere.png")
    (tmp_path / "file.png").touch()
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/bad-\xff.png")).touch()
    found = discover([tmp_path, tmp_path / "file.png"], lambda path: True, [tmp_path / "archive"])
    assert [file.path.name for file in found.files] == ["file.png"]
    assert found.ignored == 1
    assert {failure.path.name: failure.cause for failure in found.failures} == {
        "link.png": "The link leads nowhere.",
        "bad-\\xff.png": "The file's name is not valid UTF-8.",
    }
