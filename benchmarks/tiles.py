"""Seconds of a processor, bytes and memory that the tiles of a large scan take, by kind of file.

Pictures are drawn: streets of patches with the grain of a photograph, 8000 x 6000 unless ``--size``
says otherwise. Each kind is cut in a process of its own, so that its peak of memory is its own; the
file was just written, so that no disk is waited for. ``python benchmarks/tiles.py``.
"""

from __future__ import annotations

import argparse
import re
import tempfile
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from PIL import Image

from archive_ai.images import Layout, write_tiles

Size = tuple[int, int]
GRAIN = 6.0
"""Standard deviation of the grain, in grey levels."""


def drawn(size: Size) -> Image.Image:
    """Draw a picture in which there is something to see at every scale."""
    random = np.random.default_rng(1)
    sheet = np.zeros((size[1], size[0], 3), np.float32)
    for cells, weight in ((6, 0.6), (60, 0.3), (600, 0.1)):
        small = random.integers(0, 256, (cells, cells, 3), dtype=np.uint8)
        large = Image.fromarray(small).resize(size, Image.Resampling.BICUBIC)
        sheet += weight * np.asarray(large, np.float32)
    sheet += random.standard_normal(sheet.shape[:2], np.float32)[..., None] * GRAIN
    return Image.fromarray(np.clip(sheet, 0, 255).astype(np.uint8))


def as_jpeg(picture: Image.Image, path: Path) -> None:
    """Save as a scanner's JPEG."""
    picture.save(path, "JPEG", quality=92)


def as_tiff(picture: Image.Image, path: Path) -> None:
    """Save as a TIFF that is not compressed."""
    picture.save(path, "TIFF")


def as_deflated_tiff(picture: Image.Image, path: Path) -> None:
    """Save as a compressed TIFF."""
    picture.save(path, "TIFF", compression="tiff_deflate")


def as_deep_tiff(picture: Image.Image, path: Path) -> None:
    """Save as a grey TIFF of 16 bits."""
    Image.fromarray(np.asarray(picture.convert("L"), np.uint16) * 257).save(path, "TIFF")


KINDS: Mapping[str, Callable[[Image.Image, Path], None]] = {
    "JPEG": as_jpeg,
    "TIFF": as_tiff,
    "TIFF, deflate": as_deflated_tiff,
    "TIFF, grey, 16 bits": as_deep_tiff,
}


def cut(path: Path, size: Size) -> tuple[float, int, float]:
    """Make the tiles; return seconds of a processor, bytes, and megabytes that the process grew by
    at its peak (Linux).
    """
    target = path.with_suffix(".tiles")
    start, before = time.process_time(), _peak()
    with target.open("wb") as file:
        write_tiles(path, 1, size, file)
    return time.process_time() - start, target.stat().st_size, _peak() - before


def _peak() -> float:
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text("utf-8"))
    return int(found[1]) / 1000 if found else 0.0


def main() -> None:
    """Print a row for each kind."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, nargs=2, default=(8000, 6000))
    size: Size = tuple(parser.parse_args().size)
    picture = drawn(size)
    print(f"{size[0]} x {size[1]} pixels, {Layout(size).count} tiles")
    print("| file | megabytes | seconds of a processor | megabytes of tiles | of memory |")
    print("|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for number, (kind, save) in enumerate(KINDS.items()):
            path = Path(folder) / f"{number}.picture"
            save(picture, path)
            with ProcessPoolExecutor(1, get_context("spawn")) as pool:
                seconds, made, peak = pool.submit(cut, path, size).result()
            megabytes = path.stat().st_size / 1e6
            print(f"| {kind} | {megabytes:.0f} | {seconds:.1f} | {made / 1e6:.1f} | {peak:.0f} |")


if __name__ == "__main__":
    main()
