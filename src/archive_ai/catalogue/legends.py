"""What stands under many pictures: one question for a whole page of hits (M7)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Engine, Select, select

from archive_ai.catalogue import schema
from archive_ai.catalogue.chunks import chunks
from archive_ai.catalogue.visibility import Gate
from archive_ai.domain import Legend, PhotoId, RecordSource, Viewer

_SAID = ("title", "signature", "date")


class Legends:
    """The size and the first words of photos that a viewer may see."""

    def __init__(self, engine: Engine, gate: Gate) -> None:
        self._engine = engine
        self._gate = gate

    def of(self, viewer: Viewer, photos: Sequence[PhotoId]) -> Mapping[PhotoId, Legend]:
        """Return the legend of each of ``photos`` that may be seen; the others are left out.

        No record of a photo that may be seen closes it, so all of them may be told.
        """
        found: dict[PhotoId, Legend] = {}
        with self._engine.connect() as connection:
            for part in chunks(list(dict.fromkeys(photos))):
                words: dict[str, str] = {}
                photo = ""
                for row in connection.execute(self._query(viewer, part)):
                    if row.id != photo:
                        photo, words = row.id, {}
                    for name in _SAID:
                        words[name] = words.get(name) or getattr(row, name) or ""
                    found[PhotoId(photo)] = Legend(row.width, row.height, **words)
        return found

    def _query(self, viewer: Viewer, photos: Sequence[PhotoId]) -> Select[Any]:
        photo, record, link = schema.photo, schema.record, schema.record_photo
        embedded = record.c.source == RecordSource.EMBEDDED.value
        return (
            select(photo.c.id, photo.c.width, photo.c.height, *(record.c[name] for name in _SAID))
            .select_from(photo)
            .outerjoin(link, link.c.photo_id == photo.c.id)
            .outerjoin(record, record.c.id == link.c.record_id)
            .where(photo.c.id.in_(photos), self._gate.sees(viewer, photo.c.id))
            .order_by(photo.c.id, embedded, record.c.key)
        )
