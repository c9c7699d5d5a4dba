"""Reviewing on the page: one key a decision, nothing lost, nobody overruled unseen."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_of_tests import PATIENCE, all_saved, candidates, counted, current, desk, somebody
from playwright.sync_api import Browser, BrowserContext, Locator, Route, expect
from site_of_tests import OFFICE, PHONE, Site, Visitor

from archive_ai.archive import Archive, load
from archive_ai.domain import Role
from archive_ai.settings import BUNDLED_MODEL


@pytest.fixture(scope="module", autouse=True)
def _warm(site: Site) -> None:
    """Have the model loaded once, before anybody waits for it."""
    site.ask("/api/v1/review/kirche")


def test_one_key_decides_and_the_next_is_current(visitor: Visitor, site: Site) -> None:
    page = desk(somebody(visitor), "turm")
    first = current(page).get_attribute("data-photo")
    page.keyboard.press("j")
    decided = page.locator(f"[data-photo='{first}']")
    expect(decided).to_have_attribute("data-verdict", "accepted")
    expect(decided).to_contain_text("✓ Ja")
    expect(decided).to_have_attribute("aria-selected", "false")
    expect(page.get_by_role("status").filter(has_text="Ja. Jetzt:")).to_be_attached()
    page.keyboard.press("n")
    page.keyboard.press("Enter")
    page.keyboard.press("s")
    expect(candidates(page).nth(3)).to_contain_text("später")
    expect(candidates(page).nth(4)).to_have_attribute("aria-selected", "true")
    all_saved(page)
    assert counted(site, "turm") == (2, 1)


def test_undo_takes_back_what_the_server_has(visitor: Visitor, site: Site) -> None:
    page = desk(somebody(visitor), "hafen")
    photo = current(page).get_attribute("data-photo")
    page.keyboard.press("j")
    page.keyboard.press("n")
    all_saved(page)
    assert counted(site, "hafen") == (1, 1)
    page.keyboard.press("u")
    page.get_by_role("button", name="Zurück").click()
    expect(current(page)).to_have_attribute("data-photo", photo or "")
    expect(page.locator("[data-verdict]")).to_have_count(0)
    expect(page.get_by_role("button", name="Zurück")).to_be_disabled()
    all_saved(page)
    assert counted(site, "hafen") == (0, 0)


def test_what_looks_alike_is_decided_at_once(visitor: Visitor, site: Site) -> None:
    page = desk(somebody(visitor), "karte-plan")
    alike = page.locator("[role=option].cluster")
    alike.first.click()
    size = int(page.locator(".alike").first.inner_text().split()[0])
    page.keyboard.press("g")
    expect(page.locator("[data-verdict=accepted]")).to_have_count(size)
    page.keyboard.press("u")
    expect(page.locator("[data-verdict]")).to_have_count(0)
    page.keyboard.press("Shift+G")
    expect(page.locator("[data-verdict=rejected]")).to_have_count(size)
    all_saved(page)
    assert counted(site, "karte-plan") == (0, size)


@pytest.mark.parametrize("viewport", [OFFICE, PHONE], ids=["office", "phone"])
def test_what_looks_alike_is_one_group_in_every_row(
    visitor: Visitor, viewport: dict[str, int]
) -> None:
    page = desk(somebody(visitor, viewport=viewport), "turm")
    rows: dict[tuple[int, str], list[Locator]] = {}
    for one in page.locator("[role=option].cluster").all():
        box = one.bounding_box()
        assert box is not None
        said = (one.get_attribute("aria-label") or "").rsplit(", ", 1)[-1]
        rows.setdefault((round(box["y"]), said), []).append(one)
    assert rows
    for (_, said), together in rows.items():
        # Whole on both sides, and it says what it is where it begins.
        expect(together[0]).to_have_class(re.compile(r"\bbegins\b"))
        expect(together[-1]).to_have_class(re.compile(r"\bends\b"))
        expect(together[0]).to_contain_text(said)


def test_after_a_batch_the_next_ones_are_there(visitor: Visitor, site: Site) -> None:
    page = desk(somebody(visitor), "friedhof")
    before = [one.get_attribute("data-photo") for one in candidates(page).all()]
    for _ in before:
        page.keyboard.press("n")
    expect(page.locator("[data-verdict]")).to_have_count(0)
    after = {one.get_attribute("data-photo") for one in candidates(page).all()}
    assert after.isdisjoint(before)
    all_saved(page)
    assert counted(site, "friedhof") == (0, len(before))


def test_arrows_move_and_space_shows_it_large(visitor: Visitor) -> None:
    page = desk(somebody(visitor), "schiff")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowUp")
    expect(candidates(page).first).to_have_attribute("aria-selected", "true")
    page.keyboard.press(" ")
    large = page.get_by_role("dialog", name="Großansicht")
    expect(large.get_by_role("img")).to_be_visible()
    page.keyboard.press("Enter")
    expect(candidates(page).first).to_have_attribute("data-verdict", "accepted")
    page.keyboard.press("Escape")
    expect(large).to_be_hidden()
    all_saved(page)


def test_the_sample_says_how_precise_the_suggestions_are(visitor: Visitor) -> None:
    page = desk(somebody(visitor), "markt")
    page.get_by_role("link", name="Stichprobe prüfen").click()
    expect(page.get_by_text("Sie prüfen die Stichprobe")).to_be_visible()
    expect(candidates(page).first).to_be_visible()
    page.keyboard.press("j")
    expect(page.get_by_text("aus 1 gezogenen Bild")).to_be_visible()
    for _ in range(candidates(page).count() - 1):
        page.keyboard.press("j")
    expect(page.get_by_text("Die Stichprobe ist ganz geprüft.")).to_be_visible()
    expect(page.get_by_text("geschätzte Genauigkeit 100 %")).to_be_visible()
    expect(page.get_by_role("link", name="Weiter mit")).to_be_visible()


def test_offline_decisions_wait_and_are_sent_afterwards(visitor: Visitor, site: Site) -> None:
    context = somebody(visitor)
    page = desk(context, "klassenzimmer")
    context.set_offline(True)
    for key in "jnj":
        page.keyboard.press(key)
    expect(page.get_by_text("3 Entscheidungen warten auf den Server")).to_be_visible()
    page.keyboard.press("u")
    expect(page.get_by_text("2 Entscheidungen warten auf den Server")).to_be_visible()
    assert counted(site, "klassenzimmer") == (0, 0)
    context.set_offline(False)
    all_saved(page)
    expect(page.get_by_text("Alles gespeichert")).to_be_visible()
    assert counted(site, "klassenzimmer") == (1, 1)


def test_a_closed_tab_loses_nothing(visitor: Visitor, site: Site) -> None:
    context = somebody(visitor)
    page = desk(context, "flugzeug")
    context.set_offline(True)
    page.keyboard.press("j")
    page.keyboard.press("n")
    expect(page.get_by_text("2 Entscheidungen warten auf den Server")).to_be_visible()
    page.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto("/review")
    expect(again.get_by_text("Alles gespeichert")).to_be_visible(timeout=PATIENCE)
    assert counted(site, "flugzeug") == (1, 1)


def test_two_tabs_do_not_send_twice(visitor: Visitor, site: Site) -> None:
    context = somebody(visitor)
    one, other = desk(context, "luftschiff"), desk(context, "luftschiff")
    sent: list[str] = []
    context.on("request", lambda request: sent.append(request.method + request.url))
    one.keyboard.press("j")
    other.keyboard.press("ArrowRight")
    other.keyboard.press("n")
    all_saved(one)
    all_saved(other)
    assert len([line for line in sent if line.startswith("POST")]) == 2
    assert counted(site, "luftschiff") == (1, 1)


def test_whoever_decides_is_asked_once(visitor: Visitor, site: Site) -> None:
    page = desk(somebody(visitor, ""), "automobil")
    photo = current(page).get_attribute("data-photo")
    page.keyboard.press("j")
    asked = page.get_by_role("dialog", name="Wer entscheidet?")
    expect(asked).to_be_visible()
    assert counted(site, "automobil") == (0, 0)
    page.keyboard.type("Ilse Weber")
    page.keyboard.press("Enter")
    expect(asked).to_be_hidden()
    page.keyboard.press("n")
    all_saved(page)
    assert counted(site, "automobil") == (1, 1)
    [decision] = site.ask(f"/api/v1/photos/{photo}/decisions")
    assert decision["by"] == "Ilse Weber"


def test_what_the_server_will_never_take_is_told(visitor: Visitor, site: Site) -> None:
    context = somebody(visitor)
    page = desk(context, "baustelle")

    def refuse(route: Route) -> None:
        route.fulfill(status=422, json={"code": "usage", "detail": "It is not possible."})

    context.route("**/api/v1/review", refuse)
    page.keyboard.press("j")
    told = page.get_by_role("alert").filter(has_text="It is not possible.")
    expect(told).to_contain_text("„Baustelle“ – Ja")
    page.reload()
    context.unroute("**/api/v1/review")
    told.get_by_role("button", name="Noch einmal senden").click()
    expect(told).to_be_hidden()
    all_saved(page)
    assert counted(site, "baustelle") == (1, 0)


def test_after_enough_decisions_the_machine_can_learn(visitor: Visitor, site: Site) -> None:
    context = somebody(visitor)
    rows = site.ask("/api/v1/review/weinberg?order=sure&limit=20")["rows"]
    rulings = [
        {"photo": row["photo"], "concept": "weinberg", "verdict": verdict}
        for row, verdict in zip(rows, ["accepted"] * 10 + ["rejected"] * 10, strict=True)
    ]
    site.ask("/api/v1/review", {"by": "erika", "rulings": rulings})
    page = desk(context, "weinberg")
    page.get_by_role("button", name="lernen lassen").click()
    expect(page.get_by_role("status").filter(has_text="Gelernt")).to_be_visible(timeout=PATIENCE)
    expect(candidates(page).first).to_be_visible(timeout=PATIENCE)
    [job] = site.ask("/api/v1/jobs")["jobs"]
    assert (job["kind"], job["state"]) == ("learn", "done")


def test_it_works_in_english_and_on_a_phone(visitor: Visitor, site: Site) -> None:
    context = somebody(visitor, viewport=PHONE, has_touch=True)
    page = desk(context, "postkarte", language="en")
    expect(page.get_by_role("heading", level=1)).to_have_text("postcard")
    for name in ("✓ Yes", "✕ No", "Later"):
        button = page.get_by_role("group", name="Decide").get_by_role("button", name=name)
        box = button.bounding_box()
        assert box is not None and box["height"] >= 44 and box["width"] >= 44
    decide = page.get_by_role("group", name="Decide")
    decide.get_by_role("button", name="✓ Yes").tap()
    decide.get_by_role("button", name="✕ No").tap()
    expect(page.get_by_text("2 decided in this sitting (1 yes, 1 no)")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    all_saved(page)
    assert counted(site, "postkarte") == (1, 1)


@pytest.fixture(scope="module")
def office(
    drawn_sample: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Site, dict[str, str]]]:
    """Return the sample where Anna and Bert sign in, and their tokens."""
    folder = tmp_path_factory.mktemp("office")
    shutil.copytree(drawn_sample / "archive", folder / "archive")
    with Archive.open(load(archive=folder / "archive", model=BUNDLED_MODEL)) as archive:
        tokens = {
            name: archive.tokens.create(name, Role.ARCHIVIST, "tests") for name in ("Anna", "Bert")
        }
    served = Site(folder / "archive", folder / "log", {"model": BUNDLED_MODEL})
    served.start()
    served.ask("/api/v1/review/kirche", token=tokens["Anna"])
    yield served, tokens
    served.stop()


@pytest.fixture
def colleagues(browser: Browser, office: tuple[Site, dict[str, str]]) -> Iterator[Visitor]:
    visitor = Visitor(browser, office[0].base)
    yield visitor
    visitor.close()


def _signed_in(visitor: Visitor, site: Site, token: str) -> BrowserContext:
    context = visitor.context()
    page = context.new_page()
    page.goto("/sign-in")
    page.locator("#token").fill(token)
    page.locator("form button").click()
    page.wait_for_url(f"{site.base}/")
    page.close()
    return context


def test_two_reviewers_never_overrule_each_other_unseen(
    colleagues: Visitor, office: tuple[Site, dict[str, str]]
) -> None:
    site, tokens = office
    anna = desk(_signed_in(colleagues, site, tokens["Anna"]), "kirche")
    bert = desk(_signed_in(colleagues, site, tokens["Bert"]), "kirche")
    photo = current(anna).get_attribute("data-photo")
    anna.keyboard.press("j")
    all_saved(anna)
    bert.keyboard.press("n")
    told = bert.get_by_text("Anna hat inzwischen anders entschieden: „Kirche“ – Ja")
    expect(told).to_be_visible()
    expect(bert.locator(f"[data-photo='{photo}']")).to_have_attribute("data-verdict", "accepted")
    bert.get_by_role("button", name="Bei meiner Entscheidung bleiben").click()
    expect(told).to_be_hidden()
    all_saved(bert)
    history = site.ask(f"/api/v1/photos/{photo}/decisions", token=tokens["Anna"])
    assert [(one["by"], one["verdict"]) for one in history] == [
        ("Anna", "accepted"),
        ("Bert", "rejected"),
    ]
    # What the other one decided is not asked again.
    anna.reload()
    expect(candidates(anna).first).to_be_visible()
    expect(anna.locator(f"[data-photo='{photo}']")).to_have_count(0)


def test_whoever_has_to_sign_in_again_comes_back_without_loss(
    colleagues: Visitor, office: tuple[Site, dict[str, str]]
) -> None:
    site, tokens = office
    context = _signed_in(colleagues, site, tokens["Anna"])
    page = desk(context, "hafen")
    context.clear_cookies()
    page.keyboard.press("j")
    page.wait_for_url("**/sign-in?*")
    page.locator("#token").fill(tokens["Anna"])
    page.locator("form button").click()
    page.wait_for_url("**/review?concept=hafen*")
    expect(page.get_by_text("Alles gespeichert")).to_be_visible(timeout=PATIENCE)
    assert counted(site, "hafen", tokens["Anna"]) == (1, 0)
