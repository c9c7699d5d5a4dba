"""How much there is for somebody to see: counts that closed photos are no part of (M7)."""

from __future__ import annotations

from sqlalchemy import Engine, func, select

from archive_ai.catalogue import schema
from archive_ai.catalogue.tags import Tags
from archive_ai.catalogue.visibility import Gate
from archive_ai.domain import FileState, Viewer


class VisibleCounts:
    """Counts of what may be seen of the catalogue."""

    def __init__(self, engine: Engine, gate: Gate, tags: Tags) -> None:
        self._engine = engine
        self._gate = gate
        self._tags = tags

    def photos(self, viewer: Viewer) -> int:
        """Count the photos with a present file that a viewer may see."""
        file, photo = schema.file, schema.photo
        query = (
            select(func.count(photo.c.id.distinct()))
            .join(file, file.c.sha256 == photo.c.sha256)
            .where(file.c.state == FileState.PRESENT.value, self._gate.sees(viewer, photo.c.id))
        )
        with self._engine.connect() as connection:
            return int(connection.execute(query).scalar_one())

    def tags(self, viewer: Viewer) -> dict[str, int]:
        """Count the tags, by status, of photos that a viewer may see."""
        if viewer.sees_closed:
            return self._tags.counts()
        state = self._gate.state()
        return self._tags.counts(lambda photo: self._gate.sees(viewer, photo), state)
