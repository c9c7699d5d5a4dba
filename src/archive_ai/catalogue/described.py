"""Records and photos from both sides: which records a photo has, which photos a record.

Whoever asks has seen to it that the viewer may see the photos: where one record closes a photo,
none of its records is told.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, Row, select

from archive_ai.catalogue import schema
from archive_ai.domain import PhotoId, Record, RecordSource, Visibility


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
        return None if row is None else (_record(row), ids)

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
            return [(row.id, _record(row)) for row in connection.execute(query)]


def _record(row: Row[Any]) -> Record:
    return Record(
        key=row.key,
        source=RecordSource(row.source),
        signature=row.signature,
        title=row.title,
        description=row.description,
        place=row.place,
        kind=row.kind,
        rights=row.rights,
        date=row.date,
        first=row.first,
        last=row.last,
        visibility=Visibility(row.visibility),
        closed_until=row.closed_until,
        other=row.other,
        by=row.by,
        at=row.at,
    )
