"""Which photos belong to one: the other pages of its file, and what a record describes with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Engine, Select, func, select

from archive_ai.catalogue import schema
from archive_ai.catalogue.visibility import Gate
from archive_ai.domain import FileState, PhotoId, Relation, Viewer

MOST = 100
"""So many photos of each relation are named: a record may describe a whole film, a file a book."""

Found = tuple[PhotoId, int, Relation]
"""A photo, its page, and how it belongs to the other."""


class PhotosBeside:
    """Photos with a present file that belong to another one, as a viewer may see them (M7)."""

    def __init__(self, engine: Engine, gate: Gate) -> None:
        self._engine = engine
        self._gate = gate

    def of(self, viewer: Viewer, photo: PhotoId) -> list[Found]:
        """Return the pages next to ``photo`` in order, then its records' other photos by path.

        Whether ``photo`` may be seen was asked before: then no record of it closes anything.
        """
        mine = select(schema.photo).where(schema.photo.c.id == photo)
        with self._engine.connect() as connection:
            row = connection.execute(mine).first()
            if row is None:
                return []
            pages = connection.execute(self._pages(viewer, row)).all()
            described = connection.execute(self._described(viewer, row)).all()
        pages = sorted(pages, key=lambda row: int(row.page))
        return [*_named(pages, Relation.PAGE), *_named(described, Relation.RECORD)]

    def _pages(self, viewer: Viewer, mine: Any) -> Select[Any]:
        photo = schema.photo
        return (
            self._present(viewer)
            .where(photo.c.sha256 == mine.sha256, photo.c.id != mine.id)
            .order_by(func.abs(photo.c.page - mine.page), photo.c.page)
            .limit(MOST)
        )

    def _described(self, viewer: Viewer, mine: Any) -> Select[Any]:
        photo, own, other = schema.photo, schema.record_photo.alias(), schema.record_photo.alias()
        together = (
            select(other.c.photo_id)
            .join(own, own.c.record_id == other.c.record_id)
            .where(own.c.photo_id == mine.id)
        )
        return (
            self._present(viewer)
            .where(photo.c.id.in_(together), photo.c.sha256 != mine.sha256)
            .order_by(func.min(schema.file.c.path), photo.c.page)
            .limit(MOST)
        )

    def _present(self, viewer: Viewer) -> Select[Any]:
        photo, file = schema.photo, schema.file
        return (
            select(photo.c.id, photo.c.page)
            .join(file, file.c.sha256 == photo.c.sha256)
            .where(file.c.state == FileState.PRESENT.value, self._gate.sees(viewer, photo.c.id))
            .group_by(photo.c.id)
        )


def _named(rows: Sequence[Any], relation: Relation) -> list[Found]:
    return [(PhotoId(row.id), row.page, relation) for row in rows]
