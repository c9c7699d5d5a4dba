"""Who may start, see and stop jobs, and what their events look like."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from service_viewers import service_of

from archive_ai.archive import Archive, Worker
from archive_ai.domain import Role

Opening = Callable[..., Archive]
JOBS = "/api/v1/jobs"
AS_JSON = {"Content-Type": "application/json"}


class _NobodyWorks:
    """In place of processes: what these tests post stays where it is."""

    def wake(self) -> None:
        """Start nothing."""

    def stop(self) -> None:
        """Stop nothing."""


def without_workers(client: TestClient) -> TestClient:
    client.app.state.workers = _NobodyWorks()
    return client


@pytest.fixture
def archive(open_archive: Opening, scans: Path) -> Archive:
    return open_archive(folders=[str(scans)])


def test_readers_know_nothing_of_jobs(archive: Archive) -> None:
    archive.jobs.post("verify", {}, "erika")
    with service_of(archive, Role.READER) as client:
        without_workers(client)
        for answer in (
            client.get(JOBS),
            client.get(f"{JOBS}/1"),
            client.get(f"{JOBS}/1/events"),
            client.post(JOBS, json={"kind": "tag"}),
            client.post(f"{JOBS}/1/again"),
            client.delete(f"{JOBS}/1"),
        ):
            assert (answer.status_code, answer.json()["code"]) == (403, "not-allowed")
    assert len(archive.jobs.newest()) == 1


def test_archivists_tag_and_learn_and_admins_index(archive: Archive, scans: Path) -> None:
    index = {"kind": "index", "paths": [str(scans)], "collection": "Probe"}
    with service_of(archive, Role.ARCHIVIST) as client:
        without_workers(client)
        tag = client.post(JOBS, json={"kind": "tag", "concept": "kirche"})
        assert tag.status_code == 202
        assert (tag.json()["state"], tag.json()["by"]) == ("queued", "archivist 0")
        assert tag.json()["arguments"] == {"concept": "kirche"}
        assert client.post(JOBS, json={"kind": "learn", "concept": "kirche"}).status_code == 202
        assert client.post(JOBS, json=index).status_code == 403
        assert client.delete(f"{JOBS}/1").json()["state"] == "stopped"
    with service_of(archive, Role.ADMIN) as client:
        without_workers(client)
        made = client.post(JOBS, json=index).json()
        assert made["arguments"] == {"paths": [str(scans)], "collection": "Probe"}
    with service_of(archive, Role.ARCHIVIST) as client:
        without_workers(client)
        assert client.delete(f"{JOBS}/{made['number']}").status_code == 403
        assert client.post(f"{JOBS}/{made['number']}/again").status_code == 403
        first = client.get(JOBS, params={"limit": 2}).json()
        assert [one["number"] for one in first["jobs"]] == [3, 2]
        rest = client.get(JOBS, params={"limit": 2, "cursor": first["cursor"]}).json()
        assert ([one["number"] for one in rest["jobs"]], rest["cursor"]) == ([1], "")


def test_what_cannot_be_posted(archive: Archive, scans: Path, tmp_path: Path) -> None:
    (scans / "out").symlink_to(tmp_path)
    with service_of(archive) as client:
        without_workers(client)
        for sent, status in (
            ({"kind": "index", "paths": [str(tmp_path)]}, 403),
            ({"kind": "index", "paths": [str(scans), "/etc"]}, 403),
            ({"kind": "index", "paths": [str(scans / "out")]}, 403),
            ({"kind": "index", "paths": []}, 422),
            ({"kind": "index", "paths": ["/\0"]}, 403),
            ({"kind": "index", "paths": [f"{scans}/x\ud800"]}, 422),
            ({"kind": "tag", "concept": "\ud800"}, 422),
            ({"kind": "index"}, 422),
            ({"kind": "learn"}, 422),
            ({"kind": "tag", "threshold": 0.1}, 422),
            ({"kind": "fly"}, 422),
            ({}, 422),
        ):
            # As it is sent by somebody who means ill: JSON can name what no text can hold.
            answer = client.post(JOBS, content=json.dumps(sent), headers=AS_JSON)
            assert answer.status_code == status, sent
        for number, status in ((1, 404), (0, 422), (2**40, 422)):
            assert client.get(f"{JOBS}/{number}").status_code == status
    assert archive.jobs.newest() == []


def test_events_end_with_the_job_and_go_on_where_they_were(archive: Archive) -> None:
    archive.jobs.post("verify", {}, "erika")
    archive.jobs.post("tag", {}, "erika")
    Worker(archive).work(until_idle=True)
    with service_of(archive) as client:
        told = client.get(f"{JOBS}/1/events")
        assert told.headers["content-type"].startswith("text/event-stream")
        assert told.headers["cache-control"] == "no-store"
        event = dict(line.split(": ", 1) for line in told.text.strip().splitlines())
        assert event["event"] == "job"
        assert json.loads(event["data"]) == client.get(f"{JOBS}/1").json()
        again = client.get(f"{JOBS}/1/events", headers={"Last-Event-ID": event["id"]})
        assert (again.status_code, again.content) == (204, b"")
        other = client.get(f"{JOBS}/1/events", headers={"Last-Event-ID": "earlier"})
        assert other.text == told.text
        failed = client.get(f"{JOBS}/2").json()
        assert (failed["state"], failed["outcome"]["error"]["code"]) == (
            "failed",
            "nothing-indexed",
        )
        assert [one["number"] for one in client.get("/api/v1/status").json()["jobs"]] == [2, 1]
        assert client.get(f"{JOBS}/3/events").status_code == 404
