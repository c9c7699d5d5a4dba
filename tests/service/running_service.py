"""The real server in a process of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def running_service(archive: Path, **settings: str) -> Iterator[str]:
    """Serve an archive and yield the address; the server must end well when it is stopped."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    environment = os.environ | {f"ARCHIVE_AI_{name.upper()}": v for name, v in settings.items()}
    command = [sys.executable, "-m", "archive_ai", "serve", "--archive", str(archive)]
    process = subprocess.Popen(
        [*command, "--port", str(port)], env=environment, stderr=subprocess.PIPE, text=True
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(process, f"{address}/healthz")
        yield address
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            _, said = process.communicate(timeout=60)
        finally:
            process.kill()
    assert process.returncode == 0 and "Traceback" not in said, said


def _wait_for(process: subprocess.Popen[str], url: str) -> None:
    for _ in range(300):
        assert process.poll() is None, process.communicate()
        try:
            with urllib.request.urlopen(url, timeout=20):
                return
        except urllib.error.URLError:
            time.sleep(0.1)
    pytest.fail("the server did not answer within 30 seconds")
