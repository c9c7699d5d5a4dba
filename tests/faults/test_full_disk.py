"""The disk is full: one sentence, nothing half-done, and the next run completes the rest."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from archive_ai.archive import Archive
from made_scans import write_picture


@pytest.mark.parametrize("largest_file", [10_000, 90_000, 150_000, 200_000])
def test_a_full_disk_is_one_sentence_and_loses_nothing(
    largest_file: int, tmp_path: Path, tiny_model: str, open_archive: Callable[..., Archive]
) -> None:
    scans = tmp_path / "scans"
    for number in range(300):
        write_picture(scans / f"{number:04d}.png", number, size=(64, 64))
    program = "from archive_ai.indexing import run; run.PHOTOS_A_COMMIT = 16\n"
    program += "from archive_ai.cli import main; main()"
    arguments = ["index", str(scans), "--model", tiny_model, "--archive", str(tmp_path / "archive")]
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        capture_output=True,
        text=True,
        # No file may grow beyond this, as if the disk had no more room.
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file)),
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert done.stderr.count("Error: ") == 1
    assert "Traceback" not in done.stderr
    archive = open_archive()
    assert {problem.rule for problem in archive.verify()[1]} <= {"S1", "S2"}
    archive.index([scans])
    assert archive.verify() == ({"photos": 300, "generations": 1, "vectors": 300}, [])
