"""Which records describe which photos: by path, or by signature against file names.

A key that is a path finds the files whose paths end with it. A signature finds the files whose
names begin with it: both are cut into runs of letters and of digits, so that ``F001-0001``,
``F001_0001`` and ``f001 0001`` are one, ``F001N`` finds ``F001N0001r.tif``, and ``F001-1`` never
``F001-10``. A signature may end in the file's suffix, too. Of several signatures of a page that
begin a name only the longest counts, and beside it every one that closes.

A record that closes keeps its photos by their content: neither another name nor a file that goes
away opens what a person closed.

A record may come before its scan: whenever a file is written, its content is linked anew in the
same transaction, so that a scan whose record closes it is closed from its first moment on (M7).
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from sqlalchemy import ColumnElement, Connection, bindparam, delete, select
from sqlalchemy.dialects.sqlite import insert

from archive_ai.catalogue import schema
from archive_ai.catalogue.chunks import chunks
from archive_ai.catalogue.closing import closes, today
from archive_ai.domain import ClosureRules, FileState, Record, RecordSource
from archive_ai.domain.folding import fold

_RUN = re.compile(r"[^\W\d_]+|\d+")


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A record of a table, as far as linking looks at it."""

    id: int
    path: tuple[str, ...]
    page: int | None
    closes: bool


def locator(record: Record) -> str:
    """Return by what a record finds its files; empty for one that was embedded in a file."""
    if record.source is not RecordSource.TABLE:
        return ""
    base = _base(record.key, record.page)
    if record.by_signature:
        return " ".join(_runs(base))
    parts = _parts(base)
    return f"/{parts[-1]}" if parts else ""


def link(connection: Connection, contents: Iterable[str], rules: ClosureRules) -> None:
    """Make the links of all photos of these contents (SHA-256) anew, those to tables only.

    What a record closes by ``rules`` today stays with it.
    """
    wanted = sorted(set(filter(None, contents)))
    for part in chunks(wanted):
        _link(connection, part, rules)


def link_all(connection: Connection, rules: ClosureRules) -> None:
    """Make the links of all photos anew, those to tables only."""
    contents = connection.execute(select(schema.photo.c.sha256).distinct()).scalars()
    link(connection, contents, rules)


def _link(connection: Connection, contents: Sequence[str], rules: ClosureRules) -> None:
    photo, joined, record = schema.photo, schema.record_photo, schema.record
    closing = closes(rules, today())
    paths = _paths(connection, contents)
    locators = {one for found in paths.values() for p in found for one in p[1]}
    located = _located(connection, locators, closing)
    photos = connection.execute(
        select(photo.c.id, photo.c.sha256, photo.c.page).where(photo.c.sha256.in_(contents))
    ).all()
    wanted = {
        (row.id, waiting.id)
        for row in photos
        for waiting in _describing(paths[row.sha256], located, row.page)
    }
    there = {
        (row.photo_id, row.record_id)
        for row in connection.execute(
            select(joined.c.photo_id, joined.c.record_id)
            .join(record, record.c.id == joined.c.record_id)
            .join(photo, photo.c.id == joined.c.photo_id)
            .where(photo.c.sha256.in_(contents), record.c.source == RecordSource.TABLE.value)
        )
    }
    gone = _opening(connection, there - wanted, closing)
    if gone:
        pair = (joined.c.photo_id == bindparam("one"), joined.c.record_id == bindparam("other"))
        values = [{"one": one, "other": other} for one, other in gone]
        connection.execute(delete(joined).where(*pair), values)
    new = [{"photo_id": one, "record_id": other} for one, other in sorted(wanted - there)]
    if new:
        connection.execute(insert(joined).on_conflict_do_nothing(), new)


def _opening(
    connection: Connection, links: set[tuple[str, int]], closing: ColumnElement[bool]
) -> list[tuple[str, int]]:
    """Return those of ``links`` (photo, record) whose records close nothing."""
    record = schema.record
    numbers = sorted({number for _, number in links})
    kept: set[int] = set()
    for part in chunks(numbers):
        query = select(record.c.id).where(record.c.id.in_(part), closing)
        kept.update(connection.execute(query).scalars())
    return sorted(one for one in links if one[1] not in kept)


_Path = tuple[tuple[str, ...], tuple[str, ...]]
"""The parts of a path, and the locators that would find it, the longest signature first."""


def _paths(connection: Connection, contents: Sequence[str]) -> defaultdict[str, list[_Path]]:
    """Return the paths of each content: those that are there or, if none is, all."""
    file = schema.file
    here: defaultdict[str, list[_Path]] = defaultdict(list)
    gone: defaultdict[str, list[_Path]] = defaultdict(list)
    query = select(file.c.sha256, file.c.path, file.c.state).where(file.c.sha256.in_(contents))
    for row in connection.execute(query):
        into = gone if row.state == FileState.MISSING.value else here
        parts = _parts(row.path)
        runs = _runs(parts[-1]) if parts else []
        signatures = [" ".join(runs[:count]) for count in range(len(runs), 0, -1)]
        into[row.sha256].append((parts, (*signatures, f"/{parts[-1]}" if parts else "")))
    for content, found in gone.items():
        here.setdefault(content, found)
    return here


def _located(
    connection: Connection, locators: set[str], closing: ColumnElement[bool]
) -> defaultdict[str, list[_Waiting]]:
    record = schema.record
    found: defaultdict[str, list[_Waiting]] = defaultdict(list)
    wanted = sorted(filter(None, locators))
    for part in chunks(wanted):
        columns = (record.c.id, record.c.key, record.c.page, record.c.locator)
        query = select(*columns, closing.label("closes")).where(record.c.locator.in_(part))
        for row in connection.execute(query):
            path = _parts(_base(row.key, row.page)) if row.locator.startswith("/") else ()
            found[row.locator].append(_Waiting(row.id, path, row.page, bool(row.closes)))
    return found


def _describing(
    paths: Sequence[_Path], located: defaultdict[str, list[_Waiting]], page: int
) -> Iterator[_Waiting]:
    """Yield the records of a page; one may come twice."""
    for parts, (*signatures, name) in paths:
        for waiting in located.get(name, ()):
            if waiting.page in (None, page) and parts[-len(waiting.path) :] == waiting.path:
                yield waiting
        longest = True
        for signature in signatures:
            found = [one for one in located.get(signature, ()) if one.page in (None, page)]
            yield from (one for one in found if longest or one.closes)
            longest = longest and not found


def _base(key: str, page: int | None) -> str:
    return key if page is None else key.removesuffix(f"#{page}")


def _runs(text: str) -> list[str]:
    return _RUN.findall(fold(text))


def _parts(path: str) -> tuple[str, ...]:
    """Cut a path; letters as characters of their own or composed, large or small, are one."""
    plain = unicodedata.normalize("NFC", path).casefold()
    return PurePosixPath(plain).parts
