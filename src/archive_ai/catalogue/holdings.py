"""Lists of the photos that a viewer may see (M7)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, func, select

from archive_ai.catalogue import schema
from archive_ai.catalogue.chunks import chunks
from archive_ai.catalogue.files import photo_from
from archive_ai.catalogue.visibility import Gate
from archive_ai.domain import FileState, ListedPhoto, Photo, PhotoId, Viewer


class Holdings:
    """What there is for a viewer to see."""

    def __init__(self, engine: Engine, gate: Gate) -> None:
        self._engine = engine
        self._gate = gate

    def photos(
        self, viewer: Viewer, after: str, limit: int, collection: str = ""
    ) -> list[ListedPhoto]:
        """Return at most ``limit`` photos by id, those after the id ``after``."""
        file, photo = schema.file, schema.photo
        query = (
            self._seen(viewer, photo, func.min(file.c.path).label("path"))
            .where(photo.c.id > after)
            .group_by(photo.c.id)
            .order_by(photo.c.id)
            .limit(limit)
        )
        if collection:
            query = query.where(file.c.collection_id == _number_of(collection))
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
        return self._with_collections(rows)

    def listed(self, viewer: Viewer, photos: Sequence[PhotoId]) -> list[ListedPhoto]:
        """Return those of ``photos`` that may be seen and have a present file, by id."""
        file, photo = schema.file, schema.photo
        kept = ("id", "sha256", "page", "width", "height", "format")
        columns = (*(photo.c[name] for name in kept), file.c.path, file.c.collection_id)
        found: dict[str, tuple[Photo, str, set[str]]] = {}
        with self._engine.connect() as connection:
            names = _names_of_collections(connection)
            for part in chunks(sorted(photos)):
                query = self._seen(viewer, *columns).where(photo.c.id.in_(part))
                for *values, path, number in connection.execute(query.order_by(photo.c.id)):
                    known = found.get(values[0]) or (Photo(*values), path, set())
                    known[2].add(names[number])
                    found[values[0]] = (known[0], min(known[1], path), known[2])
        return [
            ListedPhoto(one, Path(path), tuple(sorted(collections)))
            for one, path, collections in found.values()
        ]

    def ends_of_parts(self, viewer: Viewer, collection: str, size: int) -> list[str]:
        """Return the ids of the photos that end each ``size`` photos of a collection, by id."""
        file, photo = schema.file, schema.photo
        ids = (
            self._seen(viewer, photo.c.id)
            .where(file.c.collection_id == _number_of(collection))
            .distinct()
            .subquery()
        )
        place = func.row_number().over(order_by=ids.c.id)
        numbered = select(ids.c.id, place.label("place")).subquery()
        query = select(numbered.c.id).where(numbered.c.place % size == 0).order_by(numbered.c.place)
        with self._engine.connect() as connection:
            return [str(one) for one in connection.execute(query).scalars()]

    def _seen(self, viewer: Viewer, *columns: Any) -> Select[Any]:
        """Select from the present files of photos that may be seen."""
        file, photo = schema.file, schema.photo
        return (
            select(*columns)
            .select_from(photo)
            .join(file, file.c.sha256 == photo.c.sha256)
            .where(file.c.state == FileState.PRESENT.value, self._gate.sees(viewer, photo.c.id))
        )

    def _with_collections(self, rows: Sequence[Row[Any]]) -> list[ListedPhoto]:
        """Make photos of rows, with the collections of their content's present files."""
        file, collection = schema.file, schema.collection
        named: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
        with self._engine.connect() as connection:
            for part in chunks([row.sha256 for row in rows]):
                query = (
                    select(file.c.sha256, collection.c.name)
                    .join(collection, collection.c.id == file.c.collection_id)
                    .where(file.c.sha256.in_(part), file.c.state == FileState.PRESENT.value)
                    .distinct()
                    .order_by(collection.c.name)
                )
                for sha256, name in connection.execute(query):
                    named[sha256] += (name,) if name not in named[sha256] else ()
        return [ListedPhoto(photo_from(row), Path(row.path), named[row.sha256]) for row in rows]


def _names_of_collections(connection: Connection) -> dict[int, str]:
    query = select(schema.collection.c.id, schema.collection.c.name)
    return {int(row.id): str(row.name) for row in connection.execute(query)}


def _number_of(collection: str) -> Any:
    table = schema.collection
    return select(table.c.id).where(table.c.name == collection).scalar_subquery()
