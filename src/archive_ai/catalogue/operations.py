"""Counts for whoever watches over a running service."""

from __future__ import annotations

from sqlalchemy import Engine, func, select

from archive_ai.catalogue import schema
from archive_ai.domain import FileState, JobState


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

    def jobs(self, state: JobState) -> int:
        """Count the jobs in a state."""
        query = select(func.count()).where(schema.job.c.state == state.value)
        with self._engine.connect() as connection:
            return int(connection.execute(query).scalar_one())
