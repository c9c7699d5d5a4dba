"""Searching on the page: words, pictures, filters; what is found, kept, chosen and cited."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect
from site_of_tests import PHONE, Site, Visitor

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
def pictures(drawn_sample: Path) -> Path:
    """Return the folder of the sample's pictures."""
    return drawn_sample / "pictures"


@pytest.fixture(scope="module")
def site(drawn_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Return the sample archive with its descriptions, so that there are years and titles."""
    folder = tmp_path_factory.mktemp("described")
    shutil.copytree(drawn_sample / "archive", folder / "archive")
    settings = load(archive=folder / "archive", model=BUNDLED_MODEL)
    with Archive.open(settings) as archive:
        archive.describing.import_table(drawn_sample / "pictures" / "descriptions.csv")
    served = Site(folder / "archive", folder / "log", {"model": BUNDLED_MODEL})
    served.start()
    yield served
    served.stop()


def asked(page: Page) -> dict[str, str]:
    """Return what stands in the address."""
    return {name: one[0] for name, one in parse_qs(urlsplit(page.url).query).items()}


def expect_q(page: Page, q: str) -> None:
    """Wait until the address and the field hold a query."""
    expect(field(page)).to_have_value(q)
    assert asked(page).get("q", "") == q


def field(page: Page) -> Locator:
    """Return the search field."""
    return page.get_by_role("searchbox")


def hits(page: Page) -> Locator:
    """Return the pictures that are on the page."""
    return page.locator("li[data-photo]")


def chips(page: Page) -> Locator:
    """Return the parts of the query."""
    return page.get_by_role("list", name="Teile der Frage").get_by_role("listitem")


def photo_of(hit: Locator) -> str:
    """Return a hit's id."""
    return str(hit.get_attribute("data-photo"))


def search(page: Page, q: str) -> None:
    """Type a query and send it."""
    field(page).fill(q)
    field(page).press("Enter")
    expect(hits(page).first).to_be_visible()


def test_the_start_shows_how_many_there_are_and_all_of_them_as_one_scrolls(
    visitor: Visitor,
) -> None:
    page = visitor.open("/")
    expect(page.get_by_text("124 Bilder")).to_be_visible()
    expect(hits(page).first).to_be_visible()
    expect(page.get_by_role("list", name="Alle Bilder")).to_be_visible()
    with page.expect_response(re.compile(r"/photos\?.*cursor=p_")):
        page.mouse.wheel(0, 4000)
    expect(page.locator('li[aria-posinset="124"]')).to_have_count(0)
    last = 0
    while last < 124:
        page.mouse.wheel(0, 3000)
        expect(page.locator("li[data-photo]").last).to_be_attached()
        last = page.evaluate(
            "Math.max(...[...document.querySelectorAll('li[data-photo]')]"
            ".map(one => Number(one.ariaPosInSet)))"
        )
    page.get_by_role("link", name="Dampflokomotive").click()
    expect_q(page, "Dampflokomotive")
    expect(page.get_by_text(re.compile(r"sichere"), exact=False).first).to_be_visible()


def test_hits_are_counted_and_a_line_stands_before_the_weaker_ones(
    visitor: Visitor, site: Site
) -> None:
    answer = site.ask("/api/v1/search?q=Kirche&limit=60")
    strong, weak = answer["total_strong"], answer["total_weak"]
    page = visitor.open("/")
    search(page, "Kirche")
    expect_q(page, "Kirche")
    expect(page.locator("strong")).to_have_text(f"{strong} sichere Treffer, {weak} schwächere")
    line = page.get_by_text("ab hier schwächere Treffer")
    last_strong = page.locator(f'li[aria-posinset="{strong}"]').bounding_box()
    first_weak = page.locator(f'li[aria-posinset="{strong + 1}"]').bounding_box()
    here = line.bounding_box()
    assert last_strong and first_weak and here
    assert last_strong["y"] + last_strong["height"] <= here["y"] + here["height"] < first_weak["y"]
    expect(page.get_by_role("status").filter(has_text="sichere Treffer")).to_be_attached()
    # What is no hit is shown only to those who want it.
    page.get_by_role("button", name="Auch Bilder zeigen, die sich nicht vom Zufall").click()
    expect(page.get_by_text("ab hier unsicher")).to_be_attached()


def test_it_says_when_nothing_stands_out(visitor: Visitor) -> None:
    page = visitor.open("/?q=xqzt&lang=en")
    expect(page.locator("strong")).to_contain_text("Nothing certain found; nearest come")
    expect(page.get_by_text("uncertain from here on")).to_be_visible()
    expect(page.get_by_role("button", name="Select all hits")).to_have_count(0)
    expect(page.get_by_role("searchbox", name="What should be seen?")).to_have_value("xqzt")


def test_what_a_minus_left_out_is_said(visitor: Visitor, site: Site) -> None:
    left_out = site.ask("/api/v1/search?q=Kirche%20-Schnee")["left_out"]
    page = visitor.open("/?q=Kirche+-Schnee")
    expect(page.get_by_text(f"{left_out} Bilder durch ein Minus weggelassen")).to_be_visible()


def test_parts_are_weighed_turned_and_dropped_by_mouse(visitor: Visitor) -> None:
    page = visitor.open("/?q=Kirche+am+Fluss+jahr:1930..1969")
    expect(chips(page)).to_have_count(2)
    chips(page).first.get_by_role("combobox").select_option(label="×2")
    expect_q(page, '"Kirche am Fluss"^2 jahr:1930..1969')
    chips(page).first.get_by_role("combobox").select_option(label="×1")
    expect_q(page, "Kirche am Fluss jahr:1930..1969")
    chips(page).first.get_by_role("button", name="als Minus").click()
    expect_q(page, '-"Kirche am Fluss" jahr:1930..1969')
    expect(chips(page).first).to_contain_text("nicht")
    chips(page).first.get_by_role("button", name="als Minus").click()
    expect_q(page, "Kirche am Fluss jahr:1930..1969")
    chips(page).nth(1).get_by_role("button", name="entfernen").click()
    expect_q(page, "Kirche am Fluss")
    page.go_back()
    expect_q(page, "Kirche am Fluss jahr:1930..1969")


def test_what_is_not_understood_is_told_and_can_be_dropped(visitor: Visitor) -> None:
    page = visitor.open("/?q=Kirche+foo:bar")
    expect(page.get_by_role("alert")).to_be_visible()
    chips(page).filter(has_text="foo:bar").get_by_role("button", name="entfernen").click()
    expect_q(page, "Kirche")
    expect(hits(page).first).to_be_visible()


def test_all_of_it_works_by_keyboard_alone(visitor: Visitor) -> None:
    page = visitor.open("/")
    expect(hits(page).first).to_be_visible()
    page.keyboard.press("/")
    expect(field(page)).to_be_focused()
    page.keyboard.type("Kirche -Schnee")
    page.keyboard.press("Enter")
    expect_q(page, "Kirche -Schnee")
    page.keyboard.press("Escape")
    expect(field(page)).not_to_be_focused()
    expect(field(page)).to_have_value("Kirche -Schnee")
    chips(page).nth(1).get_by_role("button", name="als Minus").focus()
    page.keyboard.press("-")
    expect_q(page, "Kirche Schnee")
    chips(page).first.get_by_role("button", name="entfernen").focus()
    page.keyboard.press("Delete")
    expect(chips(page)).to_have_count(0)
    expect(field(page)).to_be_focused()

    page.keyboard.type("Kirche")
    page.keyboard.press("Enter")
    expect(page.locator("strong")).to_contain_text("sichere Treffer")
    page.keyboard.press("Escape")
    page.locator("li[data-place='0'] a").focus()
    page.keyboard.press("ArrowRight")
    second = photo_of(page.locator("li[data-place='1']"))
    expect(page.locator(f"[data-photo={second}] a")).to_be_focused()
    page.keyboard.press("l")
    expect_q(page, f"Kirche like:{second}")
    expect(hits(page).first).to_be_visible()
    page.locator("li[data-place='0'] a").focus()
    first = photo_of(page.locator("li[data-place='0']"))
    page.keyboard.press("m")
    expect_q(page, f"Kirche like:{second} -like:{first}")
    expect(hits(page).first).to_be_visible()
    page.keyboard.press("w")
    expect(page.get_by_role("checkbox", name="Werte und Gründe")).to_be_checked()
    page.locator("li[data-place='0'] a").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/photo/p_\w+\?q=Kirche"))


def test_scores_and_reasons_are_shown_on_demand(visitor: Visitor) -> None:
    page = visitor.open("/?q=Kirche")
    page.get_by_role("checkbox", name="Werte und Gründe").check()
    expect(hits(page).first).to_contain_text(re.compile(r"\d,\d\d · sicher"))
    expect(hits(page).first).to_contain_text("im Titel")
    assert asked(page)["why"] == "1"
    page.reload()
    expect(hits(page).first).to_contain_text("sieht aus wie „Kirche“")
    page.get_by_role("checkbox", name="Werte und Gründe").uncheck()
    expect(hits(page).first).not_to_contain_text("sicher")


def test_copies_are_one_pile_that_leads_to_the_photo(visitor: Visitor, site: Site) -> None:
    found = site.ask("/api/v1/search?q=sammlung:Musterstadt&limit=200")["hits"]
    piled = next(hit for hit in found if hit["duplicates"])
    page = visitor.open(f"/?q={piled['title'].partition(',')[0]}")
    pile = page.locator("li[data-photo]", has=page.locator(".copies")).first
    expect(pile.locator(".copies")).to_contain_text(f"+{len(piled['duplicates'])}")
    pile.locator(".copies").click(force=True)  # what lies over the picture lets clicks through
    expect(page).to_have_url(re.compile(r"/photo/p_"))


def test_filters_are_added_and_taken_back_beside_the_hits(visitor: Visitor, site: Site) -> None:
    page = visitor.open("/?q=Kirche")
    panel = page.get_by_role("region", name="Eingrenzen")
    facets = site.ask("/api/v1/facets?q=Kirche")["by"]
    decades = [one["value"] for one in facets["jahr"]]
    first, second = decades[0], decades[1]
    panel.get_by_role("checkbox", name=f"{first[:4]}er").check()
    expect_q(page, f"Kirche jahr:{first}")
    page.go_back()
    panel.get_by_role("checkbox", name=f"{second[:4]}er").check()
    expect_q(page, f"Kirche jahr:{second}")
    expect(chips(page).nth(1)).to_contain_text(f"{second[:4]}er")
    panel.get_by_role("checkbox", name=f"{second[:4]}er").uncheck()
    expect_q(page, "Kirche")
    panel.get_by_role("checkbox", name="Musterstadt").check()
    expect_q(page, "Kirche sammlung:Musterstadt")
    expect(panel.get_by_role("checkbox", name="Musterstadt")).to_be_checked()
    panel.get_by_role("checkbox", name="Schwarzweiß").last.check()
    expect_q(page, "Kirche sammlung:Musterstadt farbe:black-and-white")
    expect(chips(page).nth(2)).to_contain_text("Schwarzweiß")


def test_hits_do_not_wait_for_the_numbers_beside_filters(visitor: Visitor) -> None:
    page = visitor.context().new_page()
    held: list[Route] = []
    page.route("**/api/v1/facets**", lambda route: held.append(route))  # noqa: PLW0108 (playwright marks what it is given)
    page.goto("/?q=Kirche")
    expect(hits(page).first).to_be_visible()
    panel = page.get_by_role("region", name="Eingrenzen")
    expect(panel).to_have_attribute("aria-busy", "true")
    held.pop().continue_()
    expect(panel).to_have_attribute("aria-busy", "false")
    expect(panel.get_by_role("checkbox").first).to_be_visible()
    # Old numbers stay, dimmed, until the new ones are there.
    search(page, "Turm")
    expect(panel).to_have_attribute("aria-busy", "true")
    expect(panel.get_by_role("checkbox").first).to_be_visible()


def test_on_a_phone_filters_open_and_pictures_have_a_menu(visitor: Visitor) -> None:
    page = visitor.open("/?q=Kirche", viewport=PHONE, has_touch=True, is_mobile=True)
    expect(hits(page).first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.get_by_text("Eingrenzen").tap()
    expect(page.get_by_role("checkbox", name="Musterstadt")).to_be_visible()
    page.get_by_text("Eingrenzen").tap()
    photo = photo_of(hits(page).first)
    hits(page).first.get_by_role("button", name="Mit diesem Bild").tap()
    page.get_by_role("button", name="Nicht so wie dieses").tap()
    expect_q(page, f"Kirche -like:{photo}")


def test_where_nothing_is_found_a_filter_can_be_dropped(visitor: Visitor) -> None:
    page = visitor.open("/?q=Kirche+jahr:1700")
    expect(page.get_by_text("Nichts gefunden", exact=True)).to_be_visible()
    page.get_by_role("button", name="ohne Jahr 1700").click()
    expect_q(page, "Kirche")
    expect(hits(page).first).to_be_visible()


def test_a_negation_in_words_is_explained(visitor: Visitor) -> None:
    page = visitor.open("/?q=Kirche+ohne+Auto+jahr:1800..")
    page.get_by_role("button", name="Stattdessen so suchen: Kirche -Auto jahr:1800..").click()
    expect_q(page, "Kirche -Auto jahr:1800..")


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
