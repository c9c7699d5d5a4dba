"""Text of files, tables, vocabularies and addresses is shown as text and never runs."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect
from site_of_tests import Site, Visitor

from archive_ai.archive import Archive, load
from made_scans import write_picture

# Each would leave window.ran behind if anything took it for markup or for a script's address.
HOSTILE = [
    "<img src=x onerror=\"window.ran='img'\">",
    "<script>window.ran='script'</script>",
    '"><svg onload="window.ran=\'svg\'">',
    "{@html '<b>'}${window.ran='template'}",
    "javascript:window.ran='address'",
]
FILE = "<img src=x onerror=ran=1>.png"
COLLECTION = "<b onmouseover=\"window.ran='collection'\">Postkarten</b>"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, tiny_model: str) -> Iterator[Site]:
    """Return an archive whose every text is hostile, served."""
    folder = tmp_path_factory.mktemp("hostile")
    for number in range(6):
        write_picture(folder / "scans" / f"{number}{FILE}", number)
    table = folder / "table.csv"
    names = ("title", "description", "place", "kind", "rights", "keywords", "photographer")
    with table.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("path", "signature", "date", *names))
        for number in range(6):
            text = HOSTILE[number % len(HOSTILE)]
            rows.writerow((f"{number}{FILE}", f"F{number} {text}", "1930", *([text] * len(names))))
    settings = load(archive=folder / "archive", model=tiny_model, workers=1)
    with Archive.create(settings) as archive:
        archive.index([folder / "scans"], COLLECTION)
        archive.describing.import_table(table)
        archive.tag()
    named = {"model": tiny_model, "institution": HOSTILE[0], "folders": str(folder / "scans")}
    served = Site(folder / "archive", folder / "log", named)
    served.start()
    yield served
    served.stop()


@pytest.fixture
def visitor(browser: Browser, site: Site) -> Iterator[Visitor]:
    somebody = Visitor(browser, site.base)
    yield somebody
    somebody.close()


@pytest.fixture(scope="module")
def photo(site: Site) -> str:
    return str(site.ask("/api/v1/photos?limit=1")["photos"][0]["photo"])


def unharmed(page: Page) -> None:
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.ran") is None
    foreign = "[...document.querySelectorAll('[onerror], [onload], [onmouseover], main script')]"
    assert page.evaluate(f"{foreign}.length") == 0
    assert page.locator("a[href^='javascript:']").count() == 0


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/?q=Kirche&why=1",
        f"/?q={quote(HOSTILE[0])}",
        f"/?query={quote(HOSTILE[2])}",
        "/photo/{photo}?q=" + quote(HOSTILE[2]),
        "/map?by=collection",
        f"/map?by={quote(HOSTILE[0])}",
        "/review?concept=kirche",
        f"/review?concept={quote(HOSTILE[0])}",
        "/numbers",
        "/jobs?show=add",
        f"/jobs?show={quote(HOSTILE[1])}",
        "/settings",
        f"/?lang={quote(HOSTILE[0])}",
    ],
)
def test_hostile_text_stays_text(visitor: Visitor, photo: str, path: str) -> None:
    page = visitor.open(path.format(photo=photo) if "{photo}" in path else path)
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    unharmed(page)


def test_it_is_shown_as_it_is_written(visitor: Visitor, photo: str, site: Site) -> None:
    title = site.ask(f"/api/v1/photos/{photo}")["records"][0]["title"]
    assert title in HOSTILE
    page = visitor.open(f"/photo/{photo}")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.get_by_role("banner")).to_contain_text(HOSTILE[0])
    unharmed(page)


def test_the_policy_would_stop_what_slipped_through(visitor: Visitor) -> None:
    page = visitor.open("/")
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', "
        '\'<img src="x" onerror="window.ran=1"><iframe srcdoc="x"></iframe>\')'
    )
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.ran") is None
    assert any("Content Security Policy" in fault for fault in visitor.faults)
    visitor.faults.clear()
