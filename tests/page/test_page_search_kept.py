"""Searching on the page: by pictures, and what is kept, chosen and cited of what is found."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Route, expect
from search_page import asked, chips, described, expect_q, field, hits, photo_of, search
from site_of_tests import Site, Visitor

from archive_ai.archive import Archive, load
from archive_ai.domain import Role
from archive_ai.settings import BUNDLED_MODEL

SEARCHES = re.compile(r"/api/v1/search(/picture)?\?")
SHOWS = """url => new Promise(done => {
    const picture = new Image()
    picture.onload = () => done(true)
    picture.onerror = () => done(false)
    picture.src = url
})"""


@pytest.fixture(scope="module")
def site(drawn_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Return the sample archive with its descriptions."""
    yield from described(drawn_sample, tmp_path_factory.mktemp("described"))


@pytest.fixture(scope="module")
def pictures(drawn_sample: Path) -> Path:
    """Return the folder of the sample's pictures."""
    return drawn_sample / "pictures"


def test_a_picture_is_chosen_and_neither_kept_nor_in_the_address(
    visitor: Visitor, pictures: Path
) -> None:
    page = visitor.open("/")
    expect(hits(page).first).to_be_visible()
    with page.expect_response(SEARCHES):
        page.locator("input[type=file]").set_input_files(pictures / "F003" / "F003_0013.jpg")
    sent = page.get_by_role("list", name="Teile der Frage").get_by_role("img", name="F003_0013")
    expect(sent).to_have_attribute("src", re.compile("^blob:"))
    expect(page.get_by_text("wird nicht aufbewahrt")).to_be_visible()
    expect(page.locator("strong")).to_contain_text("sicher")
    expect(page.get_by_role("button", name="Suche zitieren")).to_have_count(0)
    assert set(asked(page)) == {"picture"} and "F003" not in page.url
    preview = str(sent.get_attribute("src"))
    assert page.evaluate(SHOWS, preview)
    with page.expect_request(SEARCHES) as request:
        field(page).fill("Bahnhof")
        field(page).press("Enter")
    assert "/search/picture?q=Bahnhof" in request.value.url
    page.get_by_role("button", name="Ihr Bild: entfernen").click()
    expect(sent).to_have_count(0)
    expect_q(page, "Bahnhof")
    assert not page.evaluate(SHOWS, preview)
    page.go_back()
    expect(page.get_by_text("ist nicht aufbewahrt worden")).to_be_visible()


@pytest.mark.parametrize("way", ["drop", "paste"])
def test_a_picture_is_dropped_or_pasted(visitor: Visitor, pictures: Path, way: str) -> None:
    page = visitor.open("/")
    expect(hits(page).first).to_be_visible()
    data = page.evaluate_handle(
        """bytes => {
            const data = new DataTransfer()
            const file = new File([new Uint8Array(bytes)], 'bild.jpg', { type: 'image/jpeg' })
            data.items.add(file)
            return data
        }""",
        list((pictures / "F003" / "F003_0013.jpg").read_bytes()),
    )
    if way == "drop":
        page.dispatch_event("main", "dragover", {"dataTransfer": data})
        expect(page.get_by_text("Bild hier ablegen")).to_be_visible()
        page.dispatch_event("main", "drop", {"dataTransfer": data})
        expect(page.get_by_text("Bild hier ablegen")).to_have_count(0)
    else:
        page.evaluate(
            "data => document.body.dispatchEvent("
            "new ClipboardEvent('paste', { clipboardData: data, bubbles: true }))",
            data,
        )
    expect(page.get_by_role("button", name="Ihr Bild: entfernen")).to_be_visible()
    expect(page.locator("strong")).to_contain_text("sicher")


@pytest.mark.parametrize(("place", "sign"), [("So wie dieses", ""), ("Nicht so wie dieses", "-")])
def test_a_hit_is_dragged_to_say_like_this_or_not(visitor: Visitor, place: str, sign: str) -> None:
    page = visitor.open("/?q=Kirche")
    hit = hits(page).nth(1)
    photo = photo_of(hit)
    hit.hover()
    page.mouse.down()
    page.mouse.move(700, 500, steps=5)
    page.get_by_role("group", name=place, exact=True).hover()
    page.mouse.up()
    expect_q(page, f"Kirche {sign}like:{photo}")
    picture = chips(page).nth(1).get_by_role("img")
    expect(picture).to_have_attribute("src", re.compile(photo))


def test_whoever_comes_back_finds_the_same_hits_at_the_same_place(visitor: Visitor) -> None:
    page = visitor.open("/?q=sammlung:Musterstadt")
    expect(hits(page).first).to_be_visible()
    with page.expect_response(re.compile(r"/search\?.*cursor=\w")):
        page.mouse.wheel(0, 5000)
    far = page.locator('li[aria-posinset="70"]')
    expect(far).to_be_attached()
    far.scroll_into_view_if_needed()
    before = page.evaluate("Math.round(scrollY)")
    assert before > 1000
    photo = photo_of(far)
    again: list[str] = []
    page.on("request", lambda one: again.append(one.url) if SEARCHES.search(one.url) else None)
    far.locator("a").click()
    expect(page).to_have_url(re.compile(rf"/photo/{photo}\?q=sammlung"))
    page.go_back()
    expect(page.locator(f"[data-photo={photo}]")).to_be_in_viewport()
    expect(page.locator(f"[data-photo={photo}]")).to_have_attribute("aria-posinset", "70")
    assert abs(page.evaluate("scrollY") - before) <= 1
    assert again == []
    page.reload()
    expect(page.locator(f"[data-photo={photo}]")).to_be_in_viewport()
    assert abs(page.evaluate("scrollY") - before) <= 1


def test_an_abandoned_query_is_not_waited_for(visitor: Visitor) -> None:
    page = visitor.context().new_page()
    page.route(re.compile(r"/search\?q=Kirche"), lambda _: None)
    page.goto("/?q=Kirche")
    expect(page.get_by_text("Wird gesucht")).to_be_visible()
    with page.expect_event("requestfailed", lambda one: "q=Kirche" in one.url):
        search(page, "Turm")
    expect_q(page, "Turm")


def test_five_thousand_hits_are_few_on_the_page(visitor: Visitor, site: Site) -> None:
    real = site.ask("/api/v1/search?q=sammlung:Musterstadt&limit=60")
    one = real["hits"][0]

    def many(route: Route) -> None:
        begun = int(parse_qs(urlsplit(route.request.url).query).get("cursor", ["0"])[0] or 0)
        end = min(begun + 1000, 5000)
        some = [one | {"photo": f"p_{number:020d}"} for number in range(begun, end)]
        cursor = str(end) if end < 5000 else ""
        answer = real | {"hits": some, "cursor": cursor, "total_strong": 5000}
        route.fulfill(json=answer)

    page = visitor.context().new_page()
    page.route(re.compile(r"/api/v1/search\?"), many)
    page.route(
        re.compile("/thumbnail"),
        lambda route: route.fulfill(body=b"", content_type="image/webp"),
    )
    page.goto("/?q=sammlung:Musterstadt")
    expect(hits(page).first).to_be_visible()
    hits(page).first.locator("a").focus()
    for loaded in (1000, 2000, 3000, 4000, 5000):
        page.keyboard.press("End")
        expect(page.locator(f'li[aria-posinset="{loaded}"] a')).to_be_focused()
        if loaded < 5000:
            expect(page.locator(f'li[aria-posinset="{loaded + 1}"]')).to_be_attached()
    assert hits(page).count() < 200


def test_archivists_choose_hits_and_all_of_them(visitor: Visitor, site: Site) -> None:
    total = site.ask("/api/v1/search?q=sammlung:Musterstadt")["total_strong"]
    page = visitor.context().new_page()
    page.goto("/?q=sammlung:Musterstadt")
    bar = page.get_by_role("region", name="Auswahl")
    expect(hits(page).first).to_be_visible()
    expect(bar).to_have_count(0)
    hits(page).first.get_by_role("checkbox").check()
    hits(page).nth(2).get_by_role("checkbox").click(modifiers=["Shift"])
    expect(bar).to_contain_text("3 Bilder ausgewählt")
    held: list[Route] = []
    page.route(
        re.compile(r"/search\?.*cursor=\w"),
        lambda route: route.continue_() if held else held.append(route),
    )
    with page.expect_request(re.compile(r"/search\?.*cursor=\w")):
        bar.get_by_role("button", name="Alle Treffer auswählen").click()
    expect(bar.get_by_role("progressbar")).to_be_visible()
    bar.get_by_role("button", name="Anhalten").click()
    expect(bar).to_contain_text(re.compile(r"\b6\d\s+Bilder ausgewählt"))
    held[0].continue_()
    bar.get_by_role("button", name="Alle Treffer auswählen").click()
    expect(bar).to_contain_text(f"{total} Bilder ausgewählt")
    bar.get_by_role("button", name="Auswahl aufheben").click()
    expect(bar).to_have_count(0)


def test_a_search_is_kept_cited_and_asked_again(visitor: Visitor) -> None:
    page = visitor.open("/?q=Kirche+-Schnee")
    page.get_by_role("button", name="Suche zitieren").click()
    text = page.get_by_role("textbox", name="Text zum Kopieren").input_value()
    assert "Suche: Kirche -Schnee" in text and "Generation 1" in text
    address = text.splitlines()[-1]
    assert re.search(r"/\?query=q_\w+$", address)
    page.get_by_role("button", name="Kopieren").click()
    expect(page.get_by_role("dialog").get_by_role("status")).not_to_be_empty()
    page.goto(address)
    expect(
        page.get_by_text(re.compile("festgehalten, mit dem Stand .* Generation 1"))
    ).to_be_visible()
    expect(field(page)).to_have_value("Kirche -Schnee")
    expect(hits(page).first).to_be_visible()
    chips(page).nth(1).get_by_role("button", name="entfernen").click()
    expect_q(page, "Kirche")
    assert "query" not in asked(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Als Tabelle").click()
    assert Path(download.value.path()).read_text("utf-8").count("\n") > 5


def test_a_saved_query_that_is_not_there_is_told(visitor: Visitor) -> None:
    page = visitor.open("/?query=q_abcdefghijkl")
    expect(page.get_by_role("alert")).to_be_visible()


def test_readers_who_did_not_sign_in_cite_the_address_and_choose_nothing(
    browser: Browser, drawn_sample: Path, tmp_path: Path
) -> None:
    shutil.copytree(drawn_sample / "archive", tmp_path / "archive")
    with Archive.open(load(archive=tmp_path / "archive", model=BUNDLED_MODEL)) as archive:
        archive.tokens.create("reading-room", Role.READER, "tests")
    settings = {"model": BUNDLED_MODEL, "anonymous_role": "reader"}
    served = Site(tmp_path / "archive", tmp_path / "log", settings)
    served.start()
    visitor = Visitor(browser, served.base)
    page = visitor.open("/?q=Kirche+sichtbarkeit:offen")
    expect(hits(page).first).to_be_visible()
    expect(hits(page).first.get_by_role("checkbox")).to_have_count(0)
    expect(chips(page)).to_have_count(1)
    page.get_by_role("button", name="Suche zitieren").click()
    text = page.get_by_role("textbox", name="Text zum Kopieren").input_value()
    assert text.splitlines()[-1] == f"{served.base}/?q=Kirche+sichtbarkeit%3Aoffen"
    visitor.close()
    served.stop()
