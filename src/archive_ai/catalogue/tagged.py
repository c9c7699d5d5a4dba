"""Photos by their tags, as far as these may be told (M7)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Engine,
    Select,
    bindparam,
    false,
    or_,
    select,
    tuple_,
)

from archive_ai.catalogue import schema
from archive_ai.catalogue.chunks import chunks
from archive_ai.catalogue.speaking import CONCEPT_NOW, told
from archive_ai.catalogue.tags import decided
from archive_ai.domain import PhotoId, Status

Concepts = Collection[tuple[str, str]]
"""Scheme and id of concepts, by their names of today."""

IN_FORCE = (Status.ACCEPTED, Status.SUGGESTED)


class Tagged:
    """Finds photos by concepts."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def accepted(self, concepts: Concepts) -> dict[tuple[str, str], set[PhotoId]]:
        """Return for each of the concepts that a person accepted anywhere on which photos."""
        found: defaultdict[tuple[str, str], set[PhotoId]] = defaultdict(set)
        with self._engine.connect() as connection:
            for part in chunks(sorted(concepts)):
                for photo, scheme, concept in connection.execute(_ACCEPTED, {"concepts": part}):
                    found[scheme, concept].add(PhotoId(photo))
        return found

    def suggested(self, concepts: Concepts) -> dict[PhotoId, float]:
        """Return the photos for which one of the concepts is suggested, and how probable it is.

        What is measured has no probability and is certain.
        """
        asked = {
            "concepts": sorted(concepts),
            "names": sorted({concept for _, concept in concepts}),
        }
        found: dict[PhotoId, float] = {}
        with self._engine.connect() as connection:
            for query in _SUGGESTED:
                for photo, probability in connection.execute(query, asked):
                    sure = 1.0 if probability is None else float(probability)
                    found[PhotoId(photo)] = max(sure, found.get(PhotoId(photo), 0.0))
        return found


def tagged(concepts: Concepts | None, statuses: Sequence[Status]) -> ColumnElement[bool]:
    """Whether one of ``concepts`` (None: any at all) is on the photo with one of ``statuses``.

    Without statuses what is accepted or suggested counts.
    """
    wanted = statuses or IN_FORCE
    found: list[ColumnElement[bool]] = []
    photo = schema.photo.c.id
    if Status.SUGGESTED in wanted:
        of = schema.suggestion.c.photo_id
        queries = [told(of)] if concepts is None else _by_machine(concepts, of)
        found += [photo.in_(query) for query in queries]
    verdicts = [one.value for one in wanted if one in (Status.ACCEPTED, Status.REJECTED)]
    if verdicts:
        found.append(photo.in_(_by_people(concepts, verdicts)))
    return or_(*found) if found else false()


def _by_people(concepts: Concepts | None, verdicts: Sequence[str]) -> Select[Any]:
    standing = schema.standing
    query = decided(standing.c.photo_id).where(schema.decision.c.verdict.in_(verdicts))
    if concepts is None:
        return query
    return query.where(tuple_(standing.c.scheme, standing.c.concept).in_(sorted(concepts)))


def _by_machine(concepts: Concepts, *columns: Any) -> list[Select[Any]]:
    """Select suggestions under the names of today, and under those that they had before."""
    names = sorted({concept for _, concept in concepts})
    return _named(names, sorted(concepts), *columns)


def _named(names: Any, concepts: Any, *columns: Any) -> list[Select[Any]]:
    """Select suggestions of ``concepts``, whose names are ``names``: lists or parameters.

    Two questions, so that each can use the index of suggestions by concept.
    """
    run, suggestion, successor = schema.tagging_run, schema.suggestion, schema.successor
    before = select(successor.c.concept).where(successor.c.becomes.in_(names))
    today = tuple_(run.c.scheme, CONCEPT_NOW.element).in_(concepts)
    return [
        told(*columns).where(suggestion.c.concept.in_(named), today) for named in (names, before)
    ]


# Made once: to put these together takes longer than to have them answered.
_CONCEPTS: BindParameter[Any] = bindparam("concepts", expanding=True)
_ACCEPTED = decided(
    schema.standing.c.photo_id, schema.standing.c.scheme, schema.standing.c.concept
).where(
    schema.decision.c.verdict == Status.ACCEPTED.value,
    tuple_(schema.standing.c.scheme, schema.standing.c.concept).in_(_CONCEPTS),
)
_SUGGESTED = _named(
    bindparam("names", expanding=True),
    _CONCEPTS,
    schema.suggestion.c.photo_id,
    schema.suggestion.c.probability,
)
