"""The browser of tests: one for each process, as playwright can be started only once in it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import NoReturn

import pytest
from playwright.sync_api import Browser, Playwright

# WebGL without a graphics card; nothing that asks for other servers.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--enable-unsafe-swiftshader",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def missing(what: str) -> NoReturn:
    """Skip where a machine has no browser; where ARCHIVE_AI_TEST_BROWSER is set nothing may be."""
    if os.environ.get("ARCHIVE_AI_TEST_BROWSER"):
        pytest.fail(f"{what}, and ARCHIVE_AI_TEST_BROWSER says that nothing may be missing")
    pytest.skip(what)


def launched(playwright: Playwright) -> Iterator[Browser]:
    """Start Debian's Chromium."""
    chromium = shutil.which("chromium")
    if chromium is None:
        missing("there is no Chromium here")
    started = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
    yield started
    started.close()
