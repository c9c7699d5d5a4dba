"""Tagging runs: written in the background, compared with what stands, applied, withdrawn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import Engine, Row, Select, func, or_, select, update
from sqlalchemy.dialects.sqlite import insert

from archive_ai.catalogue import schema
from archive_ai.catalogue.database import now, writing
from archive_ai.catalogue.schemes import record_scheme
from archive_ai.catalogue.speaking import CONCEPT_NOW, sensitive_today, spoken
from archive_ai.domain import RunDifference, Scheme, Sensitivity, Suggestion, TaggingRun

ROWS_A_TRANSACTION = 50_000

_MINE = schema.suggestion.alias()


class Runs:
    """The catalogue's tagging runs; implements ``ports.TagCatalogue``."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def write_run(
        self, run: TaggingRun, scheme: Scheme, suggestions: Iterable[Suggestion]
    ) -> TaggingRun:
        """Write a run with its suggestions and the scheme's labels; it does not speak yet.

        The rows go in by parts, so that nobody who reviews meanwhile waits for more than one.
        ``number`` of the run that comes back is the new one; ``suggestions`` counts those that
        may be told before a review (M7).
        """
        table, count = schema.tagging_run, 0
        held_back = {c.id for c in scheme.concepts if c.sensitivity is Sensitivity.REVIEW_FIRST}
        with writing(self._engine) as connection:
            record_scheme(connection, scheme)
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
            if len(rows) == ROWS_A_TRANSACTION:
                self._write(rows)
                rows = []
        self._write(rows)
        with writing(self._engine) as connection:
            connection.execute(
                update(table)
                .where(table.c.number == number)
                .values(suggestions=count, written_at=(written_at := now()))
            )
        return replace(run, number=number, suggestions=count, written_at=written_at)

    def all(self) -> list[TaggingRun]:
        """Return every run, the newest first.

        How many photos one found for a concept that asks for review first today is not told (M7).
        """
        run = schema.tagging_run
        secret = sensitive_today(run.c.scheme, run.c.concept, run)
        query = select(run, secret.label("secret")).order_by(run.c.number.desc())
        with self._engine.connect() as connection:
            return [_run(row) for row in connection.execute(query)]

    def apply(self, number: int) -> bool:
        """Let a run speak. Return False if there is none that waits."""
        return self._mark(number, "applied_at")

    def withdraw(self, number: int) -> bool:
        """Withdraw a whole run; its rows stay. Return False if there is none that stands."""
        return self._mark(number, "withdrawn_at")

    def compare(self, number: int) -> RunDifference:
        """Return what a run that waits would change of what the machine says now.

        Only what may be told before a review is counted (M7), whatever people decided of it.
        """
        run, mine = self._one(number), _MINE
        suggestion, concept = schema.suggestion, schema.concept
        successor, vector = schema.successor, schema.vector
        open_ = concept.c.sensitivity != Sensitivity.REVIEW_FIRST.value
        now_ = CONCEPT_NOW.element
        before: Select[Any] = spoken(suggestion.c.photo_id, CONCEPT_NOW).where(
            schema.tagging_run.c.scheme == run.scheme,
            open_,
            ~sensitive_today(run.scheme, now_, suggestion, successor),
            # What the run did not see stays as it is.
            select(vector.c.row)
            .where(
                vector.c.generation == run.generation,
                vector.c.photo_id == suggestion.c.photo_id,
            )
            .correlate(suggestion)
            .exists(),
        )
        if run.concept:
            before = before.where(or_(suggestion.c.concept == run.concept, now_ == run.concept))
        name = func.coalesce(successor.c.becomes, mine.c.concept)
        after = (
            select(mine.c.photo_id, name.label("concept_now"))
            .join(
                concept,
                (concept.c.scheme == run.scheme)
                & (concept.c.version == run.scheme_version)
                & (concept.c.id == mine.c.concept),
            )
            .outerjoin(
                successor,
                (successor.c.scheme == run.scheme) & (successor.c.concept == mine.c.concept),
            )
            .where(
                mine.c.run == number,
                open_,
                ~sensitive_today(run.scheme, name, mine, successor),
            )
        )
        with self._engine.connect() as connection:

            def count(query: Any) -> int:
                return int(
                    connection.execute(
                        select(func.count()).select_from(query.subquery())
                    ).scalar_one()
                )

            kept = count(before.intersect(after))
            return RunDifference(count(after) - kept, count(before) - kept, kept)

    def _one(self, number: int) -> TaggingRun:
        query = select(schema.tagging_run).where(schema.tagging_run.c.number == number)
        with self._engine.connect() as connection:
            return TaggingRun(**connection.execute(query).one()._mapping)

    def _mark(self, number: int, column: str) -> bool:
        table = schema.tagging_run
        statement = (
            update(table)
            .where(
                table.c.number == number,
                table.c.withdrawn_at.is_(None),
                table.c[column].is_(None),
            )
            .values({column: now()})
        )
        with writing(self._engine) as connection:
            return connection.execute(statement).rowcount == 1

    def _write(self, rows: list[dict[str, object]]) -> None:
        if rows:
            with writing(self._engine) as connection:
                connection.execute(insert(schema.suggestion), rows)


def _run(row: Row[Any]) -> TaggingRun:
    values = dict(row._mapping)
    secret = values.pop("secret")
    return TaggingRun(**(values | {"suggestions": 0} if secret else values))
