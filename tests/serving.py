"""The real service in a process of its own, for tests that need one."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SERVE = [sys.executable, "-m", "archive_ai", "serve"]
SECONDS_TO_START = 60


@dataclass
class Served:
    """A service that listens."""

    process: subprocess.Popen[str]
    base: str
    log: Path

    def get(self, path: str, **headers: str) -> tuple[int, bytes]:
        """Ask; return status and content."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(self.base + path, headers=named)
        try:
            with urllib.request.urlopen(request, timeout=60) as response:
                return response.status, response.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read()

    def lines(self) -> list[dict[str, Any]]:
        """Return the lines of the log that are for programs."""
        text = self.log.read_text("utf-8")
        return [json.loads(line) for line in text.splitlines() if line.startswith("{")]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(archive: Path, log: Path, *arguments: str, **settings: object) -> Iterator[Served]:
    """Serve an archive until the block ends."""
    port = free_port()
    environment = os.environ | {f"ARCHIVE_AI_{k.upper()}": str(v) for k, v in settings.items()}
    command = [*SERVE, "--archive", str(archive), "--port", str(port), *arguments]
    with (
        log.open("w", encoding="utf-8") as stream,
        subprocess.Popen(command, stderr=stream, text=True, env=environment) as process,
    ):
        served = Served(process, f"http://127.0.0.1:{port}", log)
        try:
            _wait(served)
            yield served
        finally:
            process.kill()


def _wait(served: Served) -> None:
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end:
        assert served.process.poll() is None, served.log.read_text("utf-8")
        try:
            served.get("/healthz")
        except urllib.error.URLError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"the service did not answer within {SECONDS_TO_START} seconds")
