"""Records as rows of their table, and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, or_, select
from sqlalchemy.dialects.sqlite import insert

from archive_ai.catalogue import schema
from archive_ai.catalogue.chunks import chunks
from archive_ai.catalogue.linking import locator
from archive_ai.domain import Record, RecordSource, Visibility

_PLAIN = (
    "key", "page", "signature", "title", "description", "place", "kind", "rights", "date", "first",
    "last", "closed_until", "by", "at",
)  # fmt: skip


def record_from(row: Row[Any]) -> Record:
    """Read a record from a row of its table."""
    plain = {name: getattr(row, name) for name in _PLAIN}
    return Record(
        source=RecordSource(row.source),
        visibility=Visibility(row.visibility),
        other=dict(row.other),
        by_signature=bool(row.locator) and not row.locator.startswith("/"),
        **plain,
    )


def row_of(record: Record) -> dict[str, Any]:
    """Return the columns of a record."""
    return {name: getattr(record, name) for name in _PLAIN} | {
        "source": record.source.value,
        "visibility": record.visibility.value,
        "other": dict(record.other),
        "locator": locator(record),
    }


def rows_with(connection: Connection, keys: Sequence[str]) -> Mapping[str, tuple[int, Record]]:
    """Return id and record of those keys that are there."""
    table = schema.record
    found: dict[str, tuple[int, Record]] = {}
    for part in chunks(keys):
        for row in connection.execute(select(table).where(table.c.key.in_(part))):
            found[row.key] = (row.id, record_from(row))
    return found


def write_rows(connection: Connection, records: Sequence[Record]) -> None:
    """Write records in place of those of the same keys; a machine's never over a person's."""
    if not records:
        return
    table = schema.record
    statement = insert(table)
    again = {
        column.name: statement.excluded[column.name]
        for column in table.c
        if column.name not in ("id", "key")
    }
    may = or_(
        statement.excluded.source == RecordSource.TABLE.value,
        table.c.source == RecordSource.EMBEDDED.value,
    )
    statement = statement.on_conflict_do_update(index_elements=["key"], set_=again, where=may)
    connection.execute(statement, [row_of(record) for record in records])
