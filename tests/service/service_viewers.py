"""The service as a reader sees it, and photos that are closed to readers."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from fastapi.testclient import TestClient

from archive_ai.archive import Archive
from archive_ai.domain import Role
from archive_ai_service.app import create_app

BASE = "http://127.0.0.1"


@contextmanager
def service_of(archive: Archive, role: Role = Role.ADMIN) -> Iterator[TestClient]:
    """Serve an archive to somebody with a token of this role, which is called as they are."""
    name = f"{role.value} {len(archive.tokens.all())}"
    token = archive.tokens.create(name, role, "tests")
    with TestClient(create_app(archive), BASE, raise_server_exceptions=False) as client:
        client.headers["Authorization"] = f"Bearer {token}"
        yield client


def close_photo(folder: Path, photo: str, key: str = "geheim") -> None:
    """Close a photo of the archive in ``folder`` to readers, by a record of its own."""
    with closing(sqlite3.connect(folder / "catalogue.sqlite")) as connection:
        connection.execute(
            "INSERT INTO record (key, source, locator, signature, title, description, place, kind, "
            "rights, date, visibility, closed_until, other, by, at) VALUES "
            "(?, 'table', '', '', '', '', '', '', '', '', 'closed', '', '{}', '', '')",
            (key,),
        )
        connection.execute(
            "INSERT INTO record_photo SELECT ?, id FROM record WHERE key = ?", (photo, key)
        )
        connection.commit()
