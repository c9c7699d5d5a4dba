"""What tests of the search share: its parts on the page, and a described archive."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, Page, expect
from site_of_tests import Site

from archive_ai.archive import Archive, load
from archive_ai.settings import BUNDLED_MODEL


def described(sample: Path, folder: Path) -> Iterator[Site]:
    """Serve the sample archive with its descriptions, so that there are years and titles."""
    shutil.copytree(sample / "archive", folder / "archive")
    with Archive.open(load(archive=folder / "archive", model=BUNDLED_MODEL)) as archive:
        archive.describing.import_table(sample / "pictures" / "descriptions.csv")
    served = Site(folder / "archive", folder / "log", {"model": BUNDLED_MODEL})
    served.start()
    yield served
    served.stop()


def asked(page: Page) -> dict[str, str]:
    """Return what stands in the address."""
    return {name: one[0] for name, one in parse_qs(urlsplit(page.url).query).items()}


def expect_q(page: Page, q: str) -> None:
    """Wait until the address and the field hold a query."""
    expect(field(page)).to_have_value(q)
    assert asked(page).get("q", "") == q


def field(page: Page) -> Locator:
    """Return the search field."""
    return page.get_by_role("searchbox")


def hits(page: Page) -> Locator:
    """Return the pictures that are on the page."""
    return page.locator("li[data-photo]")


def chips(page: Page) -> Locator:
    """Return the parts of the query."""
    return page.get_by_role("list", name="Teile der Frage").get_by_role("listitem")


def photo_of(hit: Locator) -> str:
    """Return a hit's id."""
    return str(hit.get_attribute("data-photo"))


def search(page: Page, q: str) -> None:
    """Type a query and send it."""
    field(page).fill(q)
    field(page).press("Enter")
    expect(hits(page).first).to_be_visible()
