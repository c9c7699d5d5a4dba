"""Whose archive it is and which version answers: told to everybody who may read."""

from __future__ import annotations

from collections.abc import Callable

from service_viewers import service_of

import archive_ai
from archive_ai.archive import Archive
from archive_ai.domain import Role


def test_everybody_learns_whose_archive_it_is(open_archive: Callable[..., Archive]) -> None:
    archive = open_archive(institution="Stadtarchiv Heilbronn")
    told = {"institution": "Stadtarchiv Heilbronn", "version": archive_ai.__version__}
    for role in (Role.READER, Role.ARCHIVIST):
        with service_of(archive, role) as client:
            found = client.get("/api/v1/status").json()
        assert {name: found[name] for name in told} == told
        assert ("archive" in found) is (role is Role.ARCHIVIST)
    assert archive.status().items() >= told.items()


def test_an_archive_without_a_name_is_called_nothing(open_archive: Callable[..., Archive]) -> None:
    with service_of(open_archive(), Role.READER) as client:
        assert client.get("/api/v1/status").json()["institution"] == ""
