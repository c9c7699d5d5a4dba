"""What could not be used is told in parts, to those who work on the archive."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from service_viewers import service_of

from archive_ai.archive import Archive
from archive_ai.domain import Role

Opening = Callable[..., Archive]
FAILURES = "/api/v1/failures"


@pytest.fixture
def archive(open_archive: Opening, scans: Path) -> Archive:
    for name in ("leer.jpg", "ä leer.tif", "F0/leer.png", "F1/x:1.png", "fort.png"):
        (scans / name).touch()
    (scans / "text.png").write_text("no picture")
    opened = open_archive()
    opened.index([scans])
    (scans / "fort.png").unlink()
    opened.index([scans])
    return opened


def test_failures_are_told_whole_and_in_parts(archive: Archive, scans: Path) -> None:
    with service_of(archive, Role.ARCHIVIST) as client:
        found = client.get(FAILURES).json()
        assert found["failures"] == [one.to_json() for one in archive.failures()]
        assert (found["total"], found["cursor"]) == (5, "")
        assert str(scans / "fort.png") not in {one["path"] for one in found["failures"]}
        assert all(one["cause"] and one["advice"] for one in found["failures"])
        parts, cursor = [], ""
        while True:
            part = client.get(FAILURES, params={"limit": 2, "cursor": cursor}).json()
            assert part["total"] == 5
            parts += part["failures"]
            cursor = part["cursor"]
            if not cursor:
                break
        assert parts == found["failures"]
        for query in ({"cursor": "nonsense"}, {"limit": 0}, {"limit": 1001}):
            assert client.get(FAILURES, params=query).status_code == 422


def test_readers_know_nothing_of_failures(archive: Archive) -> None:
    with service_of(archive, Role.READER) as client:
        answer = client.get(FAILURES)
        assert (answer.status_code, answer.json()["code"]) == (403, "not-allowed")
        assert "leer" not in answer.text
