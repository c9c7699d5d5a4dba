"""Schemes by version: the one that is tagged with, those that tags were made with."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    String,
    bindparam,
    delete,
    select,
    type_coerce,
    update,
)
from sqlalchemy.dialects.sqlite import insert

from archive_ai.catalogue import schema
from archive_ai.catalogue.database import now, writing
from archive_ai.catalogue.standing import carry_over, derive_concept, successors_of
from archive_ai.domain import Scheme

# As text: it is read from JSON once, not for every question.
_CURRENT = select(type_coerce(schema.scheme.c.content, String)).where(
    schema.scheme.c.id == bindparam("scheme"), schema.scheme.c.current == 1
)


class Schemes:
    """The catalogue's schemes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._read: dict[str, tuple[str, Mapping[str, Any]]] = {}

    def keep(
        self,
        scheme: Scheme,
        content: Mapping[str, Any],
        successors: Mapping[str, str],
        imported: bool = True,
    ) -> list[str]:
        """Make a version of a scheme the current one, with whom renamed concepts became.

        ``successors`` maps an id that is gone to one of ``scheme``. All that was decided,
        suggested or taught about the former is told of the latter from now on; a decision itself
        stays as it was made. Concepts that would be gone although people have decided about them,
        and that none takes the place of, are returned; then nothing is written if the version is
        ``imported``: if somebody asked for it. One that comes with the program holds anyway, and
        those decisions keep the version that they were made with.
        """
        table = schema.scheme
        known = {concept.id for concept in scheme.concepts}
        with writing(self._engine) as connection:
            former = {**successors_of(connection, scheme.id), **successors}
            heirs = {old: new for old, new in former.items() if old not in known}
            decided = _decided(connection, scheme.id)
            orphans = [one for one in decided if _heir(one, heirs) not in known]
            if orphans and imported:
                return orphans
            record_scheme(connection, scheme)
            connection.execute(update(table).where(table.c.id == scheme.id).values(current=0))
            connection.execute(
                update(table)
                .where(table.c.id == scheme.id, table.c.version == scheme.version)
                .values(current=1, content=dict(content), imported_at=now() if imported else None)
            )
            for id_ in sorted(known & former.keys()):
                _revive(connection, scheme.id, id_)
            for old, new in successors.items():
                _succeed(connection, scheme.id, old, new)
        return orphans

    def is_imported(self, scheme: str) -> bool:
        """Tell whether somebody imported the current version of a scheme."""
        table = schema.scheme
        query = select(table.c.imported_at).where(table.c.id == scheme, table.c.current == 1)
        with self._engine.connect() as connection:
            return connection.execute(query).scalar() is not None

    def current(self, scheme: str) -> Mapping[str, Any] | None:
        """Return the content of a scheme's current version, None if none was imported.

        It is one and the same object until another version is the current one.
        """
        with self._engine.connect() as connection:
            found: str | None = connection.execute(_CURRENT, {"scheme": scheme}).scalar()
        if found is None:
            return None
        read = self._read.get(scheme)
        if read is None or read[0] != found:
            read = self._read[scheme] = found, json.loads(found)
        return read[1]

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
        with self._engine.connect() as connection:
            return successors_of(connection, scheme)


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


def _decided(connection: Connection, scheme: str) -> list[str]:
    """Return the concepts about which a decision stands, by the names that decisions have."""
    table, decision = schema.standing, schema.decision
    query = (
        select(decision.c.concept)
        .join(table, table.c.decision == decision.c.number)
        .where(table.c.scheme == scheme)
        .distinct()
    )
    return sorted(connection.execute(query).scalars())


def _heir(concept: str, heirs: Mapping[str, str]) -> str:
    """Return what a concept became in the end."""
    seen = {concept}
    while (after := heirs.get(concept, concept)) not in seen:
        concept = after
        seen.add(concept)
    return concept


def _revive(connection: Connection, scheme: str, concept: str) -> None:
    """Let a concept that is there again speak for itself, and not for what had replaced it."""
    table = schema.successor
    mine = (table.c.scheme == scheme) & (table.c.concept == concept)
    became = connection.execute(select(table.c.becomes).where(mine)).scalar()
    connection.execute(delete(table).where(mine))
    derive_concept(connection, scheme, concept)
    if became is not None:
        derive_concept(connection, scheme, became)


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
