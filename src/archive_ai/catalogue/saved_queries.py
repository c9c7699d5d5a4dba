"""Queries that are cited: kept as they were asked, with what answered them then."""

from __future__ import annotations

from sqlalchemy import Engine, select
from sqlalchemy.dialects.sqlite import insert

from archive_ai.catalogue import schema
from archive_ai.domain import SavedQuery, query_from_json, query_to_json


class SavedQueries:
    """The catalogue's saved queries; one is never changed."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def keep(self, saved: SavedQuery) -> None:
        """Write a query; what is there under its id stays as it is."""
        row = {
            "id": saved.id,
            "query": query_to_json(saved.query),
            "by": saved.by,
            "at": saved.at,
            "generation": saved.generation,
            "fingerprint": saved.fingerprint,
            "answer": dict(saved.answer),
        }
        with self._engine.begin() as connection:
            connection.execute(insert(schema.saved_query).on_conflict_do_nothing(), row)

    def get(self, id_: str) -> SavedQuery | None:
        """Return the query of an id."""
        table = schema.saved_query
        with self._engine.connect() as connection:
            row = connection.execute(select(table).where(table.c.id == id_)).first()
        if row is None:
            return None
        query = query_from_json(row.query)
        return SavedQuery(
            row.id, query, row.by, row.at, row.generation, row.fingerprint, row.answer
        )
