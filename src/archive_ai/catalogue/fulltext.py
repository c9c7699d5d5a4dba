"""Full-text search over descriptions, signatures and paths: all photos that answer.

Words are compared by their stems, in paths as they are written. What is closed never answers: the
caller's condition is part of every question (M7). For why a photo answers, see ``evidence``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Connection, Engine, select, text

from archive_ai.catalogue import schema
from archive_ai.catalogue.chunks import listed
from archive_ai.catalogue.evidence import evidence_of
from archive_ai.catalogue.path_words import PathWords
from archive_ai.catalogue.record_rows import record_from
from archive_ai.catalogue.record_text import searched
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
_SEARCH = f"SELECT rowid, -bm25(record_text, {_WEIGHTS}) FROM record_text WHERE record_text MATCH ?"
_PHRASE = text("SELECT rowid FROM record_text WHERE record_text MATCH :match")


@dataclass(slots=True)
class _Found:
    """What was found of one photo: words as bits, their sum of weights, and bm25."""

    words: int = 0
    weight: float = 0.0
    near: float = 0.0

    def __add__(self, other: _Found) -> _Found:
        shared = (self.words & other.words).bit_count()
        weight = self.weight + other.weight - shared
        return _Found(self.words | other.words, weight, self.near + other.near)


@dataclass(frozen=True, slots=True)
class _Records:
    """What was found in records: rows (n) of ascending ids, and beside them what each holds."""

    ids: NDArray[np.int64]
    words: NDArray[np.int64]
    weight: NDArray[np.float64]
    near: NDArray[np.float64]


class FullText:
    """Finds photos by what is written about them."""

    def __init__(self, engine: Engine, language: Language) -> None:
        self._engine = engine
        self._language = language
        self._paths = PathWords(language)

    def matches(self, asked: str, sees: Sees, folders: bool = True) -> dict[PhotoId, TextMatch]:
        """Return every photo that has a word of ``asked`` in a record or its path.

        Exact ones are ordered by bm25, the best has 1.0; weak ones by how much of the question
        they hold, and then by bm25. Nothing for a text without words of content. Without
        ``folders`` only the name of a file counts of its path.
        """
        words = self._content(asked)
        if not words:
            return {}
        with self._engine.connect() as connection:
            records = _in_records(connection, words, self._language.splitting())
            paths: defaultdict[PhotoId, _Found] = defaultdict(_Found)
            for place, word in enumerate(words):
                for photo, near in self._paths.photos(connection, word, sees, folders).items():
                    paths[photo] += _Found(1 << place, 1.0, near)
            found = _of_photos(connection, records, paths, sees)
        return _judged(found, len(words))

    def evidence(
        self, asked: str, photos: Sequence[PhotoId], folders: bool = True
    ) -> dict[PhotoId, tuple[TextEvidence, ...]]:
        """Return the words that answer as they stand in records and paths, for few photos."""
        words = self._content(asked)
        with self._engine.connect() as connection:
            found = evidence_of(connection, self._language, words, photos)
            told = self._paths.evidence(connection, words, photos, folders)
            for photo, names in told.items():
                found[photo] = (*found.get(photo, ()), TextEvidence("path", names, None))
        return found

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
            match += f' OR signature : "{forms}"'
        with self._engine.connect() as connection:
            numbers = connection.execute(_PHRASE, {"match": match}).scalars().all()
            query = select(schema.record).where(schema.record.c.id.in_(listed(numbers)))
            records = {row.id: record_from(row) for row in connection.execute(query)}
            holding = [number for number, one in records.items() if self._holds(one, forms, fields)]
            return {PhotoId(row[0]) for row in _links(connection, holding, sees)}

    def _content(self, asked: str) -> list[Word]:
        words = {word.stem: word for word in self._language.words(asked) if not word.stop}
        return list(words.values())[:MOST_WORDS]

    def _holds(self, record: Record, forms: str, fields: Sequence[str]) -> bool:
        texts = [value for column, _, value in searched(record) if column in fields]
        if "description" in fields:
            texts.append(record.signature)
        return any(
            f" {forms} " in f" {' '.join(word.form for word in self._language.words(one))} "
            for one in texts
        )


def _in_records(connection: Connection, words: Sequence[Word], split: Split) -> _Records:
    """Ask for each word: as it is, as a part of longer ones, and for its own parts."""
    asked: list[tuple[int, float, str]] = []
    for place, word in enumerate(words):
        whole = f'{{title description place kind}} : "{word.stem}" OR signature : "{word.form}"'
        if len(parts := split(word.form)) > 1:
            asked.append((place, PARTS, " AND ".join(f'"{part}"' for part in parts)))
        asked += [(place, PART, f'parts : "{word.stem}"'), (place, 1.0, whole)]
    answers = [_answer(connection, match) for _, _, match in asked]
    ids, rows = np.unique(np.concatenate(answers)[:, 0], return_inverse=True)
    near = np.zeros(len(ids))
    np.add.at(near, rows, np.concatenate(answers)[:, 1])
    weights, bits = np.zeros((len(words), len(ids))), np.zeros(len(ids), np.int64)
    start = 0
    for (place, weight, _), answer in zip(asked, answers, strict=True):
        these = rows[start : start + len(answer)]
        weights[place, these] = weight
        if weight == 1.0:
            bits[these] |= 1 << place
        start += len(answer)
    return _Records(ids.astype(np.int64), bits, weights.sum(axis=0), near)


def _answer(connection: Connection, match: str) -> NDArray[np.float64]:
    """Return the ids of records and bm25 (n, 2)."""
    rows = connection.exec_driver_sql(_SEARCH, (match,))
    return np.array([tuple(row) for row in rows], np.float64).reshape(-1, 2)


def _of_photos(
    connection: Connection, records: _Records, paths: Mapping[PhotoId, _Found], sees: Sees
) -> dict[PhotoId, _Found]:
    """Join records and paths photo by photo; of several records the best one counts."""
    found: dict[PhotoId, _Found] = dict(paths)
    links = _links(connection, records.ids.tolist(), sees)
    rows = np.searchsorted(records.ids, np.array([link[1] for link in links], np.int64))
    values = zip(
        records.words[rows].tolist(),
        records.weight[rows].tolist(),
        records.near[rows].tolist(),
        strict=True,
    )
    for (name, _), (words, weight, near) in zip(links, values, strict=True):
        photo = PhotoId(name)
        one = _Found(words, weight, near)
        if photo in paths:
            one += paths[photo]
        there = found.get(photo)
        if there is None or (there.weight, there.near) < (one.weight, one.near):
            found[photo] = one
    return found


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


def _links(connection: Connection, numbers: Sequence[int], sees: Sees) -> Sequence[tuple[str, int]]:
    """Return photo and record of those photos of the records that may be seen."""
    # Under a name of its own: the condition asks the same table, and must not take it for this one.
    joined = schema.record_photo.alias()
    query = select(joined.c.photo_id, joined.c.record_id).where(
        joined.c.record_id.in_(listed(numbers)), sees(joined.c.photo_id)
    )
    return [(row[0], row[1]) for row in connection.execute(query)]
