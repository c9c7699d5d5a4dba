"""Exact search over the sealed vectors of one generation.

The index is built in memory when it is opened: FAISS's float16 codes are the very bytes of the
segments, which are read into its memory and held once; adding a hundred photos to a million
writes a hundred rows and no index file (docs/decisions/0003).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from archive_ai.domain import PHOTO_ID_LENGTH, Manifest, PhotoId, id_bytes
from archive_ai.errors import ArchiveDamaged

ROWS_ABOVE = 128
"""How many rows the first look for all above a threshold asks for."""


class ExactIndex:
    """Implements ``ports.VectorIndex`` with FAISS's float16 scalar quantiser, inner product."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        """Read the segments that ``manifest`` lists; raise ArchiveDamaged if one is not whole."""
        ids = _read_ids(folder, manifest)
        # The newest row of a photo counts; rows are kept in the order of the ids.
        self._ids, newest = np.unique(ids[::-1], return_index=True)
        self._photos = [PhotoId(value.decode("ascii")) for value in self._ids.tolist()]
        self._manifest = manifest
        self._index = faiss.IndexScalarQuantizer(
            manifest.width, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
        )
        self._index.is_trained = True
        self._vectors = _rows_of(self._index, len(self._ids))
        _read_vectors(folder, manifest, len(ids) - 1 - newest, self._vectors)

    @property
    def fingerprint(self) -> str:
        """Of the encoder that made the vectors."""
        return self._manifest.fingerprint

    @property
    def generation(self) -> int:
        """The generation's number."""
        return self._manifest.generation

    @property
    def photos(self) -> Sequence[PhotoId]:
        """Ids in the order of the rows; each photo once."""
        return self._photos

    @property
    def ids(self) -> NDArray[np.bytes_]:
        """The same ids as bytes (n,), ascending."""
        return self._ids

    def places(self, photos: Sequence[PhotoId]) -> NDArray[np.int64]:
        """Return the row number of each of ``photos``, -1 for those that are not in the index."""
        wanted = np.array([id_bytes(photo) for photo in photos], self._ids.dtype)
        if not len(self._ids) or not photos:
            return np.full(len(photos), -1, np.int64)
        places = np.minimum(np.searchsorted(self._ids, wanted), len(self._ids) - 1)
        return np.where(self._ids[places] == wanted, places, -1).astype(np.int64)

    def vectors(self, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the vectors (n, width) of n rows."""
        return self._vectors[rows].astype(np.float32)

    def rows(self, photos: Sequence[PhotoId]) -> NDArray[np.float32]:
        """Return the vectors (n, width) of photos that are in the index; KeyError for others."""
        places = self.places(photos)
        if (places < 0).any():
            raise KeyError("a photo that has no vector in this index")
        return self.vectors(places)

    def at(self, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the vectors (n, width) of row numbers, in their order, widened to float32."""
        return self._vectors[rows].astype(np.float32)

    def block(self, start: int, stop: int) -> NDArray[np.float32]:
        """Return the vectors of rows ``start`` to ``stop`` (exclusive), widened to float32."""
        return self._vectors[start:stop].astype(np.float32)

    def search(
        self, queries: NDArray[np.float32], k: int, allowed: NDArray[np.bool_] | None = None
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """Return cosines and row numbers (n, k), descending; equal cosines by photo id.

        Only rows that ``allowed`` (one truth a row; None: all) lets through are found; where they
        are fewer than ``k``, so many are returned.
        """
        count = len(self._photos) if allowed is None else int(np.count_nonzero(allowed))
        k = min(k, count)
        if k == 0:
            empty = (len(queries), 0)
            return np.empty(empty, np.float32), np.empty(empty, np.int64)
        # OpenMP's setting belongs to the calling thread; two threads slow a busy machine down.
        faiss.omp_set_num_threads(1)
        queries = np.ascontiguousarray(queries, np.float32)
        asked = min(k + 1, count)
        only = None if allowed is None else _Only(allowed)
        while True:
            chosen = None if only is None else only.parameters
            scores, rows = self._index.search(queries, asked, params=chosen)
            # Rows that tie with the last one may lie beyond it: look until the tie is whole.
            if asked == count or (scores[:, k - 1] > scores[:, -1]).all():
                break
            asked = min(2 * asked, count)
        order = np.lexsort((rows, -scores))[:, :k]
        return (
            np.take_along_axis(scores, order, axis=1),
            np.take_along_axis(rows, order, axis=1),
        )

    def rows_above(
        self,
        query: NDArray[np.float32],
        threshold: float,
        allowed: NDArray[np.bool_] | None = None,
    ) -> NDArray[np.int64]:
        """Return the row numbers whose cosine with ``query`` (width,) is at least ``threshold``."""
        count = len(self._photos) if allowed is None else int(np.count_nonzero(allowed))
        asked = min(ROWS_ABOVE, count)
        while True:
            scores, rows = self.search(query[None], asked, allowed)
            if asked == count or scores[0, -1] < threshold:
                return np.sort(rows[0][scores[0] >= threshold])
            # Many searches for the best are still quicker than one for all above a radius.
            asked = min(8 * asked, count)


class _Only:
    """Limits a search to rows; holds all that FAISS merely points to."""

    def __init__(self, allowed: NDArray[np.bool_]) -> None:
        self._bits = np.packbits(allowed, bitorder="little")
        self._selector = faiss.IDSelectorBitmap(len(self._bits), faiss.swig_ptr(self._bits))
        self.parameters = faiss.SearchParameters()
        self.parameters.sel = self._selector


def _rows_of(index: faiss.IndexScalarQuantizer, count: int) -> NDArray[np.float16]:
    """Make room for ``count`` rows in ``index`` and return them (count, width): its own memory."""
    index.codes.resize(count * index.code_size)
    index.ntotal = count
    if not count:
        return np.empty((0, index.d), "<f2")
    codes = faiss.rev_swig_ptr(index.codes.data(), count * index.code_size)
    rows: NDArray[np.float16] = codes.view("<f2").reshape(count, index.d)
    return rows


def _read_ids(folder: Path, manifest: Manifest) -> NDArray[np.bytes_]:
    ids = np.empty(manifest.rows, f"S{PHOTO_ID_LENGTH}")
    start = 0
    for segment in manifest.segments:
        ids[start : start + segment.rows] = _whole(
            folder / f"{segment.name}.ids", segment.rows, ids.dtype
        )
        start += segment.rows
    return ids


def _read_vectors(
    folder: Path, manifest: Manifest, newest: NDArray[np.int64], rows: NDArray[np.float16]
) -> None:
    """Fill ``rows`` (n, width) with the sealed rows whose places are ``newest`` (n,).

    One segment is held at a time beside them.
    """
    target = np.full(manifest.rows, -1)
    target[newest] = np.arange(len(newest))
    start = 0
    for segment in manifest.segments:
        part = _whole(folder / f"{segment.name}.f16", segment.rows * manifest.width, rows.dtype)
        places = target[start : start + segment.rows]
        wanted = places >= 0
        rows[places[wanted]] = part.reshape(segment.rows, manifest.width)[wanted]
        start += segment.rows


def _whole(path: Path, count: int, kind: np.dtype[np.generic]) -> NDArray[np.generic]:
    """Read ``count`` values; raise ArchiveDamaged where the file does not hold just these."""
    try:
        whole = path.stat().st_size == count * kind.itemsize
        values = np.fromfile(path, kind) if whole else None
    except OSError:
        values = None
    if values is None or len(values) != count:
        raise ArchiveDamaged(
            f"{path} is not the segment of {count * kind.itemsize} bytes that was sealed.",
            "Run: archive-ai verify.",
        )
    return values
