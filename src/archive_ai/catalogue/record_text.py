"""The words of records as the full-text search keeps them: stems, and the parts of compounds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, text

from archive_ai.catalogue import schema
from archive_ai.catalogue.record_rows import record_from
from archive_ai.domain import Record, Word
from archive_ai.ports import Language, Split

FIELDS = ("title", "description", "place", "kind")
"""The fields that hold stems; signatures are kept as they are written."""

SHORTEST_KNOWN = 4
ROWS_AT_ONCE = 1000

_DELETE = text("DELETE FROM record_text WHERE rowid = :id")
_INSERT = text(
    "INSERT INTO record_text (rowid, signature, title, description, place, kind, parts) "
    "VALUES (:id, :signature, :title, :description, :place, :kind, :parts)"
)
_KNOWN = text(
    "SELECT DISTINCT term FROM record_text_word "
    "WHERE col IN ('title', 'description', 'place', 'kind') AND length(term) >= :shortest"
)
_IS_KNOWN = text(
    "SELECT 1 FROM record_text_word "
    "WHERE term = :stem AND col IN ('title', 'description', 'place', 'kind') LIMIT 1"
)


@dataclass(frozen=True, slots=True)
class Known:
    """The stems of all descriptions, looked up one by one and remembered."""

    connection: Connection
    looked_up: dict[object, bool] = field(default_factory=dict)

    def __contains__(self, stem: object) -> bool:
        if stem not in self.looked_up:
            found = self.connection.execute(_IS_KNOWN, {"stem": stem}).first()
            self.looked_up[stem] = found is not None
        return self.looked_up[stem]


def searched(record: Record) -> Iterator[tuple[str, str, str]]:
    """Yield column, name and text of all that is searched of a record beside its signature.

    What has no column of its own is searched with the description.
    """
    for name in FIELDS:
        yield name, name, getattr(record, name)
    for name, value in record.other.items():
        yield "description", name, value


def write_texts(
    connection: Connection, language: Language, records: Sequence[tuple[int, Record]]
) -> None:
    """Write the words of a few records (by id) in place of what is there."""
    _write(connection, language, language.splitting(Known(connection)), records)


def write_all_texts(
    connection: Connection, language: Language, records: Sequence[tuple[int, Record]]
) -> None:
    """Write the words of the records of a table (by id) in place of what is there.

    A word that is new to the archive may be a part of words that were there before it: then all
    records are taken apart again.
    """
    if not records:
        return
    known = _known(connection)
    new = {
        word.stem
        for _, record in records
        for _, _, value in searched(record)
        for word in language.words(value)
        if _may_be_part(word)
    } - known
    split = language.splitting(known | new)
    _write(connection, language, split, records)
    if new and known:
        done = {number for number, _ in records}
        for part in _others(connection, done):
            _write(connection, language, split, part)


def _known(connection: Connection) -> set[str]:
    rows = connection.execute(_KNOWN, {"shortest": SHORTEST_KNOWN})
    return {term for term in rows.scalars() if term.isalpha()}


def _may_be_part(word: Word) -> bool:
    return not word.stop and len(word.stem) >= SHORTEST_KNOWN and word.stem.isalpha()


def _others(connection: Connection, done: set[int]) -> Iterator[list[tuple[int, Record]]]:
    table, last = schema.record, 0
    while True:
        query = table.select().where(table.c.id > last).order_by(table.c.id).limit(ROWS_AT_ONCE)
        rows = connection.execute(query).all()
        if not rows:
            return
        last = rows[-1].id
        yield [(row.id, record_from(row)) for row in rows if row.id not in done]


def _write(
    connection: Connection,
    language: Language,
    split: Split,
    records: Iterable[tuple[int, Record]],
) -> None:
    rows = [{"id": number} | _row(language, split, record) for number, record in records]
    if rows:
        connection.execute(_DELETE, [{"id": row["id"]} for row in rows])
        connection.execute(_INSERT, rows)


def _row(language: Language, split: Split, record: Record) -> dict[str, object]:
    stems: dict[str, list[str]] = {name: [] for name in FIELDS}
    parts: dict[str, None] = {}
    for column, _, value in searched(record):
        for word in language.words(value):
            stems[column].append(word.stem)
            if not word.stop:
                parts.update(dict.fromkeys(split(word.form)))
    return {
        "signature": " ".join(word.form for word in language.words(record.signature)),
        **{name: " ".join(found) for name, found in stems.items()},
        "parts": " ".join(parts),
    }
