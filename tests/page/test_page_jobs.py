"""Long work on the page: folders that are added, jobs that are stopped, files that failed."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from site_of_tests import PHONE, Site, Visitor

from archive_ai.archive.folder import Folder
from archive_ai.settings import BUNDLED_MODEL
from made_scans import write_picture

API = "/api/v1"
LONG = 120_000
"""Milliseconds in which a worker starts, loads the model, and does something small."""


@pytest.fixture(scope="module")
def scans(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder that is permitted: seven pictures, of which one is cut off."""
    folder = tmp_path_factory.mktemp("permitted") / "scans"
    for number in range(6):
        write_picture(folder / "alt" / "F900" / f"F900_{number}.png", 900 + number)
    cut = write_picture(folder / "alt" / "F900" / "F900_7.jpg", 907, (640, 480))
    cut.write_bytes(cut.read_bytes()[:2000])
    write_picture(folder / "neu" / "F901_1.png", 950)
    return folder


@pytest.fixture(scope="module")
def site(
    drawn_sample: Path, scans: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """Return the sample archive, served by somebody who permits a folder."""
    folder = tmp_path_factory.mktemp("site")
    shutil.copytree(drawn_sample / "archive", folder / "archive")
    served = Site(
        folder / "archive", folder / "log", {"model": BUNDLED_MODEL, "folders": str(scans)}
    )
    served.start()
    yield served
    served.stop()


def newest(page: Page) -> Locator:
    return page.locator("[data-job]").first


def ended(row: Locator, state: str = "done") -> None:
    expect(row).to_have_attribute("data-state", state, timeout=LONG)


def test_a_folder_is_chosen_and_added_live(visitor: Visitor, site: Site, scans: Path) -> None:
    before = site.ask(f"{API}/status")["photos"]
    page = visitor.open("/jobs?show=add")
    page.get_by_role("button", name="Aufnehmen", exact=True).click()
    expect(page.get_by_text("Bitte erst einen Ordner wählen.")).to_be_visible()
    page.get_by_role("button", name=str(scans)).click()
    page.get_by_role("button", name="alt 1 Ordner, 0 Bilddateien").click()
    expect(page.get_by_role("button", name="F900 0 Ordner, 7 Bilddateien")).to_be_visible()
    expect(page.get_by_text(f"Gewählt: {scans / 'alt'}")).to_be_visible()
    page.get_by_label("Sammlung").fill("Nachlass Probe")
    page.get_by_role("button", name="Aufnehmen", exact=True).click()
    expect(page.get_by_role("button", name="Anhalten")).to_be_visible()
    expect(page.get_by_text(f"Im Archiv sind jetzt {before + 6} Bilder.")).to_be_visible(
        timeout=LONG
    )
    expect(page.get_by_text("Neue Bilder: 6; unveränderte Dateien: 0.")).to_be_visible()
    expect(page.get_by_text("Nicht verwendbare Dateien: 1.")).to_be_visible()
    expect(page.get_by_role("link", name="Bilder dieser Sammlung ansehen")).to_have_attribute(
        "href", "/?q=sammlung%3A%22Nachlass%20Probe%22"
    )
    assert site.ask(f"{API}/status")["photos"] == before + 6

    page.get_by_role("link", name="Nicht verwendbare Dateien ansehen").click()
    row = page.get_by_role("row").filter(has_text="F900_7.jpg")
    expect(row).to_contain_text("Datei abgeschnitten")
    expect(row).to_contain_text("Noch einmal vom Ursprung kopieren")


def test_an_index_job_is_gone_through_again(visitor: Visitor, site: Site, scans: Path) -> None:
    asked = {"kind": "index", "paths": [str(scans / "neu")], "collection": "Neues"}
    site.ask(f"{API}/jobs", asked)
    page = visitor.open("/jobs")
    row = newest(page)
    expect(row).to_contain_text(str(scans / "neu"))
    expect(row).to_contain_text("Sammlung „Neues“")
    ended(row)
    expect(row).to_contain_text("Neue Bilder: 1; unveränderte Dateien: 0.")
    jobs = page.locator("[data-job]")
    before = jobs.count()
    row.get_by_role("button", name="Erneut durchgehen").click()
    expect(jobs).to_have_count(before + 1)
    ended(newest(page))
    expect(newest(page)).to_contain_text("Neue Bilder: 0; unveränderte Dateien: 1.")


def test_a_job_is_stopped_and_asked_for_again(visitor: Visitor, site: Site) -> None:
    page = visitor.open("/jobs")
    # As long as somebody else writes to the archive, a job that runs waits: it can be stopped.
    with Folder(site.archive).writing():
        page.get_by_label("Begriff", exact=True).fill("Kirche")
        page.get_by_role("button", name="Beginnen").click()
        row = newest(page)
        expect(row).to_contain_text("„Kirche“")
        expect(row).to_have_attribute("data-state", "running", timeout=LONG)
        expect(row).to_contain_text("läuft")
        row.get_by_role("button", name="Anhalten").click()
        ended(row, "stopped")
    expect(row).to_contain_text("Angehalten. Was schon getan war, bleibt.")
    jobs = page.locator("[data-job]")
    before = jobs.count()
    row.get_by_role("button", name="Noch einmal").click()
    expect(jobs).to_have_count(before + 1)
    ended(newest(page))
    expect(newest(page)).to_contain_text(re.compile(r"Vorschläge: \d+; davon neu"))


def test_one_that_waits_is_taken_back(visitor: Visitor, site: Site) -> None:
    with Folder(site.archive).writing():
        first = site.ask(f"{API}/jobs", {"kind": "tag", "concept": "turm"})["number"]
        second = site.ask(f"{API}/jobs", {"kind": "verify"})["number"]
        page = visitor.open("/jobs")
        row = page.locator(f'[data-job="{second}"]')
        expect(row).to_contain_text("wartet")
        row.get_by_role("button", name="Zurücknehmen").click()
        ended(row, "stopped")
        site.ask(f"{API}/jobs/{first}", method="DELETE")
        ended(page.locator(f'[data-job="{first}"]'), "stopped")


def test_what_failed_says_why(visitor: Visitor) -> None:
    page = visitor.open("/jobs")
    page.get_by_label("Was soll sie tun?").select_option("learn")
    page.get_by_label("Begriff", exact=True).fill("Panzer")
    page.get_by_role("button", name="Beginnen").click()
    row = newest(page)
    expect(row).to_contain_text("„Panzer“")
    ended(row, "failed")
    expect(row).to_contain_text("Gescheitert.")
    expect(row.locator('p[lang="en"]')).to_be_visible()
    expect(row.locator('p[lang="en"]')).to_contain_text("3 are needed")
    row.get_by_text("Alles, was der Auftrag sagt").click()
    expect(row.get_by_text('"code": "usage"')).to_be_visible()


def test_what_no_machine_may_be_asked_about_is_not_sent(visitor: Visitor) -> None:
    page = visitor.open("/jobs")
    field = page.get_by_label("Begriff", exact=True)
    expect(page.locator("datalist option").first).to_be_attached()
    field.fill("Kein solcher Begriff")
    expect(page.get_by_text("Diesen Begriff gibt es nicht")).to_be_visible()
    before = page.locator("[data-job]").count()
    page.get_by_role("button", name="Beginnen").click()
    field.fill("")
    expect(page.get_by_text("Diesen Begriff gibt es nicht")).to_have_count(0)
    expect(page.locator("[data-job]")).to_have_count(before)


def test_without_streams_a_job_is_asked_for(visitor: Visitor) -> None:
    context = visitor.context()
    context.route("**/events", lambda route: route.fulfill(status=429, body=""))
    page = context.new_page()
    page.goto("/jobs")
    page.get_by_label("Was soll sie tun?").select_option("verify")
    page.get_by_role("button", name="Beginnen").click()
    expect(newest(page)).to_contain_text("Archiv prüfen")
    ended(newest(page))
    expect(newest(page)).to_contain_text("Alles in Ordnung")


def test_failures_are_chosen_by_cause(visitor: Visitor, site: Site) -> None:
    total = site.ask(f"{API}/failures")["total"]
    page = visitor.open("/jobs?show=failures", viewport=PHONE)
    rows = page.locator("tbody tr")
    expect(rows).to_have_count(total)
    page.get_by_label("Ursache").select_option("cut")
    expect(page).to_have_url(re.compile("cause=cut"))
    expect(rows.first).to_contain_text("Datei abgeschnitten")
    rows.first.get_by_text("im Wortlaut").click()
    expect(rows.first).to_contain_text("is cut off")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_work_is_given_in_english_by_keyboard_alone(visitor: Visitor) -> None:
    page = visitor.open("/jobs?lang=en")
    expect(page.get_by_role("heading", name="Give the machine work")).to_be_visible()
    page.get_by_label("What is it to do?").focus()
    page.keyboard.type("Check the archive")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Begin", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    row = newest(page)
    expect(row).to_contain_text("Check the archive")
    ended(row)
    expect(row).to_contain_text("All is well")
    page.get_by_role("link", name="Add a folder").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Add a folder")).to_be_visible()
    page.get_by_role("button", name=re.compile("scans")).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=re.compile("^neu"))).to_be_visible()
    expect(page.locator('[aria-current="location"]')).to_be_focused()
