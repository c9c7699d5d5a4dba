"""What was measured on photos: read by tagging, written by indexing with the photos."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Engine, select

from archive_ai.catalogue import schema
from archive_ai.catalogue.chunks import chunks
from archive_ai.domain import (
    HASH_BYTES,
    HASH_KIND,
    Colour,
    Looks,
    Measures,
    PhotoId,
    orientation,
)

ROWS_AT_ONCE = 10_000
FEW = 500


class MeasureCatalogue:
    """The catalogue's measures; implements ``ports.LookCatalogue``."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of(self, photos: Sequence[PhotoId]) -> Iterator[tuple[PhotoId, Measures]]:
        """Yield each of ``photos`` that was measured, in their order, with what was found."""
        photo, measure = schema.photo, schema.measure
        for part in chunks(photos):
            query = (
                select(measure, photo.c.width, photo.c.height)
                .join(photo, photo.c.id == measure.c.photo_id)
                .where(measure.c.photo_id.in_(part))
            )
            with self._engine.connect() as connection:
                found = {row.photo_id: row for row in connection.execute(query)}
            for photo_id in part:
                row = found.get(photo_id)
                if row is not None:
                    yield (
                        photo_id,
                        Measures(
                            Colour(row.colour),
                            row.tint,
                            row.chroma,
                            orientation((row.width, row.height)),
                            row.negative,
                            row.positive_score,
                            row.blank,
                            row.detail,
                            row.hash or b"",
                        ),
                    )

    def looks(self, photos: Sequence[PhotoId]) -> Looks:
        """Return the looks of ``photos``, which are in the order of their ids."""
        photo, measure = schema.photo, schema.measure
        ids = np.array(photos, dtype="S")
        looks = Looks(
            np.zeros((len(ids), HASH_BYTES), np.uint8),
            np.zeros((len(ids), 2), np.int32),
            np.zeros((len(ids), 3), np.float32),
            np.zeros(len(ids), np.bool_),
        )
        # Else in one pass over the table: quicker for whole archives than to ask for every photo.
        query = (
            select(
                measure.c.photo_id,
                measure.c.hash,
                photo.c.width,
                photo.c.height,
                measure.c.tint,
                measure.c.chroma,
                measure.c.detail,
            )
            .join(photo, photo.c.id == measure.c.photo_id)
            .where(measure.c.hash.is_not(None), ~measure.c.blank)
        )
        if len(photos) <= FEW:
            query = query.where(measure.c.photo_id.in_(photos))
        with self._engine.connect() as connection:
            found = connection.execution_options(yield_per=ROWS_AT_ONCE).execute(query)
            for rows in found.partitions():
                _fill(looks, ids, rows)
        return looks


def _fill(looks: Looks, ids: NDArray[np.bytes_], rows: Sequence[Any]) -> None:
    """Write what ``rows`` say of those photos that are among ``ids``, which are sorted."""
    of_today = [row for row in rows if len(row.hash) == HASH_BYTES and row.hash[0] == HASH_KIND]
    if not of_today or not len(ids):
        return
    names = np.array([row.photo_id for row in of_today], dtype="S")
    places = np.minimum(np.searchsorted(ids, names), len(ids) - 1)
    for place, row in zip(places.tolist(), of_today, strict=True):
        if ids[place] == row.photo_id.encode("ascii"):
            looks.hashes[place] = np.frombuffer(row.hash, np.uint8)
            looks.sizes[place] = row.width, row.height
            looks.tones[place] = row.tint, row.chroma, row.detail
            looks.usable[place] = True
