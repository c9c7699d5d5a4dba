"""The power goes: at any instant, what was committed stays and the next run completes the rest."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from archive_ai.archive import Archive
from archive_ai.archive import generation as generation_module
from archive_ai.catalogue.files import Files
from archive_ai.catalogue.generations import Generations
from archive_ai.encoders import onnx as onnx_module
from archive_ai.indexing import run as run_module
from archive_ai.vectors.segments import SegmentWriter
from made_scans import write_picture

Opening = Callable[..., Archive]


class PowerCutError(BaseException):
    """Stands for the end of the process: nothing catches it."""


def test_kill_9_in_the_middle_of_indexing_then_again(
    tmp_path: Path, tiny_model: str, open_archive: Opening
) -> None:
    scans = tmp_path / "scans"
    for number in range(400):
        write_picture(scans / f"{number:04d}.tif", number, size=(900, 700))
    archive = tmp_path / "archive"
    command = [sys.executable, "-m", "archive_ai", "index", str(scans), "--workers", "1"]
    command += ["--archive", str(archive), "--model", tiny_model]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while _vectors(archive) == 0 and process.poll() is None and time.monotonic() < deadline:
        pass
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    before = _vectors(archive)
    assert 0 < before < 400, "the kill came too early or too late to mean anything"

    opened = open_archive()
    report = opened.index([scans])
    assert report.indexed == 400 - before
    assert opened.verify() == ({"photos": 400, "generations": 1, "vectors": 400}, [])
    assert len(opened.search("Kirche", 500).hits) == 400


def _vectors(archive: Path) -> int:
    try:
        with sqlite3.connect(f"file:{archive / 'catalogue.sqlite'}?mode=ro", uri=True) as database:
            count = database.execute("SELECT count(*) FROM vector").fetchone()[0]
        database.close()
    except sqlite3.OperationalError:
        return 0
    return int(count)


def _write_photo_by_photo(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_module, "PHOTOS_A_COMMIT", 1)
    monkeypatch.setattr(run_module, "FILES_A_CHUNK", 1)
    monkeypatch.setattr(onnx_module, "IMAGES_A_CALL", 1)


def _cut(
    monkeypatch: pytest.MonkeyPatch, owner: object, name: str, after: bool, times: int = 1
) -> None:
    """Let the power go before or after the call of ``owner.name`` that is number ``times``."""
    original = getattr(owner, name)
    calls = [0]

    def cut(*arguments: object, **named: object) -> object:
        calls[0] += 1
        if calls[0] == times and not after:
            raise PowerCutError
        result = original(*arguments, **named)
        if calls[0] == times:
            raise PowerCutError
        return result

    monkeypatch.setattr(owner, name, cut)


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize(
    ("owner", "name"),
    [
        (SegmentWriter, "append"),
        (Files, "record"),
        (SegmentWriter, "seal"),
        (generation_module, "write_manifest"),
        (generation_module, "write_background"),
        (Generations, "commit"),
    ],
)
def test_a_power_cut_at_each_durable_step_loses_nothing(
    owner: object,
    name: str,
    after: bool,
    open_archive: Opening,
    scans: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _write_photo_by_photo(monkeypatch)
    archive = open_archive()
    archive.index([scans / "F0"])
    with monkeypatch.context() as power:
        _cut(power, owner, name, after)
        with pytest.raises(PowerCutError):
            open_archive().index([scans])
    reopened = open_archive(model=None)
    rules = {problem.rule for problem in reopened.verify()[1]}
    assert rules <= {"S1", "S2"}, "a cut may leave work undone, never a must broken"
    assert len(reopened.search("Kirche", 50).hits) >= 6
    reopened.index([scans])
    assert reopened.verify() == ({"photos": 12, "generations": 1, "vectors": 12}, [])
    assert len(reopened.search("Kirche", 50).hits) == 12
    folder = reopened.settings.archive / "generations" / "1"
    assert sum(path.stat().st_size for path in folder.glob("*.ids")) == 12 * 22
    assert len(list(folder.glob("manifest-*.json"))) <= 2, "the committed one, the one before"


def test_a_torn_row_of_an_open_segment_is_cut_off(
    open_archive: Opening, scans: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as power:
        _cut(power, SegmentWriter, "seal", after=False)
        with pytest.raises(PowerCutError):
            open_archive().index([scans])
    archive = open_archive()
    folder = archive.settings.archive / "generations" / "1"
    for path in folder.glob("segment-*"):
        with path.open("ab") as file:
            file.write(b"torn")
    archive.index([scans])
    assert archive.verify()[1] == []


def test_interrupt_keeps_what_was_done(
    open_archive: Opening, scans: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write_photo_by_photo(monkeypatch)

    def stop(progress: object) -> None:
        if getattr(progress, "done", 0) >= 4:
            raise KeyboardInterrupt

    archive = open_archive()
    with pytest.raises(KeyboardInterrupt):
        archive.index([scans], report=stop)
    assert 0 < archive.index([scans]).indexed < 12
    assert archive.verify()[1] == []
