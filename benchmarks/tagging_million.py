"""A million vectors against two hundred concepts: time and memory of scoring, and of storing."""

from __future__ import annotations

import resource
import tempfile
import time
from collections import deque
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import insert

from archive_ai.catalogue import schema
from archive_ai.catalogue.database import now, open_database, prepare
from archive_ai.catalogue.runs import Runs
from archive_ai.domain import Calibration, Concept, PhotoId, Scheme, TaggingRun, silent
from archive_ai.tagging.probabilities import Structure, structure_of
from archive_ai.tagging.suggest import scored, suggest

Vectors = NDArray[np.float32]

MILLION, MANY, FACET, TOP = 1_000_000, 200, 20, 10


class ManyVectors:
    """A million rows that are one block again and again, stored as float16 like an archive's."""

    fingerprint, generation = "0" * 16, 1

    def __init__(self, width: int) -> None:
        dice = np.random.default_rng(1)
        rows = dice.standard_normal((65_536, width), np.float32)
        self._rows = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float16)
        self.photos = [PhotoId(f"p_{number:020d}") for number in range(MILLION)]

    def block(self, start: int, stop: int) -> Vectors:
        """Return rows ``start`` to ``stop``."""
        rows: Vectors = self._rows[np.arange(start, stop) % len(self._rows)].astype(np.float32)
        return rows


def million(width: int) -> None:
    """1,000,000 x 200: log-odds, probabilities, hierarchy, one facet; the ten best kept."""
    index = ManyVectors(width)
    dice = np.random.default_rng(2)
    concepts = tuple(
        Concept(
            f"c{k}",
            f"c{k}",
            {"de": f"c{k}"},
            facet="kind-of-picture" if k < FACET else "things",
            broader=(f"c{k // 4}",) if k > FACET else (),
        )
        for k in range(MANY)
    )
    directions = dice.standard_normal((MANY, width), np.float32)
    calibration = Calibration(
        index.fingerprint,
        tuple(one.id for one in concepts),
        directions,
        np.full(MANY, 0.0, np.float32),
        np.full(MANY, 0.0, np.float32),  # whatever the probability: ten of each photo
    )
    structure = structure_of(concepts, concepts)
    start, cpu, before = time.perf_counter(), time.process_time(), _peak()
    deque(scored(calibration, structure, index, silent), maxlen=0)  # type: ignore[arg-type]  # no search here
    _say("scored", start, cpu, before)
    start, cpu, before = time.perf_counter(), time.process_time(), _peak()
    made = suggest(calibration, structure, index, [], silent)  # type: ignore[arg-type]  # as above
    count = sum(1 for _ in made)
    _say(f"scored, {count} suggestions made", start, cpu, before)
    with tempfile.TemporaryDirectory() as folder:
        _store(Path(folder), index, Scheme("s", "s", "1" * 12, concepts), (calibration, structure))


def _store(
    folder: Path, index: ManyVectors, scheme: Scheme, how: tuple[Calibration, Structure]
) -> None:
    path = folder / "catalogue.sqlite"
    engine = open_database(path)
    prepare(engine, path)
    with engine.begin() as connection:
        connection.execute(
            insert(schema.generation),
            {
                "number": 1, "fingerprint": index.fingerprint, "card": {}, "manifest": "",
                "manifest_sha256": "", "active": 1, "created_at": now(),
            },
        )  # fmt: skip
        for first in range(0, MILLION, 50_000):
            connection.execute(
                insert(schema.photo),
                [
                    {"id": one, "sha256": "", "page": 1, "width": 1, "height": 1, "format": "jpeg"}
                    for one in index.photos[first : first + 50_000]
                ],
            )
    run = TaggingRun(0, 1, index.fingerprint, "m", "s", scheme.version, "", 0.0, now(), 0)
    start, cpu, before = time.perf_counter(), time.process_time(), _peak()
    made = suggest(how[0], how[1], index, [], silent)  # type: ignore[arg-type]  # as above
    written = Runs(engine).write_run(run, scheme, made)
    _say(f"scored, made and stored, {written.suggestions} rows", start, cpu, before)
    print(f"catalogue: {path.stat().st_size / 2**20:.0f} MiB")
    engine.dispose()


def _say(what: str, start: float, cpu: float, before: float) -> None:
    print(
        f"{MILLION} x {MANY} {what}: {time.perf_counter() - start:.0f} s, "
        f"{time.process_time() - cpu:.0f} CPU s; peak memory {before:.0f} MiB before, "
        f"{_peak():.0f} after",
        flush=True,
    )


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
