"""Which photos a query may be answered with: present, visible to whoever asks, passing filters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Engine, Select, func, or_, select

from archive_ai.catalogue import schema
from archive_ai.catalogue.record_dates import date_counts
from archive_ai.catalogue.tagged import Concepts, tagged
from archive_ai.catalogue.visibility import Gate
from archive_ai.catalogue.visible_counts import VisibleCounts
from archive_ai.domain import (
    PHOTO_ID_LENGTH,
    FileState,
    Filters,
    PhotoId,
    Viewer,
    Visibility,
    id_bytes,
)
from archive_ai.domain.folding import fold
from archive_ai.ports import VectorIndex

Ids = NDArray[np.bytes_]
MOST_KEPT = 32
"""How many selections of whole collections are kept at once."""

SEPARATORS = "_/ ."
"""What stands for a hyphen in signatures and file names."""


@dataclass(frozen=True, slots=True)
class Demands:
    """Filters with the concepts that their words mean, narrower ones included.

    ``words`` are photos that descriptions were asked for; None: nothing was asked of them.
    """

    filters: Filters = field(default_factory=Filters)
    tags: Concepts = frozenset()
    without_tags: Concepts = frozenset()
    kinds: Concepts = frozenset()
    words: frozenset[PhotoId] | None = None


class Selected:
    """Implements ``ports.Selection`` by sorted ids."""

    def __init__(self, ids: Ids) -> None:
        self._ids = ids
        self._mask: tuple[VectorIndex, NDArray[np.bool_] | None] | None = None

    def __len__(self) -> int:
        return len(self._ids)

    @property
    def ids(self) -> Ids:
        """Their ids as bytes (n,), ascending."""
        return self._ids

    def rows(self, index: VectorIndex) -> NDArray[np.bool_] | None:
        """Tell for each row of an index whether it may be found; None: all of them."""
        if self._mask is None or self._mask[0] is not index:
            self._mask = index, self._masked(index.ids)
        return self._mask[1]

    def among(self, photos: Iterable[PhotoId]) -> set[PhotoId]:
        """Return those of ``photos`` that are selected."""
        asked = list(photos)
        if not asked or not len(self._ids):
            return set()
        wanted = np.array([id_bytes(one) for one in asked], self._ids.dtype)
        places = np.minimum(np.searchsorted(self._ids, wanted), len(self._ids) - 1)
        found = (self._ids[places] == wanted).tolist()
        return {photo for photo, is_in in zip(asked, found, strict=True) if is_in}

    def _masked(self, ids: Ids) -> NDArray[np.bool_] | None:
        mask = np.zeros(len(ids), bool)
        if len(ids) and len(self._ids):
            places = np.minimum(np.searchsorted(ids, self._ids), len(ids) - 1)
            mask[places[ids[places] == self._ids]] = True
        return None if mask.all() else mask


class Selecting:
    """Selects photos; whole collections are kept until anything changes that matters."""

    def __init__(self, engine: Engine, gate: Gate, counts: VisibleCounts) -> None:
        self._engine = engine
        self._gate = gate
        self._counts = counts
        self._kept: dict[tuple[bool, tuple[str, ...]], tuple[object, Selected]] = {}
        self._lock = Lock()

    def select(self, demands: Demands, viewer: Viewer, sealed: str) -> Selected:
        """Return the photos that ``viewer`` may see and that fulfil ``demands``.

        ``sealed`` names what is indexed: photos that were not there before come with it.
        """
        state = (self._gate.state(), sealed)
        collections = demands.filters.collections
        key = (viewer.sees_closed, collections)
        with self._lock:
            kept = self._kept.get(key)
            if kept is None or kept[0] != state:
                kept = state, Selected(self._counts.shown(viewer, collections))
                if len(self._kept) >= MOST_KEPT:
                    self._kept.clear()
                self._kept[key] = kept
        everything = kept[1]
        if demands == Demands(Filters(collections=collections)):
            return everything
        chosen = self._ids(*self._conditions(demands, viewer))
        if demands.words is not None:
            words = np.array([one.encode("ascii") for one in demands.words], chosen.dtype)
            chosen = chosen[np.isin(chosen, words)]
        return Selected(np.intersect1d(everything.ids, chosen, assume_unique=True))

    def _ids(self, *conditions: ColumnElement[bool]) -> Ids:
        """Return the ids of photos for which all conditions hold, ascending."""
        # One long text instead of a million rows, each of which would become an object first.
        query = select(func.group_concat(schema.photo.c.id, "")).where(*conditions)
        with self._engine.connect() as connection:
            found = connection.execute(query).scalar() or ""
        return np.sort(np.frombuffer(found.encode("ascii"), f"S{PHOTO_ID_LENGTH}"))

    def _conditions(self, demands: Demands, viewer: Viewer) -> list[ColumnElement[bool]]:
        filters, photo = demands.filters, schema.photo
        found: list[ColumnElement[bool]] = []
        if filters.formats:
            found.append(photo.c.format.in_(filters.formats))
        if filters.colours:
            measure = schema.measure
            colours = [one.value for one in filters.colours]
            found.append(_one_of(select(measure.c.photo_id).where(measure.c.colour.in_(colours))))
        if filters.years is not None:
            found.append(_one_of(_dated(*filters.years)))
        if filters.signatures:
            found.append(or_(*(_signed(one, viewer) for one in filters.signatures)))
        if filters.kinds:
            kinds = [fold(one) for one in filters.kinds]
            by_record = _records().where(func.fold(schema.record.c.kind).in_(kinds))
            found.append(or_(_one_of(by_record), tagged(demands.kinds, ())))
        if filters.tags or (filters.statuses and not filters.without_tags):
            wanted = demands.tags if filters.tags else None
            found.append(tagged(wanted, filters.statuses))
        if filters.without_tags:
            found.append(~tagged(demands.without_tags, filters.statuses))
        if filters.visibility is not None:
            closed = self._gate.closed(photo.c.id)
            found.append(closed if filters.visibility is Visibility.CLOSED else ~closed)
        return found


def _one_of(photos: Select[Any]) -> ColumnElement[bool]:
    return schema.photo.c.id.in_(photos)


def _records() -> Select[Any]:
    """Select the photos of records."""
    record, link = schema.record, schema.record_photo
    return select(link.c.photo_id).join(record, record.c.id == link.c.record_id)


def _dated(first: int | None, last: int | None) -> Select[Any]:
    """Select the photos whose date may lie in these years, both included."""
    record = schema.record
    known = or_(record.c.first.is_not(None), record.c.last.is_not(None))
    query = _records().where(known, date_counts())
    if first is not None:
        after = record.c.last >= f"{first:04d}-01-01"
        query = query.where(or_(record.c.last.is_(None), after))
    if last is not None:
        before = record.c.first <= f"{last:04d}-12-31"
        query = query.where(or_(record.c.first.is_(None), before))
    return query


def _signed(signature: str, viewer: Viewer) -> ColumnElement[bool]:
    """Whether a signature, a file or a folder of the photo begins so, however it is parted.

    In which folders files lie is not told to readers: for them the file's name counts alone.
    """
    file = schema.file
    begins = _like(_even_text(signature))
    by_record = _records().where(_even(schema.record.c.signature).like(f"{begins}%", escape="\\"))
    name = func.name_of(file.c.path)
    path = _even("/" + name if not viewer.sees_closed else file.c.path)
    by_file = select(file.c.sha256).where(
        file.c.state == FileState.PRESENT.value, path.like(f"%-{begins}%", escape="\\")
    )
    return or_(_one_of(by_record), schema.photo.c.sha256.in_(by_file))


def _even(column: ColumnElement[str]) -> ColumnElement[str]:
    even: ColumnElement[str] = func.fold(column)
    for sign in SEPARATORS:
        even = func.replace(even, sign, "-")
    return even


def _even_text(text: str) -> str:
    return "".join("-" if sign in SEPARATORS else sign for sign in fold(text))


def _like(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
