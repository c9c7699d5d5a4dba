"""Counts photos of a given set by collection, decade, format, colour, kind and tag."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Engine, Integer, Select, cast, func, select, union

from archive_ai.catalogue import schema
from archive_ai.catalogue.record_dates import date_counts
from archive_ai.catalogue.speaking import CONCEPT_NOW, told
from archive_ai.catalogue.tags import decided
from archive_ai.domain import FileState, PhotoId, Verdict

Count = tuple[str, int]

LONGEST_SPAN = 30
"""A date that may lie in more years than these says nothing of a decade."""


class FacetCounts:
    """Counts what filters a set of photos passes; whoever asks has looked who may see them."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def count(self, photos: Sequence[PhotoId]) -> dict[str, list[Count]]:
        """Return values with numbers of photos, by field, the most frequent first.

        Tags are keyed ``scheme/concept``, accepted or suggested, as far as they may be told (M7).
        """
        ids = func.json_each(json.dumps(list(photos))).table_valued("value")
        chosen = select(ids.c.value)
        with self._engine.connect() as connection:
            found = {name: _counted(connection, query) for name, query in _plain(chosen).items()}
            found["jahr"] = _decades(connection, chosen)
            found["tag"] = _counted(connection, _tags(chosen))
        return found


def _plain(chosen: Select[Any]) -> dict[str, Select[Any]]:
    """Return the questions whose answers are values with numbers."""
    photo, file, collection = schema.photo, schema.file, schema.collection
    measure, record, link = schema.measure, schema.record, schema.record_photo
    number = func.count(photo.c.id.distinct())
    return {
        "sammlung": select(collection.c.name, number)
        .join(file, file.c.collection_id == collection.c.id)
        .join(photo, photo.c.sha256 == file.c.sha256)
        .where(photo.c.id.in_(chosen), file.c.state == FileState.PRESENT.value)
        .group_by(collection.c.name),
        "format": select(photo.c.format, number)
        .where(photo.c.id.in_(chosen))
        .group_by(photo.c.format),
        "farbe": select(measure.c.colour, func.count())
        .where(measure.c.photo_id.in_(chosen))
        .group_by(measure.c.colour),
        "art": select(record.c.kind, func.count(link.c.photo_id.distinct()))
        .join(link, link.c.record_id == record.c.id)
        .where(link.c.photo_id.in_(chosen), record.c.kind != "")
        .group_by(record.c.kind),
    }


def _counted(connection: Connection, query: Select[Any]) -> list[Count]:
    rows = [(str(value), int(number)) for value, number in connection.execute(query)]
    return sorted(rows, key=lambda row: (-row[1], row[0]))


def _decades(connection: Connection, chosen: Select[Any]) -> list[Count]:
    """Count a photo in each decade in which its date may lie, as ``1930..1939``; by time."""
    record, link = schema.record, schema.record_photo
    first, last = (cast(func.substr(day, 1, 4), Integer) for day in (record.c.first, record.c.last))
    query = (
        select(link.c.photo_id, first, last)
        .join(record, record.c.id == link.c.record_id)
        .where(
            link.c.photo_id.in_(chosen),
            record.c.first.is_not(None),
            record.c.last.is_not(None),
            last - first < LONGEST_SPAN,
            date_counts(),
        )
    )
    found: defaultdict[int, set[str]] = defaultdict(set)
    for photo, begins, ends in connection.execute(query):
        for decade in range(begins // 10, ends // 10 + 1):
            found[decade].add(photo)
    return [(f"{10 * one}..{10 * one + 9}", len(photos)) for one, photos in sorted(found.items())]


def _tags(chosen: Select[Any]) -> Select[Any]:
    suggestion, run, standing = schema.suggestion, schema.tagging_run, schema.standing
    machine = told(
        run.c.scheme.label("scheme"),
        CONCEPT_NOW,
        suggestion.c.photo_id.label("photo"),
    ).where(suggestion.c.photo_id.in_(chosen))
    people = decided(
        standing.c.scheme.label("scheme"),
        standing.c.concept.label("concept_now"),
        standing.c.photo_id.label("photo"),
    ).where(standing.c.photo_id.in_(chosen), schema.decision.c.verdict == Verdict.ACCEPTED.value)
    both = union(machine, people).subquery()
    key = both.c.scheme + "/" + both.c.concept_now
    return select(key, func.count()).group_by(key)
