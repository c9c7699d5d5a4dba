"""Every photo has a place: its number in the order in which this process learned of photos.

What is known of a whole archive is kept as arrays of places, which are counted in a moment. A place
never changes, so that what was kept stays true when photos come; it means nothing elsewhere.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Engine, Integer, func, literal_column, select

from archive_ai.catalogue import schema
from archive_ai.catalogue.kept import Kept
from archive_ai.domain import PHOTO_ID_LENGTH

Ids = NDArray[np.bytes_]
Which = NDArray[np.int32]
Mask = NDArray[np.bool_]

ID = f"S{PHOTO_ID_LENGTH}"

_ROW = literal_column("photo.rowid", Integer)
_NEWEST = select(func.max(_ROW)).select_from(schema.photo)


def ids_of(joined: str | None) -> Ids:
    """Return ids (n,) that SQL put together in one text: a million rows would be objects first."""
    return np.frombuffer((joined or "").encode("ascii"), ID)


class Places:
    """The places of photos; ``ids`` are in the order of places, ``last`` names the newest row."""

    def __init__(self, ids: Ids, last: int) -> None:
        self.ids = ids
        self.last = last
        order = np.argsort(ids, kind="stable")
        self._sorted = ids[order]
        self._place = order.astype(np.int32)

    def __len__(self) -> int:
        return len(self.ids)

    def of(self, photos: Ids) -> Which:
        """Return the place of each of ``photos`` (n,), -1 for those that are not known here."""
        if not len(self._sorted):
            return np.full(len(photos), -1, np.int32)
        found = np.minimum(np.searchsorted(self._sorted, photos), len(self._sorted) - 1)
        return np.where(self._sorted[found] == photos, self._place[found], np.int32(-1))

    def cuts(self, size: int) -> list[str]:
        """Return ids between which lie ``size`` photos each, ascending."""
        return [one.decode("ascii") for one in self._sorted[size::size].tolist()]

    def mask(self, photos: Ids) -> Mask:
        """Tell of each place (n,) whether its photo is among ``photos``."""
        mask = np.zeros(len(self.ids), bool)
        places = self.of(photos)
        mask[places[places >= 0]] = True
        return mask


class PhotoPlaces:
    """The places of all photos of a catalogue."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._kept: Kept[Places] = Kept()

    def get(self) -> Places:
        """Return the places of all photos that there are by now."""
        return self._kept.get(self._newest, self._extended)

    def _newest(self) -> int:
        with self._engine.connect() as connection:
            return int(connection.execute(_NEWEST).scalar() or 0)

    def _extended(self, before: Places | None) -> Places:
        # Sorted: what is read by photo then comes by place, and need not be sorted again.
        known, last = (before.ids, before.last) if before else (np.zeros(0, ID), 0)
        came = select(func.group_concat(schema.photo.c.id, ""), func.max(_ROW)).where(last < _ROW)
        with self._engine.connect() as connection:
            ids, newest = connection.execute(came).one()
        return Places(np.concatenate([known, np.sort(ids_of(ids))]), int(newest or last))
