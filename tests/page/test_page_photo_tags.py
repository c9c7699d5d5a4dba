"""Tags on one photo's view: deciding, adding, why, by whom; and all of it by keyboard."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from photo_scene import PATIENCE, Erika, described_church, outline, shown, tab_to
from playwright.sync_api import Browser, expect
from site_of_tests import Site, Visitor


@pytest.fixture(scope="module")
def church(site: Site, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return a photo of a church that a table of the archive describes."""
    return described_church(site, tmp_path_factory.mktemp("table") / "table.csv")


@pytest.fixture
def erika(browser: Browser, site: Site) -> Iterator[Visitor]:
    """Return who has said already under which name she decides."""
    somebody = Erika(browser, site.base)
    yield somebody
    somebody.close()


def test_a_suggestion_is_confirmed_and_taken_back(
    erika: Visitor, site: Site, church: dict[str, Any]
) -> None:
    page = erika.open(f"/photo/{church['photo']}")
    tag = next(one for one in church["tags"] if one["concept"] == "kirche")
    assert (tag["status"], tag["origin"]) == ("suggested", "machine")
    suggested = page.get_by_role("list", name="Vorschläge der Maschine")
    accepted = page.get_by_role("list", name="Von Menschen bestätigt")
    chip = suggested.locator(".chip").filter(has_text=re.compile(r"^\s*Kirche\b"))
    expect(chip.first).to_contain_text(re.compile(r"\d+\s%"))
    expect(chip.first).to_have_css("border-top-style", "dashed")
    take_back = page.get_by_role("button", name="Letzte Entscheidung zurücknehmen")
    expect(take_back).to_have_count(0)
    page.get_by_role("button", name="Kirche: stimmt", exact=True).click()
    expect(accepted.get_by_role("link", name="Kirche", exact=True)).to_be_visible()
    history = page.get_by_role("region", name="Verlauf der Entscheidungen")
    expect(history).to_contain_text(re.compile(r"Erika\s+bestätigte: Kirche"))
    assert _status(site, church["photo"], "kirche") == "accepted"
    take_back.click()
    expect(suggested.get_by_role("link", name="Kirche", exact=True)).to_be_visible()
    expect(history).to_contain_text(re.compile(r"Erika\s+nahm zurück: Kirche"))
    expect(history).to_contain_text("inzwischen zurückgenommen")
    assert _status(site, church["photo"], "kirche") == "suggested"


def test_what_is_rejected_is_folded_away_and_can_come_back(
    erika: Visitor, site: Site, church: dict[str, Any]
) -> None:
    page = erika.open(f"/photo/{church['photo']}")
    page.get_by_role("button", name="Bauwerk: stimmt nicht").click()
    folded = page.get_by_text("Abgelehnt oder zurückgezogen (1)")
    expect(folded).to_be_visible()
    gone = page.get_by_role("list", name="Abgelehnt oder zurückgezogen")
    expect(gone).to_be_hidden()
    folded.click()
    gone.get_by_role("button", name="Bauwerk: Doch").click()
    accepted = page.get_by_role("list", name="Von Menschen bestätigt")
    expect(accepted.get_by_role("link", name="Bauwerk", exact=True)).to_be_visible()
    expect(page.get_by_role("region", name="Verlauf der Entscheidungen")).to_contain_text(
        re.compile(r"Erika\s+bestätigte: Bauwerk")
    )
    assert _status(site, church["photo"], "bauwerk") == "accepted"


def test_a_tag_leads_to_all_photos_of_it(visitor: Visitor, church: dict[str, Any]) -> None:
    page = visitor.open(f"/photo/{church['photo']}")
    page.get_by_role("link", name="Kirche", exact=True).first.click()
    expect(page).to_have_url(re.compile(r"/\?q=tag%3A%22Kirche%22$"))


def test_a_building_becomes_an_example_and_is_learned(
    erika: Visitor, site: Site, church: dict[str, Any]
) -> None:
    scheme = site.ask("/api/v1/vocabulary")["schemes"][0]["scheme"]
    concepts = site.ask(f"/api/v1/vocabulary/{scheme}")["concepts"]
    building = next(
        one
        for one in concepts
        if one["mode"] == "examples" and one["sensitivity"] != "review-first"
    )
    name = building["label"]["de"]
    page = erika.open(f"/photo/{church['photo']}")
    field = page.get_by_role("combobox", name="Begriff hinzufügen")
    field.fill(name)
    page.get_by_role("option").filter(has_text=name).first.click()
    accepted = page.get_by_role("list", name="Von Menschen bestätigt")
    expect(accepted.get_by_role("link", name=name, exact=True)).to_be_visible()
    expect(page.get_by_text(f"Dieses Bild ist jetzt ein Beispiel für „{name}“")).to_be_visible()
    with page.expect_response(lambda answer: answer.url.endswith("/api/v1/jobs")) as asked:
        page.get_by_role("button", name="Jetzt lernen").click()
    job = asked.value.json()
    assert (job["kind"], job["arguments"]["concept"]) == ("learn", building["concept"])
    expect(page.get_by_role("button", name="Jetzt lernen")).to_have_count(0)


def test_the_machine_says_why(erika: Visitor, church: dict[str, Any]) -> None:
    page = erika.open(f"/photo/{church['photo']}")
    page.get_by_role("button", name="Kirche: Warum?", exact=True).click()
    dialog = page.get_by_role("dialog", name="Warum „Kirche“?")
    probability = re.compile(r"Wahrscheinlichkeit \d+,\d\s%; vorgeschlagen wird")
    expect(dialog).to_contain_text(probability, timeout=PATIENCE)
    expect(dialog).to_contain_text("vergleicht das Bild mit den Worten")
    expect(dialog.get_by_role("listitem").first).to_contain_text(re.compile(r"Nähe 0,\d\d"))
    where = dialog.locator("figcaption p").first
    expect(where).to_have_text(re.compile("spricht"))
    expect(dialog.get_by_role("img")).to_have_attribute("alt", where.inner_text())
    shades = dialog.locator("canvas").evaluate(
        "canvas => [...canvas.getContext('2d')"
        ".getImageData(0, 0, canvas.width, canvas.height).data].filter((_, n) => n % 4 === 3)"
        ".reduce(([least, most], one) => [Math.min(least, one), Math.max(most, one)], [255, 0])"
    )
    assert shades[0] < 30
    assert shades[1] > 180
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def test_what_is_measured_says_what_was_measured(erika: Visitor, church: dict[str, Any]) -> None:
    measured = next(one for one in church["tags"] if one["probability"] is None)
    name = measured["label"]["de"]
    page = erika.open(f"/photo/{church['photo']}")
    page.get_by_role("button", name=f"{name}: Warum?", exact=True).click()
    dialog = page.get_by_role("dialog", name=f"Warum „{name}“?")
    expect(dialog).to_contain_text("an den Bildpunkten gemessen", timeout=PATIENCE)
    expect(dialog.get_by_text("Umfang der Helligkeit")).to_be_visible()


def test_machine_and_people_are_told_apart_in_words(
    visitor: Visitor, church: dict[str, Any]
) -> None:
    page = visitor.open(f"/photo/{church['photo']}")
    page.get_by_text("Woher jeder Begriff kommt").click()
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="Kirchenraum"))
    expect(row).to_contain_text(re.compile(r"Maschine\s*archive-mini"))
    expect(row).to_contain_text(re.compile(r"Lauf \d+ · Generation \d+ · Vokabular heilbronn"))


def test_a_reader_is_offered_nothing_that_is_not_theirs(
    visitor: Visitor, church: dict[str, Any]
) -> None:
    page = visitor.context().new_page()
    session = json.dumps({"name": "Leserin", "role": "reader", "expires_at": None})
    page.route("**/api/v1/session", lambda route: route.fulfill(body=session))
    page.goto(f"/photo/{church['photo']}")
    expect(page.get_by_role("list", name="Vorschläge der Maschine")).to_be_visible()
    for name in ("stimmt", "Warum?", "Doch nicht"):
        expect(page.get_by_role("button", name=name)).to_have_count(0)
    expect(page.get_by_role("combobox")).to_have_count(0)
    expect(page.get_by_role("heading", name="Verlauf der Entscheidungen")).to_have_count(0)


def test_all_of_it_works_by_keyboard_alone(erika: Visitor, site: Site) -> None:
    photo = site.ask("/api/v1/search?q=Kirche&limit=4")["hits"][3]["photo"]
    name = next(
        one["label"]["de"]
        for one in site.ask(f"/api/v1/photos/{photo}")["tags"]
        if one["status"] == "suggested"
    )
    page = erika.open(f"/photo/{photo}", reduced_motion="reduce")
    shown(page)
    page.keyboard.press("c")
    width = outline(page)["width"]
    page.keyboard.press("+")
    larger = outline(page, f"box.width > {1.3 * width}")
    tab_to(page, page.get_by_role("application"), backwards=True)
    page.keyboard.press("ArrowRight")
    outline(page, f"box.x < {larger['x'] - 5}")
    expect(page).to_have_url(re.compile(f"/photo/{photo}$"))
    page.keyboard.press("0")
    outline(page, f"Math.abs(box.width - {width}) < 3")
    page.keyboard.press("r")
    outline(page, f"Math.abs(box.width - {width}) > 3")
    tab_to(page, page.get_by_role("button", name=f"{name}: Warum?", exact=True))
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name=f"{name}: Warum?", exact=True)).to_be_focused()
    tab_to(page, page.get_by_role("button", name=f"{name}: stimmt", exact=True), backwards=True)
    page.keyboard.press("Enter")
    accepted = page.get_by_role("list", name="Von Menschen bestätigt")
    expect(accepted.get_by_role("link", name=name, exact=True)).to_be_visible()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Tasten")).to_contain_text("Um 90° drehen")


def _status(site: Site, photo: str, concept: str) -> str:
    tags = site.ask(f"/api/v1/photos/{photo}")["tags"]
    return str(next(one["status"] for one in tags if one["concept"] == concept))
