"""Descriptions of photos: a whole table is written at once or not at all; read photo by photo."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Connection, Engine, select

from archive_ai.catalogue import schema
from archive_ai.catalogue.chunks import chunks
from archive_ai.catalogue.closing import closes, today
from archive_ai.catalogue.database import writing
from archive_ai.catalogue.linking import link_all
from archive_ai.catalogue.record_rows import record_from, rows_with, write_rows
from archive_ai.catalogue.record_text import write_all_texts
from archive_ai.domain import (
    ClosureRules,
    PhotoId,
    Record,
    RecordChanges,
    RecordColumns,
    RecordSource,
)
from archive_ai.ports import Language


class Records:
    """The catalogue's records, their words and their links to photos."""

    def __init__(
        self, engine: Engine, language: Language, rules: ClosureRules | None = None
    ) -> None:
        self._engine = engine
        self._language = language
        self._rules = rules or ClosureRules()

    def write(
        self,
        records: Sequence[Record],
        columns: RecordColumns | None = None,
        dry_run: bool = False,
    ) -> RecordChanges:
        """Write records by their keys, with their words and links, in one transaction.

        What stood under a key is replaced in ``columns`` (None: in all), and what stands there
        already is left with who wrote it and when. ``dry_run`` takes everything back at the end.
        Keys must be unique.
        """
        with writing(self._engine) as connection:
            known = rows_with(connection, [record.key for record in records])
            records = [_over(record, known, columns) for record in records]
            new = [record for record in records if record.key not in known]
            changed = [
                record
                for record in records
                if record.key in known and not _same(record, known[record.key][1])
            ]
            before = self._closing(connection, [known[record.key][0] for record in changed])
            write_rows(connection, [*new, *changed])
            numbers = rows_with(connection, [record.key for record in records])
            written = [numbers[record.key] for record in (*new, *changed)]
            write_all_texts(connection, self._language, written)
            link_all(connection, self._rules)
            opened = before - self._closing(connection, sorted(before))
            photos, waiting = _linked(connection, {k: n for k, (n, _) in numbers.items()})
            if dry_run:
                connection.rollback()
        unchanged = len(records) - len(new) - len(changed)
        return RecordChanges(len(new), len(changed), unchanged, photos, waiting, len(opened))

    def _closing(self, connection: Connection, numbers: Sequence[int]) -> set[int]:
        """Return those records (ids) that close their photos today."""
        record = schema.record
        found: set[int] = set()
        for part in chunks(numbers):
            query = select(record.c.id).where(record.c.id.in_(part), closes(self._rules, today()))
            found.update(connection.execute(query).scalars())
        return found

    def of(self, photos: Sequence[PhotoId]) -> Mapping[PhotoId, list[Record]]:
        """Return the records of each photo that has one: a table's first, then by key."""
        record, joined = schema.record, schema.record_photo
        found: defaultdict[PhotoId, list[Record]] = defaultdict(list)
        with self._engine.connect() as connection:
            for part in chunks(list(photos)):
                query = (
                    select(joined.c.photo_id, record)
                    .join(joined, joined.c.record_id == record.c.id)
                    .where(joined.c.photo_id.in_(part))
                    .order_by(record.c.source == RecordSource.EMBEDDED.value, record.c.key)
                )
                for row in connection.execute(query):
                    found[PhotoId(row.photo_id)].append(record_from(row))
        return found


def _over(
    record: Record, known: Mapping[str, tuple[int, Record]], columns: RecordColumns | None
) -> Record:
    """Return ``record`` with what its table has no column for as it stands under its key."""
    before = known[record.key][1] if record.key in known else None
    if columns is None or before is None or before.source is not RecordSource.TABLE:
        return record
    return columns.over(record, before)


def _same(one: Record, other: Record) -> bool:
    return replace(one, by="", at="") == replace(other, by="", at="")


def _linked(connection: Connection, numbers: Mapping[str, int]) -> tuple[int, tuple[str, ...]]:
    """Count the photos of these records; return the keys of those that have none."""
    joined = schema.record_photo
    photos: set[str] = set()
    described: set[int] = set()
    for part in chunks(sorted(numbers.values())):
        query = select(joined.c.photo_id, joined.c.record_id).where(joined.c.record_id.in_(part))
        for row in connection.execute(query):
            photos.add(row.photo_id)
            described.add(row.record_id)
    return len(photos), tuple(key for key, number in numbers.items() if number not in described)
