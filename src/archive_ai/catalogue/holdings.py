"""Lists and numbers of what a viewer may see: photos, collections, tags (M7).

Numbers are counted anew only after something changed that they depend on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Row, Select, func, select, text

from archive_ai.catalogue import schema
from archive_ai.catalogue.chunks import chunks
from archive_ai.catalogue.files import photo_from
from archive_ai.catalogue.speaking import CONCEPT_NOW, told
from archive_ai.catalogue.tags import decided, state_of_tags
from archive_ai.catalogue.visibility import Gate
from archive_ai.domain import CollectionCount, FileState, ListedPhoto, PhotoId, Verdict, Viewer


class Holdings:
    """What there is for a viewer to see."""

    def __init__(self, engine: Engine, gate: Gate) -> None:
        self._engine = engine
        self._gate = gate
        self._counted: dict[tuple[object, ...], tuple[object, Any]] = {}
        self._lock = Lock()

    def photos(
        self, viewer: Viewer, after: str, limit: int, collection: str = ""
    ) -> list[ListedPhoto]:
        """Return at most ``limit`` photos by id, those after the id ``after``."""
        file, photo = schema.file, schema.photo
        query = (
            self._seen(viewer, photo, func.min(file.c.path).label("path"))
            .where(photo.c.id > after)
            .group_by(photo.c.id)
            .order_by(photo.c.id)
            .limit(limit)
        )
        if collection:
            query = query.where(file.c.collection_id == _number_of(collection))
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
        return self._with_collections(rows)

    def listed(self, viewer: Viewer, photos: Sequence[PhotoId]) -> list[ListedPhoto]:
        """Return those of ``photos`` that may be seen and have a present file, by id."""
        file, photo = schema.file, schema.photo
        rows: list[Row[Any]] = []
        with self._engine.connect() as connection:
            for part in chunks(sorted(photos)):
                query = self._seen(viewer, photo, func.min(file.c.path).label("path"))
                query = query.where(photo.c.id.in_(part)).group_by(photo.c.id)
                rows += connection.execute(query.order_by(photo.c.id)).all()
        return self._with_collections(rows)

    def ends_of_parts(self, viewer: Viewer, collection: str, size: int) -> list[str]:
        """Return the ids of the photos that end each ``size`` photos of a collection, by id."""
        file, photo = schema.file, schema.photo
        ids = (
            self._seen(viewer, photo.c.id)
            .where(file.c.collection_id == _number_of(collection))
            .distinct()
            .subquery()
        )
        place = func.row_number().over(order_by=ids.c.id)
        numbered = select(ids.c.id, place.label("place")).subquery()
        query = select(numbered.c.id).where(numbered.c.place % size == 0).order_by(numbered.c.place)
        with self._engine.connect() as connection:
            return [str(one) for one in connection.execute(query).scalars()]

    def collections(self, viewer: Viewer) -> list[CollectionCount]:
        """Return collections by name with how many photos may be seen, if there are any."""
        file, collection = schema.file, schema.collection
        query = (
            self._seen(viewer, collection.c.name, func.count(schema.photo.c.id.distinct()))
            .join(collection, collection.c.id == file.c.collection_id)
            .group_by(collection.c.id)
            .order_by(collection.c.name)
        )

        def count() -> list[CollectionCount]:
            with self._engine.connect() as connection:
                return [CollectionCount(name, n) for name, n in connection.execute(query)]

        found: list[CollectionCount] = self._kept(("collections", viewer.sees_closed), count)
        return list(found)

    def concepts(self, viewer: Viewer, scheme: str) -> dict[str, tuple[int, int, int]]:
        """Return on how many photos each concept is accepted, suggested and undecided, rejected."""
        suggestion, standing = schema.suggestion, schema.standing
        machine = (
            told(CONCEPT_NOW, suggestion.c.photo_id)
            .where(
                schema.tagging_run.c.scheme == scheme,
                self._gate.sees(viewer, suggestion.c.photo_id),
                _present(suggestion.c.photo_id),
            )
            .distinct()
            .subquery()
        )
        suggested = select(machine.c.concept_now, func.count()).group_by(machine.c.concept_now)
        verdict = schema.decision.c.verdict
        by_people = (
            decided(standing.c.concept, verdict, func.count())
            .where(
                standing.c.scheme == scheme,
                self._gate.sees(viewer, standing.c.photo_id),
                _present(standing.c.photo_id),
            )
            .group_by(standing.c.concept, verdict)
        )

        def count() -> dict[str, tuple[int, int, int]]:
            with self._engine.connect() as connection:
                waiting = dict(tuple(row) for row in connection.execute(suggested))
                rows = connection.execute(by_people).all()
            said = {(concept, Verdict(one)): number for concept, one, number in rows}
            return {
                name: (
                    said.get((name, Verdict.ACCEPTED), 0),
                    waiting.get(name, 0),
                    said.get((name, Verdict.REJECTED), 0),
                )
                for name in sorted({*waiting, *(concept for concept, _ in said)})
            }

        found: dict[str, tuple[int, int, int]] = self._kept(
            ("concepts", viewer.sees_closed, scheme), count
        )
        return dict(found)

    def _seen(self, viewer: Viewer, *columns: Any) -> Select[Any]:
        """Select from the present files of photos that may be seen."""
        file, photo = schema.file, schema.photo
        return (
            select(*columns)
            .select_from(photo)
            .join(file, file.c.sha256 == photo.c.sha256)
            .where(file.c.state == FileState.PRESENT.value, self._gate.sees(viewer, photo.c.id))
        )

    def _with_collections(self, rows: Sequence[Row[Any]]) -> list[ListedPhoto]:
        """Make photos of rows, with the collections of their content's present files."""
        file, collection = schema.file, schema.collection
        named: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
        with self._engine.connect() as connection:
            for part in chunks([row.sha256 for row in rows]):
                query = (
                    select(file.c.sha256, collection.c.name)
                    .join(collection, collection.c.id == file.c.collection_id)
                    .where(file.c.sha256.in_(part), file.c.state == FileState.PRESENT.value)
                    .distinct()
                    .order_by(collection.c.name)
                )
                for sha256, name in connection.execute(query):
                    named[sha256] += (name,) if name not in named[sha256] else ()
        return [ListedPhoto(photo_from(row), Path(row.path), named[row.sha256]) for row in rows]

    def _kept(self, what: tuple[object, ...], count: Callable[[], Any]) -> Any:
        """Return what was counted last, unless what it depends on has changed since."""
        # One connection after the other: who holds one and waits for another may wait for ever.
        may_be_seen = self._gate.state()
        with self._engine.connect() as connection:
            state = (may_be_seen, state_of_tags(connection), _newest(connection))
        with self._lock:
            known = self._counted.get(what)
        if known is None or known[0] != state:
            known = (state, count())
            with self._lock:
                self._counted[what] = known
        return known[1]


def _newest(connection: Connection) -> tuple[int, int]:
    """Return what grows with every new file and every new photo."""
    file = connection.execute(select(func.max(schema.file.c.id))).scalar()
    photo = connection.execute(text("SELECT max(rowid) FROM photo")).scalar()
    return file or 0, photo or 0


def _number_of(collection: str) -> Any:
    table = schema.collection
    return select(table.c.id).where(table.c.name == collection).scalar_subquery()


def _present(photo: ColumnElement[str]) -> ColumnElement[bool]:
    """Return the condition that a photo has a present file."""
    file, table = schema.file, schema.photo.alias()
    return (
        select(file.c.id)
        .join(table, table.c.sha256 == file.c.sha256)
        .where(table.c.id == photo, file.c.state == FileState.PRESENT.value)
        .correlate_except(file, table)
        .exists()
    )
