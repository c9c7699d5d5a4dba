"""Tagging runs over the network: looked at, compared, applied, withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from service_viewers import service_of

from archive_ai.archive import Archive
from archive_ai.domain import Role
from archive_ai.tagging import calibrating

Opening = Callable[..., Archive]
RUNS = "/api/v1/runs"


@pytest.fixture
def archive(open_archive: Opening, scans: Path, monkeypatch: pytest.MonkeyPatch) -> Archive:
    """Return an archive with a run that speaks, and a newer one that waits."""
    opened = open_archive()
    opened.index([scans])
    monkeypatch.setattr(calibrating, "THRESHOLD", 0.0)
    opened.tagging.tag(apply=True)
    opened.tagging.tag(threshold=0.9)
    return opened


def test_archivists_look_and_admins_change(archive: Archive) -> None:
    with service_of(archive, Role.READER) as client:
        for path in (RUNS, f"{RUNS}/2/difference"):
            assert client.get(path).status_code == 403
    with service_of(archive, Role.ARCHIVIST) as client:
        found = client.get(RUNS).json()
        assert found == {"runs": client.get("/api/v1/status").json()["runs"]}
        assert [one["number"] for one in found["runs"]] == [2, 1]
        assert client.get(f"{RUNS}/2/difference").status_code == 200
        for act in ("apply", "withdraw"):
            assert client.post(f"{RUNS}/2/{act}").status_code == 403
    assert archive.tagging.get(2).applied_at is None


def test_a_run_is_compared_applied_and_withdrawn(archive: Archive) -> None:
    with service_of(archive) as client:
        difference = client.get(f"{RUNS}/2/difference").json()
        assert set(difference) == {"new", "gone", "same"}
        one, two = (archive.tagging.get(number).suggestions for number in (1, 2))
        assert difference["gone"] == one - difference["same"] > 0
        assert difference["new"] == two - difference["same"]
        applied = client.post(f"{RUNS}/2/apply")
        assert (applied.status_code, applied.json()["number"]) == (200, 2)
        assert applied.json()["applied_at"] and applied.json()["withdrawn_at"] is None
        again = client.post(f"{RUNS}/2/apply")
        assert (again.status_code, again.json()["code"]) == (422, "usage")
        assert client.get(f"{RUNS}/2/difference").status_code == 422
        withdrawn = client.post(f"{RUNS}/2/withdraw").json()
        assert withdrawn["withdrawn_at"]
        assert withdrawn == client.get(RUNS).json()["runs"][0]
        assert client.post(f"{RUNS}/2/withdraw").status_code == 422


def test_what_there_is_none_of_is_unknown(archive: Archive) -> None:
    with service_of(archive) as client:
        for answer in (
            client.get(f"{RUNS}/9/difference"),
            client.post(f"{RUNS}/9/apply"),
            client.post(f"{RUNS}/9/withdraw"),
        ):
            assert (answer.status_code, answer.json()["code"]) == (404, "unknown-run")


def test_while_another_run_writes_nothing_is_changed(archive: Archive) -> None:
    with service_of(archive) as client, archive._folder.writing():
        for act in ("apply", "withdraw"):
            refused = client.post(f"{RUNS}/2/{act}")
            assert (refused.status_code, refused.json()["code"]) == (503, "archive-locked")
        assert client.get(RUNS).status_code == 200
    assert archive.tagging.get(2).applied_at is None
