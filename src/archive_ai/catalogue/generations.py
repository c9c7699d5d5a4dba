"""Generations: which exist, what is sealed of each, and which one answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Engine, Row, func, insert, select, update

from archive_ai.catalogue import schema
from archive_ai.catalogue.database import now
from archive_ai.domain import EncoderCard, FileState, Generation, PhotoId


class Generations:
    """The catalogue's generations; each has a fingerprint of its own (M5)."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def all(self) -> list[Generation]:
        """Return every generation by number."""
        query = select(schema.generation).order_by(schema.generation.c.number)
        with self._engine.connect() as connection:
            return [_generation(row) for row in connection.execute(query)]

    def active(self) -> Generation | None:
        """Return the one that answers, None before anything was indexed."""
        return next((found for found in self.all() if found.active), None)

    def of(self, card: EncoderCard) -> Generation:
        """Return the generation of this encoder; make one if there is none."""
        table = schema.generation
        with self._engine.begin() as connection:
            query = select(table).where(table.c.fingerprint == card.fingerprint)
            row = connection.execute(query).first()
            if row is None:
                connection.execute(
                    insert(table).values(
                        fingerprint=card.fingerprint,
                        card=card.to_json(),
                        manifest="",
                        manifest_sha256="",
                        active=0,
                        created_at=now(),
                    )
                )
                row = connection.execute(query).one()
        return _generation(row)

    def covers_active(self, number: int) -> bool:
        """Tell whether a generation has a vector for all present photos of the active one."""
        active = self.active()
        if active is None or active.number == number:
            return True
        vector, photo, file = schema.vector, schema.photo, schema.file
        other = vector.alias()
        present = (
            select(file.c.id)
            .join(photo, photo.c.sha256 == file.c.sha256)
            .where(photo.c.id == vector.c.photo_id, file.c.state == FileState.PRESENT.value)
        )
        own = select(other.c.row).where(
            other.c.generation == number, other.c.photo_id == vector.c.photo_id
        )
        query = (
            select(vector.c.photo_id)
            .where(vector.c.generation == active.number, present.exists(), ~own.exists())
            .limit(1)
        )
        with self._engine.connect() as connection:
            return connection.execute(query).first() is None

    def commit(self, number: int, manifest: str, manifest_sha256: str, activate: bool) -> None:
        """Let a generation stand as ``manifest`` lists it: the one commit point of an index."""
        table = schema.generation
        with self._engine.begin() as connection:
            if activate:
                connection.execute(update(table).where(table.c.number != number).values(active=0))
            values: dict[str, Any] = {"manifest": manifest, "manifest_sha256": manifest_sha256}
            if activate:
                values["active"] = 1
            connection.execute(update(table).where(table.c.number == number).values(**values))

    def named_rows(self, number: int) -> Mapping[str, int]:
        """Return how many rows of each segment the catalogue counts on."""
        vector = schema.vector
        query = (
            select(vector.c.segment, func.max(vector.c.row) + 1)
            .where(vector.c.generation == number)
            .group_by(vector.c.segment)
        )
        with self._engine.connect() as connection:
            return {row[0]: row[1] for row in connection.execute(query)}

    def vectors(self, number: int) -> Mapping[PhotoId, tuple[str, int]]:
        """Return segment and row of every photo's vector."""
        vector = schema.vector
        query = select(vector.c.photo_id, vector.c.segment, vector.c.row).where(
            vector.c.generation == number
        )
        with self._engine.connect() as connection:
            return {
                PhotoId(photo): (segment, row) for photo, segment, row in connection.execute(query)
            }


def _generation(row: Row[tuple[object, ...]]) -> Generation:
    return Generation(
        row.number,
        EncoderCard.from_json(row.card),
        row.manifest,
        row.manifest_sha256,
        bool(row.active),
        row.created_at,
    )
