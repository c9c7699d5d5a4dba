"""Who may start, see and stop jobs, and what their events look like."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from service_viewers import service_of

from archive_ai.archive import Archive, Worker
from archive_ai.domain import Role
from archive_ai_service.routes import jobs
from archive_ai_service.streams import MOST_STREAMS

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
        assert made["arguments"] == {
            "paths": [str(scans)],
            "collection": "Probe",
            "without_links": True,
        }
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


def test_what_asks_for_review_first_is_no_job_for_the_network(archive: Archive) -> None:
    for kind in ("tag", "learn"):
        archive.jobs.post(kind, {"concept": "tote"}, "erika")
        archive.jobs.stop(archive.jobs.newest(1)[0].number)
    with service_of(archive) as client:
        without_workers(client)
        for number, kind in enumerate(("tag", "learn"), 1):
            answer = client.post(JOBS, json={"kind": kind, "concept": "tote"})
            assert (answer.status_code, answer.json()["code"]) == (422, "usage")
            assert client.post(f"{JOBS}/{number}/again").status_code == 422
            unknown = client.post(JOBS, json={"kind": kind, "concept": "nichts"})
            assert unknown.json()["code"] == "unknown-concept"
        assert client.post(JOBS, json={"kind": "tag"}).status_code == 202
    assert len(archive.jobs.newest()) == 3


def test_a_folder_that_becomes_a_link_after_it_was_posted_is_not_indexed(
    archive: Archive, scans: Path, tmp_path: Path
) -> None:
    folder = scans / "first"
    folder.mkdir()
    shutil.copy(next(scans.rglob("*.png")), folder / "one.png")
    outside = shutil.copytree(scans, tmp_path / "outside")
    link = scans / "link"
    link.symlink_to(folder)
    with service_of(archive) as client:
        without_workers(client)
        sent = {"kind": "index", "paths": [str(link)]}
        assert client.post(JOBS, json=sent).json()["arguments"]["paths"] == [str(folder)]
        archive.jobs.stop(1)
        again = client.post(f"{JOBS}/1/again").json()
        assert again["arguments"]["paths"] == [str(folder)]
        archive.jobs.post("index", {"paths": [str(link)]}, "erika")  # at the machine itself
        archive.jobs.stop(3)
        assert client.post(f"{JOBS}/3/again").json()["arguments"]["paths"] == [str(folder)]
        shutil.rmtree(folder)
        folder.symlink_to(outside)
        Worker(archive).work(until_idle=True)
        for number in (2, 4):
            found = client.get(f"{JOBS}/{number}").json()
            assert (found["state"], found["outcome"]["error"]["code"]) == ("failed", "not-allowed")
    assert archive.status()["photos"] == 0


def test_events_are_for_those_who_still_may_and_only_some_at_once(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "SECONDS_A_LOOK", 0.02)
    archive.jobs.post("verify", {}, "erika")  # nobody works: its events never end
    said = archive.tokens.create("ada", Role.ARCHIVIST, "test")
    ada = {"Authorization": f"Bearer {said}"}
    events = f"{JOBS}/1/events"
    with service_of(archive) as client, ThreadPoolExecutor(MOST_STREAMS) as pool:
        streams = client.app.state.streams
        head = client.head(events, headers=ada)
        assert head.status_code == 200 and head.headers["content-type"].startswith("text/event")
        told = [pool.submit(client.get, events, headers=ada) for _ in range(MOST_STREAMS)]
        end = time.monotonic() + 60
        while streams.count() < MOST_STREAMS and time.monotonic() < end:
            time.sleep(0.01)
        late = client.get(events, headers=ada)
        assert (late.status_code, late.json()["code"]) == (429, "too-many-requests")
        archive.tokens.revoke("ada")
        for one in told:
            assert one.result(60).text.count("event: job") == 1
        assert streams.count() == 0
