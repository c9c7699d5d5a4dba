"""Tags as they are told: what machines suggest, and what people decided in its place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Row,
    Select,
    and_,
    func,
    or_,
    select,
    true,
)

from archive_ai.catalogue import schema
from archive_ai.catalogue.chunks import chunks
from archive_ai.catalogue.speaking import CONCEPT_NOW, sensitive_today, told
from archive_ai.domain import Origin, PhotoId, Sensitivity, Status, Tag, Verdict

Sees = Callable[[ColumnElement[str]], ColumnElement[bool]]
"""The condition that somebody may see the photo whose id is in a column."""

Labels = Mapping[tuple[str, str], Mapping[str, str]]


def _all(_photo: ColumnElement[str]) -> ColumnElement[bool]:
    return true()


class Tags:
    """The catalogue's tags, read only; they come of runs and decisions."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._counted: dict[bool, tuple[object, dict[str, int]]] = {}

    def of(self, photos: Sequence[PhotoId]) -> Mapping[PhotoId, list[Tag]]:
        """Return the tags of each photo that may be told.

        What people accepted comes first, then suggestions by descending probability,
        then what was rejected.
        """
        found: defaultdict[PhotoId, list[Tag]] = defaultdict(list)
        with self._engine.connect() as connection:
            labels = _labels_today(connection)
            for part in chunks(list(dict.fromkeys(photos))):
                for tag in _tags(connection, part, labels):
                    found[tag.photo].append(tag)
        for tags in found.values():
            tags.sort(key=_order)
        return found

    def all(self) -> Iterator[Tag]:
        """Yield every tag that may be told, by photo; the catalogue may be written meanwhile."""
        query = select(schema.photo.c.id).order_by(schema.photo.c.id)
        with self._engine.connect() as connection:
            photos = [PhotoId(photo) for photo in connection.execute(query).scalars()]
        for part in chunks(photos):
            tags = self.of(part)
            for photo in part:
                yield from tags.get(photo, [])

    def counts(self, sees: Sees = _all, seen: object = None) -> dict[str, int]:
        """Count the tags that may be told, by status; anew only if anything was said since.

        ``sees`` leaves out the tags of other photos; ``seen`` is then what that depends on.
        """
        suggested = (
            told(schema.suggestion.c.photo_id, schema.tagging_run.c.scheme, CONCEPT_NOW)
            .where(sees(schema.suggestion.c.photo_id))
            .distinct()
        )
        by_people = (
            decided(schema.decision.c.verdict, func.count())
            .where(sees(schema.standing.c.photo_id))
            .group_by(schema.decision.c.verdict)
        )
        with self._engine.connect() as connection:
            state = (state_of_tags(connection), seen)
            known = self._counted.get(sees is _all)
            if known is not None and known[0] == state:
                return dict(known[1])
            count = connection.execute(select(func.count()).select_from(suggested.subquery()))
            found = {Status.SUGGESTED.value: int(count.scalar_one())}
            found |= {verdict: int(number) for verdict, number in connection.execute(by_people)}
        self._counted[sees is _all] = state, dict(found)
        return found


def state_of_tags(connection: Connection) -> tuple[object, ...]:
    """Return what every count depends on: the newest decision, what runs speak, what is current."""
    run, version = schema.tagging_run, schema.scheme
    newest = connection.execute(select(func.max(schema.decision.c.number))).scalar()
    runs = select(run.c.number).where(run.c.applied_at.is_not(None), run.c.withdrawn_at.is_(None))
    current = select(version.c.id, version.c.version).where(version.c.current == 1)
    indexed = select(schema.generation.c.number, schema.generation.c.manifest)
    told = (connection.execute(query).all() for query in (runs, current, indexed))
    return newest, *(tuple(map(tuple, rows)) for rows in told)


def _tags(connection: Connection, photos: Sequence[PhotoId], labels: Labels) -> Iterator[Tag]:
    columns = (schema.suggestion, schema.tagging_run, schema.concept.c.labels, CONCEPT_NOW)
    machine = (
        told(*columns)
        .where(schema.suggestion.c.photo_id.in_(photos))
        .order_by(schema.suggestion.c.score.desc(), schema.suggestion.c.concept)
    )
    seen = set()
    for row in connection.execute(machine):
        tag = _machine_tag(row, labels)
        # Two concepts that were merged since are one tag: the better score speaks for it.
        if (tag.photo, tag.scheme, tag.concept) not in seen:
            seen.add((tag.photo, tag.scheme, tag.concept))
            yield tag
    suggestion, run, decision = schema.suggestion, schema.tagging_run, schema.decision
    person = decided(
        decision,
        schema.standing.c.concept.label("concept_now"),
        schema.concept.c.labels,
        suggestion.c.score,
        suggestion.c.probability,
        run.c.model,
        run.c.generation,
    ).where(schema.standing.c.photo_id.in_(photos))
    for row in connection.execute(person):
        yield _decided_tag(row, labels)


def decided(*columns: Any) -> Select[Any]:
    """Select from the decisions that stand and may be told (M7).

    That something sensitive was rejected says nothing about a photo and is kept to the review.
    """
    standing, decision, concept = schema.standing, schema.decision, schema.concept
    suggestion, run = schema.suggestion, schema.tagging_run
    of_the_version = and_(
        concept.c.scheme == decision.c.scheme,
        concept.c.version == decision.c.scheme_version,
        concept.c.id == decision.c.concept,
    )
    looked_at = and_(
        suggestion.c.run == decision.c.run,
        suggestion.c.photo_id == decision.c.photo_id,
        suggestion.c.concept == decision.c.concept,
    )
    return (
        select(*columns)
        .select_from(standing)
        .join(decision, decision.c.number == standing.c.decision)
        .outerjoin(concept, of_the_version)
        .outerjoin(run, run.c.number == decision.c.run)
        .outerjoin(suggestion, looked_at)
        .where(
            or_(
                decision.c.verdict == Verdict.ACCEPTED.value,
                and_(
                    func.coalesce(concept.c.sensitivity, "") != Sensitivity.REVIEW_FIRST.value,
                    ~sensitive_today(standing.c.scheme, standing.c.concept, standing),
                ),
            )
        )
    )


def _labels_today(connection: Connection) -> dict[tuple[str, str], Mapping[str, str]]:
    """Return the labels of the current versions by scheme and concept."""
    concept, version = schema.concept, schema.scheme
    query = (
        select(concept.c.scheme, concept.c.id, concept.c.labels)
        .join(
            version, and_(version.c.id == concept.c.scheme, version.c.version == concept.c.version)
        )
        .where(version.c.current == 1)
    )
    return {(scheme, id_): labels for scheme, id_, labels in connection.execute(query)}


def _order(tag: Tag) -> tuple[int, bool, float, str]:
    """What is measured comes after what is seen: it has no probability and tells less."""
    rank = (Status.ACCEPTED, Status.SUGGESTED, Status.REJECTED, Status.WITHDRAWN).index(tag.status)
    return rank, tag.probability is None, -(tag.probability or 0.0), tag.concept


def _machine_tag(row: Row[Any], labels: Labels) -> Tag:
    return Tag(
        photo=PhotoId(row.photo_id),
        concept=row.concept_now,
        labels=labels.get((row.scheme, row.concept_now), row.labels),
        status=Status.SUGGESTED,
        origin=Origin.MACHINE,
        score=row.score,
        probability=row.probability,
        run=row.run,
        model=row.model,
        generation=row.generation,
        scheme=row.scheme,
        scheme_version=row.scheme_version,
        by=f"{row.model}@{row.fingerprint}",
        at=row.started_at,
    )


def _decided_tag(row: Row[Any], labels: Labels) -> Tag:
    return Tag(
        photo=PhotoId(row.photo_id),
        concept=row.concept_now,
        labels=labels.get((row.scheme, row.concept_now), row.labels or {}),
        status=Status(row.verdict),
        origin=Origin(row.origin),
        score=row.score,
        probability=row.probability,
        run=row.run,
        model=row.model,
        generation=row.generation,
        scheme=row.scheme,
        scheme_version=row.scheme_version,
        by=row.by,
        at=row.at,
    )
