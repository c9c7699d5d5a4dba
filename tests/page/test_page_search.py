"""Searching on the page: words, parts, filters, and what is said of what is found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Route, expect
from search_page import asked, chips, described, expect_q, field, hits, photo_of, search
from site_of_tests import PHONE, Site, Visitor


@pytest.fixture(scope="module")
def site(drawn_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Return the sample archive with its descriptions."""
    yield from described(drawn_sample, tmp_path_factory.mktemp("described"))


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
