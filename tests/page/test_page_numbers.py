"""The holdings in numbers, as the API counts them."""

from __future__ import annotations

import re
from urllib.parse import quote

from playwright.sync_api import Page, expect
from site_of_tests import PHONE, Site, Visitor

API = "/api/v1"


def counted(page: Page, field: str, value: str) -> str:
    row = page.locator(f'[data-field="{field}"] tbody tr').filter(has_text=value)
    return row.locator("td").last.inner_text().split()[0]


def test_it_says_what_the_archive_holds(visitor: Visitor, site: Site) -> None:
    status = site.ask(f"{API}/status")
    page = visitor.open("/numbers")
    expect(page.locator('[data-count="photos"]')).to_have_text(str(status["photos"]))
    expect(page.locator('[data-count="suggested"]')).to_have_text(str(status["tags"]["suggested"]))
    expect(page.locator('[data-files="present"]')).to_have_text(str(status["files"]["present"]))
    expect(page.get_by_text("archive-mini")).to_be_visible()
    expect(page.locator('[data-field="format"] tbody tr').first).to_be_visible()
    for field, named in (
        ("format", {"jpeg": "JPEG", "tiff": "TIFF"}),
        ("farbe", {"toned": "getönt", "black-and-white": "schwarzweiß"}),
        ("sammlung", {"Musterstadt": "Musterstadt"}),
        ("jahr", {"1940..1949": "1940er Jahre"}),
    ):
        by = {one["value"]: one["photos"] for one in site.ask(f"{API}/facets")["by"][field]}
        for value, name in named.items():
            assert counted(page, field, name) == str(by[value])


def test_each_number_leads_to_its_pictures(visitor: Visitor) -> None:
    page = visitor.open("/numbers")
    page.get_by_role("link", name="TIFF").click()
    expect(page).to_have_url(re.compile(re.escape("/?q=" + quote("format:tiff", safe=""))))
    page.go_back()
    page.get_by_role("link", name="ansehen", exact=True).click()
    expect(page).to_have_url(re.compile(r"/jobs\?show=failures$"))
    expect(page.get_by_role("heading", level=1, name="Nicht verwendbare Dateien")).to_be_visible()


def test_concepts_are_filtered_sorted_and_lead_on(visitor: Visitor, site: Site) -> None:
    whole = site.ask(f"{API}/vocabulary/heilbronn")["concepts"]
    church = next(one for one in whole if one["concept"] == "kirche")
    used = [one for one in whole if one["accepted"] + (one["suggested"] or 0)]
    page = visitor.open("/numbers")
    rows = page.locator("[data-concept]")
    expect(rows).to_have_count(len(used))
    page.get_by_label("auch Begriffe ohne Bilder").check()
    expect(rows).to_have_count(len(whole))

    page.get_by_label("Begriffe suchen").fill("kirche")
    expect(rows.first).to_be_visible()
    row = page.locator('[data-concept="kirche"]')
    expect(row.locator(".suggested")).to_contain_text(str(church["suggested"]))
    expect(row.get_by_role("link", name="Kirche", exact=True)).to_have_attribute(
        "href", "/?q=tag%3Akirche"
    )
    expect(row.get_by_role("link", name=re.compile("prüfen"))).to_have_attribute(
        "href", "/review?concept=kirche"
    )
    page.get_by_label("Begriffe suchen").fill("")
    page.get_by_label("Gruppe", exact=True).select_option("transport")
    page.get_by_role("button", name="vorgeschlagen").click()
    head = page.get_by_role("columnheader", name="vorgeschlagen")
    expect(head).to_have_attribute("aria-sort", "descending")
    numbers = [int(one) for one in page.locator("td.suggested").all_inner_texts() if one.isdigit()]
    assert numbers == sorted(numbers, reverse=True)
    assert numbers[0] > numbers[-1]


def test_what_must_not_be_told_is_not(visitor: Visitor, site: Site) -> None:
    whole = site.ask(f"{API}/vocabulary/heilbronn")["concepts"]
    secret = next(one["concept"] for one in whole if one["suggested"] is None)
    page = visitor.open("/numbers")
    page.get_by_label("auch Begriffe ohne Bilder").check()
    row = page.locator(f'[data-concept="{secret}"]')
    expect(row.locator(".suggested")).to_contain_text("wird nicht genannt")
    expect(row.locator('a[href^="/review"]')).to_have_count(0)


def test_pictures_held_twice_stand_side_by_side(visitor: Visitor, site: Site) -> None:
    groups = site.ask(f"{API}/duplicates?limit=1000")["groups"]
    assert groups
    page = visitor.open("/numbers")
    pair = page.locator(".group").first
    pair.scroll_into_view_if_needed()
    pictures = pair.get_by_role("img")
    expect(pictures).to_have_count(len(groups[0]["photos"]))
    page.wait_for_function("[...document.querySelectorAll('.group img')].every(i => i.complete)")
    assert page.evaluate("[...document.querySelectorAll('.group img')].every(i => i.naturalWidth)")
    expect(pair.get_by_role("link").first).to_have_attribute(
        "href", f"/photo/{groups[0]['photos'][0]['photo']}"
    )


def test_in_english_by_keyboard_alone_on_a_phone(visitor: Visitor) -> None:
    page = visitor.open("/numbers?lang=en", viewport=PHONE)
    expect(page.get_by_role("heading", name="By concept")).to_be_visible()
    page.get_by_label("Find concepts").focus()
    page.keyboard.type("tow")
    rows = page.locator("[data-concept]")
    expect(page.locator('[data-concept="turm"]')).to_be_visible()
    for _ in range(3):
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Concept", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("columnheader", name="Concept")).to_have_attribute(
        "aria-sort", "ascending"
    )
    expect(rows.first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
