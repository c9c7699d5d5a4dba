"""Full-text search over descriptions, signatures and paths: all photos that answer, and why.

Words are compared by their stems, in paths as they are written. What is closed never answers: the
caller's condition is part of every question (M7).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Engine, Select, func, select, text

from archive_ai.catalogue import schema
from archive_ai.catalogue.path_words import PathWords
from archive_ai.catalogue.record_rows import record_from
from archive_ai.catalogue.record_text import Known, searched
from archive_ai.domain import PhotoId, Record, TextEvidence, TextKind, TextMatch, Word
from archive_ai.ports import Language, Split

Sees = Callable[[ColumnElement[str]], ColumnElement[bool]]
"""Takes a column of photo ids, gives the condition that the asker may see the photo."""

PHRASE_FIELDS = ("title", "description", "place", "kind")
MOST_WORDS = 32
PART, PARTS = 0.5, 0.25
"""What a word counts that stands only as a part of longer ones, and one of which only the parts
stand there, each on its own."""

# A title says more of a picture than a long description; of bm25 (Robertson and Zaragoza, 2009).
_WEIGHTS = "10.0, 5.0, 1.0, 3.0, 2.0, 1.0"
_SEARCH = text(
    f"SELECT rowid, -bm25(record_text, {_WEIGHTS}) FROM record_text WHERE record_text MATCH :match"
)


@dataclass(slots=True)
class _Found:
    """What was found in one record or path: words as bits, their sum of weights, and bm25."""

    words: int = 0
    weight: float = 0.0
    near: float = 0.0

    def __add__(self, other: _Found) -> _Found:
        shared = self.words & other.words
        both = self.weight + other.weight - min(shared.bit_count(), self.weight, other.weight)
        return _Found(self.words | other.words, both, self.near + other.near)


class FullText:
    """Finds photos by what is written about them."""

    def __init__(self, engine: Engine, language: Language) -> None:
        self._engine = engine
        self._language = language
        self._paths = PathWords(language)

    def matches(self, asked: str, sees: Sees) -> dict[PhotoId, TextMatch]:
        """Return every photo that has a word of ``asked`` in a record or its path.

        Exact ones are ordered by bm25, the best has 1.0; weak ones by how much of the question
        they hold, and then by bm25. Nothing for a text without words of content.
        """
        words = self._content(asked)
        if not words:
            return {}
        with self._engine.connect() as connection:
            records = self._in_records(connection, words)
            paths: dict[PhotoId, _Found] = defaultdict(_Found)
            for place, word in enumerate(words):
                for photo, near in self._paths.photos(connection, word, sees).items():
                    paths[photo] += _Found(1 << place, 1.0, near)
            photos = _photos_of(connection, list(records), sees)
        found: dict[PhotoId, _Found] = dict(paths)
        for photo, numbers in photos.items():
            of_path = paths.get(photo, _Found())
            both = (records[number] + of_path for number in numbers)
            found[photo] = max(both, key=lambda one: (one.weight, one.near))
        return _judged(found, len(words))

    def evidence(
        self, asked: str, photos: Sequence[PhotoId]
    ) -> dict[PhotoId, tuple[TextEvidence, ...]]:
        """Return the words that answer as they stand in records and paths, for few photos."""
        words = self._content(asked)
        stems = {word.stem for word in words}
        with self._engine.connect() as connection:
            split = self._language.splitting(Known(connection))
            wanted = stems | {part for word in words for part in split(word.form)}
            found: defaultdict[PhotoId, list[TextEvidence]] = defaultdict(list)
            for photo, record in _records_of(connection, photos):
                found[photo] += self._in_record(record, words, wanted, split)
            for photo, names in self._paths.evidence(connection, words, photos).items():
                found[photo].append(TextEvidence("path", names, None))
        return {photo: tuple(these) for photo, these in found.items()}

    def with_phrase(
        self, phrase: str, sees: Sees, fields: Sequence[str] = PHRASE_FIELDS
    ) -> set[PhotoId]:
        """Return the photos in one of the fields of whose records a phrase stands.

        Its words in their order with nothing between, whole and as they are written; case,
        ß/ss, accents and the two ways to write umlauts make no difference.
        """
        words = self._language.words(phrase)
        if not words:
            return set()
        stems = " ".join(word.stem for word in words)
        forms = " ".join(word.form for word in words)
        match = f'{{{" ".join(fields)}}} : "{stems}"'
        if "description" in fields:
            match += f' OR {{signature}} : "{forms}"'
        with self._engine.connect() as connection:
            numbers = [row[0] for row in connection.execute(_SEARCH, {"match": match})]
            query = select(schema.record).where(schema.record.c.id.in_(_listed(numbers)))
            records = {row.id: record_from(row) for row in connection.execute(query)}
            holding = [number for number, one in records.items() if self._holds(one, forms, fields)]
            return set(_photos_of(connection, holding, sees))

    def _content(self, asked: str) -> list[Word]:
        words = {word.stem: word for word in self._language.words(asked) if not word.stop}
        return list(words.values())[:MOST_WORDS]

    def _in_records(self, connection: Connection, words: Sequence[Word]) -> dict[int, _Found]:
        split = self._language.splitting()
        found: defaultdict[int, _Found] = defaultdict(_Found)
        for place, word in enumerate(words):
            bit = 1 << place
            whole = f'{{title description place kind}} : "{word.stem}" OR signature : "{word.form}"'
            for number, near in connection.execute(_SEARCH, {"match": whole}):
                one = found[number]
                one.words, one.weight, one.near = one.words | bit, one.weight + 1, one.near + near
            questions = [(f'parts : "{word.stem}"', PART)]
            if len(parts := split(word.form)) > 1:
                questions.append((" AND ".join(f'"{part}"' for part in parts), PARTS))
            told: set[int] = set()
            for question, weight in questions:
                for number, near in connection.execute(_SEARCH, {"match": question}):
                    one = found[number]
                    if not one.words & bit and number not in told:
                        told.add(number)
                        one.weight, one.near = one.weight + weight, one.near + near
        return found

    def _in_record(
        self, record: Record, words: Sequence[Word], wanted: set[str], split: Split
    ) -> list[TextEvidence]:
        evidence = []
        forms = {word.form for word in words}
        signature = [w.text for w in self._language.words(record.signature) if w.form in forms]
        if signature:
            evidence.append(TextEvidence("signature", _once(signature), record.source))
        for _, name, value in searched(record):
            told = [
                word.text
                for word in self._language.words(value)
                if not word.stop and (word.stem in wanted or wanted & set(split(word.form)))
            ]
            if told:
                evidence.append(TextEvidence(name, _once(told), record.source))
        return evidence

    def _holds(self, record: Record, forms: str, fields: Sequence[str]) -> bool:
        texts = [value for column, _, value in searched(record) if column in fields]
        if "description" in fields:
            texts.append(record.signature)
        return any(
            f" {forms} " in f" {' '.join(word.form for word in self._language.words(one))} "
            for one in texts
        )


def _judged(found: Mapping[PhotoId, _Found], count: int) -> dict[PhotoId, TextMatch]:
    every = (1 << count) - 1
    best = max((one.near for one in found.values()), default=0.0) or 1.0
    exact = max((one.near for one in found.values() if one.words == every), default=0.0) or 1.0
    judged = {}
    for photo, one in found.items():
        if one.words == every:
            judged[photo] = TextMatch(TextKind.EXACT, max(one.near / exact, 1e-6))
        else:
            nearness = 0.5 + 0.5 * one.near / best
            judged[photo] = TextMatch(TextKind.WEAK, min(one.weight / count, 1.0) * nearness)
    return judged


def _listed(numbers: Sequence[int]) -> Select[tuple[int]]:
    """Return a list of any length as a part of a statement."""
    values = func.json_each(json.dumps(numbers)).table_valued("value")
    return select(values.c.value)


def _photos_of(
    connection: Connection, numbers: Sequence[int], sees: Sees
) -> dict[PhotoId, list[int]]:
    """Return the photos of records that may be seen, with the records of each."""
    joined = schema.record_photo
    query = select(joined.c.photo_id, joined.c.record_id).where(
        joined.c.record_id.in_(_listed(numbers)), sees(joined.c.photo_id)
    )
    found: defaultdict[PhotoId, list[int]] = defaultdict(list)
    for photo, number in connection.execute(query):
        found[PhotoId(photo)].append(number)
    return found


def _records_of(connection: Connection, photos: Sequence[PhotoId]) -> list[tuple[PhotoId, Record]]:
    record, joined = schema.record, schema.record_photo
    values = func.json_each(json.dumps(list(photos))).table_valued("value")
    query = (
        select(joined.c.photo_id, record)
        .join(joined, joined.c.record_id == record.c.id)
        .where(joined.c.photo_id.in_(select(values.c.value)))
        .order_by(record.c.source.desc(), record.c.key)
    )
    rows = connection.execute(query)
    return [(PhotoId(row.photo_id), record_from(row)) for row in rows]


def _once(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))
