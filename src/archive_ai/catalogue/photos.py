"""Photos: one by its id or path, many by where they lie."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from sqlalchemy import Engine, func, select

from archive_ai.catalogue import schema
from archive_ai.catalogue.chunks import chunks
from archive_ai.catalogue.files import photo_from
from archive_ai.domain import FileState, Photo, PhotoId


class Photos:
    """The catalogue's photos; implements ``ports.PhotoCatalogue``."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def get(self, photo: PhotoId) -> Photo | None:
        """Return the photo with this id."""
        query = select(schema.photo).where(schema.photo.c.id == photo)
        with self._engine.connect() as connection:
            row = connection.execute(query).first()
        return None if row is None else photo_from(row)

    def at(self, path: Path, page: int) -> Photo | None:
        """Return the photo on ``page`` of the known file at ``path``."""
        file, photo = schema.file, schema.photo
        query = (
            select(photo)
            .join(file, file.c.sha256 == photo.c.sha256)
            .where(file.c.path == str(path), photo.c.page == page)
        )
        with self._engine.connect() as connection:
            row = connection.execute(query).first()
        return None if row is None else photo_from(row)

    def paths(self, photo: PhotoId) -> list[Path]:
        """Return every present path of the photo's content."""
        file, table = schema.file, schema.photo
        query = (
            select(file.c.path)
            .join(table, table.c.sha256 == file.c.sha256)
            .where(table.c.id == photo, file.c.state == FileState.PRESENT.value)
            .order_by(file.c.path)
        )
        with self._engine.connect() as connection:
            return [Path(path) for path in connection.execute(query).scalars()]

    def locate(self, photos: Sequence[PhotoId]) -> Mapping[PhotoId, tuple[Path, int]]:
        """Return path and page of those that have a present file; the others are left out.

        Of copies the first path in the order of the alphabet is taken.
        """
        file, photo = schema.file, schema.photo
        found: dict[PhotoId, tuple[Path, int]] = {}
        with self._engine.connect() as connection:
            for part in chunks(photos):
                query = (
                    select(photo.c.id, func.min(file.c.path), photo.c.page)
                    .join(file, file.c.sha256 == photo.c.sha256)
                    .where(photo.c.id.in_(part), file.c.state == FileState.PRESENT.value)
                    .group_by(photo.c.id)
                )
                for photo_id, path, page in connection.execute(query):
                    found[PhotoId(photo_id)] = (Path(path), page)
        return found

    def present(self) -> list[PhotoId]:
        """Return all photos that have a present file."""
        file, photo = schema.file, schema.photo
        query = (
            select(photo.c.id)
            .join(file, file.c.sha256 == photo.c.sha256)
            .where(file.c.state == FileState.PRESENT.value)
            .distinct()
            .order_by(photo.c.id)
        )
        with self._engine.connect() as connection:
            return [PhotoId(photo_id) for photo_id in connection.execute(query).scalars()]

    def presence(self) -> int:
        """Return a number that grows whenever files come or go."""
        table = schema.change
        query = select(table.c.number).where(table.c.name == "presence")
        with self._engine.connect() as connection:
            return int(connection.execute(query).scalar() or 0)
