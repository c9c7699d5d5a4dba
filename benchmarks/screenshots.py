"""Takes the pictures of the page that docs/page.md shows, and those that are only looked at.

    python benchmarks/screenshots.py docs/pictures                       # of the sample archive
    python benchmarks/screenshots.py FOLDER --archive ARCHIVE            # of any other

Needs Debian's chromium and playwright. Each view is taken on an office screen (1366x768) and on a
phone (390x844), in German; some in English and in the dark scheme.
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from archive_ai.archive import Archive, load
from archive_ai.settings import BUNDLED_MODEL

OFFICE = ViewportSize(width=1366, height=768)
PHONE = ViewportSize(width=390, height=844)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--enable-unsafe-swiftshader",
    "--disable-background-networking",
]
SECONDS = 60


@dataclass(frozen=True, slots=True)
class View:
    """A view to be taken: its name, its address, and how."""

    name: str
    path: str
    phone: bool = False
    dark: bool = False
    english: bool = False


def views(photo: str) -> list[View]:
    """Return every view, of a photo among them."""
    addresses = {
        "start": "/",
        "hits": "/?q=Kirche",
        "weak": "/?q=Raumschiff",
        "reasons": "/?q=Kirche+am+Fluss&why=1",
        "photo": f"/photo/{photo}?q=Kirche",
        "map": "/map?by=collection",
        "review": "/review",
        "desk": "/review?concept=kirche",
        "numbers": "/numbers",
        "jobs": "/jobs",
        "settings": "/settings",
    }
    both = [View(name, path, phone) for name, path in addresses.items() for phone in (False, True)]
    return [
        *both,
        View("hits", addresses["hits"], dark=True),
        View("photo", addresses["photo"], dark=True),
        View("map", addresses["map"], dark=True),
        View("hits", "/?q=church&lang=en", english=True),
    ]


def take(browser: Browser, base: str, view: View, folder: Path) -> Path:
    """Open a view, wait until it stands, and take its picture."""
    context = browser.new_context(
        viewport=PHONE if view.phone else OFFICE,
        color_scheme="dark" if view.dark else "light",
        locale="en-GB" if view.english else "de-DE",
        has_touch=view.phone,
        base_url=base,
    )
    page = context.new_page()
    page.goto(view.path)
    settle(page)
    words = [view.name, "phone" if view.phone else "", "dark" if view.dark else ""]
    name = "-".join(one for one in [*words, "english" if view.english else ""] if one)
    path = folder / f"{name}.jpg"
    page.screenshot(path=path, type="jpeg", quality=82)
    context.close()
    return path


def settle(page: Page) -> None:
    """Wait until nothing is asked for any more and every picture in sight is drawn."""
    page.get_by_role("heading", level=1).first.wait_for(state="attached")
    page.wait_for_load_state("networkidle")
    page.wait_for_function("[...document.images].every(one => one.complete || one.loading)")
    page.wait_for_timeout(500)  # what a canvas draws is not told


@contextmanager
def served(archive: Path) -> Iterator[str]:
    """Serve an archive while its pictures are taken."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "archive_ai", "serve", "--archive", str(archive)]
    environment = os.environ | {"ARCHIVE_AI_REQUESTS_PER_MINUTE": "0"}
    process = subprocess.Popen([*command, "--port", str(port)], env=environment)
    base = f"http://127.0.0.1:{port}"
    try:
        for _ in range(SECONDS * 10):
            try:
                urllib.request.urlopen(f"{base}/healthz", timeout=10).close()
            except urllib.error.URLError:
                time.sleep(0.1)
            else:
                break
        yield base
    finally:
        process.terminate()
        process.wait(timeout=SECONDS)


def main() -> None:
    """Take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--archive", type=Path)
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("There is no chromium here: apt-get install chromium.")
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        archive = given.archive
        if archive is None:
            program = [sys.executable, "-m", "archive_ai", "demo", "--folder", temporary]
            subprocess.run(program, check=True, stdout=subprocess.DEVNULL)
            archive = Path(temporary) / "archive"
        with Archive.open(load(archive=archive, model=BUNDLED_MODEL)) as opened:
            photo = opened.search("Kirche", 1).hits[0].photo
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        with served(archive) as base:
            for view in views(photo):
                print(take(browser, base, view, given.folder))
        browser.close()


if __name__ == "__main__":
    main()
