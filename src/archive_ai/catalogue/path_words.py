"""The words of paths: what lies below the folder that all files share, without the suffix.

They are kept folded, in folders and in the file's name apart: in which folders files lie is not
told to everybody.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from sqlalchemy import ColumnElement, Connection, func, select, text

from archive_ai.catalogue import schema
from archive_ai.catalogue.chunks import chunks, listed
from archive_ai.domain import FileState, PhotoId, Word
from archive_ai.domain.folding import fold
from archive_ai.ports import Language

MANY = 1000
"""Files of an archive in which a word that more than half of the paths hold says nothing."""

_KNOWN = text("SELECT rowid FROM file_text WHERE rowid IN (SELECT value FROM json_each(:ids))")
_INSERT = text("INSERT INTO file_text (rowid, folder, name) VALUES (:id, :folder, :name)")
_COUNT = text("SELECT count(*) FROM file_text WHERE file_text MATCH :match")
_SEARCH = text("SELECT rowid, -bm25(file_text) FROM file_text WHERE file_text MATCH :match")


def write_paths(connection: Connection, paths: Mapping[str, int]) -> None:
    """Write the words of paths (by path the file's id); those that are there are left."""
    known = set(connection.execute(_KNOWN, {"ids": json.dumps(list(paths.values()))}).scalars())
    rows = [{"id": one} | _folded(path) for path, one in paths.items() if one not in known]
    if rows:
        connection.execute(_INSERT, rows)


def _folded(path: str) -> dict[str, str]:
    folder, name = os.path.split(path)
    return {"folder": fold(folder), "name": fold(os.path.splitext(name)[0])}  # noqa: PTH122 (text)


class PathWords:
    """Finds photos by the words of where their files lie.

    A word must stand there as it is asked for. One with digits may be the beginning of a longer
    run of letters and digits, cut where letters and digits meet: F001N in F001N0001.
    """

    def __init__(self, language: Language) -> None:
        self._language = language

    def photos(
        self,
        connection: Connection,
        word: Word,
        sees: Callable[[ColumnElement[str]], ColumnElement[bool]],
        folders: bool,
    ) -> dict[PhotoId, float]:
        """Return the photos that ``word`` finds and that may be seen, with bm25.

        Without ``folders`` only the names of files are asked.
        """
        match = _question(word, folders)
        count = connection.execute(_COUNT, {"match": match}).scalar_one()
        file, photo = schema.file, schema.photo
        files = connection.execute(select(func.count()).select_from(file)).scalar_one()
        if not count or (count > MANY and 2 * count > files):
            return {}
        near = {row[0]: row[1] for row in connection.execute(_SEARCH, {"match": match})}
        root = _root(connection)
        found: dict[PhotoId, float] = {}
        query = (
            select(photo.c.id, file.c.id, file.c.path)
            .join(file, file.c.sha256 == photo.c.sha256)
            .where(file.c.id.in_(listed(list(near))), file.c.state == FileState.PRESENT.value)
            .where(sees(photo.c.id))
        )
        for photo_id, number, path in connection.execute(query):
            if any(_fits(word, other) for other in self._words(path, root, folders)):
                found[PhotoId(photo_id)] = max(near[number], found.get(photo_id, 0.0))
        return found

    def evidence(
        self,
        connection: Connection,
        words: Sequence[Word],
        photos: Sequence[PhotoId],
        folders: bool,
    ) -> dict[PhotoId, tuple[str, ...]]:
        """Return the words of the paths of ``photos`` that one of ``words`` finds."""
        file, photo = schema.file, schema.photo
        root = _root(connection)
        found: defaultdict[PhotoId, dict[str, None]] = defaultdict(dict)
        for part in chunks(photos):
            query = (
                select(photo.c.id, file.c.path)
                .join(file, file.c.sha256 == photo.c.sha256)
                .where(photo.c.id.in_(part), file.c.state == FileState.PRESENT.value)
            )
            for photo_id, path in connection.execute(query):
                for other in self._words(path, root, folders):
                    if any(_fits(word, other) for word in words):
                        found[PhotoId(photo_id)][other.text] = None
        return {photo_id: tuple(told) for photo_id, told in found.items()}

    def _words(self, path: str, root: str, folders: bool) -> Iterable[Word]:
        told = path[len(root) :] if folders else os.path.basename(path)  # noqa: PTH119 (text)
        return self._language.words(os.path.splitext(told)[0])  # noqa: PTH122 (text)


def _question(word: Word, folders: bool) -> str:
    """Ask for a word; what is found is looked at again."""
    columns = "{folder name}" if folders else "name"
    return f'{columns} : "{word.form}"{"*" if _has_digit(word.form) else ""}'


def _fits(word: Word, other: Word) -> bool:
    if not other.form.startswith(word.form):
        return False
    if len(other.form) == len(word.form):
        return True
    meets = other.form[len(word.form) - 1].isdigit() != other.form[len(word.form)].isdigit()
    return meets and _has_digit(word.form)


def _has_digit(form: str) -> bool:
    return any(letter.isdigit() for letter in form)


def _root(connection: Connection) -> str:
    """Return the folder that all files share: that of the first and the last by their paths."""
    query = select(func.min(schema.file.c.path), func.max(schema.file.c.path))
    first, last = connection.execute(query).one()
    if first is None:
        return ""
    try:
        folders = [os.path.dirname(str(one)) for one in (first, last)]  # noqa: PTH120 (text)
        return os.path.commonpath(folders)
    except ValueError:  # on different drives
        return ""
