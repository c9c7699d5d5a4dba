"""Schemes by version: the one that is tagged with, those that tags were made with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Engine, delete, select, update
from sqlalchemy.dialects.sqlite import insert

from archive_ai.catalogue import schema
from archive_ai.catalogue.database import now, writing
from archive_ai.catalogue.decisions import carry_over
from archive_ai.domain import Scheme


class Schemes:
    """The catalogue's schemes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def keep(
        self, scheme: Scheme, content: Mapping[str, Any], successors: Mapping[str, str]
    ) -> None:
        """Make a version of a scheme the current one, with whom renamed concepts became.

        ``successors`` maps an id that is gone to one of ``scheme``. All that was decided or
        suggested about the former is told of the latter from now on; a decision itself stays as
        it was made.
        """
        table = schema.scheme
        with writing(self._engine) as connection:
            record_scheme(connection, scheme)
            connection.execute(update(table).where(table.c.id == scheme.id).values(current=0))
            connection.execute(
                update(table)
                .where(table.c.id == scheme.id, table.c.version == scheme.version)
                .values(current=1, content=dict(content), imported_at=now())
            )
            for old, new in successors.items():
                _succeed(connection, scheme.id, old, new)

    def current(self, scheme: str) -> Mapping[str, Any] | None:
        """Return the content of a scheme's current version, None if none was imported."""
        table = schema.scheme
        query = select(table.c.content).where(table.c.id == scheme, table.c.current == 1)
        with self._engine.connect() as connection:
            found: Mapping[str, Any] | None = connection.execute(query).scalar()
        return found

    def decided(self, scheme: str) -> list[str]:
        """Return the concepts about which a decision stands."""
        table = schema.standing
        query = (
            select(table.c.concept)
            .where(table.c.scheme == scheme)
            .distinct()
            .order_by(table.c.concept)
        )
        with self._engine.connect() as connection:
            return list(connection.execute(query).scalars())

    def ensure(self, scheme: Scheme) -> None:
        """Write the version of a scheme that decisions are about to name, if it is not there."""
        with writing(self._engine) as connection:
            record_scheme(connection, scheme)

    def version(self, scheme: str, version: str) -> Mapping[str, Any] | None:
        """Return the content of one version, None if it is not kept."""
        table = schema.scheme
        query = select(table.c.content).where(table.c.id == scheme, table.c.version == version)
        with self._engine.connect() as connection:
            found: Mapping[str, Any] | None = connection.execute(query).scalar()
        return found

    def all(self) -> list[dict[str, Any]]:
        """Return id, version, address, time and whether it is current, of every version."""
        table = schema.scheme
        columns = (table.c.id, table.c.version, table.c.uri, table.c.imported_at, table.c.current)
        query = select(*columns).order_by(table.c.id, table.c.imported_at)
        with self._engine.connect() as connection:
            return [dict(row._mapping) for row in connection.execute(query)]

    def successors(self, scheme: str) -> Mapping[str, str]:
        """Return whom concepts that are gone became."""
        table = schema.successor
        query = select(table.c.concept, table.c.becomes).where(table.c.scheme == scheme)
        with self._engine.connect() as connection:
            return {row.concept: row.becomes for row in connection.execute(query)}


def record_scheme(connection: Connection, scheme: Scheme) -> None:
    """Write the version of a scheme that tags name, with its labels, if it is not there."""
    connection.execute(
        insert(schema.scheme).on_conflict_do_nothing(),
        {"id": scheme.id, "version": scheme.version, "uri": scheme.uri},
    )
    rows = [
        {
            "scheme": scheme.id,
            "version": scheme.version,
            "id": concept.id,
            "uri": concept.uri,
            "labels": dict(concept.labels),
            "sensitivity": concept.sensitivity.value,
        }
        for concept in scheme.concepts
    ]
    if rows:
        connection.execute(insert(schema.concept).on_conflict_do_nothing(), rows)


def _succeed(connection: Connection, scheme: str, old: str, new: str) -> None:
    """Note that ``old`` became ``new``, and so did all that had become ``old``."""
    table = schema.successor
    connection.execute(delete(table).where(table.c.scheme == scheme, table.c.concept == new))
    row = insert(table).values(scheme=scheme, concept=old, becomes=new)
    connection.execute(row.on_conflict_do_update(set_={"becomes": new}))
    connection.execute(
        update(table).where(table.c.scheme == scheme, table.c.becomes == old).values(becomes=new)
    )
    carry_over(connection, scheme, old, new)
