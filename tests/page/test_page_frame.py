"""What holds of every view: its address, its language, its scheme, its keys."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from site_of_tests import PHONE, Site, Visitor

VIEWS = {
    "/": "Suche",
    "/map": "Karte",
    "/review": "Prüfen",
    "/numbers": "Bestand",
    "/jobs": "Aufträge",
    "/settings": "Einstellungen",
}


@pytest.mark.parametrize(("path", "name"), VIEWS.items())
def test_every_view_has_its_address(visitor: Visitor, path: str, name: str) -> None:
    page = visitor.open(path)
    expect(page.get_by_role("link", name=name, exact=True)).to_have_attribute(
        "aria-current", "page"
    )
    expect(page.get_by_role("heading", level=1)).to_have_count(1)


def test_it_is_german_until_somebody_wants_english(visitor: Visitor) -> None:
    page = visitor.open("/")
    expect(page.locator("html")).to_have_attribute("lang", "de")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("link", name="Holdings")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.reload()
    expect(page.get_by_role("link", name="Holdings")).to_be_visible()


def test_views_change_without_loading_anew_and_the_way_back_works(visitor: Visitor) -> None:
    page = visitor.open("/")
    page.evaluate("window.here = true")
    page.get_by_role("link", name="Bestand").click()
    expect(page).to_have_url(f"{page.url.partition('/numbers')[0].rstrip('/')}/numbers")
    assert page.evaluate("window.here")
    page.go_back()
    expect(page.get_by_role("link", name="Suche")).to_have_attribute("aria-current", "page")
    assert page.evaluate("window.here")


def test_the_scheme_can_be_turned_and_stays(visitor: Visitor) -> None:
    page = visitor.open("/", color_scheme="light")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_role("button", name="Dunkel").click()
    page.reload()
    expect(page.get_by_role("button", name="Hell")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light


def test_keys_are_listed_and_single_ones_can_be_switched_off(visitor: Visitor) -> None:
    page = visitor.open("/numbers")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.keyboard.press("?")
    page.get_by_role("dialog", name="Tasten").get_by_role("checkbox").check()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_have_count(0)


@pytest.mark.parametrize("path", VIEWS)
def test_nothing_is_wider_than_a_phone(visitor: Visitor, path: str) -> None:
    page = visitor.open(path, viewport=PHONE)
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_a_page_in_a_page_is_refused_and_nothing_inline_runs(visitor: Visitor, site: Site) -> None:
    page = visitor.open("/")
    answer = page.request.get(site.base + "/")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    text = answer.text()
    assert "<script>" not in text and "style=" not in text and "http" not in text
