"""Why a photo answers: the words of its records that a question found, as they stand there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

from sqlalchemy import Connection, select

from archive_ai.catalogue import schema
from archive_ai.catalogue.chunks import chunks
from archive_ai.catalogue.record_rows import record_from
from archive_ai.catalogue.record_text import Known, searched
from archive_ai.domain import PhotoId, Record, TextEvidence, Word
from archive_ai.ports import Language


def evidence_of(
    connection: Connection, language: Language, words: Sequence[Word], photos: Sequence[PhotoId]
) -> dict[PhotoId, tuple[TextEvidence, ...]]:
    """Return the words that answer, field by field, a table's records first."""
    split = language.splitting(Known(connection))
    forms = {word.form for word in words}
    stems = {word.stem for word in words}
    wanted = stems | {part for word in words for part in split(word.form)}
    spelled = wanted | {form for form in forms if form.isalpha()}

    def answers(word: Word) -> bool:
        if word.stop or word.stem in wanted:
            return not word.stop
        # Taking apart is slow: only what can hold a word is.
        bare = word.form.replace("ae", "a").replace("oe", "o").replace("ue", "u")
        if not any(one in word.form or one in bare for one in spelled):
            return False
        return not stems.isdisjoint(split(word.form))

    found: defaultdict[PhotoId, list[TextEvidence]] = defaultdict(list)
    for photo, record in _records(connection, photos):
        told = [word.text for word in language.words(record.signature) if word.form in forms]
        if told:
            found[photo].append(_evidence("signature", told, record))
        for name, texts in _answering(language, record, answers):
            found[photo].append(_evidence(name, texts, record))
    return {photo: tuple(these) for photo, these in found.items()}


def _answering(
    language: Language, record: Record, answers: Callable[[Word], bool]
) -> list[tuple[str, list[str]]]:
    fields = [
        (name, [word.text for word in language.words(value) if answers(word)])
        for _, name, value in searched(record)
    ]
    return [(name, texts) for name, texts in fields if texts]


def _evidence(name: str, texts: Sequence[str], record: Record) -> TextEvidence:
    return TextEvidence(name, tuple(dict.fromkeys(texts)), record.source)


def _records(connection: Connection, photos: Sequence[PhotoId]) -> list[tuple[PhotoId, Record]]:
    record, joined = schema.record, schema.record_photo
    found: list[tuple[PhotoId, Record]] = []
    for part in chunks(photos):
        query = (
            select(joined.c.photo_id, record)
            .join(joined, joined.c.record_id == record.c.id)
            .where(joined.c.photo_id.in_(part))
            .order_by(record.c.source.desc(), record.c.key)
        )
        rows = connection.execute(query)
        found += [(PhotoId(row.photo_id), record_from(row)) for row in rows]
    return found
