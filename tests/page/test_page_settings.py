"""What admins look after: access that is given and taken, runs, models; and what readers see."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError

import pytest
from playwright.sync_api import Page, expect
from site_of_tests import Site, Visitor

from archive_ai.archive import Archive, load
from archive_ai.domain import Role
from archive_ai.settings import BUNDLED_MODEL

API = "/api/v1"


@pytest.fixture
def site(drawn_sample: Path, tmp_path: Path) -> Iterator[Site]:
    """Return the sample archive for one test alone: who may sign in is changed in it."""
    shutil.copytree(drawn_sample / "archive", tmp_path / "site" / "archive")
    served = Site(tmp_path / "site" / "archive", tmp_path / "log", {"model": BUNDLED_MODEL})
    served.start()
    yield served
    served.stop()


def close_one(site: Site, tmp_path: Path) -> str:
    """Close a photo by a record; return its id."""
    one: dict[str, str] = site.ask(f"{API}/photos?limit=1")["photos"][0]
    table = tmp_path / "closed.csv"
    table.write_text(f"path,visibility\n{one['path']},gesperrt\n", "utf-8")
    with Archive.open(load(archive=site.archive, model=BUNDLED_MODEL)) as archive:
        archive.describing.import_table(table)
    return one["photo"]


def sign_in(page: Page, token: str) -> None:
    page.get_by_label("Zugangsschlüssel").fill(token)
    page.get_by_role("button", name="Anmelden").click()


def make(page: Page, name: str, role: str) -> str:
    """Make a token on the page; return what is shown once."""
    page.get_by_label("Name der Person").fill(name)
    if page.get_by_label("Was sie darf").is_enabled():
        page.get_by_label("Was sie darf").select_option(role)
    page.get_by_role("button", name="Ausstellen").click()
    dialog = page.get_by_role("dialog", name=f"Zugang für „{name}“")
    expect(dialog.get_by_text("nur jetzt gezeigt")).to_be_visible()
    said = dialog.get_by_label("Schlüssel", exact=True).input_value()
    dialog.get_by_role("button", name="Ich habe ihn kopiert").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    return said


def test_access_is_given_to_a_reader_and_taken_back(
    visitor: Visitor, site: Site, tmp_path: Path
) -> None:
    photos = site.ask(f"{API}/status")["photos"]
    closed = close_one(site, tmp_path)
    page = visitor.open("/settings")
    expect(page.get_by_text("Noch gibt es keinen Schlüssel")).to_be_visible()
    boss = make(page, "Chefin", "admin")
    expect(page).to_have_url(re.compile("/sign-in"))
    page.goto("/settings")
    sign_in(page, boss)
    expect(page.locator('[data-token="Chefin"]')).to_contain_text("das sind Sie")
    key = make(page, "Lesesaal", "reader")
    row = page.locator('[data-token="Lesesaal"]')
    expect(row).to_contain_text("Lesen")
    expect(row).to_contain_text("gültig, bis")
    assert key not in page.content()

    reader = visitor.context().new_page()
    reader.goto("/numbers")
    sign_in(reader, key)
    expect(reader.locator('[data-count="photos"]')).to_have_text(str(photos - 1))
    for name in ("Prüfen", "Aufträge", "Einstellungen"):
        expect(reader.get_by_role("link", name=name, exact=True)).to_have_count(0)
    expect(reader.get_by_text("Dateien und Modell")).to_have_count(0)
    expect(reader.locator("[data-concept]").first).to_be_visible()
    expect(reader.locator('a[href^="/review"]')).to_have_count(0)
    reader.goto("/settings")
    expect(reader.get_by_text("Unter dieser Adresse ist nichts zu finden.")).to_be_visible()
    with pytest.raises(HTTPError, match="404"):
        site.ask(f"{API}/photos/{closed}", token=key)

    row.get_by_role("button", name="Zurückziehen").click()
    question = page.get_by_role("dialog", name="Zugang „Lesesaal“ zurückziehen?")
    expect(question).to_contain_text("Was unter ihm entschieden wurde, bleibt.")
    question.get_by_role("button", name="Lieber nicht").click()
    expect(row).to_contain_text("gültig")
    row.get_by_role("button", name="Zurückziehen").click()
    question.get_by_role("button", name="Zurückziehen").click()
    expect(row).to_contain_text("zurückgezogen")
    expect(row.get_by_role("button")).to_have_count(0)
    reader.goto("/numbers")
    expect(reader.get_by_role("heading", level=1)).to_have_text("Anmelden")


def test_the_last_admin_is_not_locked_out(visitor: Visitor, site: Site) -> None:
    with Archive.open(load(archive=site.archive, model=BUNDLED_MODEL)) as archive:
        key = archive.tokens.create("Chefin", Role.ADMIN, "test")
    page = visitor.open("/settings")
    sign_in(page, key)
    row = page.locator('[data-token="Chefin"]')
    row.get_by_role("button", name="Zurückziehen").click()
    question = page.get_by_role("dialog")
    expect(question).to_contain_text("Sie werden abgemeldet")
    question.get_by_role("button", name="Zurückziehen").click()
    expect(question.get_by_role("alert")).to_be_visible()
    page.keyboard.press("Escape")
    expect(row).to_contain_text("gültig")


def test_a_run_is_withdrawn_and_what_people_accepted_stays(visitor: Visitor, site: Site) -> None:
    before = site.ask(f"{API}/status")["tags"]
    waiting = site.ask(f"{API}/review/kirche")["rows"][0]["photo"]
    ruling = {"photo": waiting, "concept": "kirche", "verdict": "accepted"}
    site.ask(f"{API}/review", {"rulings": [ruling], "by": "Erika"})
    page = visitor.open("/settings")
    row = page.locator('[data-run="1"]')
    expect(row).to_contain_text("gilt")
    row.get_by_role("button", name="Zurückziehen: Lauf 1").click()
    question = page.get_by_role("dialog", name="Lauf 1 zurückziehen?")
    expect(question).to_contain_text("Was Menschen bestätigt oder abgelehnt haben, bleibt")
    question.get_by_role("button", name="Zurückziehen").click()
    expect(row).to_contain_text("zurückgezogen")
    expect(row.get_by_role("button")).to_have_count(0)

    assert before["suggested"] > 0
    after = site.ask(f"{API}/status")["tags"]
    assert (after.get("suggested", 0), after["accepted"]) == (0, 1)
    page.get_by_role("link", name="Bestand").click()
    expect(page.locator('[data-count="suggested"]')).to_have_text("0")
    expect(page.locator('[data-count="accepted"]')).to_have_text("1")


def test_a_run_that_waits_says_what_it_would_change_and_is_applied(
    visitor: Visitor, site: Site
) -> None:
    with Archive.open(load(archive=site.archive, model=BUNDLED_MODEL)) as archive:
        run = archive.tagging.tag("turm").run.number
    found = site.ask(f"{API}/runs/{run}/difference")
    page = visitor.open("/settings")
    row = page.locator(f'[data-run="{run}"]')
    expect(row).to_contain_text("wartet auf Übernahme")
    expect(row).to_contain_text("„Turm“")
    expect(row).to_contain_text(
        f"brächte {found['new']} neue, nähme {found['gone']} weg, ließe {found['same']}"
    )
    row.get_by_role("button", name=f"Übernehmen: Lauf {run}").click()
    page.get_by_role("dialog").get_by_role("button", name="Übernehmen").click()
    expect(row).to_contain_text("gilt")
    assert site.ask(f"{API}/runs")["runs"][0]["applied_at"]


def test_models_and_what_was_made_with_them(visitor: Visitor, site: Site) -> None:
    model = site.ask(f"{API}/models")["generations"][0]
    page = visitor.open("/settings")
    generation = page.get_by_role("row").filter(has_text=model["fingerprint"])
    expect(generation).to_contain_text(str(model["vectors"]))
    expect(generation).to_contain_text("antwortet")
    page.get_by_text("Ein anderes Modell verwenden").click()
    expect(page.get_by_text("archive-ai index /srv/scans --model")).to_be_visible()
    expect(page.get_by_role("link", name="Beschreibung ansehen")).to_have_attribute("href", "/docs")


def test_where_no_folder_is_permitted_the_page_says_how(visitor: Visitor) -> None:
    page = visitor.open("/jobs?show=add")
    expect(page.get_by_text("Hier ist noch kein Ordner freigegeben")).to_be_visible()
    expect(page.get_by_text('folders = ["/srv/scans"]')).to_be_visible()
    expect(page.get_by_role("button", name="Aufnehmen", exact=True)).to_have_count(0)


def test_preferences_in_english_by_keyboard_alone(visitor: Visitor) -> None:
    page = visitor.open("/settings?lang=en", color_scheme="light")
    page.get_by_label("Language").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Look")).to_be_focused()
    page.keyboard.type("dark")
    expect(page.locator("html")).to_have_attribute("data-scheme", "dark")
    page.keyboard.press("Tab")
    page.keyboard.type("Erika")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.goto("/settings?lang=en")
    expect(page.get_by_label("Look")).to_have_value("dark")
    expect(page.get_by_label("Decisions stand under the name")).to_have_value("Erika")
    expect(page.get_by_label("Switch single characters off")).to_be_checked()
    page.get_by_label("Language").focus()
    page.keyboard.type("Deutsch")
    expect(page.get_by_role("heading", level=1)).to_have_text("Einstellungen")
