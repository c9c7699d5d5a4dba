"""Tagging runs and the tags that come of them, each with its whole provenance."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Engine, Row, Select, func, select, update
from sqlalchemy.dialects.sqlite import insert

from archive_ai.catalogue import schema
from archive_ai.catalogue.database import now
from archive_ai.catalogue.files import chunks
from archive_ai.domain import (
    Origin,
    PhotoId,
    Scheme,
    Sensitivity,
    Status,
    Suggestion,
    Tag,
    TaggingRun,
)

ROWS_A_STATEMENT = 10_000


class Tags:
    """The catalogue's tags; implements ``ports.TagCatalogue``."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def write_run(
        self, run: TaggingRun, scheme: Scheme, suggestions: Iterable[Suggestion]
    ) -> TaggingRun:
        """Write a run with its suggestions and the scheme's labels in one transaction.

        ``number`` of the run that comes back is the new one; ``suggestions`` counts those that
        may be told before a review (M7).
        """
        table, count = schema.tagging_run, 0
        held_back = {c.id for c in scheme.concepts if c.sensitivity is Sensitivity.REVIEW_FIRST}
        with self._engine.begin() as connection:
            connection.execute(
                insert(schema.scheme).on_conflict_do_nothing(),
                {"id": scheme.id, "version": scheme.version, "uri": scheme.uri},
            )
            connection.execute(
                insert(schema.concept).on_conflict_do_nothing(), _concept_rows(scheme)
            )
            number = connection.execute(
                insert(table)
                .values(
                    generation=run.generation,
                    fingerprint=run.fingerprint,
                    model=run.model,
                    scheme=run.scheme,
                    scheme_version=run.scheme_version,
                    concept=run.concept,
                    threshold=run.threshold,
                    started_at=run.started_at,
                    suggestions=0,
                )
                .returning(table.c.number)
            ).scalar_one()
            rows: list[dict[str, object]] = []
            for suggestion in suggestions:
                count += suggestion.concept not in held_back
                rows.append(
                    {
                        "run": number,
                        "photo_id": suggestion.photo,
                        "concept": suggestion.concept,
                        "score": suggestion.score,
                        "probability": suggestion.probability,
                    }
                )
                if len(rows) == ROWS_A_STATEMENT:
                    connection.execute(insert(schema.suggestion), rows)
                    rows = []
            if rows:
                connection.execute(insert(schema.suggestion), rows)
            connection.execute(
                update(table).where(table.c.number == number).values(suggestions=count)
            )
        return replace(run, number=number, suggestions=count)

    def runs(self) -> list[TaggingRun]:
        """Return every run, the newest first."""
        query = select(schema.tagging_run).order_by(schema.tagging_run.c.number.desc())
        with self._engine.connect() as connection:
            return [TaggingRun(**row._mapping) for row in connection.execute(query)]

    def withdraw(self, number: int) -> bool:
        """Withdraw a whole run; its rows stay. Return False if there is none that stands."""
        table = schema.tagging_run
        statement = (
            update(table)
            .where(table.c.number == number, table.c.withdrawn_at.is_(None))
            .values(withdrawn_at=now())
        )
        with self._engine.begin() as connection:
            return connection.execute(statement).rowcount == 1

    def of(self, photos: Sequence[PhotoId]) -> Mapping[PhotoId, list[Tag]]:
        """Return the tags of each photo that may be told, by descending score."""
        found: defaultdict[PhotoId, list[Tag]] = defaultdict(list)
        columns = (schema.suggestion, schema.tagging_run, schema.concept.c.labels)
        with self._engine.connect() as connection:
            for part in chunks(photos):
                query = (
                    _told(*columns)
                    .where(schema.suggestion.c.photo_id.in_(part))
                    .order_by(schema.suggestion.c.score.desc(), schema.suggestion.c.concept)
                )
                for row in connection.execute(query):
                    found[PhotoId(row.photo_id)].append(_machine_tag(row))
        return found

    def counts(self) -> dict[str, int]:
        """Count the tags that may be told, by status."""
        with self._engine.connect() as connection:
            count = connection.execute(_told(func.count())).scalar_one()
        return {Status.SUGGESTED.value: int(count)}


def _told(*columns: Any) -> Select[Any]:
    """Select from the suggestions that stand and may be told: the one gate for all (M7).

    What a machine says of a concept on a photo is what the newest run says that was not withdrawn
    and that covers both: a run about one concept speaks of that alone, and a run of a generation
    that has no vector of the photo did not see it. A concept that asks for review first is not
    told before a person has accepted it.
    """
    run, suggestion, concept = schema.tagging_run, schema.suggestion, schema.concept
    newer, vector = run.alias(), schema.vector
    saw_it = (
        select(vector.c.row)
        .where(
            vector.c.generation == newer.c.generation,
            vector.c.photo_id == suggestion.c.photo_id,
        )
        .correlate(newer, suggestion)
        .exists()
    )
    speaks = (
        select(func.max(newer.c.number))
        .where(
            newer.c.scheme == run.c.scheme,
            newer.c.withdrawn_at.is_(None),
            newer.c.concept.in_(("", suggestion.c.concept)),
            saw_it,
        )
        .correlate(suggestion, run)
        .scalar_subquery()
    )
    same_concept = (
        (concept.c.scheme == run.c.scheme)
        & (concept.c.version == run.c.scheme_version)
        & (concept.c.id == suggestion.c.concept)
    )
    return (
        select(*columns)
        .select_from(suggestion)
        .join(run, run.c.number == suggestion.c.run)
        .join(concept, same_concept)
        .where(
            suggestion.c.run == speaks,
            concept.c.sensitivity != Sensitivity.REVIEW_FIRST.value,
        )
    )


def _concept_rows(scheme: Scheme) -> list[dict[str, object]]:
    return [
        {
            "scheme": scheme.id,
            "version": scheme.version,
            "id": concept.id,
            "uri": concept.uri,
            "labels": dict(concept.labels),
            "sensitivity": concept.sensitivity.value,
        }
        for concept in scheme.concepts
    ]


def _machine_tag(row: Row[tuple[object, ...]]) -> Tag:
    return Tag(
        photo=PhotoId(row.photo_id),
        concept=row.concept,
        labels=row.labels,
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
