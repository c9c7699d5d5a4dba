"""One connection pool to the catalogue, its pragmas, and its migrations."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path, PurePath
from typing import Any

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    ExceptionContext,
    QueuePool,
    create_engine,
    event,
    inspect,
    text,
)

from archive_ai.domain.folding import fold
from archive_ai.errors import ArchiveDamaged, ArchiveTooNew, ArchiveUnusable

HEAD = "0003"
"""The newest migration that this program knows."""

BUSY_MILLISECONDS = 30_000

CONNECTIONS = 40
"""Connections that are kept: one for each thread that a service answers in, so that many callers
neither wait for one another nor open the file anew each time. They are made when first needed."""


def now() -> str:
    """Return the time as the catalogue writes it: ISO 8601, UTC, whole seconds."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def open_database(path: Path) -> Engine:
    """Open the SQLite file at ``path``; it need not exist yet.

    WAL lets readers work beside the one writer; synchronous FULL makes a commit survive a power
    cut.
    """
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        poolclass=QueuePool,
        pool_size=CONNECTIONS,
        pool_use_lifo=True,
        hide_parameters=True,  # they hold what people search for, and a log keeps every error
    )

    @event.listens_for(engine, "connect")
    def set_pragmas(connection: Any, _record: Any) -> None:
        # The driver would begin no transaction before DDL, and a migration must be whole.
        connection.isolation_level = None
        # SQLite's own lower() knows ASCII only; German signatures and kinds have more.
        connection.create_function("fold", 1, _folded, deterministic=True)
        connection.create_function("name_of", 1, _name_of, deterministic=True)
        cursor = connection.cursor()
        for pragma in (
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
            f"busy_timeout = {BUSY_MILLISECONDS}",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        kind = connection.get_execution_options().get("begin", "DEFERRED")
        connection.exec_driver_sql(f"BEGIN {kind}")

    @event.listens_for(engine, "handle_error")
    def say_what_happened(context: ExceptionContext) -> None:
        """Turn what the disk or another program did into a sentence; our own bugs stay bugs."""
        cause = context.original_exception
        if isinstance(cause, sqlite3.OperationalError):
            raise ArchiveUnusable(
                f"The catalogue {path} cannot be used ({cause}).",
                "Check the free space and the permissions of its disk, then try again; what was "
                "committed is kept.",
            ) from cause
        if type(cause) is sqlite3.DatabaseError:
            raise _damaged(path, str(cause)) from cause

    return engine


def _folded(text: str | None) -> str | None:
    return None if text is None else fold(text)


def _name_of(path: str | None) -> str | None:
    return None if path is None else PurePath(path).name


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Hold a transaction that writes from its first statement on.

    What it reads no other writer can change before it writes: it waits its turn at the beginning,
    not in the middle, where SQLite would refuse it.
    """
    with engine.connect().execution_options(begin="IMMEDIATE") as connection, connection.begin():
        yield connection


def revision(engine: Engine) -> str | None:
    """Return the migration that the catalogue stands at, None if it is empty."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def prepare(engine: Engine, path: Path) -> None:
    """Bring the catalogue at ``path`` to the newest migration, after a copy of what was there.

    Raises ArchiveTooNew if it stands at a migration that this program does not know.
    """
    found = revision(engine)
    if found == HEAD:
        return
    if found is not None and found > HEAD:
        raise ArchiveTooNew(
            f"The catalogue {path} was written by a newer version of archive-ai "
            f"(format {found}, this program knows {HEAD}).",
            "Update archive-ai, or open the archive with the version that wrote it.",
        )
    if found is not None:
        _copy(path, path.with_name(f"{path.stem}-before-{HEAD}{path.suffix}"))
    _migrate(engine)


def check(engine: Engine, path: Path) -> None:
    """Raise ArchiveDamaged if the pages of the catalogue at ``path`` do not fit together."""
    with engine.connect() as connection:
        found = connection.execute(text("PRAGMA quick_check")).scalars().all()
    if found != ["ok"]:
        raise _damaged(path, str(found[0]))


def _damaged(path: Path, why: str) -> ArchiveDamaged:
    return ArchiveDamaged(
        f"The catalogue {path} is damaged ({why}).",
        "Restore catalogue.sqlite from a backup; scans and vectors are not affected.",
    )


def _copy(source: Path, target: Path) -> None:
    with sqlite3.connect(source) as live, sqlite3.connect(target) as copy:
        live.backup(copy)
    live.close()
    copy.close()
    shutil.copymode(source, target)


def _migrate(engine: Engine) -> None:
    from alembic import command  # noqa: PLC0415 (slow to import, needed once an archive)
    from alembic.config import Config  # noqa: PLC0415 (as above)

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
