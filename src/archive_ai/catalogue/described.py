"""Records and photos from both sides: which records a photo has, which photos a record.

Whoever asks has seen to it that the viewer may see the photos: where one record closes a photo,
none of its records is told.
"""

from __future__ import annotations

from sqlalchemy import Engine, select

from archive_ai.catalogue import schema
from archive_ai.catalogue.record_rows import record_from
from archive_ai.domain import PhotoId, Record


class Described:
    """The catalogue's links between records and photos, read only."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def record(self, number: int) -> tuple[Record, list[PhotoId]] | None:
        """Return a record and all its photos, by id, whoever may see them."""
        record, link = schema.record, schema.record_photo
        photos = select(link.c.photo_id).where(link.c.record_id == number).order_by(link.c.photo_id)
        with self._engine.connect() as connection:
            row = connection.execute(select(record).where(record.c.id == number)).first()
            ids = [PhotoId(one) for one in connection.execute(photos).scalars()]
        return None if row is None else (record_from(row), ids)

    def of(self, photo: PhotoId) -> list[tuple[int, Record]]:
        """Return a photo's records with their numbers; those of tables come first."""
        record, link = schema.record, schema.record_photo
        query = (
            select(record)
            .join(link, link.c.record_id == record.c.id)
            .where(link.c.photo_id == photo)
            .order_by(record.c.source.desc(), record.c.id)
        )
        with self._engine.connect() as connection:
            return [(row.id, record_from(row)) for row in connection.execute(query)]
