"""The map of the archive: drawn when somebody asks for it, added to by every index run.

It lies beside the vectors of a generation and can be drawn again. It is drawn of all photos; who
may see which of its points is decided elsewhere: see :mod:`archive_ai.archive.map_points`.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from archive_ai.archive.folder import Folder
from archive_ai.archive.generation import OpenGeneration
from archive_ai.archive.opening import Opener
from archive_ai.catalogue.database import now
from archive_ai.domain import Generation, PhotoMap, Placing, Progress, ReportProgress, silent
from archive_ai.errors import NothingIndexed
from archive_ai.searching.projecting import FEWEST_TO_LEARN, draw, landmarks_of, place
from archive_ai.vectors.index import ExactIndex
from archive_ai.vectors.maps import Part, extend_map, newest_map, read_map, write_map
from archive_ai.vectors.projection import EARLY, LATE, FlatLandmarks

AT_ONCE = 2048
"""Photos that are placed in one step."""

GROWN = 4
"""A map of which the archive has grown to more than so many times is to be drawn anew."""

Step = Callable[[], None]


class ArchiveMap:
    """The maps of one archive's generations; methods may be called from several threads."""

    def __init__(self, folder: Folder, opener: Opener) -> None:
        self._folder = folder
        self._opener = opener
        self._read: tuple[object, PhotoMap | None] | None = None
        self._lock = Lock()

    def draw(self, again: bool = False, report: ReportProgress = silent) -> dict[str, Any]:
        """Draw the map of what answers; where there is one, place what is not on it yet.

        ``again`` lays it out anew. Returns the JSON that scripts rely on. Raises NothingIndexed,
        ArchiveLocked.
        """
        start = time.perf_counter()
        with self._folder.writing():
            opened, _ = self._opener.open()
            known = None if again else self.of(opened.generation)
            if known is None:
                self._draw(opened, report)
            else:
                self._extend(opened, known, report)
            drawn = self.of(opened.generation)
        if drawn is None:
            raise NothingIndexed("Nothing is indexed.", "Index a folder: archive-ai index FOLDER.")
        seconds = round(time.perf_counter() - start, 3)
        named = {"generation": opened.generation.number, **_figures(drawn)}
        return named | {"drawn": known is None, "seconds": seconds}

    def refresh(self, opened: OpenGeneration) -> None:
        """Place what a generation has more than its map; one that is damaged is drawn anew.

        Where no map was drawn, nothing happens.
        """
        if newest_map(self._folder.generation(opened.generation.number)) is None:
            return
        known = self.of(opened.generation)
        # Nothing must fail because a map cannot be kept: it can be drawn again.
        with suppress(OSError):
            if known is None:
                self._draw(opened, silent)
            else:
                self._extend(opened, known, silent)

    def of(self, generation: Generation) -> PhotoMap | None:
        """Return the map of a generation; None where there is none that is whole."""
        path = self._folder.generation(generation.number)
        while True:
            named = newest_map(path)
            state = (generation.number, generation.card.fingerprint, named)
            with self._lock:
                if self._read is None or self._read[0] != state:
                    self._read = state, read_map(path, generation.card.fingerprint)
                found = self._read[1]
            # Another process may have drawn it anew meanwhile, and removed what was named.
            if found is not None or newest_map(path) == named:
                return found

    def figures(self) -> dict[str, Any] | None:
        """Return what ``status`` says of the map of what answers; None where there is none."""
        try:
            found = self.of(self._opener.generation())
        except NothingIndexed:
            return None
        return _figures(found) if found else None

    def _draw(self, opened: OpenGeneration, report: ReportProgress) -> None:
        index = opened.index
        rows = landmarks_of(len(index.photos))
        others = np.setdiff1d(np.arange(len(index.photos)), rows, assume_unique=True)
        learning = EARLY + LATE if len(rows) >= FEWEST_TO_LEARN else 0
        total = learning + -(-len(others) // AT_ONCE)

        def tell(done: int, _total: int) -> None:
            report(Progress("map", done, total))

        vectors, ids = index.at(rows), index.ids[rows]
        landmarks = FlatLandmarks(vectors)
        learned = draw(vectors, ids, landmarks, tell)
        parts: list[Part] = [(Placing.LEARNED, ids, learned)]
        if len(others):
            steps = _Steps(report, learning, total)
            placed = _place(index, others, landmarks, learned, steps)
            parts.append((Placing.PLACED, index.ids[others], placed))
        path = self._folder.generation(opened.generation.number)
        write_map(path, opened.generation.card.fingerprint, now(), parts)

    def _extend(self, opened: OpenGeneration, known: PhotoMap, report: ReportProgress) -> None:
        index = opened.index
        fresh = np.flatnonzero(~np.isin(index.ids, known.photos, assume_unique=True))
        if not len(fresh):
            return
        learned = known.placings == Placing.LEARNED
        ids, positions = known.photos[learned], known.positions[learned]
        held = np.isin(ids, index.ids, assume_unique=True)
        if not held.any():  # as after a catalogue was restored, or where nothing was there to draw
            self._draw(opened, report)
            return
        rows = np.searchsorted(index.ids, ids[held])
        steps = _Steps(report, 0, -(-len(fresh) // AT_ONCE))
        landmarks = FlatLandmarks(index.at(rows))
        placed = _place(index, fresh, landmarks, positions[held], steps)
        path = self._folder.generation(opened.generation.number)
        extend_map(path, known, (Placing.ADDED, index.ids[fresh], placed))


class _Steps:
    """Reports one step after the other."""

    def __init__(self, report: ReportProgress, done: int, total: int) -> None:
        self._report = report
        self._done = done
        self._total = total

    def __call__(self) -> None:
        self._done += 1
        self._report(Progress("map", self._done, self._total))


def _place(
    index: ExactIndex,
    rows: NDArray[np.int64],
    landmarks: FlatLandmarks,
    positions: NDArray[np.float32],
    step: Step,
) -> NDArray[np.float32]:
    """Place rows of an index among landmarks, a block after the other."""
    found = np.empty((len(rows), 2), np.float32)
    for start in range(0, len(rows), AT_ONCE):
        some = rows[start : start + AT_ONCE]
        found[start : start + AT_ONCE] = place(
            index.at(some), index.ids[some], landmarks, positions
        )
        step()
    return found


def is_stale(placings: NDArray[np.uint8]) -> bool:
    """Tell whether most of so placed photos came after the map was drawn."""
    return bool(len(placings) > GROWN * np.count_nonzero(placings != Placing.ADDED))


def share_placed(placings: NDArray[np.uint8]) -> float:
    """Return the share of photos that no layout was learned from."""
    placed = int(np.count_nonzero(placings != Placing.LEARNED))
    return round(placed / len(placings), 4) if len(placings) else 0.0


def _figures(found: PhotoMap) -> dict[str, Any]:
    return {
        "drawn_at": found.drawn_at,
        "photos": len(found.photos),
        "landmarks": int(np.count_nonzero(found.placings == Placing.LEARNED)),
        "placed": share_placed(found.placings),
        "stale": is_stale(found.placings),
    }
