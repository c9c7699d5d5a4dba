"""Tagging a selection at once: chosen with keys, a finger or a query; decided by a person."""

from __future__ import annotations

from typing import Any

import pytest
from desk_of_tests import PATIENCE, all_saved, counted, somebody
from playwright.sync_api import Locator, Page, expect
from site_of_tests import OFFICE, PHONE, Site, Visitor

API = "/api/v1"
BUILDING = ("kilianskirche", "Kilianskirche")
"""A concept that the machine knows by examples only."""


@pytest.fixture(scope="module", autouse=True)
def _warm(site: Site) -> None:
    """Have the model loaded once, before anybody waits for it."""
    site.ask(f"{API}/search?q=Kirche")


def searched(visitor: Visitor, query: str, language: str = "de", **options: Any) -> Page:
    """Let Erika search; return the page once there are hits."""
    page = somebody(visitor, **options).new_page()
    page.goto(f"/?q={query}&lang={language}")
    expect(pictures(page).first).to_be_visible(timeout=PATIENCE)
    return page


def pictures(page: Page) -> Locator:
    return page.locator("#hits li[data-photo]")


def bar(page: Page) -> Locator:
    return page.get_by_role("region", name="Auswahl verschlagworten").or_(
        page.get_by_role("region", name="Tag the selection")
    )


def chosen(page: Page) -> list[str]:
    """Return the photos that are selected."""
    marked = page.locator("#hits li.selected").all()
    return [one.get_attribute("data-photo") or "" for one in marked]


def name_concept(page: Page, typed: str, field: str = "Begriff") -> None:
    """Choose the first concept that fits."""
    _name(page, bar(page).get_by_role("combobox", name=field, exact=True), typed)


def _name(page: Page, field: Locator, typed: str) -> None:
    field.fill(typed)
    offered = page.get_by_role("listbox").get_by_role("option")
    expect(offered.first).to_be_visible(timeout=PATIENCE)
    field.press("Enter")


def decisions(site: Site, photo: str, concept: str) -> list[dict[str, Any]]:
    """Return what was ever decided about a concept on a photo, the oldest first."""
    every = site.ask(f"{API}/photos/{photo}/decisions")
    return [one for one in every if one["concept"] == concept]


def tag(site: Site, photo: str, concept: str) -> dict[str, Any] | None:
    tags = site.ask(f"{API}/photos/{photo}")["tags"]
    return next((one for one in tags if one["concept"] == concept), None)


def test_a_range_is_chosen_tagged_and_taken_back_by_keyboard(visitor: Visitor, site: Site) -> None:
    page = searched(visitor, "Kirche")
    expect(bar(page)).to_have_count(0)
    pictures(page).first.get_by_role("link").focus()
    page.keyboard.press("Space")
    expect(bar(page)).to_contain_text("1 Bild ausgewählt")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    expect(bar(page)).to_contain_text("3 Bilder ausgewählt")
    page.keyboard.press("Space")
    expect(bar(page)).to_contain_text("2 Bilder ausgewählt")
    photos = chosen(page)
    yes = bar(page).get_by_role("button", name="Ja, ist darauf")
    expect(yes).to_be_disabled()
    name_concept(page, "schleuse")
    page.keyboard.press("Tab")
    expect(yes).to_be_focused()
    page.keyboard.press("Enter")
    expect(bar(page)).to_contain_text("„Schleuse“: Ja bei 2.")
    all_saved(page)
    assert counted(site, "schleuse") == (2, 0)
    for photo in photos:
        [decision] = decisions(site, photo, "schleuse")
        assert (decision["by"], decision["origin"]) == ("Erika", "person")
        known = tag(site, photo, "schleuse")
        assert known is not None
        assert (known["status"], known["origin"]) == ("accepted", "person")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(bar(page).get_by_role("button", name="Zurücknehmen")).to_be_focused()
    page.keyboard.press("Enter")
    expect(bar(page)).to_contain_text("Zurückgenommen.")
    all_saved(page)
    assert counted(site, "schleuse") == (0, 0)
    # What was taken back stays in the history.
    assert len(decisions(site, photos[0], "schleuse")) == 2


def test_ticked_pictures_are_rejected_on_a_phone_in_english(visitor: Visitor, site: Site) -> None:
    page = searched(visitor, "Kirche", "en", viewport=PHONE, has_touch=True)
    for place in (0, 2):
        pictures(page).nth(place).get_by_role("checkbox").check()
    expect(bar(page)).to_contain_text("2 pictures selected")
    photos = chosen(page)
    name_concept(page, "harbour", "Concept")
    bar(page).get_by_role("button", name="No", exact=True).tap()
    expect(bar(page)).to_contain_text("no for 2.")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    all_saved(page)
    [decision] = decisions(site, photos[0], "hafen")
    assert (decision["verdict"], decision["origin"]) == ("rejected", "person")
    bar(page).get_by_role("button", name="Clear the selection").tap()
    expect(bar(page)).to_have_count(0)


def test_all_hits_of_a_query_are_tagged_after_a_question(visitor: Visitor, site: Site) -> None:
    total = site.ask(f"{API}/search?q=sammlung:Musterstadt")["total_strong"]
    assert total > 50
    page = searched(visitor, "sammlung:Musterstadt")
    pictures(page).first.get_by_role("checkbox").check()
    bar(page).get_by_role("button", name=f"Alle Treffer auswählen ({total})").click()
    expect(bar(page)).to_contain_text(f"{total} Bilder ausgewählt", timeout=PATIENCE)
    name_concept(page, "stadtansicht")
    yes = bar(page).get_by_role("button", name="Ja, ist darauf")
    asked = page.get_by_role("dialog", name="Viele Bilder auf einmal")
    yes.click()
    expect(asked).to_contain_text(f"{total} Bilder werden mit „Stadtansicht“ bestätigt")
    asked.get_by_role("button", name="Abbrechen").click()
    expect(asked).to_be_hidden()
    all_saved(page)
    assert counted(site, "stadtansicht") == (0, 0)
    yes.click()
    asked.get_by_role("button", name="So entscheiden").click()
    expect(bar(page)).to_contain_text(f"„Stadtansicht“: Ja bei {total}.")
    all_saved(page)
    assert counted(site, "stadtansicht") == (total, 0)
    bar(page).get_by_role("button", name="Zurücknehmen").click()
    all_saved(page)
    assert counted(site, "stadtansicht") == (0, 0)


def test_nobody_is_overruled_unseen(visitor: Visitor, site: Site) -> None:
    page = searched(visitor, "Kirche")
    first = pictures(page).first
    photo = first.get_attribute("data-photo")
    ruling = {"photo": photo, "concept": "muehle", "verdict": "rejected"}
    site.ask(f"{API}/review", {"by": "Bert", "rulings": [ruling]})
    first.get_by_role("checkbox").check()
    pictures(page).nth(1).get_by_role("checkbox").check()
    name_concept(page, "mühle")
    bar(page).get_by_role("button", name="Ja, ist darauf").click()
    all_saved(page)
    assert counted(site, "muehle") == (1, 1)
    page.get_by_role("link", name="1 Hinweis").click()
    expect(
        page.get_by_text("Bert hat inzwischen anders entschieden: „Mühle“ – Nein")
    ).to_be_visible()


def test_a_building_is_shown_to_the_machine_by_examples(visitor: Visitor, site: Site) -> None:
    concept, label = BUILDING
    page = searched(visitor, "Kirche")
    pictures(page).first.get_by_role("checkbox").check()
    pictures(page).nth(1).get_by_role("checkbox").click(modifiers=["Shift"])
    name_concept(page, label)
    expect(bar(page)).to_contain_text("lernt die Maschine aus Beispielen")
    bar(page).get_by_role("button", name="Ja, ist darauf").click()
    all_saved(page)
    assert counted(site, concept) == (2, 0)
    another = pictures(page).nth(2).get_attribute("data-photo")
    page.goto(f"/photo/{another}")
    _name(page, page.get_by_role("combobox", name="Begriff hinzufügen"), label)
    expect(page.get_by_text(f"Dieses Bild ist jetzt ein Beispiel für „{label}“")).to_be_visible()
    all_saved(page)
    # Tiles of the photo that are cut off while they load would be told as errors.
    page.wait_for_load_state("networkidle")
    page.goto(f"/review?concept={concept}")
    examples = page.get_by_role("region", name="Beispiele")
    expect(examples.get_by_role("listitem")).to_have_count(3, timeout=PATIENCE)
    # With three the machine can learn it.
    page.get_by_role("link", name="Alle Beispiele zeigen").click()
    expect(pictures(page)).to_have_count(3, timeout=PATIENCE)


@pytest.mark.parametrize("viewport", [OFFICE, PHONE], ids=["office", "phone"])
def test_the_bar_never_hides_the_last_row(visitor: Visitor, viewport: dict[str, int]) -> None:
    page = searched(visitor, "Kirche", viewport=viewport)
    pictures(page).first.get_by_role("checkbox").check()
    expect(bar(page)).to_be_in_viewport(ratio=1)
    pictures(page).first.get_by_role("link").focus()
    page.keyboard.press("End")
    last = page.locator("#hits li[data-photo] a:focus")
    total = pictures(page).first.get_attribute("aria-setsize")
    expect(page.locator(f"#hits li[aria-posinset='{total}'] a")).to_be_focused()
    picture, below = last.bounding_box(), bar(page).bounding_box()
    assert picture is not None and below is not None
    assert picture["y"] + picture["height"] <= below["y"]
    assert below["height"] < viewport["height"] / 3
