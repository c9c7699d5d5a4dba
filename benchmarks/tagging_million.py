"""A million vectors against two hundred concepts: time and memory of scoring alone."""

from __future__ import annotations

import resource
import time

import numpy as np
from numpy.typing import NDArray

from archive_ai.domain import Calibration, ConceptCalibration
from archive_ai.tagging.bulk import detectors, suggested_blocks
from archive_ai.tagging.consistency import Structure

Vectors = NDArray[np.float32]

MILLION, MANY = 1_000_000, 200


class ManyVectors:
    """A million rows that are one block again and again, stored as float16 like an archive's."""

    fingerprint, generation, photos = "synthetic", 1, range(MILLION)

    def __init__(self, width: int) -> None:
        dice = np.random.default_rng(1)
        rows = dice.standard_normal((65_536, width), np.float32)
        self._rows = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float16)

    def block(self, start: int, stop: int) -> Vectors:
        """Return rows ``start`` to ``stop``."""
        rows: Vectors = self._rows[np.arange(start, stop) % len(self._rows)].astype(np.float32)
        return rows


def million(width: int) -> None:
    """1,000,000 x 200: scores, probabilities, hierarchy, one facet, the ten best a photo."""
    index = ManyVectors(width)
    dice = np.random.default_rng(2)
    anchors = dice.standard_normal((MANY, width), np.float32)
    anchors /= np.float32(32)
    direction = tuple(dice.standard_normal(width).tolist())
    concepts = tuple(
        ConceptCalibration(f"c{k}", 60.0, -3.0, 0.2, 0.05, direction if k % 4 == 0 else ())
        for k in range(MANY)
    )
    links = tuple((child, child // 4) for child in range(MANY - 1, 20, -1))
    found = detectors(
        Calibration("synthetic", "s", "1", concepts),
        anchors,
        Structure(links, (tuple(range(20)),)),
    )
    before, start, cpu = _peak(), time.perf_counter(), time.process_time()
    peaks, count = [], 0
    for block in suggested_blocks(index, found):  # type: ignore[arg-type]  # rows as numbers
        count += len(block.rows)
        peaks.append(_peak())
    print(
        f"{MILLION} x {MANY}: {time.perf_counter() - start:.0f} s, "
        f"{time.process_time() - cpu:.0f} CPU s, {count} suggestions; peak memory "
        f"{before:.0f} MiB before, {peaks[0]:.0f} after one block, {peaks[-1]:.0f} at the end"
    )


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
