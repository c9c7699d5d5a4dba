"""What whoever runs the service sees of it: readiness, counters, a log without words, limits."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families
from service_pictures import a_picture

from archive_ai.archive import Archive
from archive_ai.domain import Role
from archive_ai.errors import ArchiveDamaged
from archive_ai_service.app import create_app
from archive_ai_service.journal import open_journal
from archive_ai_service.pacing import SAVED_AN_HOUR
from archive_ai_service.readiness import Readiness

BASE = "http://127.0.0.1"
API = "/api/v1"


@pytest.fixture
def archive(open_archive: Any, scans: Path) -> Archive:
    found: Archive = open_archive()
    found.index([scans])
    return found


def serving(archive: Archive, **given: Any) -> TestClient:
    return TestClient(create_app(archive, **given), base_url=BASE, raise_server_exceptions=False)


def samples(client: TestClient) -> dict[tuple[str, ...], float]:
    answer = client.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain")
    return {
        (one.name, *(value for _, value in sorted(one.labels.items()) if value)): one.value
        for family in text_string_to_metric_families(answer.text)
        for one in family.samples
    }


def test_what_is_counted(archive: Archive) -> None:
    client = serving(archive)
    for _ in range(3):
        client.get(f"{API}/search", params={"q": "Weinberg"})
    client.get(f"{API}/nothing/Weinberg")
    client.post(f"{API}/search/picture", files={"picture": ("x.png", b"no picture")})
    found = samples(client)
    requests, route = "archive_ai_requests_total", f"{API}/search"
    assert found[requests, "GET", route, "200"] == 3
    assert found[requests, "POST", f"{route}/picture", "415"] == 1
    assert found[requests, "GET", "unknown", "404"] == 1
    assert found["archive_ai_request_seconds_count", route] == 3
    assert found["archive_ai_uploads_refused_total", "415"] == 1
    stages = [name for name in found if name[0] == "archive_ai_search_stage_seconds_count"]
    assert stages and all(found[name] == 3 for name in stages)
    assert found["archive_ai_index_vectors",] == 12
    assert found["archive_ai_generation",] == 1
    assert found["archive_ai_files_failed",] == 0
    assert found["archive_ai_jobs_queued",] == 0
    assert "Weinberg" not in client.get("/metrics").text


def test_tables_and_small_pictures_are_counted_too(archive: Archive) -> None:
    client = serving(archive)
    client.get(f"{API}/search.csv", params={"q": "Weinberg"})
    photo = client.get(f"{API}/photos").json()["photos"][0]["photo"]
    for _ in range(3):
        assert client.get(f"{API}/photos/{photo}/thumbnail").status_code == 200
    found = samples(client)
    assert any(name[0] == "archive_ai_search_stage_seconds_count" for name in found)
    assert found["archive_ai_thumbnails_total", "drawn"] == 1
    assert found["archive_ai_thumbnails_total", "kept"] == 2


def test_two_applications_count_apart(archive: Archive) -> None:
    one, other = serving(archive), serving(archive)
    one.get(f"{API}/status")
    assert not [name for name in samples(other) if f"{API}/status" in name]


def test_counters_are_for_admins(archive: Archive) -> None:
    client = serving(archive)
    for role, status in ((Role.READER, 403), (Role.ARCHIVIST, 403), (Role.ADMIN, 200)):
        said = archive.tokens.create(role.value, role, "test")
        answer = client.get("/metrics", headers={"Authorization": f"Bearer {said}"})
        assert answer.status_code == status
    assert client.get("/metrics").status_code == 401


def test_ready_empty_or_not(open_archive: Callable[..., Archive], scans: Path) -> None:
    archive = open_archive()
    client = serving(archive)
    assert client.get("/readyz").json() == {"status": "empty"}
    archive.index([scans])
    client = serving(archive)
    assert client.get("/readyz").json() == {"status": "ready"}
    client.app.state.stopping.set()
    stopping = client.get("/readyz")
    assert stopping.status_code == 503
    assert client.get("/healthz").status_code == 200
    assert client.get(f"{API}/search", params={"q": "x"}).status_code == 200


def test_readiness_is_not_looked_up_for_everybody_who_asks(
    open_archive: Callable[..., Archive], scans: Path
) -> None:
    archive = open_archive()
    kept, anew = Readiness(archive, 3600), Readiness(archive, 0)
    assert not kept.ready() and not anew.ready()
    archive.index([scans])
    assert anew.ready() and not kept.ready()
    for manifest in archive.settings.archive.glob("generations/*/manifest-*.json"):
        manifest.write_text("{}")
    damaged = Readiness(open_archive(), 3600)
    said = []
    for _ in range(2):
        with pytest.raises(ArchiveDamaged) as error:
            damaged.ready()
        said.append(str(error.value))
    assert said[0] == said[1]


def test_what_is_damaged_is_not_ready(open_archive: Callable[..., Archive], scans: Path) -> None:
    archive = open_archive()
    archive.index([scans])
    for manifest in archive.settings.archive.glob("generations/*/manifest-*.json"):
        manifest.write_text("{}")
    answer = serving(archive).get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["code"] == "archive-damaged"


@pytest.fixture
def quiet_again() -> Iterator[None]:
    """Take away the handlers that a journal put on the loggers of this process."""
    yield
    for name in ("archive_ai_service", "uvicorn"):
        logging.getLogger(name).handlers[:] = []
        logging.getLogger(name).propagate = True


def logged(archive: Archive, **changes: Any) -> tuple[TestClient, io.StringIO]:
    settings = archive.settings.model_copy(update=changes)
    archive.settings = settings
    stream = io.StringIO()
    return serving(archive, journal=open_journal(settings, stream)), stream


@pytest.mark.usefixtures("quiet_again")
def test_a_line_for_each_request_and_none_of_its_words(archive: Archive) -> None:
    client, stream = logged(archive)
    given = {"X-Request-ID": "abc-1"}
    answer = client.get(f"{API}/search", params={"q": "Weinberg"}, headers=given)
    assert answer.headers["x-request-id"] == "abc-1"
    odd = client.get(f"{API}/photos/p_Weinberg", headers={"X-Request-ID": "a b{}"})
    assert len(odd.headers["x-request-id"]) == 32
    client.get("/healthz")
    client.get("/Weinberg")
    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [line["route"] for line in lines] == [
        f"{API}/search", f"{API}/photos/{{photo_id}}", "unknown",
    ]  # fmt: skip
    first = lines[0]
    assert (first["event"], first["level"], first["method"]) == ("request", "info", "GET")
    assert (first["status"], first["role"], first["request_id"]) == (200, "admin", "abc-1")
    assert first["milliseconds"] > 0 and first["timestamp"].endswith("Z")
    assert lines[1]["request_id"] == odd.headers["x-request-id"]
    assert "Weinberg" not in stream.getvalue()


@pytest.mark.usefixtures("quiet_again")
def test_words_are_kept_only_where_the_setting_says_so(archive: Archive) -> None:
    client, stream = logged(archive, log_queries=True)
    client.get(f"{API}/search", params={"q": "Weinberg"})
    assert json.loads(stream.getvalue())["query"] == "q=Weinberg"


@pytest.mark.usefixtures("quiet_again")
def test_a_line_for_people_and_no_line(archive: Archive) -> None:
    client, stream = logged(archive, log_format="console")
    client.get(f"{API}/status")
    assert "request" in stream.getvalue() and "{" not in stream.getvalue()
    client, stream = logged(archive, log_format="none")
    client.get(f"{API}/status")
    assert stream.getvalue() == ""


@pytest.mark.usefixtures("quiet_again")
def test_a_fault_is_logged_and_numbered(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_archive: Archive) -> dict[str, object]:
        raise RuntimeError("a fault")

    monkeypatch.setattr(Archive, "status", broken)
    client, stream = logged(archive)
    answer = client.get(f"{API}/status")
    assert answer.status_code == 500
    line = json.loads(stream.getvalue().splitlines()[0])
    assert (line["status"], line["level"]) == (500, "error")
    assert answer.headers["x-request-id"] == line["request_id"]


def test_a_caller_saves_so_many_queries_an_hour_and_nobody_unknown_saves(
    open_archive: Callable[..., Archive], scans: Path
) -> None:
    archive = open_archive(anonymous_role="reader")
    archive.index([scans])
    said = archive.tokens.create("room", Role.READER, "test")
    client, reader = serving(archive), {"Authorization": f"Bearer {said}"}
    sent = {"q": "Markt"}
    for _ in range(SAVED_AN_HOUR):
        assert client.post(f"{API}/queries", json=sent, headers=reader).status_code == 201
    refused = client.post(f"{API}/queries", json=sent, headers=reader)
    assert (refused.status_code, refused.json()["code"]) == (429, "too-many-requests")
    assert "within an hour" in refused.json()["detail"]
    assert client.get(f"{API}/search", params=sent, headers=reader).status_code == 200
    unknown = client.post(f"{API}/queries", json=sent)
    assert (unknown.status_code, unknown.json()["code"]) == (401, "sign-in-needed")


def test_who_asks_too_often_is_told_when_to_come_again(
    open_archive: Callable[..., Archive],
) -> None:
    archive = open_archive(requests_per_minute=3, pictures_per_minute=5)
    client = serving(archive)
    answers = [client.get(f"{API}/status") for _ in range(5)]
    assert [one.status_code for one in answers] == [200, 200, 200, 429, 429]
    refused = answers[-1]
    assert refused.json()["code"] == "too-many-requests"
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    # Pictures have a limit of their own, and a watchdog none.
    pictures = [client.get("/static/style.css").status_code for _ in range(6)]
    assert pictures == [200] * 5 + [429]
    assert {client.get("/healthz").status_code for _ in range(9)} == {200}
    # Whoever signs in is counted by name, not by address.
    said = archive.tokens.create("ada", Role.READER, "test")
    headers = {"Authorization": f"Bearer {said}"}
    assert client.get(f"{API}/status", headers=headers).status_code == 200
    # Nor does asking without a token go on for ever.
    assert client.get(f"{API}/status").status_code == 429


def test_no_limit_where_it_is_0(open_archive: Callable[..., Archive]) -> None:
    client = serving(open_archive(requests_per_minute=0))
    assert {client.get(f"{API}/session").status_code for _ in range(50)} == {200}


def test_a_picture_that_is_sent_is_counted_as_a_search(archive: Archive) -> None:
    client = serving(archive)
    answer = client.post(f"{API}/search/picture", files={"picture": ("x.png", a_picture())})
    assert answer.status_code == 200
    assert [name for name in samples(client) if "archive_ai_search_stage_seconds_count" in name]
