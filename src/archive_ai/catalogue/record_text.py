"""The words of records as the full-text search keeps them: stems, and the parts of compounds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, text

from archive_ai.catalogue import schema
from archive_ai.catalogue.chunks import chunks
from archive_ai.catalogue.record_rows import record_from
from archive_ai.domain import Record, Word
from archive_ai.ports import Language, Split

FIELDS = ("title", "description", "place", "kind")
"""The fields that hold stems; signatures are kept as they are written."""

SHORTEST_KNOWN = 4
SHORTEST_PART = 3
FEW = 50
"""New words that are looked for in all others; if there are more, all long words are touched."""

WORDS_AT_ONCE = 200

_DELETE = text("DELETE FROM record_text WHERE rowid = :id")
_INSERT = text(
    "INSERT INTO record_text (rowid, signature, title, description, place, kind, parts) "
    "VALUES (:id, :signature, :title, :description, :place, :kind, :parts)"
)
_PARTS = text("UPDATE record_text SET parts = :parts WHERE rowid = :id")
_HOLDING = text("SELECT rowid FROM record_text WHERE record_text MATCH :match")
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

    A word that is new to the archive may be a part of words that were there before it: the records
    that hold such are taken apart again.
    """
    if not records:
        return
    known = _known(connection)
    gained = {
        word.stem
        for _, record in records
        for _, _, value in searched(record)
        for word in language.words(value)
        if _may_be_part(word)
    } - known
    split = language.splitting(known | gained)
    _write(connection, language, split, records)
    if known:
        for others in _touched(connection, known, gained):
            _take_apart(connection, language, split, others)


def _known(connection: Connection) -> set[str]:
    rows = connection.execute(_KNOWN, {"shortest": SHORTEST_KNOWN})
    return {term for term in rows.scalars() if term.isalpha()}


def _may_be_part(word: Word) -> bool:
    return not word.stop and len(word.stem) >= SHORTEST_KNOWN and word.stem.isalpha()


def _touched(
    connection: Connection, known: set[str], gained: set[str]
) -> Iterator[list[tuple[int, Record]]]:
    """Yield, each once, the records that hold a word in which one of ``gained`` stands."""
    if not gained:
        return
    longer = [one for one in known if len(one) >= 2 * SHORTEST_PART]
    if len(gained) <= FEW:
        longer = [one for one in longer if any(stem in one for stem in gained)]
    done: set[int] = set()
    for start in range(0, len(longer), WORDS_AT_ONCE):
        match = " OR ".join(f'"{one}"' for one in longer[start : start + WORDS_AT_ONCE])
        found = connection.execute(_HOLDING, {"match": match}).scalars()
        numbers = [number for number in found if number not in done]
        done.update(numbers)
        for part in chunks(numbers):
            query = schema.record.select().where(schema.record.c.id.in_(part))
            yield [(row.id, record_from(row)) for row in connection.execute(query)]


def _take_apart(
    connection: Connection,
    language: Language,
    split: Split,
    records: Sequence[tuple[int, Record]],
) -> None:
    """Write the parts of those records that have others than before."""
    ids = ", ".join(str(number) for number, _ in records)
    query = text(f"SELECT rowid, parts FROM record_text WHERE rowid IN ({ids})")
    before = {row[0]: row[1] for row in connection.execute(query)}
    rows = [{"id": n, "parts": str(_row(language, split, one)["parts"])} for n, one in records]
    changed = [row for row in rows if row["parts"] != before[row["id"]]]
    if changed:
        connection.execute(_PARTS, changed)


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
