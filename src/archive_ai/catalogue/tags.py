"""Tags as they are told: what machines suggest, and what people decided in its place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    BindParameter,
    Connection,
    Engine,
    Row,
    Select,
    and_,
    bindparam,
    func,
    or_,
    select,
)

from archive_ai.catalogue import schema
from archive_ai.catalogue.chunks import chunks
from archive_ai.catalogue.speaking import CONCEPT_NOW, sensitive_today, told
from archive_ai.domain import Origin, PhotoId, Sensitivity, Status, Tag, Verdict

Labels = Mapping[tuple[str, str], Mapping[str, str]]


_LabelsOfVersions = tuple[Sequence[tuple[str, str]], Labels]
"""The current versions, by scheme, and the labels of their concepts, which never change."""


class Tags:
    """The catalogue's tags, read only; they come of runs and decisions."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._labels: _LabelsOfVersions = ((), {})

    def of(self, photos: Sequence[PhotoId]) -> Mapping[PhotoId, list[Tag]]:
        """Return the tags of each photo that may be told.

        What people accepted comes first, then suggestions by descending probability,
        then what was rejected.
        """
        found: defaultdict[PhotoId, list[Tag]] = defaultdict(list)
        with self._engine.connect() as connection:
            labels = self._labels_today(connection)
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

    def _labels_today(self, connection: Connection) -> Labels:
        """Return the labels of the current versions by scheme and concept."""
        versions = [(row.id, row.version) for row in connection.execute(_VERSIONS)]
        kept = self._labels
        if kept[0] != versions:
            found = connection.execute(_LABELS)
            labels = {(scheme, id_): labels for scheme, id_, labels in found}
            kept = self._labels = versions, labels
        return kept[1]


def _tags(connection: Connection, photos: Sequence[PhotoId], labels: Labels) -> Iterator[Tag]:
    asked = {"photos": photos}
    seen = set()
    for row in connection.execute(_BY_MACHINES, asked):
        tag = _machine_tag(row, labels)
        # Two concepts that were merged since are one tag: the better score speaks for it.
        if (tag.photo, tag.scheme, tag.concept) not in seen:
            seen.add((tag.photo, tag.scheme, tag.concept))
            yield tag
    for row in connection.execute(_BY_PEOPLE, asked):
        yield _decided_tag(row, labels)


def decided(*columns: Any) -> Select[Any]:
    """Select from the decisions that stand and may be told (M7).

    That something sensitive was rejected says nothing about a photo and is kept to the review.
    """
    standing, decision, concept = schema.standing, schema.decision, schema.concept
    of_the_version = and_(
        concept.c.scheme == decision.c.scheme,
        concept.c.version == decision.c.scheme_version,
        concept.c.id == decision.c.concept,
    )
    return (
        select(*columns)
        .select_from(standing)
        .join(decision, decision.c.number == standing.c.decision)
        .outerjoin(concept, of_the_version)
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


def _with_what_was_seen(*columns: Any) -> Select[Any]:
    """Select as :func:`decided` does, with the suggestion and its run that were looked at."""
    decision, suggestion, run = schema.decision, schema.suggestion, schema.tagging_run
    looked_at = and_(
        suggestion.c.run == decision.c.run,
        suggestion.c.photo_id == decision.c.photo_id,
        suggestion.c.concept == decision.c.concept,
    )
    found = decided(*columns).outerjoin(run, run.c.number == decision.c.run)
    return found.outerjoin(suggestion, looked_at)


# Made once: to put these together takes longer than to have them answered.
_VERSIONS = (
    select(schema.scheme.c.id, schema.scheme.c.version)
    .where(schema.scheme.c.current == 1)
    .order_by(schema.scheme.c.id)
)
_LABELS = (
    select(schema.concept.c.scheme, schema.concept.c.id, schema.concept.c.labels)
    .join(
        schema.scheme,
        and_(
            schema.scheme.c.id == schema.concept.c.scheme,
            schema.scheme.c.version == schema.concept.c.version,
        ),
    )
    .where(schema.scheme.c.current == 1)
)
_PHOTOS: BindParameter[Any] = bindparam("photos", expanding=True)
_BY_MACHINES = (
    told(schema.suggestion, schema.tagging_run, schema.concept.c.labels, CONCEPT_NOW)
    .where(schema.suggestion.c.photo_id.in_(_PHOTOS))
    .order_by(schema.suggestion.c.score.desc(), schema.suggestion.c.concept)
)
_BY_PEOPLE = _with_what_was_seen(
    schema.decision,
    schema.standing.c.concept.label("concept_now"),
    schema.concept.c.labels,
    schema.suggestion.c.score,
    schema.suggestion.c.probability,
    schema.tagging_run.c.model,
    schema.tagging_run.c.generation,
).where(schema.standing.c.photo_id.in_(_PHOTOS))


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
