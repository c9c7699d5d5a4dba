"""The view of one photo: the large picture, what is known of it, what is like it, ways on."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from photo_scene import HOSTILE, PATIENCE, described_church, outline, shown
from playwright.sync_api import Route, expect
from site_of_tests import PHONE, Site, Visitor


@pytest.fixture(scope="module")
def church(site: Site, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return a photo of a church that a table of the archive describes."""
    return described_church(site, tmp_path_factory.mktemp("table") / "table.csv")


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
        expect(page.get_by_text(text, exact=True).first).to_be_visible()
    expect(page.get_by_text(church["paths"][0])).to_be_visible()
    assert church["sha256"][:12] in page.get_by_role("main").inner_text()
    expect(shown(page)).to_have_attribute("aria-label", re.compile("^Kirche am Dorfrand"))


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
    shown(page)
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
    shown(page)
    page.get_by_role("button", name="Was das Modell sah").click()
    whole = outline(page)
    width, height = whole["width"], whole["height"]
    page.get_by_role("button", name="Größer").click()
    larger = outline(page, f"box.width > {1.3 * width}")
    page.get_by_role("button", name="Kleiner").click()
    outline(page, f"box.width < {0.9 * larger['width']}")
    page.get_by_role("button", name="Größer").click()
    outline(page, f"box.width > {1.3 * width}")
    page.get_by_role("button", name="Ganzes Bild").click()
    outline(page, f"Math.abs(box.width - {width}) < 3")
    page.get_by_role("button", name="Um 90° drehen").click()
    outline(page, f"Math.abs(box.width / box.height - {height / width}) < 0.05")


def test_the_whole_screen_is_filled_and_left(visitor: Visitor, church: dict[str, Any]) -> None:
    page = visitor.open(f"/photo/{church['photo']}")
    shown(page)
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
    shown(page)
    canvas = page.locator(".openseadragon-canvas canvas").first
    expect(canvas).to_have_css("filter", "none")
    page.get_by_role("button", name="Negativ umkehren").click()
    expect(page).to_have_url(re.compile(r"\?negative=1$"))
    expect(canvas).to_have_css("filter", "invert(1)")
    page.reload()
    shown(page)
    expect(canvas).to_have_css("filter", "invert(1)")
    page.get_by_role("button", name="Negativ umkehren").click()
    expect(page).to_have_url(re.compile(r"/photo/p_\w+$"))


def test_what_the_model_saw_is_outlined_and_said(visitor: Visitor, church: dict[str, Any]) -> None:
    page = visitor.open(f"/photo/{church['photo']}")
    shown(page)
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


def test_it_speaks_english(visitor: Visitor, church: dict[str, Any]) -> None:
    page = visitor.open(f"/photo/{church['photo']}?lang=en")
    for name in ("Suggested by the machine", "Confirmed by people"):
        expect(page.get_by_role("list", name=name)).to_be_visible()
    expect(page.get_by_text("From the table of the archive").first).to_be_visible()
    expect(page.get_by_text("1930s", exact=True)).to_be_visible()
    shown(page)
    page.get_by_role("button", name="What the model saw").click()
    expect(page.get_by_text("saw the whole picture, squeezed into a square.")).to_be_visible()
    expect(page.get_by_role("link", name="Back to the search")).to_be_visible()
    page.get_by_role("button", name="church: Why?", exact=True).click()
    dialog = page.get_by_role("dialog", name="Why “church”?")
    expect(dialog).to_contain_text("Probability", timeout=PATIENCE)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_of_it_is_wider_than_a_phone(
    visitor: Visitor, church: dict[str, Any], scheme: str
) -> None:
    page = visitor.open(f"/photo/{church['photo']}", viewport=PHONE, color_scheme=scheme)
    shown(page)
    expect(page.get_by_role("list", name="Ähnliche Bilder").get_by_role("link")).not_to_have_count(
        0
    )
    page.get_by_text("Woher jeder Begriff kommt").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def _duplicates(site: Site, photo: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = site.ask(f"/api/v1/photos/{photo}/duplicates")["duplicates"]
    return found
