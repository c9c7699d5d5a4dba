"""How fast scans become vectors and words become hits, as CPU seconds and shares of the limit.

Run with ``make bench``. Every figure is of one process and one worker, in CPU time, so that other
work on the machine disturbs it little; compare figures of one run only.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from archive_ai.archive import Archive, load
from archive_ai.encoders.opening import open_encoder
from archive_ai.errors import UnreadablePicture
from archive_ai.images import PictureReader
from archive_ai.sample import draw_archive
from archive_ai.settings import BUNDLED_MODEL, bundled

QUERIES = ("Kirche", "Brücke über den Fluss", "steam locomotive at a station", "Markt") * 25


def cpu_seconds(work: Callable[[], object]) -> float:
    """Return the processor time that ``work`` takes, all threads together."""
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", type=Path, help="a folder of scans; default: drawn ones")
    parser.add_argument("--model", default=BUNDLED_MODEL)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = options.pictures or Path(name) / "pictures"
        if options.pictures is None:
            drawing = cpu_seconds(lambda: draw_archive(folder))
            print(f"drawing the sample archive: {drawing:.1f} CPU s")
        measure(folder, Path(name) / "archive", options.model)


def measure(folder: Path, archive: Path, model: str) -> None:
    """Print decoding alone, encoding alone, and the whole way with its share of their sum."""
    reader, encoder = PictureReader(), open_encoder(model, bundled("models"))
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file() and reader.reads(path)]
    pixels: list[np.ndarray] = []

    def decode() -> None:
        for path in paths:
            try:
                for page in range(1, reader.pages(path) + 1):
                    pixels.append(reader.read(path, page, encoder.card.preprocessing).pixels)
            except UnreadablePicture:
                continue

    decoding = cpu_seconds(decode)
    batch = np.stack(pixels)
    encoder.encode_images(batch[:1])
    encoding = cpu_seconds(lambda: encoder.encode_images(batch))
    with Archive.create(load(archive=archive, model=model, workers=1)) as opened:
        whole = cpu_seconds(lambda: opened.index([folder]))
        opened.search("warm")
        asking = cpu_seconds(lambda: [opened.search(query) for query in QUERIES])
    count = len(pixels)
    for what, seconds in (("decode", decoding), ("encode", encoding), ("index", whole)):
        print(f"{what:8s}{count / seconds:8.1f} pictures per CPU second ({count} pictures)")
    print(f"index is at {(decoding + encoding) / whole:.0%} of decode and encode alone")
    print(f"search  {1000 * asking / len(QUERIES):8.1f} CPU ms a query")


if __name__ == "__main__":
    main()
