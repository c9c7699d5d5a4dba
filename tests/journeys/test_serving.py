"""A service over its life: on a network, while somebody indexes, and when it is told to stop."""

from __future__ import annotations

import http.client
import json
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from archive_ai.archive import Archive
from archive_ai.domain import Role
from made_scans import write_picture
from serving import running

SEARCH = "/api/v1/search?q=Kirche&limit=5"


@pytest.fixture
def folder(open_archive: Callable[..., Archive], scans: Path) -> Path:
    """Return the folder of an archive that is indexed."""
    archive = open_archive()
    archive.index([scans])
    return archive.settings.archive


def archive_ai(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "archive_ai", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def test_on_a_network_it_starts_with_a_token_and_asks_for_it(folder: Path, tmp_path: Path) -> None:
    refused = archive_ai("serve", "--archive", str(folder), "--host", "0.0.0.0")
    assert refused.returncode == 2
    assert "archive-ai token create" in refused.stderr
    made = archive_ai("token", "create", "room", "--role", "reader", "--archive", str(folder))
    assert made.returncode == 0
    said = made.stdout.strip()
    with running(folder, tmp_path / "log", "--host", "0.0.0.0") as served:
        status, content = served.get("/api/v1/status")
        assert (status, json.loads(content)["code"]) == (401, "sign-in-needed")
        status, content = served.get("/api/v1/status", Authorization=f"Bearer {said}")
        assert (status, json.loads(content)["photos"]) == (200, 12)
        archive_ai("token", "revoke", "room", "--archive", str(folder))
        assert served.get("/api/v1/status", Authorization=f"Bearer {said}")[0] == 401
        assert served.get("/api/v1/status")[0] == 401  # the network is not opened by that
    assert said not in (tmp_path / "log").read_text("utf-8")
    again = archive_ai("serve", "--archive", str(folder), "--host", "0.0.0.0")
    assert again.returncode == 2


def test_behind_a_web_server_callers_are_told_apart_and_https_is_known(
    open_archive: Callable[..., Archive], folder: Path, tmp_path: Path
) -> None:
    said = open_archive().tokens.create("room", Role.READER, "test")
    with running(folder, tmp_path / "log", requests_per_minute=2) as served:
        asked = [
            served.get("/api/v1/status", X_Forwarded_For=f"6.6.6.6, 192.0.2.{caller}")[0]
            for caller in (1, 1, 1, 2)
        ]
        assert asked == [401, 401, 429, 401]  # what a caller claims before the last is not believed
        port = int(served.base.rpartition(":")[2])
        way = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        headers = {"Content-Type": "application/json", "X-Forwarded-Proto": "https"}
        way.request("POST", "/api/v1/session", json.dumps({"token": said}), headers)
        assert "Secure" in way.getresponse().headers["set-cookie"]
        way.close()


def test_tokens_are_made_told_once_and_taken_back(folder: Path) -> None:
    archive = ("--archive", str(folder))
    made = archive_ai("token", "create", "room", "--role", "reader", "--expires", "30", *archive)
    assert made.stdout.startswith("aai_") and "cannot be shown again" in made.stderr
    other = archive_ai("token", "create", "it", "--role", "admin", "--json", *archive)
    assert set(json.loads(other.stdout)) == {"name", "role", "token"}
    listed = archive_ai("token", "list", "--json", *archive)
    tokens = {one["name"]: one for one in json.loads(listed.stdout)["tokens"]}
    assert tokens["room"]["role"] == "reader" and tokens["room"]["expires_at"]
    assert tokens["it"]["expires_at"] is None
    assert made.stdout.strip() not in listed.stdout
    for arguments, status in (
        (("create", "room", "--role", "reader"), 2),  # a name is given once
        (("create", " ", "--role", "reader"), 2),
        (("create", "x", "--role", "boss"), 2),
        (("create", "x", "--role", "reader", "--expires", "0"), 2),
        (("revoke", "nobody"), 2),
        (("revoke", "room"), 0),
        (("revoke", "room"), 2),
        (("create", "room", "--role", "admin"), 2),  # and never again
    ):
        assert archive_ai("token", *arguments, *archive).returncode == status, arguments
    last = archive_ai("token", "revoke", "it", *archive)
    assert "asks nobody to sign in" in last.stderr


def test_a_token_that_ran_out_does_not_open_a_network(
    open_archive: Callable[..., Archive], folder: Path
) -> None:
    archive = open_archive()
    archive.tokens.create("old", Role.ADMIN, "test", days=1)
    with archive._engine.begin() as connection:
        connection.exec_driver_sql("UPDATE token SET expires_at = '2020-01-01T00:00:00+00:00'")
    refused = archive_ai("serve", "--archive", str(folder), "--host", "0.0.0.0")
    assert refused.returncode == 2


def test_the_log_of_a_service_is_json_and_holds_no_words(folder: Path, tmp_path: Path) -> None:
    with running(folder, tmp_path / "log") as served:
        assert served.get("/api/v1/search?q=Geheimnis", X_Request_ID="one")[0] == 200
        served.process.send_signal(signal.SIGTERM)
        assert served.process.wait(30) == 0
        lines = served.lines()
    assert [(line["route"], line["request_id"]) for line in lines] == [("/api/v1/search", "one")]
    assert "Geheimnis" not in (tmp_path / "log").read_text("utf-8")


def test_a_new_generation_is_taken_up_while_everybody_searches(
    folder: Path, tmp_path: Path, scans: Path
) -> None:
    with running(folder, tmp_path / "log", requests_per_minute=0) as served:
        outcomes: list[tuple[int, int]] = []
        done = threading.Event()

        def ask() -> None:
            while not done.is_set():
                status, content = served.get(SEARCH)
                outcomes.append((status, len(content)))

        def photos() -> int:
            return int(json.loads(served.get("/api/v1/status")[1])["generation"]["vectors"])

        assert photos() == 12
        askers = [threading.Thread(target=ask) for _ in range(4)]
        for asker in askers:
            asker.start()
        for more in range(3):
            for number in range(4):
                write_picture(scans / "new" / f"{more}-{number}.png", 100 + 10 * more + number)
            indexed = archive_ai("index", str(scans), "--archive", str(folder))
            assert indexed.returncode in {0, 3}, indexed.stderr
            assert photos() == 12 + 4 * (more + 1)
        done.set()
        for asker in askers:
            asker.join(60)
    assert len(outcomes) > 10
    assert {status for status, _ in outcomes} == {200}


def test_what_is_in_flight_is_finished_and_readyz_says_so_at_once(
    folder: Path, tmp_path: Path
) -> None:
    with running(folder, tmp_path / "log", drain_seconds=3, shutdown_seconds=20) as served:
        port = int(served.base.rpartition(":")[2])
        assert served.get("/readyz")[0] == 200
        # A request of which the last byte comes only after the service was told to stop.
        slow = socket.create_connection(("127.0.0.1", port), 60)
        body = b'{"token": "x"}'
        head = (
            "POST /api/v1/session HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        slow.sendall(head.encode() + body[:5])
        time.sleep(0.3)  # nothing tells from outside that the server has begun to read
        served.process.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + 30
        while served.get("/readyz")[0] != 503 and time.monotonic() < deadline:
            time.sleep(0.05)
        assert served.get("/readyz")[0] == 503
        assert served.get(SEARCH)[0] == 200
        _wait_until_closed(port)
        slow.sendall(body[5:])
        answer = http.client.HTTPResponse(slow)
        answer.begin()
        assert answer.status == 401
        answer.read()
        slow.close()
        assert served.process.wait(30) == 0
    assert "Traceback" not in (tmp_path / "log").read_text("utf-8")


def _wait_until_closed(port: int) -> None:
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), 5).close()
        except OSError:
            return
        time.sleep(0.1)
    pytest.fail("the service still listens")
