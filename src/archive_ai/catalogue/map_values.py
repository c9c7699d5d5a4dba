"""What points of a map can be coloured by: which photos have which value of one kind.

Ids come as one long text a value: a million rows would each become an object first. Whoever asks
has looked who may see the photos.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Engine, Integer, Select, cast, func, select

from archive_ai.catalogue import schema
from archive_ai.catalogue.photo_values import LONGEST_SPAN
from archive_ai.catalogue.record_dates import date_counts
from archive_ai.domain import PHOTO_ID_LENGTH, Colour, FileState

Ids = NDArray[np.bytes_]


class PhotosByValue:
    """Photos of a whole archive by what is known of them."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def collections(self) -> dict[str, Ids]:
        """Return the photos of each collection by its name; some may be in several."""
        photo, file, collection = schema.photo, schema.file, schema.collection
        query = (
            select(collection.c.name, _ids(photo.c.id))
            .join(file, file.c.collection_id == collection.c.id)
            .join(photo, photo.c.sha256 == file.c.sha256)
            .where(file.c.state == FileState.PRESENT.value)
            .group_by(collection.c.id)
            .order_by(collection.c.name)
        )
        return {str(name): ids for name, ids in self._asked(query)}

    def decades(self) -> dict[int, Ids]:
        """Return dated photos by the decade in which the middle of their date lies, by time."""
        record, link = schema.record, schema.record_photo
        first, last = (
            cast(func.substr(day, 1, 4), Integer) for day in (record.c.first, record.c.last)
        )
        decade = (first + last) / 20
        query = (
            select(cast(decade, Integer), _ids(link.c.photo_id))
            .join(record, record.c.id == link.c.record_id)
            .where(
                record.c.first.is_not(None),
                record.c.last.is_not(None),
                last - first < LONGEST_SPAN,
                date_counts(),
            )
            .group_by(cast(decade, Integer))
        )
        return {10 * int(value): ids for value, ids in sorted(self._asked(query))}

    def colours(self) -> dict[Colour, Ids]:
        """Return the photos that were measured by their colour."""
        measure = schema.measure
        query = select(measure.c.colour, _ids(measure.c.photo_id)).group_by(measure.c.colour)
        found = {str(value): ids for value, ids in self._asked(query)}
        return {one: found[one.value] for one in Colour if one.value in found}

    def _asked(self, query: Select[Any]) -> Iterable[tuple[Any, Ids]]:
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
        return [(value, np.frombuffer(ids.encode(), f"S{PHOTO_ID_LENGTH}")) for value, ids in rows]


def _ids(column: Any) -> Any:
    return func.group_concat(column, "")
