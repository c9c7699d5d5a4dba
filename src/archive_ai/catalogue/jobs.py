"""Jobs: written when somebody asks, taken by one worker at a time, never deleted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Engine, Row, func, insert, select, update

from archive_ai.catalogue import schema
from archive_ai.catalogue.database import now, writing
from archive_ai.domain import Job, JobState, Progress

NOT_BEGUN: Mapping[str, int | None] = {"done": 0, "total": None, "failed": 0}


class Jobs:
    """The catalogue's jobs."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, kind: str, arguments: Mapping[str, Any], by: str) -> Job:
        """Write a job that waits."""
        values = {
            "kind": kind,
            "arguments": dict(arguments),
            "state": JobState.QUEUED.value,
            "progress": dict(NOT_BEGUN),
            "by": by,
            "created_at": now(),
        }
        table = schema.job
        with writing(self._engine) as connection:
            made = insert(table).values(**values).returning(table)
            return _job(connection.execute(made).one())

    def get(self, number: int) -> Job | None:
        """Return the job with this number."""
        with self._engine.connect() as connection:
            row = connection.execute(select(schema.job).where(schema.job.c.number == number))
            found = row.first()
        return None if found is None else _job(found)

    def newest(self, limit: int, before: int | None = None) -> list[Job]:
        """Return at most ``limit`` jobs, the newest first, of those below the number ``before``."""
        table = schema.job
        query = select(table).order_by(table.c.number.desc()).limit(limit)
        if before is not None:
            query = query.where(table.c.number < before)
        with self._engine.connect() as connection:
            return [_job(row) for row in connection.execute(query)]

    def waiting(self) -> bool:
        """Tell whether any job waits to be taken."""
        query = select(func.count()).where(schema.job.c.state == JobState.QUEUED.value)
        with self._engine.connect() as connection:
            return bool(connection.execute(query).scalar_one())

    def take(self) -> Job | None:
        """Let the oldest job that waits be running, and return it."""
        table = schema.job
        with writing(self._engine) as connection:
            oldest = select(func.min(table.c.number)).where(table.c.state == JobState.QUEUED.value)
            taken = (
                update(table)
                .where(table.c.number == oldest.scalar_subquery())
                .values(state=JobState.RUNNING.value, started_at=now(), stop_wanted=0)
                .returning(table)
            )
            row = connection.execute(taken).first()
            return None if row is None else _job(row)

    def note(self, number: int, progress: Progress) -> bool:
        """Write how far a job is; tell whether somebody wants it to stop."""
        table = schema.job
        known = {"done": progress.done, "total": progress.total, "failed": progress.failed}
        with writing(self._engine) as connection:
            noted = (
                update(table)
                .where(table.c.number == number)
                .values(progress=known)
                .returning(table.c.stop_wanted)
            )
            return bool(connection.execute(noted).scalar_one())

    def stop_wanted(self, number: int) -> bool:
        """Tell whether somebody wants a job to stop."""
        query = select(schema.job.c.stop_wanted).where(schema.job.c.number == number)
        with self._engine.connect() as connection:
            return bool(connection.execute(query).scalar_one())

    def end(self, number: int, state: JobState, outcome: Mapping[str, Any] | None) -> None:
        """Write what came of a job."""
        with writing(self._engine) as connection:
            connection.execute(
                update(schema.job)
                .where(schema.job.c.number == number)
                .values(state=state.value, outcome=outcome, finished_at=now())
            )

    def want_stop(self, number: int) -> None:
        """Let a job that waits be stopped, and one that runs know that it should be."""
        table = schema.job
        mine = update(table).where(table.c.number == number)
        with writing(self._engine) as connection:
            connection.execute(
                mine.where(table.c.state == JobState.QUEUED.value).values(
                    state=JobState.STOPPED.value, finished_at=now()
                )
            )
            connection.execute(
                mine.where(table.c.state == JobState.RUNNING.value).values(stop_wanted=1)
            )

    def interrupt(self) -> None:
        """Let whatever is said to run be interrupted: its process is gone."""
        with writing(self._engine) as connection:
            connection.execute(
                update(schema.job)
                .where(schema.job.c.state == JobState.RUNNING.value)
                .values(state=JobState.INTERRUPTED.value, finished_at=now())
            )


def _job(row: Row[Any]) -> Job:
    return Job(
        number=row.number,
        kind=row.kind,
        arguments=row.arguments,
        state=JobState(row.state),
        progress=row.progress,
        outcome=row.outcome,
        by=row.by,
        created_at=row.created_at,
        started_at=row.started_at,
        finished_at=row.finished_at,
    )
