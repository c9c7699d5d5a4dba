"""The page as people have it: a served sample archive, and a browser that watches itself."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

OFFICE = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
SECONDS_TO_START = 60
# What a browser says of every answer that is an error; tests look at what the page makes of it.
# And what a driver in software says of its own speed.
_ANSWERED = re.compile(r"Failed to load resource|net::ERR_|GL Driver Message .*Performance")


@dataclass
class Site:
    """An archive that is served at one address; it can be killed and started again there."""

    archive: Path
    log: Path
    settings: dict[str, str] = field(default_factory=dict)
    port: int = 0
    process: subprocess.Popen[str] | None = None

    @property
    def base(self) -> str:
        """Return the address."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Serve, and wait until it answers."""
        if not self.port:
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", 0))
                self.port = int(probe.getsockname()[1])
        named = {f"ARCHIVE_AI_{name.upper()}": value for name, value in self.settings.items()}
        command = [sys.executable, "-m", "archive_ai", "serve", "--archive", str(self.archive)]
        with self.log.open("a", encoding="utf-8") as log:
            self.process = subprocess.Popen(
                [*command, "--port", str(self.port)],
                stderr=log,
                text=True,
                env=os.environ | {"ARCHIVE_AI_REQUESTS_PER_MINUTE": "0"} | named,
            )
        end = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < end:
            assert self.process.poll() is None, self.log.read_text("utf-8")
            try:
                self.ask("/healthz")
            except urllib.error.URLError:
                time.sleep(0.05)  # it is starting
            else:
                return
        raise AssertionError(f"no answer within {SECONDS_TO_START} seconds")

    def kill(self) -> None:
        """Take it away as a power cut does."""
        assert self.process is not None
        self.process.kill()
        self.process.wait(timeout=30)

    def stop(self) -> None:
        """End it as an operator does."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(timeout=60)

    def ask(self, path: str, body: Any = None, token: str = "", method: str = "") -> Any:
        """Ask the server as a program does; return the JSON that it answers."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        data = None
        if body is not None:
            data = json.dumps(body).encode()
            headers["Content-Type"] = "application/json"
        request = urllib.request.Request(
            self.base + path, data, headers, method=method or ("POST" if data else "GET")
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            content = answer.read()
        return json.loads(content) if content else None


class Visitor:
    """Opens pages, and keeps what no page may do: errors, and requests to other origins."""

    def __init__(self, browser: Browser, base: str) -> None:
        self._browser = browser
        self._base = base
        self._contexts: list[BrowserContext] = []
        self.faults: list[str] = []

    def context(self, **options: Any) -> BrowserContext:
        """Return somebody's browser: an office screen in German unless said otherwise."""
        options = {"viewport": OFFICE, "locale": "de-DE", "base_url": self._base} | options
        context = self._browser.new_context(**options)
        context.set_default_timeout(15_000)
        context.on("page", self._watch)
        self._contexts.append(context)
        return context

    def open(self, path: str = "/", **options: Any) -> Page:
        """Open an address in a browser of its own."""
        page = self.context(**options).new_page()
        page.goto(path)
        return page

    def close(self) -> None:
        """Close all, and fail if a page did what it must not."""
        for context in self._contexts:
            context.close()
        assert not self.faults, self.faults

    def _watch(self, page: Page) -> None:
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        page.on("request", lambda request: self._asked(request.url))

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not _ANSWERED.search(message.text):
            self.faults.append(f"{message.type}: {message.text}")

    def _asked(self, url: str) -> None:
        if not url.startswith((self._base + "/", "blob:", "about:", "data:")):
            self.faults.append(f"asked {url}")


Visiting = Callable[..., Page]
