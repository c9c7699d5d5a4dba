"""Over a thousand odd, rare and broken files from the test suites of others."""

from __future__ import annotations

import json
import subprocess
import sys
import tarfile
from collections import Counter
from pathlib import Path

import pytest

MATERIAL = Path(__file__).parents[3] / "shared" / "robustness" / "images.tar"
MOST_SECONDS = 300

PROGRAM = """
import json, sys
from pathlib import Path
import numpy as np
from archive_ai.domain import Preprocessing
from archive_ai.errors import UnreadablePicture
from archive_ai.images import PictureReader, thumbnail

def outcomes(path):
    if not reader.reads(path):
        yield "ignored", "", ""
        return
    try:
        pages = reader.pages(path)
    except UnreadablePicture as error:
        yield "refused", error.what, error.advice
        return
    for page in range(1, min(pages, 20) + 1):
        try:
            picture = reader.read(path, page, Preprocessing(size=64))
            pixels = picture.pixels
            assert pixels.shape == (64, 64, 3) and pixels.dtype == np.uint8
            assert pixels.flags.c_contiguous and picture.width > 0 and picture.height > 0
            assert thumbnail(path, page, 64).startswith(b"\\xff\\xd8")
            yield "picture", "", ""
        except UnreadablePicture as error:
            yield "refused", error.what, error.advice

reader = PictureReader()
for path in sorted(Path(sys.argv[1]).rglob("*")):
    if path.is_file():
        print(json.dumps({"path": str(path)}), flush=True)
        for outcome in outcomes(path):
            print(json.dumps({"path": str(path), "outcome": outcome}), flush=True)
"""


@pytest.mark.material
@pytest.mark.skipif(
    not MATERIAL.exists(), reason="the robustness material is not beside the checkout"
)
def test_every_odd_file_is_a_picture_a_refusal_or_ignored(tmp_path: Path) -> None:
    with tarfile.open(MATERIAL) as archive:
        archive.extractall(tmp_path, filter="data")
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", PROGRAM, str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=MOST_SECONDS,
        check=False,
    )
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    last = lines[-1]["path"] if lines else "nothing"
    assert done.returncode == 0, f"ended with {done.returncode} at {last}: {done.stderr[-2000:]}"
    assert done.stderr == ""
    outcomes = [(line["path"], *line["outcome"]) for line in lines if "outcome" in line]
    files = {path for path, *_ in outcomes}
    assert len(files) == sum(1 for path in tmp_path.rglob("*") if path.is_file())
    for path, outcome, what, advice in outcomes:
        if outcome == "refused":
            assert Path(path).name in what
            assert what.endswith(".")
            assert advice.endswith(".")
    counted = Counter(outcome for _, outcome, *_ in outcomes)
    assert counted["picture"] > 600, counted
