"""Tagging runs and the tags that come of them, each with its whole provenance."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Engine, Row, func, select, update
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
        """Return the tags of each photo by descending score.

        Of each scheme the newest run that was not withdrawn speaks. A concept that asks for
        review first is not told before a person has accepted it (M7).
        """
        found: defaultdict[PhotoId, list[Tag]] = defaultdict(list)
        run, suggestion, concept = schema.tagging_run, schema.suggestion, schema.concept
        newest = (
            select(func.max(run.c.number))
            .where(run.c.withdrawn_at.is_(None))
            .group_by(run.c.scheme)
        )
        with self._engine.connect() as connection:
            for part in chunks(photos):
                query = (
                    select(suggestion, run, concept.c.labels)
                    .join(run, run.c.number == suggestion.c.run)
                    .join(
                        concept,
                        (concept.c.scheme == run.c.scheme)
                        & (concept.c.version == run.c.scheme_version)
                        & (concept.c.id == suggestion.c.concept),
                    )
                    .where(
                        suggestion.c.photo_id.in_(part),
                        suggestion.c.run.in_(newest),
                        concept.c.sensitivity != Sensitivity.REVIEW_FIRST.value,
                    )
                    .order_by(suggestion.c.score.desc(), suggestion.c.concept)
                )
                for row in connection.execute(query):
                    found[PhotoId(row.photo_id)].append(_machine_tag(row))
        return found

    def counts(self) -> dict[str, int]:
        """Count tags by status, of the runs that speak; what awaits review first is left out."""
        run, suggestion, concept = schema.tagging_run, schema.suggestion, schema.concept
        newest = (
            select(func.max(run.c.number))
            .where(run.c.withdrawn_at.is_(None))
            .group_by(run.c.scheme)
        )
        query = (
            select(func.count())
            .select_from(suggestion)
            .join(run, run.c.number == suggestion.c.run)
            .join(
                concept,
                (concept.c.scheme == run.c.scheme)
                & (concept.c.version == run.c.scheme_version)
                & (concept.c.id == suggestion.c.concept),
            )
            .where(
                suggestion.c.run.in_(newest),
                concept.c.sensitivity != Sensitivity.REVIEW_FIRST.value,
            )
        )
        with self._engine.connect() as connection:
            return {Status.SUGGESTED.value: int(connection.execute(query).scalar_one())}


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
