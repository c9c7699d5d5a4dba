"""Descriptions come in with tables, find their scans and answer questions; closed ones do not."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import text, true

from archive_ai.archive import Archive
from archive_ai.catalogue.fulltext import FullText
from archive_ai.cli.app import run
from archive_ai.domain import HERE, PhotoId, Role, TextKind, Viewer
from archive_ai.errors import BadTable, UnknownPhoto
from archive_ai.language import Analysis
from archive_ai.settings import bundled
from made_scans import write_picture

Opening = Callable[..., Archive]
READER = Viewer("leser", Role.READER)


def _table(folder: Path, *rows: str) -> Path:
    path = folder / "table.csv"
    path.write_text("\n".join(rows) + "\n", "utf-8")
    return path


def _search(archive: Archive) -> FullText:
    return FullText(archive._engine, Analysis(bundled("language") / "german.toml"))


def _found(archive: Archive, query: str, viewer: Viewer = HERE) -> dict[str, TextKind]:
    matches = _search(archive).matches(query, partial(archive._gate.sees, viewer))
    names = {photo: archive.photo(photo).paths[0].name for photo in matches}
    return {names[photo]: match.kind for photo, match in matches.items()}


def _titles(archive: Archive, path: Path) -> list[str]:
    return [record.title for record in archive.photo(str(path)).records]


@pytest.fixture
def archive(open_archive: Opening, tmp_path: Path) -> Archive:
    """Return an archive of four scans with signatures as names."""
    for number, name in enumerate(["F001-0001", "F001_0002r", "F001_0002v", "F001_00020"]):
        write_picture(tmp_path / "scans" / "F001" / f"{name}.png", number)
    opened = open_archive()
    opened.index([tmp_path / "scans"])
    return opened


def test_rows_find_their_scans_by_signature(archive: Archive, tmp_path: Path) -> None:
    table = _table(
        tmp_path, "Signatur;Titel", "F001-0001;Kirche", "F001 0002;Turm", "F001;Bestand", "X9;Fern"
    )
    done = archive.describing.import_table(table)
    assert (done.changes.new, done.changes.photos, done.changes.waiting) == (4, 4, ("X9",))
    folder = tmp_path / "scans" / "F001"
    assert _titles(archive, folder / "F001-0001.png") == ["Kirche"]
    assert _titles(archive, folder / "F001_0002r.png") == ["Turm"]
    assert _titles(archive, folder / "F001_0002v.png") == ["Turm"]
    # A number that goes on is another one; the record of the whole holding stands for it.
    assert _titles(archive, folder / "F001_00020.png") == ["Bestand"]


def test_importing_again_changes_what_changed(archive: Archive, tmp_path: Path) -> None:
    archive.describing.import_table(_table(tmp_path, "path,title", "F001-0001.png,Kirche", "b,B"))
    again = _table(tmp_path, "path,title", "F001-0001.png,Rathaus", "b,B", "c,C")
    dry = archive.describing.import_table(again, dry_run=True)
    assert _found(archive, "Rathaus") == {}
    assert _found(archive, "Kirche") == {"F001-0001.png": TextKind.EXACT}
    done = archive.describing.import_table(again)
    assert done == dry
    assert (done.changes.new, done.changes.changed, done.changes.unchanged) == (1, 1, 1)
    assert _found(archive, "Rathaus") == {"F001-0001.png": TextKind.EXACT}
    assert _found(archive, "Kirche") == {}


def test_a_faulty_table_changes_nothing(archive: Archive, tmp_path: Path) -> None:
    table = _table(tmp_path, "path,title,date", "F001-0001.png,Kirche,1930", "b,B,nie")
    with pytest.raises(BadTable, match="line 3"):
        archive.describing.import_table(table)
    assert _found(archive, "Kirche") == {}
    assert archive.photo(str(tmp_path / "scans/F001/F001-0001.png")).records == []


def test_an_import_that_breaks_off_leaves_what_was_there(archive: Archive, tmp_path: Path) -> None:
    archive.describing.import_table(_table(tmp_path, "path,title", "F001-0001.png,Kirche"))
    with archive._engine.begin() as connection:
        connection.execute(
            text(
                "CREATE TRIGGER fault AFTER INSERT ON record_photo BEGIN "
                "SELECT RAISE(ABORT, 'the plug was pulled'); END"
            )
        )
    table = _table(tmp_path, "path,title", "F001-0001.png,Rathaus", "F001_0002r.png,Turm")
    with pytest.raises(Exception, match="the plug was pulled"):
        archive.describing.import_table(table)
    assert _found(archive, "Kirche") == {"F001-0001.png": TextKind.EXACT}
    assert _found(archive, "Rathaus") == {}
    assert _found(archive, "Turm") == {}


def test_an_import_that_is_killed_leaves_what_was_there(archive: Archive, tmp_path: Path) -> None:
    archive.describing.import_table(_table(tmp_path, "path,title", "F001-0001.png,Kirche"))
    table = _table(tmp_path, "path,title", "F001-0001.png,Rathaus", "F001_0002r.png,Turm")
    archive.close()
    script = f"""
import os
from pathlib import Path
from archive_ai.archive import Archive, load
import archive_ai.catalogue.records as records
records.link_all = lambda *_: os.kill(os.getpid(), 9)
archive = Archive.open(load(archive={str(tmp_path / "archive")!r}))
archive.describing.import_table(Path({str(table)!r}))
"""
    killed = subprocess.run([sys.executable, "-c", script], check=False)
    assert killed.returncode == -9
    assert _found(archive, "Kirche") == {"F001-0001.png": TextKind.EXACT}
    assert _found(archive, "Rathaus") == {}


def test_a_record_waits_for_its_scan_and_closes_it_at_once(
    archive: Archive, tmp_path: Path
) -> None:
    table = _table(
        tmp_path, "signature,title,visibility", "F002-0001,Villa,closed", "F002-0002,Villa,open"
    )
    assert archive.describing.import_table(table).changes.photos == 0
    for number in (1, 2):
        write_picture(tmp_path / "scans" / "F002" / f"F002_000{number}.png", 90 + number)
    archive.index([tmp_path / "scans"])
    names = {"F002_0001.png": TextKind.EXACT, "F002_0002.png": TextKind.EXACT}
    assert _found(archive, "Villa") == names
    assert list(_found(archive, "Villa", READER)) == ["F002_0002.png"]


def test_what_is_closed_answers_no_reader(archive: Archive, tmp_path: Path) -> None:
    archive.describing.import_table(
        _table(
            tmp_path,
            "path,title,visibility,closed_until",
            "F001-0001.png,Geheime Kirche,gesperrt,",
            "F001_0002r.png,Offene Kirche,offen,",
            "F001_0002v.png,Spätere Kirche,offen,9998",
        )
    )
    assert len(_found(archive, "Kirche")) == 3
    assert list(_found(archive, "Kirche", READER)) == ["F001_0002r.png"]
    assert _found(archive, "F001-0001", READER).get("F001-0001.png") is None
    search, sees = _search(archive), partial(archive._gate.sees, READER)
    assert search.with_phrase("geheime kirche", sees) == set()
    assert len(search.with_phrase("offene KIRCHE", sees)) == 1
    closed = archive.photo(str(tmp_path / "scans/F001/F001-0001.png")).photo.id
    with pytest.raises(UnknownPhoto):
        archive.seen_by(READER).photo(closed)


def test_a_scan_under_another_name_has_another_record(archive: Archive, tmp_path: Path) -> None:
    archive.describing.import_table(
        _table(tmp_path, "signature,title", "F001-0001,Kirche", "F003-0001,Brücke")
    )
    old = tmp_path / "scans" / "F001" / "F001-0001.png"
    new = old.with_name("F003_0001.png")
    old.rename(new)
    archive.index([tmp_path / "scans"])
    assert _titles(archive, new) == ["Brücke"]


def test_pages_have_records_of_their_own(open_archive: Opening, tmp_path: Path) -> None:
    from PIL import Image

    pages = [Image.new("RGB", (40, 40), (tone, 90, 90)) for tone in (10, 120, 240)]
    (tmp_path / "scans").mkdir()
    file = tmp_path / "scans" / "A1.tif"
    pages[0].save(file, save_all=True, append_images=pages[1:])
    archive = open_archive()
    archive.index([tmp_path / "scans"])
    table = _table(tmp_path, "signature,page,title", "A 1,,Alle", "A 1,2,Zwei", "A 1,3,Drei")
    archive.describing.import_table(table)
    found = [[r.title for r in archive.photo(str(file), page).records] for page in (1, 2, 3)]
    assert found == [["Alle"], ["Alle", "Zwei"], ["Alle", "Drei"]]


def test_questions_are_answered_with_the_words_that_stand_there(
    archive: Archive, tmp_path: Path
) -> None:
    archive.describing.import_table(
        _table(
            tmp_path,
            "path,title,description,Ort,keywords",
            "F001-0001.png,Der Kirchturm,Blick von der Brücke,Öhringen,Turm; Brücke",
            "F001_0002r.png,Dorfkirche und Kirche,Am Markt,Heilbronn,",
        )
    )
    assert _found(archive, "Kirchtuerme Oehringen") == {"F001-0001.png": TextKind.EXACT}
    assert _found(archive, "Kirche am Markt") == {
        "F001-0001.png": TextKind.WEAK,
        "F001_0002r.png": TextKind.EXACT,
    }
    both = _found(archive, "Kirchturm F001-0001")
    assert [name for name, kind in both.items() if kind is TextKind.EXACT] == ["F001-0001.png"]
    assert _found(archive, "der die das") == {}
    assert _found(archive, "\"') OR -* NEAR(") == {}
    search = _search(archive)
    photo = PhotoId(archive.photo(str(tmp_path / "scans/F001/F001-0001.png")).photo.id)
    evidence = search.evidence("Kirche Bruecken F001", [photo])[photo]
    assert [(one.field, one.words) for one in evidence] == [
        ("title", ("Kirchturm",)),
        ("description", ("Brücke",)),
        ("keywords", ("Brücke",)),
        ("path", ("F001",)),
    ]
    assert search.with_phrase("von der BRUECKE", lambda _: true()) == {photo}
    assert search.with_phrase("von Brücke", lambda _: true()) == set()
    assert search.with_phrase("von der Brücken", lambda _: true()) == set()


def test_the_api_shows_what_is_written_and_not_by_whom(archive: Archive, tmp_path: Path) -> None:
    from archive_ai_service.models import PhotoAnswer

    archive.describing.import_table(
        _table(tmp_path, "path,title,date,Fotograf", "F001-0001.png,Kirche,um 1930,A. Maier")
    )
    photo = archive.photo(str(tmp_path / "scans/F001/F001-0001.png")).photo.id
    answer = PhotoAnswer.of(archive.seen_by(READER).photo(photo), None, []).model_dump()
    (record,) = answer["records"]
    assert (record["title"], record["date"], record["first"]) == ("Kirche", "1930~", "1925-01-01")
    assert record["other"] == {"photographer": "A. Maier"}
    assert "by" not in record


def test_a_new_word_takes_old_compounds_apart(archive: Archive, tmp_path: Path) -> None:
    archive.describing.import_table(_table(tmp_path, "path,title", "F001-0001.png,Gumpelwiesen"))
    assert _found(archive, "Wiese") == {}
    archive.describing.import_table(_table(tmp_path, "path,title", "F001_0002r.png,Der Gumpel"))
    assert _found(archive, "Wiese") == {"F001-0001.png": TextKind.WEAK}


def test_the_sample_archives_table_comes_in_as_it_is(
    open_archive: Opening, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from archive_ai.sample.archive import draw_archive
    from archive_ai.sample.motif import MOTIFS

    draw_archive(tmp_path / "pictures", motifs=[m for m in MOTIFS if m.id in ("church", "map")])
    archive = open_archive()
    archive.index([tmp_path / "pictures"])
    archive.close()
    place = ["--archive", str(tmp_path / "archive")]
    table = str(tmp_path / "pictures" / "descriptions.csv")
    assert run(["import", "--format", "csv", table, "--json", *place]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["records"]["new"] == document["photos"]
    assert document["waiting"] == []
    first = str(tmp_path / "pictures" / "F001" / "F001_0001.tif")
    assert run(["records", first, "--json", *place]) == 0
    (record,) = json.loads(capsys.readouterr().out)["records"]
    assert (record["signature"], record["source"]) == ("F001-0001", "table")
    assert run(["records", first, *place]) == 0
    assert "F001-0001" in capsys.readouterr().out
    assert run(["import", "--format", "csv", table, "--dry-run", *place]) == 0
    assert "dry run" in capsys.readouterr().out
