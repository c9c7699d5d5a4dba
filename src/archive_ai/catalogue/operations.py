"""Counts and failures for whoever watches over a running service."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine, func, select, tuple_

from archive_ai.catalogue import schema
from archive_ai.domain import Failure, FileState, JobState


class Operations:
    """Counts of the catalogue, each from an index or a small table."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def failed_files(self) -> int:
        """Count the files of which nothing could be used."""
        file = schema.file
        query = select(func.count()).where(file.c.state == FileState.FAILED.value)
        with self._engine.connect() as connection:
            return int(connection.execute(query).scalar_one())

    def failures(self, limit: int, path: str = "", page: int = 0) -> tuple[list[Failure], int]:
        """Return at most ``limit`` failures, those after a ``page`` of ``path``, and how many there
        are in all.

        They come by path and page; those of files that are gone are left out.
        """
        failure, file = schema.failure, schema.file
        place = (file.c.path, failure.c.page)
        there = (
            select(*place, failure.c.cause, failure.c.advice)
            .join(file, file.c.id == failure.c.file_id)
            .where(file.c.state != FileState.MISSING.value)
        )
        part = there.where(tuple_(*place) > tuple_(path, page)).order_by(*place).limit(limit)
        with self._engine.connect() as connection:
            total = connection.execute(select(func.count()).select_from(there.subquery()))
            found = [
                Failure(Path(path), page, cause, advice)
                for path, page, cause, advice in connection.execute(part)
            ]
            return found, int(total.scalar_one())

    def jobs(self, state: JobState) -> int:
        """Count the jobs in a state."""
        query = select(func.count()).where(schema.job.c.state == state.value)
        with self._engine.connect() as connection:
            return int(connection.execute(query).scalar_one())
