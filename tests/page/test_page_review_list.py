"""Choosing what to review: the concepts that wait, and any other by a part of its name."""

from __future__ import annotations

from desk_of_tests import PATIENCE, candidates
from playwright.sync_api import expect
from site_of_tests import Site, Visitor


def test_the_list_says_what_waits_and_leads_to_a_desk(visitor: Visitor, site: Site) -> None:
    page = visitor.open("/review")
    rows = page.locator("[data-concept]")
    expect(rows.first).to_be_visible()
    before = rows.count()
    page.get_by_label("Liste eingrenzen").fill("KIRCHE")
    church = page.get_by_role("link", name="Kirche", exact=True)
    expect(church).to_be_visible()
    assert rows.count() < before
    [waits] = [one for one in site.ask("/api/v1/review") if one["concept"] == "kirche"]
    row = rows.filter(has=church)
    expect(row).to_contain_text(f"{waits['waiting']} offen")
    church.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kirche")
    expect(candidates(page).first).to_be_visible(timeout=PATIENCE)
    assert candidates(page).count() >= 24


def test_what_the_machine_measured_is_listed_last(visitor: Visitor, site: Site) -> None:
    measured = {one["concept"] for one in site.ask("/api/v1/review") if one["mode"] == "measured"}
    assert "querformat" in measured
    page = visitor.open("/review")
    heading = page.get_by_role("heading", name="Von der Maschine gemessen")
    expect(heading).to_be_visible()
    listed = [one.get_attribute("data-concept") for one in page.locator("[data-concept]").all()]
    assert set(listed[-len(measured) :]) == measured
    page.get_by_label("Sortieren").select_option(label="nach Gruppen")
    expect(page.get_by_role("heading", name="Verkehr", exact=True)).to_be_visible()
    expect(page.get_by_role("heading", level=2).last).to_have_text("Von der Maschine gemessen")


def test_a_concept_is_found_by_the_keyboard_and_either_spelling(visitor: Visitor) -> None:
    page = visitor.open("/review")
    field = page.get_by_role("combobox", name="Anderen Begriff prüfen")
    field.fill("bruecke")
    options = page.get_by_role("listbox").get_by_role("option")
    expect(options.first).to_contain_text("Brücke")
    expect(field).to_have_attribute("aria-expanded", "true")
    field.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press("ArrowDown")
    field.press("ArrowUp")
    chosen = page.locator(f"#{field.get_attribute('aria-activedescendant')}")
    label = chosen.locator(".label").inner_text()
    field.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(label)


def test_what_asks_for_review_first_is_not_offered(visitor: Visitor) -> None:
    page = visitor.open("/review")
    field = page.get_by_role("combobox", name="Anderen Begriff prüfen")
    field.fill("Gruppen")
    expect(page.get_by_role("listbox").get_by_role("option").first).to_be_visible()
    field.fill("tote")
    expect(page.get_by_role("status").filter(has_text="Kein Begriff passt")).to_be_attached()
