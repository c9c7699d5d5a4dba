"""The real process: it listens, answers, stops when told, and imports no torch."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from service_pictures import Drawn

from archive_ai_service.server import address

SERVE = [sys.executable, "-m", "archive_ai", "serve"]

WITHOUT_TORCH = """
import sys
from pathlib import Path
from fastapi.testclient import TestClient
from archive_ai.archive import Archive, load
from archive_ai_service.app import create_app
with Archive.open(load(archive=Path(sys.argv[1]))) as archive:
    client = TestClient(create_app(archive), base_url="http://localhost")
    answer = client.get("/api/v1/search", params={"q": "Kirche"})
    assert answer.status_code == 200 and answer.json()["hits"], answer.text
    with open(sys.argv[2], "rb") as picture:
        answer = client.post("/api/v1/search/picture", files={"picture": picture})
    assert answer.status_code == 200, answer.text
print([name for name in ("torch", "open_clip", "timm") if name in sys.modules])
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def get(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=20) as response:
        return bytes(response.read())


def wait_for(process: subprocess.Popen[str], url: str) -> None:
    for _ in range(300):
        assert process.poll() is None, process.communicate()
        try:
            get(url)
        except urllib.error.URLError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("the server did not answer within 30 seconds")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_serves_and_stops_when_told(drawn: Drawn, number: signal.Signals) -> None:
    port = free_port()
    command = [*SERVE, "--archive", str(drawn.folder), "--port", str(port)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            wait_for(process, f"http://127.0.0.1:{port}/healthz")
            found = json.loads(get(f"http://localhost:{port}/api/v1/search?q=Kirche&limit=2"))
            assert len(found["hits"]) == 2
            second = subprocess.run(
                command, check=False, capture_output=True, text=True, timeout=60
            )
            process.send_signal(number)
            _, said = process.communicate(timeout=20)
        finally:
            process.kill()
    assert process.returncode == 0, said
    assert f"http://127.0.0.1:{port}/" in said
    assert "Traceback" not in said
    assert "Kirche" not in said
    assert second.returncode == 2
    assert f"Port {port} of 127.0.0.1 is in use" in second.stderr
    assert "Traceback" not in second.stderr


def test_it_refuses_what_it_cannot_serve(tmp_path: Path, drawn: Drawn) -> None:
    for arguments, status, sentence in (
        (["--archive", str(tmp_path)], 1, "There is no archive"),
        (["--archive", str(drawn.folder), "--host", "0.0.0.0"], 2, "archive-ai token create"),
        (["--archive", str(drawn.folder), "--host", "192.0.2.1"], 2, "192.0.2.1"),
    ):
        done = subprocess.run(
            [*SERVE, *arguments], capture_output=True, text=True, timeout=60, check=False
        )
        assert done.returncode == status, done.stderr
        assert sentence in done.stderr
        assert "Traceback" not in done.stderr


def test_a_cpu_server_imports_no_torch(drawn: Drawn) -> None:
    picture = next(drawn.pictures.iterdir())
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_TORCH, str(drawn.folder), str(picture)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stdout.strip()) == (0, "[]"), done.stderr


def test_the_address_to_open() -> None:
    assert address("127.0.0.1", 8000) == "http://127.0.0.1:8000/"
    assert address("0.0.0.0", 8000) == "http://127.0.0.1:8000/"
    assert address("::", 1) == "http://[::1]:1/"
