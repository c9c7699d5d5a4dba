"""Which photos a viewer may see, as a mask of all of them (M7)."""

from __future__ import annotations

import numpy as np
from sqlalchemy import Engine, func, select

from archive_ai.catalogue import schema
from archive_ai.catalogue.kept import Kept
from archive_ai.catalogue.places import Ids, Mask, PhotoPlaces, Which, ids_of
from archive_ai.catalogue.visibility import Gate
from archive_ai.domain import Viewer


class SeenPlaces:
    """Keeps which photos are closed until the gate's state moves, or photos come."""

    def __init__(self, engine: Engine, gate: Gate, places: PhotoPlaces) -> None:
        self._engine = engine
        self._gate = gate
        self._places = places
        self._closed: Kept[Which] = Kept()

    def mask(self, viewer: Viewer) -> Mask:
        """Tell of the place of each photo that there is by now whether ``viewer`` may see it."""
        places = self._places.get()
        mask = np.ones(len(places), bool)
        if not viewer.sees_closed:
            closed = self._closed.get(
                lambda: (self._gate.state(), places.last), lambda _: places.of(self._read())
            )
            mask[closed[closed >= 0]] = False
        return mask

    def _read(self) -> Ids:
        photo = schema.photo.c.id
        query = select(func.group_concat(photo, "")).where(self._gate.closed(photo))
        with self._engine.connect() as connection:
            return ids_of(connection.execute(query).scalar())
