"""The map on the page: drawn, coloured, looked around on, and its groups chosen and tagged."""

from __future__ import annotations

import re
from typing import Any

import pytest
from desk_of_tests import all_saved, somebody
from playwright.sync_api import Locator, Page, expect
from site_of_tests import PHONE, Site, Visitor

# Nothing is judged by how quick it is: a machine may do other things at the same time.
PATIENCE = 60_000
WHOLE = 124


@pytest.fixture(scope="module")
def _drawn(site: Site) -> None:
    """Have the map drawn, by whoever needs it first."""
    if "points" not in _map(site):
        site.ask("/api/v1/jobs", {"kind": "map"})


def _map(site: Site) -> dict[str, Any]:
    try:
        found: dict[str, Any] = site.ask("/api/v1/map")
    except OSError:
        return {}
    return found


def _shown(page: Page) -> Page:
    """Wait for the points."""
    expect(page.locator("canvas[data-drawn-at]")).to_be_visible(timeout=PATIENCE)
    return page


def _map_of(visitor: Visitor, query: str = "", **options: Any) -> Page:
    page = visitor.open(f"/map{query}", **options)
    page.set_default_timeout(PATIENCE)
    return _shown(page)


def _stage(page: Page) -> Locator:
    return page.get_by_role("group", name=re.compile("^(Karte mit|Map of)"))


def _said(page: Page, text: str) -> None:
    expect(page.get_by_role("status").filter(has_text=text)).to_be_visible(timeout=PATIENCE)


def _around_all(page: Page) -> None:
    """Draw a line around everything, by mouse."""
    box = _stage(page).bounding_box()
    assert box
    corners = [(0.01, 0.01), (0.99, 0.01), (0.99, 0.99), (0.01, 0.99), (0.01, 0.3)]
    places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in corners]
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place)
    page.mouse.up()


def test_where_there_is_no_map_it_is_drawn_and_there(visitor: Visitor) -> None:
    """It stands first: afterwards the archive has a map."""
    page = visitor.open("/map")
    expect(page.get_by_role("heading", level=1)).to_have_text("Karte")
    expect(page.get_by_text("Noch keine Karte")).to_be_visible()
    page.get_by_role("button", name="Karte zeichnen").click()
    _shown(page)
    assert page.locator("canvas").get_attribute("data-points") == str(WHOLE)
    _said(page, f"{WHOLE} von {WHOLE} Bildern")
    expect(page.get_by_text("Nah beieinander heißt")).to_be_visible()


@pytest.mark.usefixtures("_drawn")
def test_points_are_coloured_and_one_value_stands_out(visitor: Visitor) -> None:
    page = _map_of(visitor)
    page.get_by_label("Farbe nach").select_option(label="Farbigkeit")
    expect(page).to_have_url(re.compile("by=colour"))
    legend = page.get_by_role("complementary").get_by_role("button")
    expect(legend.first).to_be_visible(timeout=PATIENCE)
    numbers = [int(one) for one in legend.locator(".numbers").all_inner_texts()]
    assert sum(numbers) == WHOLE
    legend.first.click()
    expect(legend.first).to_have_attribute("aria-pressed", "true")
    legend.last.click()
    expect(legend.first).to_have_attribute("aria-pressed", "false")
    page.go_back()
    expect(legend).to_have_count(0)


@pytest.mark.usefixtures("_drawn")
def test_a_concept_is_found_on_the_map(visitor: Visitor) -> None:
    page = _map_of(visitor)
    page.get_by_label("Farbe nach").select_option(label="Begriff")
    field = page.get_by_role("combobox", name="Begriff")
    field.fill("kirch")
    page.get_by_role("option", name=re.compile("^Kirche")).first.click()
    expect(page).to_have_url(re.compile("by=tag%3A|by=tag:"))
    legend = page.get_by_role("complementary")
    expect(legend.get_by_role("button", name=re.compile("vorgeschlagen"))).to_be_visible()


@pytest.mark.usefixtures("_drawn")
def test_near_enough_there_are_pictures_that_lead_to_their_views(visitor: Visitor) -> None:
    page = _map_of(visitor)
    pictures = page.get_by_role("list", name="Bilder auf der Karte").get_by_role("link")
    expect(pictures.first).to_be_visible(timeout=PATIENCE)
    few = pictures.count()
    assert 0 < few < WHOLE
    href = pictures.first.get_attribute("href")
    pictures.first.click()
    expect(page).to_have_url(re.compile(f"{href}$"))
    page.go_back()
    _shown(page)


@pytest.mark.usefixtures("_drawn")
def test_the_address_says_where_one_looks(visitor: Visitor) -> None:
    page = _map_of(visitor)
    before = page.evaluate("history.length")
    page.get_by_role("button", name="Vergrößern").click()
    expect(page).to_have_url(re.compile(r"at=-?[\d.]+,-?[\d.]+,[\d.]+"))
    page.get_by_role("button", name="Verkleinern").click()
    page.get_by_role("button", name="Ganze Karte").click()
    expect(page).not_to_have_url(re.compile("at="))
    assert page.evaluate("history.length") == before
    other = _map_of(visitor, "?by=decade&at=5,5,3")
    _said(other, f"0 von {WHOLE}")
    expect(other.get_by_role("complementary")).to_be_visible()


@pytest.mark.usefixtures("_drawn")
def test_a_group_is_drawn_around_and_can_be_let_go(visitor: Visitor) -> None:
    page = _map_of(visitor)
    _said(page, f"{WHOLE} von")
    page.keyboard.press("a")
    expect(page.get_by_role("button", name="Gruppe umkreisen")).to_have_attribute(
        "aria-pressed", "true"
    )
    _around_all(page)
    _said(page, f"{WHOLE} Bilder ausgewählt")
    page.keyboard.press("Escape")
    _said(page, f"{WHOLE} von")


@pytest.mark.usefixtures("_drawn")
def test_a_group_is_tagged(visitor: Visitor, site: Site) -> None:
    page = somebody(visitor).new_page()
    page.set_default_timeout(PATIENCE)
    page.goto("/map")
    _shown(page)
    _said(page, f"{WHOLE} von")
    page.get_by_role("button", name="Gruppe umkreisen").click()
    _around_all(page)
    page.get_by_role("button", name="Auswahl ansehen").click()
    grid = page.get_by_role("list", name="Auswahl von der Karte").get_by_role("listitem")
    expect(grid.first).to_be_visible(timeout=PATIENCE)
    chosen = grid.locator("input:checked")
    expect(chosen.first).to_be_attached()
    grid.first.get_by_role("checkbox").uncheck()
    bar = page.get_by_role("region", name="Auswahl verschlagworten")
    expect(bar).to_contain_text(f"{WHOLE - 1} Bilder")
    bar.get_by_role("combobox", name="Begriff").fill("hafen")
    page.get_by_role("option", name=re.compile("^Hafen")).first.click()
    bar.get_by_role("button", name="Ja, ist darauf").click()
    page.get_by_role("button", name="So entscheiden").click()
    expect(bar).to_contain_text(f"Ja bei {WHOLE - 1}")
    all_saved(page)
    found = site.ask("/api/v1/review/hafen/progress")
    assert found["accepted"] == WHOLE - 1


@pytest.mark.usefixtures("_drawn")
def test_nobody_needs_a_mouse(visitor: Visitor) -> None:
    page = _map_of(visitor)
    _said(page, f"{WHOLE} von")
    _stage(page).focus()
    for _ in range(3):
        page.keyboard.press("+")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowUp")
    expect(page).to_have_url(re.compile("at="))
    page.keyboard.press("0")
    _said(page, f"{WHOLE} von {WHOLE}")
    page.get_by_role("button", name="Alles im Ausschnitt auswählen").press("Enter")
    _said(page, f"{WHOLE} Bilder ausgewählt")
    page.get_by_role("button", name="Auswahl ansehen").press("Enter")
    expect(page.get_by_role("heading", name="Auswahl von der Karte")).to_be_focused()
    page.get_by_text("Bilder im Ausschnitt als Liste").focus()
    page.keyboard.press("Enter")
    links = page.get_by_role("group").filter(has_text="als Liste").get_by_role("link")
    expect(links).to_have_count(50)


@pytest.mark.usefixtures("_drawn")
def test_the_points_come_back_when_the_browser_took_the_graphics_away(visitor: Visitor) -> None:
    page = _map_of(visitor)
    page.evaluate(
        "window.taken = document.querySelector('canvas').getContext('webgl2')"
        ".getExtension('WEBGL_lose_context'), void taken.loseContext()"
    )
    _said(page, "Der Browser hat die Grafik angehalten")
    page.evaluate("taken.restoreContext()")
    expect(page.get_by_text("Der Browser hat die Grafik angehalten")).to_have_count(0)


@pytest.mark.usefixtures("_drawn")
def test_without_webgl_there_is_a_list_and_a_sentence(visitor: Visitor) -> None:
    context = visitor.context()
    context.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    page = context.new_page()
    page.goto("/map")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("WebGL", timeout=PATIENCE)
    expect(alert.get_by_role("link", name="Suche")).to_be_visible()
    links = page.get_by_role("group").filter(has_text="als Liste").get_by_role("link")
    expect(links).to_have_count(50, timeout=PATIENCE)


@pytest.mark.usefixtures("_drawn")
def test_in_english_and_on_a_phone(visitor: Visitor) -> None:
    page = _map_of(visitor, "?lang=en&by=collection", viewport=PHONE)
    _said(page, f"{WHOLE} of {WHOLE} pictures in sight")
    expect(page.get_by_role("heading", name="Legend")).to_be_visible()
    expect(page.get_by_text("Near each other means")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
