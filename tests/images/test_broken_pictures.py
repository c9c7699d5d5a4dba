"""What cannot be read is told in two sentences, and nothing else ever comes out."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_pictures import SQUARE, scene, tiff_bytes
from PIL import Image

from archive_ai.errors import UnreadablePicture
from archive_ai.images import PictureReader, thumbnail

TINY = np.zeros((4, 4), np.uint8)
ENDINGS = ["jpg", "tif", "png", "gif", "bmp", "webp", "jp2", "ppm"]


def refusal(reader: PictureReader, path: Path) -> UnreadablePicture:
    with pytest.raises(UnreadablePicture) as caught:
        reader.read(path, 1, SQUARE)
    error = caught.value
    assert error.what.endswith(".")
    assert error.advice.endswith(".")
    with pytest.raises(UnreadablePicture):
        thumbnail(path, 1, 100)
    return error


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("share", [0.9, 0.5, 0.1])
def test_what_is_cut_off_is_no_picture(
    reader: PictureReader, tmp_path: Path, ending: str, share: float
) -> None:
    path = tmp_path / f"half.{ending}"
    scene().save(path)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    assert path.name in refusal(reader, path).what


@pytest.mark.parametrize("ending", [*ENDINGS, "heic", "psd"])
@pytest.mark.parametrize("content", [b"", b"no picture at all", b"\0" * 5000, b"\xff\xd8\xff"])
def test_rubbish_under_a_picture_s_name(
    reader: PictureReader, tmp_path: Path, ending: str, content: bytes
) -> None:
    path = tmp_path / f"rubbish.{ending}"
    path.write_bytes(content)
    error = refusal(reader, path)
    assert path.name in error.what
    assert ("empty" in error.what) == (not content)


def test_a_jpeg_that_was_closed_after_a_loss(reader: PictureReader, tmp_path: Path) -> None:
    path = tmp_path / "closed.jpg"
    scene(1600, 1200).save(path, quality=90)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2] + b"\xff\xd9")
    refusal(reader, path)


def test_a_jpeg_with_a_white_border_is_fine(reader: PictureReader, tmp_path: Path) -> None:
    path = tmp_path / "border.jpg"
    sheet = Image.new("RGB", (500, 500), "white")
    sheet.paste(scene(300, 200), (100, 100))
    sheet.save(path)
    assert reader.read(path, 1, SQUARE).width == 500


def test_nobody_may_read_it_or_it_is_gone(
    reader: PictureReader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone.jpg"
    assert "not there" in refusal(reader, gone).what
    folder = tmp_path / "folder.jpg"
    folder.mkdir()
    assert "not an ordinary file" in refusal(reader, folder).what
    locked = tmp_path / "locked.jpg"
    scene().save(locked)
    locked.chmod(0)
    if os.access(locked, os.R_OK):  # root may read everything

        def refuse(*args: object, **options: object) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "open", refuse)
    assert "may not be read" in refusal(reader, locked).what


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_not_waited_for(reader: PictureReader, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.jpg"
    os.mkfifo(pipe)
    assert "not an ordinary file" in refusal(reader, pipe).what


def test_bombs_are_refused_before_they_go_off(reader: PictureReader, tmp_path: Path) -> None:
    bitmap = tmp_path / "bomb.bmp"
    Image.new("L", (4, 4)).save(bitmap)
    content = bytearray(bitmap.read_bytes())
    content[18:26] = struct.pack("<ii", 60_000, 60_000)
    bitmap.write_bytes(content)
    error = refusal(reader, bitmap)
    assert "60000 x 60000 pixels" in error.what
    assert "TIFF" in error.advice
    tiff = tmp_path / "bomb.tif"
    pixels = bytearray(tiff_bytes([(TINY, {})]))
    for tag in (256, 257):
        at = pixels.index(struct.pack("<HHI", tag, 4, 1)) + 8
        pixels[at : at + 4] = struct.pack("<I", 400_000)
    tiff.write_bytes(pixels)
    refusal(reader, tiff)


def test_what_has_no_decoder_says_so(reader: PictureReader, tmp_path: Path) -> None:
    path = tmp_path / "new.jxl"
    path.write_bytes(b"\xff\x0a" + b"\0" * 100)
    assert reader.pages(path) == 1
    assert "no decoder" in refusal(reader, path).what


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_damage_of_any_kind_is_a_picture_or_a_refusal(
    reader: PictureReader, tmp_path: Path, data: st.DataObject
) -> None:
    ending = data.draw(st.sampled_from(ENDINGS))
    path = tmp_path / f"whole.{ending}"
    if not path.exists():
        scene(60, 40).save(path)
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    damaged = tmp_path / f"damaged.{ending}"
    damaged.write_bytes(content)
    try:
        for page in range(1, min(reader.pages(damaged), 3) + 1):
            assert reader.read(damaged, page, SQUARE).pixels.shape == (64, 64, 3)
    except UnreadablePicture as error:
        assert error.what
        assert error.advice


def test_nothing_is_printed_about_odd_files(tmp_path: Path) -> None:
    scene().save(tmp_path / "a.png")
    content = (tmp_path / "a.png").read_bytes()
    (tmp_path / "b.png").write_bytes(content[:2000])
    (tmp_path / "c.tif").write_bytes(tiff_bytes([(TINY, {40_000: (3, 7)})]))
    (tmp_path / "d.tif").write_bytes(tiff_bytes([(TINY, {258: (3, 77)})]))
    program = (
        "import sys; from pathlib import Path\n"
        "from archive_ai.domain import Preprocessing\n"
        "from archive_ai.errors import UnreadablePicture\n"
        "from archive_ai.images import PictureReader\n"
        "reader = PictureReader()\n"
        "for path in sorted(Path(sys.argv[1]).iterdir()):\n"
        "    try: reader.read(path, 1, Preprocessing(size=32))\n"
        "    except UnreadablePicture: pass\n"
        "assert 'torch' not in sys.modules\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
