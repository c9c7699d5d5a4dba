"""The view of one photo: the large picture, what is known of it, tags, and what is like it."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect
from site_of_tests import PHONE, Site, Visitor

HOSTILE = "<img src=x onerror=alert(1)> & „böse“"
SIGNER = """
  if (location.protocol === 'http:') localStorage.setItem('archive-ai.signer', 'Erika')
"""
PATIENCE = 60_000
"""Milliseconds that a reason may take to be computed on a busy machine."""
COLUMNS = ("path", "page", "signature", "title", "description", "date", "place", "fotograf")


@pytest.fixture(scope="module")
def church(site: Site, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return a photo of a church that a table of the archive describes."""
    found = site.ask(f"/api/v1/search?q={quote('Kirche mit Turm')}&limit=1")["hits"][0]
    described = (
        found["path"], found["page"], "F001-0815", "Kirche am Dorfrand", HOSTILE, "193X",
        "Musterstadt", "<b>Erika</b>",
    )  # fmt: skip
    table = tmp_path_factory.mktemp("table") / "table.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([COLUMNS, described])
    command = [sys.executable, "-m", "archive_ai", "import", "--format", "csv", str(table)]
    subprocess.run([*command, "--archive", str(site.archive)], check=True, timeout=120)
    photo: dict[str, Any] = site.ask(f"/api/v1/photos/{found['photo']}")
    return photo


@pytest.fixture
def archivist(browser: Browser, site: Site) -> Iterator[Visitor]:
    """Return who has said already under which name they decide."""
    somebody = _Named(browser, site.base)
    yield somebody
    somebody.close()


class _Named(Visitor):
    def context(self, **options: Any) -> Any:
        context = super().context(**options)
        context.add_init_script(SIGNER)
        return context


def _shown(page: Page) -> Locator:
    """Return the viewer's canvas once its picture is drawn."""
    canvas = page.get_by_role("application")
    expect(canvas).to_be_visible()
    expect(page.locator("img.meanwhile")).to_have_count(0)
    return canvas


def _outline(page: Page, condition: str = "true") -> dict[str, float]:
    """Return where the outline of what the model saw is, once ``condition`` holds of its box."""
    page.wait_for_function(f"""() => {{
      const outline = document.querySelector('.outline')
      if (!outline) return false
      const box = outline.getBoundingClientRect()
      return box.width > 0 && ({condition})
    }}""")
    box = page.locator(".outline").bounding_box()
    assert box is not None
    return dict(box)


def test_a_photo_is_large_with_what_is_written_about_it(
    visitor: Visitor, church: dict[str, Any]
) -> None:
    page = visitor.open(f"/photo/{church['photo']}")
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Kirche am Dorfrand")
    expect(heading).to_be_focused()
    expect(page).to_have_title("Kirche am Dorfrand")
    expect(page.get_by_text(HOSTILE)).to_be_visible()
    expect(page.get_by_text("<b>Erika</b>")).to_be_visible()
    for text in ("Aus der Tabelle des Archivs", "1930er Jahre", "F001-0815", "Musterstadt"):
        expect(page.get_by_text(text, exact=True)).to_be_visible()
    expect(page.get_by_text(church["paths"][0])).to_be_visible()
    assert church["sha256"][:12] in page.get_by_role("main").inner_text()
    expect(_shown(page)).to_have_attribute("aria-label", re.compile("^Kirche am Dorfrand"))


def test_the_picture_is_drawn_where_the_small_one_stood(
    visitor: Visitor, church: dict[str, Any]
) -> None:
    page = visitor.context().new_page()
    waiting: list[Route] = []
    page.route("**/info.json", lambda route: waiting.append(route))  # noqa: PLW0108 (playwright marks what it calls)
    with page.expect_request("**/info.json"):
        page.goto(f"/photo/{church['photo']}")
    expect(page.locator("img.meanwhile")).to_be_visible()
    before = page.locator("figure").bounding_box()
    for one in waiting:
        one.continue_()
    _shown(page)
    assert page.locator("figure").bounding_box() == before
    drawn = """() => {
      const canvas = document.querySelector('.openseadragon-canvas canvas')
      const {width, height} = canvas
      const pixel = canvas.getContext('2d').getImageData(width / 2, height / 2, 1, 1).data
      return pixel[3]
    }"""
    page.wait_for_function(f"({drawn})() === 255")


def test_the_picture_becomes_larger_smaller_turned_and_whole(
    visitor: Visitor, church: dict[str, Any]
) -> None:
    page = visitor.open(f"/photo/{church['photo']}")
    _shown(page)
    page.get_by_role("button", name="Was das Modell sah").click()
    whole = _outline(page)
    width, height = whole["width"], whole["height"]
    page.get_by_role("button", name="Größer").click()
    larger = _outline(page, f"box.width > {1.3 * width}")
    page.get_by_role("button", name="Kleiner").click()
    _outline(page, f"box.width < {0.9 * larger['width']}")
    page.get_by_role("button", name="Größer").click()
    _outline(page, f"box.width > {1.3 * width}")
    page.get_by_role("button", name="Ganzes Bild").click()
    _outline(page, f"Math.abs(box.width - {width}) < 3")
    page.get_by_role("button", name="Um 90° drehen").click()
    _outline(page, f"Math.abs(box.width / box.height - {height / width}) < 0.05")


def test_the_whole_screen_is_filled_and_left(visitor: Visitor, church: dict[str, Any]) -> None:
    page = visitor.open(f"/photo/{church['photo']}")
    _shown(page)
    page.get_by_role("button", name="Ganzer Bildschirm").click()
    leave = page.get_by_role("button", name="Ganzen Bildschirm verlassen")
    expect(leave).to_be_visible()
    assert page.evaluate("document.fullscreenElement.tagName") == "FIGURE"
    leave.click()
    expect(page.get_by_role("button", name="Ganzer Bildschirm")).to_be_visible()


def test_a_negative_is_inverted_and_the_address_says_so(
    visitor: Visitor, church: dict[str, Any]
) -> None:
    page = visitor.open(f"/photo/{church['photo']}")
    _shown(page)
    canvas = page.locator(".openseadragon-canvas canvas").first
    expect(canvas).to_have_css("filter", "none")
    page.get_by_role("button", name="Negativ umkehren").click()
    expect(page).to_have_url(re.compile(r"\?negative=1$"))
    expect(canvas).to_have_css("filter", "invert(1)")
    page.reload()
    _shown(page)
    expect(canvas).to_have_css("filter", "invert(1)")
    page.get_by_role("button", name="Negativ umkehren").click()
    expect(page).to_have_url(re.compile(r"/photo/p_\w+$"))


def test_what_the_model_saw_is_outlined_and_said(visitor: Visitor, church: dict[str, Any]) -> None:
    page = visitor.open(f"/photo/{church['photo']}")
    _shown(page)
    page.keyboard.press("c")
    model = church["crop"]["model"]
    expect(page.get_by_role("status").filter(has_text=model)).to_have_text(
        f"Das Modell {model} sah das ganze Bild, auf ein Quadrat gestaucht."
    )
    expect(page.locator(".outline")).to_be_visible()
    page.keyboard.press("c")
    expect(page.locator(".outline")).to_have_count(0)


def test_a_picture_that_cannot_be_had_is_told(visitor: Visitor, church: dict[str, Any]) -> None:
    page = visitor.context().new_page()
    page.route("**/iiif/image/**", lambda route: route.fulfill(status=415, body="{}"))
    page.goto(f"/photo/{church['photo']}")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kirche am Dorfrand")


def test_a_photo_that_is_not_there_is_told(visitor: Visitor) -> None:
    page = visitor.open(f"/photo/p_{'a' * 20}")
    expect(page.get_by_role("alert")).to_contain_text("Dieses Bild gibt es in diesem Archiv nicht")


def test_a_suggestion_is_confirmed_and_taken_back(
    archivist: Visitor, site: Site, church: dict[str, Any]
) -> None:
    page = archivist.open(f"/photo/{church['photo']}")
    tag = next(one for one in church["tags"] if one["concept"] == "kirche")
    assert (tag["status"], tag["origin"]) == ("suggested", "machine")
    suggested = page.get_by_role("list", name="Vorschläge der Maschine")
    accepted = page.get_by_role("list", name="Von Menschen bestätigt")
    chip = suggested.locator(".chip").filter(has_text=re.compile(r"^\s*Kirche\b"))
    expect(chip.first).to_contain_text(re.compile(r"\d+\s%"))
    expect(chip.first).to_have_css("border-top-style", "dashed")
    page.get_by_role("button", name="Kirche: stimmt", exact=True).click()
    expect(accepted.get_by_role("link", name="Kirche", exact=True)).to_be_visible()
    history = page.get_by_role("region", name="Verlauf der Entscheidungen")
    expect(history).to_contain_text(re.compile(r"Erika\s+bestätigte: Kirche"))
    assert _status(site, church["photo"], "kirche") == "accepted"
    page.get_by_role("button", name="Letzte Entscheidung zurücknehmen").click()
    expect(suggested.get_by_role("link", name="Kirche", exact=True)).to_be_visible()
    expect(history).to_contain_text(re.compile(r"Erika\s+nahm zurück: Kirche"))
    expect(history).to_contain_text("inzwischen zurückgenommen")
    assert _status(site, church["photo"], "kirche") == "suggested"


def test_what_is_rejected_is_folded_away_and_can_come_back(
    archivist: Visitor, site: Site, church: dict[str, Any]
) -> None:
    page = archivist.open(f"/photo/{church['photo']}")
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
    archivist: Visitor, site: Site, church: dict[str, Any]
) -> None:
    scheme = site.ask("/api/v1/vocabulary")["schemes"][0]["scheme"]
    concepts = site.ask(f"/api/v1/vocabulary/{scheme}")["concepts"]
    building = next(
        one
        for one in concepts
        if one["mode"] == "examples" and one["sensitivity"] != "review-first"
    )
    name = building["label"]["de"]
    page = archivist.open(f"/photo/{church['photo']}")
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


def test_the_machine_says_why(archivist: Visitor, church: dict[str, Any]) -> None:
    page = archivist.open(f"/photo/{church['photo']}")
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


def test_what_is_measured_says_what_was_measured(
    archivist: Visitor, church: dict[str, Any]
) -> None:
    measured = next(one for one in church["tags"] if one["probability"] is None)
    name = measured["label"]["de"]
    page = archivist.open(f"/photo/{church['photo']}")
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


def test_similar_pictures_come_in_parts(visitor: Visitor, church: dict[str, Any]) -> None:
    page = visitor.open(f"/photo/{church['photo']}")
    similar = page.get_by_role("list", name="Ähnliche Bilder")
    expect(similar.locator("li[data-photo]").first).to_have_attribute("aria-setsize", "12")
    with page.expect_response(lambda answer: "/similar?" in answer.url):
        page.get_by_role("button", name="Mehr ähnliche Bilder").click()
    expect(similar.locator("li[data-photo]").first).to_have_attribute("aria-setsize", "36")
    expect(similar.get_by_text("Kaum noch ähnlich")).to_have_count(1)
    other = similar.locator("li[data-photo]").first.get_attribute("data-photo")
    similar.get_by_role("link").first.click()
    expect(page).to_have_url(re.compile(f"/photo/{other}$"))


def test_where_nothing_is_alike_it_is_said(visitor: Visitor, church: dict[str, Any]) -> None:
    page = visitor.context().new_page()

    def weaker(route: Route) -> None:
        answer = route.fetch()
        found = answer.json()
        hits = [hit | {"strength": "below"} for hit in found["hits"]]
        content = json.dumps(found | {"hits": hits, "total_strong": 0, "total_weak": 0})
        route.fulfill(response=answer, body=content)

    page.route("**/similar?*", weaker)
    page.goto(f"/photo/{church['photo']}")
    expect(page.get_by_text("ist diesem Bild nichts wirklich ähnlich")).to_be_visible()


def test_pages_of_a_file_and_duplicates_are_named(visitor: Visitor, site: Site) -> None:
    photos = site.ask("/api/v1/photos?limit=1000")["photos"]
    second = next(one for one in photos if one["page"] == 2)
    page = visitor.open(f"/photo/{second['photo']}")
    beside = page.get_by_role("list", name="Andere Seite und Zusammengehöriges")
    expect(beside.get_by_text("Seite 1", exact=True)).to_be_visible()
    kinds = {"identical": "identisch", "same": "dasselbe Bild", "alike": "ähnlich"}
    found = [(one, _duplicates(site, one["photo"])) for one in photos[:20]]
    photo, duplicates = next((one, some) for one, some in found if some)
    page.goto(f"/photo/{photo['photo']}")
    listed = page.get_by_role("list", name="Dasselbe Bild in anderen Dateien")
    first = listed.locator(f"li[data-photo={duplicates[0]['photo']}]")
    expect(first).to_have_text(kinds[duplicates[0]["kind"]])


def test_one_walks_through_what_was_found(visitor: Visitor, site: Site) -> None:
    hits = [one["photo"] for one in site.ask("/api/v1/search?q=Kirche&limit=60")["hits"]]
    page = visitor.open("/?q=Kirche")
    page.evaluate(f"""() => {{
      const link = document.createElement('a')
      link.href = '/photo/{hits[1]}?q=Kirche'
      document.body.append(link)
      link.click()
      link.remove()
    }}""")
    expect(page.get_by_role("link", name="Voriges Bild")).to_be_visible()
    page.get_by_role("link", name="Nächstes Bild").click()
    expect(page).to_have_url(re.compile(rf"/photo/{hits[2]}\?q=Kirche$"))
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(page).to_have_url(re.compile(rf"/photo/{hits[1]}\?q=Kirche$"))
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(page).to_have_url(re.compile(rf"/photo/{hits[0]}\?q=Kirche$"))
    expect(page.get_by_role("link", name="Nächstes Bild")).to_be_visible()
    expect(page.get_by_role("link", name="Voriges Bild")).to_have_count(0)
    entries = page.evaluate("history.length")
    page.get_by_role("link", name="Zurück zur Suche").click()
    expect(page).to_have_url(re.compile(r"/\?q=Kirche$"))
    assert page.evaluate("history.length") == entries, "it went on instead of back"


def test_a_photo_that_was_opened_by_its_address_leads_to_the_search_too(
    visitor: Visitor, church: dict[str, Any]
) -> None:
    page = visitor.open(f"/photo/{church['photo']}?q=Turm")
    page.get_by_role("link", name="Zurück zur Suche").click()
    expect(page).to_have_url(re.compile(r"/\?q=Turm$"))


def test_a_citation_can_be_copied_also_without_a_clipboard(
    visitor: Visitor, church: dict[str, Any], site: Site
) -> None:
    context = visitor.context()
    context.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page = context.new_page()
    page.goto(f"/photo/{church['photo']}")
    page.get_by_role("button", name="Zitieren", exact=True).click()
    page.get_by_role("button", name="Zitieren: Kopieren").click()
    field = page.get_by_role("textbox", name="Zitieren")
    expect(field).to_be_focused()
    chosen = page.evaluate("document.activeElement.selectionEnd")
    text = field.input_value()
    assert chosen == len(text)
    for part in ("F001-0815", "1930er Jahre", f"{site.base}/photo/{church['photo']}"):
        assert part in text


def test_a_checksum_is_copied_whole(visitor: Visitor, church: dict[str, Any]) -> None:
    context = visitor.context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"/photo/{church['photo']}")
    page.get_by_role("button", name="Prüfsumme (SHA-256): Kopieren").click()
    expect(page.get_by_text("Kopiert", exact=True)).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == church["sha256"]


def test_picture_description_and_manifest_can_be_had(
    visitor: Visitor, church: dict[str, Any], site: Site
) -> None:
    page = visitor.open(f"/photo/{church['photo']}")
    taken = page.get_by_role("region", name="Mitnehmen")
    for name, kind in {
        "Größtes Bild (JPEG)": "image/jpeg",
        "Angaben als Datei (JSON)": "application/json",
        "IIIF-Manifest": "application/ld+json",
    }.items():
        href = taken.get_by_role("link", name=name).get_attribute("href")
        answer = page.request.get(f"{site.base}{href}")
        assert answer.ok
        assert answer.headers["content-type"].startswith(kind)
    taken.get_by_role("link", name="Ähnliche suchen").click()
    expect(page).to_have_url(re.compile(f"/\\?q=like%3A{church['photo']}$"))


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


def test_it_speaks_english(visitor: Visitor, church: dict[str, Any]) -> None:
    page = visitor.open(f"/photo/{church['photo']}?lang=en")
    for name in ("Suggested by the machine", "Confirmed by people"):
        expect(page.get_by_role("list", name=name)).to_be_visible()
    expect(page.get_by_text("From the table of the archive")).to_be_visible()
    expect(page.get_by_text("1930s", exact=True)).to_be_visible()
    _shown(page)
    page.get_by_role("button", name="What the model saw").click()
    expect(page.get_by_text("saw the whole picture, squeezed into a square.")).to_be_visible()
    expect(page.get_by_role("link", name="Back to the search")).to_be_visible()
    page.get_by_role("button", name="church: Why?", exact=True).click()
    dialog = page.get_by_role("dialog", name="Why “church”?")
    expect(dialog).to_contain_text("Probability", timeout=PATIENCE)


def test_all_of_it_works_by_keyboard_alone(archivist: Visitor, site: Site) -> None:
    photo = site.ask("/api/v1/search?q=Kirche&limit=4")["hits"][3]["photo"]
    name = next(
        one["label"]["de"]
        for one in site.ask(f"/api/v1/photos/{photo}")["tags"]
        if one["status"] == "suggested"
    )
    page = archivist.open(f"/photo/{photo}", reduced_motion="reduce")
    _shown(page)
    page.keyboard.press("c")
    width = _outline(page)["width"]
    page.keyboard.press("+")
    larger = _outline(page, f"box.width > {1.3 * width}")
    _tab_to(page, page.get_by_role("application"), backwards=True)
    page.keyboard.press("ArrowRight")
    _outline(page, f"box.x < {larger['x'] - 5}")
    expect(page).to_have_url(re.compile(f"/photo/{photo}$"))
    page.keyboard.press("0")
    _outline(page, f"Math.abs(box.width - {width}) < 3")
    page.keyboard.press("r")
    _outline(page, f"Math.abs(box.width - {width}) > 3")
    _tab_to(page, page.get_by_role("button", name=f"{name}: Warum?", exact=True))
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name=f"{name}: Warum?", exact=True)).to_be_focused()
    _tab_to(page, page.get_by_role("button", name=f"{name}: stimmt", exact=True), backwards=True)
    page.keyboard.press("Enter")
    accepted = page.get_by_role("list", name="Von Menschen bestätigt")
    expect(accepted.get_by_role("link", name=name, exact=True)).to_be_visible()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Tasten")).to_contain_text("Um 90° drehen")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_of_it_is_wider_than_a_phone(
    visitor: Visitor, church: dict[str, Any], scheme: str
) -> None:
    page = visitor.open(f"/photo/{church['photo']}", viewport=PHONE, color_scheme=scheme)
    _shown(page)
    expect(page.get_by_role("list", name="Ähnliche Bilder").get_by_role("link")).not_to_have_count(
        0
    )
    page.get_by_text("Woher jeder Begriff kommt").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def _tab_to(page: Page, wanted: Locator, backwards: bool = False) -> None:
    """Press Tab until something has the focus."""
    for _ in range(120):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Shift+Tab" if backwards else "Tab")
    raise AssertionError(f"{wanted} is never reached")


def _status(site: Site, photo: str, concept: str) -> str:
    tags = site.ask(f"/api/v1/photos/{photo}")["tags"]
    return str(next(one["status"] for one in tags if one["concept"] == concept))


def _duplicates(site: Site, photo: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = site.ask(f"/api/v1/photos/{photo}/duplicates")["duplicates"]
    return found
