"""What is known of all photos beside their tags: kept in memory, read anew when it has moved.

Whoever asks has looked, or looks, who may see the photos.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

import numpy as np
from sqlalchemy import Engine, Integer, Select, cast, func, select

from archive_ai.catalogue import schema
from archive_ai.catalogue.by_value import ByValue
from archive_ai.catalogue.kept import Kept
from archive_ai.catalogue.moves import FILES, MEASURES, PHOTOS, PRESENCE, RECORDS, moves
from archive_ai.catalogue.places import PhotoPlaces, Which, ids_of
from archive_ai.catalogue.record_dates import date_counts
from archive_ai.domain import FileState

LONGEST_SPAN = 30
"""A date that may lie in more years than these says nothing of a decade."""


class PhotoValues:
    """Photos by collection, format, colour, kind and decade."""

    def __init__(self, engine: Engine, places: PhotoPlaces) -> None:
        self._engine = engine
        self.places = places
        self._texts: defaultdict[str, Kept[ByValue[str]]] = defaultdict(Kept)
        self._decades: Kept[ByValue[int]] = Kept()

    def collections(self) -> ByValue[str]:
        """Return the photos that have a present file by collection; some may be in several."""
        return self._kept("collections", _COLLECTIONS, PRESENCE, FILES, PHOTOS)

    def formats(self) -> ByValue[str]:
        """Return photos by the format of their file."""
        return self._kept("formats", _FORMATS, PHOTOS)

    def colours(self) -> ByValue[str]:
        """Return the photos that were measured by their colour."""
        return self._kept("colours", _COLOURS, PHOTOS, MEASURES)

    def kinds(self) -> ByValue[str]:
        """Return photos by what kind of thing their records say that they are."""
        return self._kept("kinds", _KINDS, RECORDS)

    def decades(self) -> ByValue[int]:
        """Return dated photos by each decade (its first year) in which their date may lie."""
        return self._decades.get(self._state(RECORDS), self._read_decades)

    def _kept(self, name: str, query: Select[Any], *on: str) -> ByValue[str]:
        return self._texts[name].get(self._state(*on), lambda _: self._read(query))

    def _state(self, *on: str) -> Callable[[], object]:
        def state() -> object:
            with self._engine.connect() as connection:
                found = moves(connection)
            return tuple(found.get(name, 0) for name in on)

        return state

    def _read(self, query: Select[Any]) -> ByValue[str]:
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
        places = self.places.get()
        return ByValue.of({str(value): places.of(ids_of(ids)) for value, ids in rows})

    def _read_decades(self, _: ByValue[int] | None) -> ByValue[int]:
        with self._engine.connect() as connection:
            rows = connection.execute(_DATED).all()
        places = self.places.get()
        found: defaultdict[int, list[Which]] = defaultdict(list)
        for begins, ends, ids in rows:
            which = places.of(ids_of(ids))
            for decade in range(begins // 10, ends // 10 + 1):
                found[10 * decade].append(which)
        return ByValue.of({one: np.concatenate(found[one]) for one in sorted(found)})


def _ids(column: Any) -> Any:
    return func.group_concat(column, "")


def _dated() -> Select[Any]:
    record, link = schema.record, schema.record_photo
    first, last = (cast(func.substr(day, 1, 4), Integer) for day in (record.c.first, record.c.last))
    return (
        select(first, last, _ids(link.c.photo_id))
        .join(record, record.c.id == link.c.record_id)
        .where(
            record.c.first.is_not(None),
            record.c.last.is_not(None),
            last - first < LONGEST_SPAN,
            date_counts(),
        )
        .group_by(first, last)
    )


_PHOTO, _FILE, _MEASURE = schema.photo, schema.file, schema.measure
_RECORD, _LINK = schema.record, schema.record_photo
# Made once: to put these together takes longer than to see that nothing has moved.
_COLLECTIONS = (
    select(schema.collection.c.name, _ids(_PHOTO.c.id))
    .join(_FILE, _FILE.c.collection_id == schema.collection.c.id)
    .join(_PHOTO, _PHOTO.c.sha256 == _FILE.c.sha256)
    .where(_FILE.c.state == FileState.PRESENT.value)
    .group_by(schema.collection.c.name)
)
_FORMATS = select(_PHOTO.c.format, _ids(_PHOTO.c.id)).group_by(_PHOTO.c.format)
_COLOURS = select(_MEASURE.c.colour, _ids(_MEASURE.c.photo_id)).group_by(_MEASURE.c.colour)
_KINDS = (
    select(_RECORD.c.kind, _ids(_LINK.c.photo_id))
    .join(_LINK, _LINK.c.record_id == _RECORD.c.id)
    .where(_RECORD.c.kind != "")
    .group_by(_RECORD.c.kind)
)
_DATED = _dated()
