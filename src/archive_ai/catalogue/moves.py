"""What moves whenever the catalogue does, by what it is about: so what was derived knows its age.

Counters that triggers move, and numbers that only grow: no photo and no file row is ever removed.
"""

from __future__ import annotations

from sqlalchemy import Connection, func, literal, literal_column, select, union_all
from sqlalchemy.dialects.sqlite import insert

from archive_ai.catalogue import schema

PRESENCE, RECORDS, MEASURES, FILES, PHOTOS = "presence", "records", "measures", "files", "photos"
"""Files came or went; descriptions; what is measured on photos; new files; new photos."""

# Made once: to put it together takes longer than to have it answered.
_MOVES = union_all(
    select(schema.change.c.name, schema.change.c.number),
    select(literal(FILES), func.max(schema.file.c.id)),
    select(literal(PHOTOS), func.max(literal_column("photo.rowid"))).select_from(schema.photo),
)


def moves(connection: Connection) -> dict[str, int]:
    """Return how far everything has moved; what never did is left out."""
    return {str(name): int(number or 0) for name, number in connection.execute(_MOVES)}


def measured(connection: Connection) -> None:
    """Note that what is measured on photos has changed; no trigger does."""
    row = insert(schema.change).values(name=MEASURES, number=1)
    again = {"number": schema.change.c.number + 1}
    connection.execute(row.on_conflict_do_update(index_elements=["name"], set_=again))
