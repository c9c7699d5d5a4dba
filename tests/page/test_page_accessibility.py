"""axe-core finds nothing serious on any view, in both schemes, on a screen and on a phone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from site_of_tests import OFFICE, PHONE, Site, Visitor

from chromium import missing

AXE = Path(__file__).parents[2] / "service" / "page" / "node_modules" / "axe-core" / "axe.min.js"
# The desk has its next pictures ready, which takes a busy machine a while.
PATIENCE = 90_000
# Level A and AA of WCAG 2.0 to 2.2, and what axe calls good practice.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
VIEWS = {
    "start": "/",
    "hits": "/?q=Kirche",
    "reasons": "/?q=Kirche&why=1",
    "nothing certain": "/?q=Raumschiff",
    "filters that nothing passes": "/?q=Kirche+jahr:1500",
    "photo": "/photo/{photo}",
    "map": "/map",
    "review list": "/review",
    "desk": "/review?concept=kirche",
    "numbers": "/numbers",
    "jobs": "/jobs",
    "settings": "/settings",
}


@pytest.fixture(scope="module")
def photo(site: Site) -> str:
    return str(site.ask("/api/v1/search?q=Kirche&limit=1")["hits"][0]["photo"])


def settled(page: Page) -> None:
    """Wait until the view is there and nothing is asked for any more."""
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    page.wait_for_load_state("networkidle", timeout=PATIENCE)


def faults(page: Page) -> list[str]:
    if not AXE.is_file():
        missing("axe-core is not there: make page")
    page.evaluate(AXE.read_text("utf-8"))
    found: dict[str, Any] = page.evaluate(
        "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES
    )
    return [
        f"{one['id']} ({one['impact']}): {node['html'][:200]} {node['failureSummary'][:300]}"
        for one in found["violations"]
        for node in one["nodes"][:3]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", VIEWS.values(), ids=VIEWS.keys())
def test_nothing_stands_in_the_way(visitor: Visitor, photo: str, path: str, scheme: Any) -> None:
    page = visitor.open(path.format(photo=photo), color_scheme=scheme, viewport=OFFICE)
    settled(page)
    assert faults(page) == []


@pytest.mark.parametrize("path", VIEWS.values(), ids=VIEWS.keys())
def test_nor_on_a_phone(visitor: Visitor, photo: str, path: str) -> None:
    page = visitor.open(path.format(photo=photo), viewport=PHONE, has_touch=True, is_mobile=True)
    settled(page)
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_the_check_itself_finds_what_is_wrong(visitor: Visitor) -> None:
    page = visitor.open("/")
    settled(page)
    page.evaluate("document.querySelector('main').append(document.createElement('input'))")
    assert any("label" in fault for fault in faults(page))
