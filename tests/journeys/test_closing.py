"""What is closed stays closed: by dates, under other names, by page, and through other tables."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import insert

from archive_ai.archive import Archive
from archive_ai.archive.searching import Asking
from archive_ai.catalogue import schema
from archive_ai.catalogue.record_rows import row_of
from archive_ai.cli.app import run
from archive_ai.domain import HERE, PhotoId, Record, RecordSource, Role, Viewer
from made_scans import write_picture

Opening = Callable[..., Archive]
READER = Viewer("leser", Role.READER)


def _table(folder: Path, *rows: str) -> Path:
    path = folder / "table.csv"
    path.write_text("\n".join(rows) + "\n", "utf-8")
    return path


def _scans(folder: Path, *names: str) -> None:
    for number, name in enumerate(names):
        write_picture(folder / "scans" / name, number)


def _photo(archive: Archive, folder: Path, name: str, page: int = 1) -> PhotoId:
    return archive.photo(str(folder / "scans" / name), page).photo.id


def _open(archive: Archive, folder: Path, *names: str) -> list[str]:
    """Return those of the scans that a reader may see."""
    ids = {name: _photo(archive, folder, name) for name in names}
    seen = archive._gate.visible(READER, list(ids.values()))
    return [name for name, photo in ids.items() if photo in seen]


def _embed(archive: Archive, photo: PhotoId, first: str, last: str) -> None:
    """Write what a file says of itself as if it had been read of it."""
    record = Record(photo, RecordSource.EMBEDDED, title="Foto", date=first, first=first, last=last)
    with archive._engine.begin() as connection:
        done = connection.execute(insert(schema.record), row_of(record))
        (number,) = done.inserted_primary_key
        link = {"photo_id": photo, "record_id": number}
        connection.execute(insert(schema.record_photo), link)


def test_a_date_that_has_not_ended_is_recent(open_archive: Opening, tmp_path: Path) -> None:
    names = ("A1.png", "A2.png", "A3.png", "A4.png")
    _scans(tmp_path, *names)
    archive = open_archive(closure_years=30)
    archive.index([tmp_path / "scans"])
    rows = ["A1.png,nach 2015", "A2.png,1950/..", "A3.png,1950", "A4.png,vor 1908"]
    archive.describing.import_table(_table(tmp_path, "path,date", *rows))
    assert _open(archive, tmp_path, *names) == ["A3.png", "A4.png"]


def test_a_date_with_one_end_is_no_unknown_date(open_archive: Opening, tmp_path: Path) -> None:
    names = ("A1.png", "A2.png", "A3.png")
    _scans(tmp_path, *names)
    archive = open_archive(unknown_date_closed=True)
    archive.index([tmp_path / "scans"])
    rows = ["A1.png,nach 1915", "A2.png,vor 1908", "A3.png,undatiert"]
    archive.describing.import_table(_table(tmp_path, "path,date", *rows))
    assert _open(archive, tmp_path, *names) == ["A1.png", "A2.png"]


def test_a_files_own_date_opens_nothing_that_a_table_describes(
    open_archive: Opening, tmp_path: Path
) -> None:
    names = ("A1.png", "A2.png", "A3.png")
    _scans(tmp_path, *names)
    archive = open_archive(unknown_date_closed=True, closure_years=30)
    archive.index([tmp_path / "scans"])
    for name in ("A1.png", "A2.png"):
        _embed(archive, _photo(archive, tmp_path, name), "1900-01-01", "1900-12-31")
    _embed(archive, _photo(archive, tmp_path, "A3.png"), "2024-01-01", "2024-12-31")
    assert _open(archive, tmp_path, *names) == ["A1.png", "A2.png"]
    rows = ["A1.png,undatiert", "A3.png,1905"]
    archive.describing.import_table(_table(tmp_path, "path,date", *rows))
    # A person's date goes before what a scanner wrote into the file, and so does that it has none.
    assert _open(archive, tmp_path, *names) == ["A2.png", "A3.png"]


def test_a_files_own_date_closes_what_no_person_dated(
    open_archive: Opening, tmp_path: Path
) -> None:
    _scans(tmp_path, "A1.png")
    archive = open_archive(closure_years=30)
    archive.index([tmp_path / "scans"])
    _embed(archive, _photo(archive, tmp_path, "A1.png"), "2024-01-01", "2024-12-31")
    archive.describing.import_table(_table(tmp_path, "path,title", "A1.png,Kirche"))
    assert _open(archive, tmp_path, "A1.png") == []


def test_a_files_own_date_is_no_year_of_what_a_table_describes(
    open_archive: Opening, tmp_path: Path
) -> None:
    _scans(tmp_path, "A1.png", "A2.png")
    archive = open_archive()
    archive.index([tmp_path / "scans"])
    for name in ("A1.png", "A2.png"):
        _embed(archive, _photo(archive, tmp_path, name), "2024-01-01", "2024-12-31")
    archive.describing.import_table(_table(tmp_path, "path,date", "A1.png,1905"))
    found = archive.searching.words("jahr:2020..2025")
    assert [hit.path.name for hit in found.hits] == ["A2.png"]
    decades = archive.searching.facets("jahr:1800..2030").by["jahr"]
    assert [(one.value, one.photos) for one in decades] == [("1900..1909", 1), ("2020..2029", 1)]


@pytest.mark.parametrize(
    "closed",
    ["signature,visibility|F001-0001,closed", "signature,closed_until|F001-0001,9998",
     "signature,date|F001-0001,nach 2015"],
)  # fmt: skip
def test_another_name_opens_nothing(open_archive: Opening, tmp_path: Path, closed: str) -> None:
    _scans(tmp_path, "F001_0001.png")
    archive = open_archive(closure_years=30)
    archive.index([tmp_path / "scans"])
    archive.describing.import_table(_table(tmp_path, *closed.split("|")))
    assert _open(archive, tmp_path, "F001_0001.png") == []
    old = tmp_path / "scans" / "F001_0001.png"
    old.rename(old.with_name("Villa.png"))
    archive.index([tmp_path / "scans"])
    assert _open(archive, tmp_path, "Villa.png") == []


def test_a_copy_that_outlives_the_closed_scan_is_closed(
    open_archive: Opening, tmp_path: Path
) -> None:
    _scans(tmp_path, "F001_0001.png")
    archive = open_archive()
    archive.index([tmp_path / "scans"])
    rows = ["path,visibility", "F001_0001.png,closed"]
    archive.describing.import_table(_table(tmp_path, *rows))
    old = tmp_path / "scans" / "F001_0001.png"
    (tmp_path / "scans" / "Kopie.png").write_bytes(old.read_bytes())
    archive.index([tmp_path / "scans"])
    old.unlink()
    archive.index([tmp_path / "scans"])
    assert _open(archive, tmp_path, "Kopie.png") == []
    # A person opens it: then it is a record like any other, and no longer that of this scan.
    archive.describing.import_table(_table(tmp_path, rows[0], "F001_0001.png,open"))
    assert _open(archive, tmp_path, "Kopie.png") == ["Kopie.png"]
    assert archive.photo(str(tmp_path / "scans" / "Kopie.png")).records == []


def test_a_row_of_one_page_hides_no_closure_of_the_others(
    open_archive: Opening, tmp_path: Path
) -> None:
    from PIL import Image

    pages = [Image.new("RGB", (40, 40), (tone, 90, 90)) for tone in (10, 120, 240)]
    (tmp_path / "scans").mkdir()
    pages[0].save(tmp_path / "scans" / "F1_7.tif", save_all=True, append_images=pages[1:])
    archive = open_archive()
    archive.index([tmp_path / "scans"])
    rows = ["signature,page,title,visibility", "F1,,Bestand,open", "F1-7,2,Zwei,open"]
    archive.describing.import_table(_table(tmp_path, *rows))
    file = str(tmp_path / "scans" / "F1_7.tif")
    found = [[r.title for r in archive.photo(file, page).records] for page in (1, 2, 3)]
    assert found == [["Bestand"], ["Zwei"], ["Bestand"]]
    archive.describing.import_table(_table(tmp_path, *rows, "F,,Alles,closed"))
    # What closes is not outdone by a longer signature.
    for page in (1, 2, 3):
        photo = _photo(archive, tmp_path, "F1_7.tif", page)
        assert archive._gate.visible(READER, [photo]) == set()


def test_a_table_opens_and_empties_nothing_that_it_does_not_speak_of(
    open_archive: Opening, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _scans(tmp_path, "A1.png", "A2.png")
    archive = open_archive()
    archive.index([tmp_path / "scans"])
    first = ["path,title,Ort,date,visibility,closed_until,keywords,Fotograf"]
    first += ["A1.png,Villa,Böckingen,1930,closed,,Haus,Maier", "A2.png,Turm,,,open,9998,,"]
    archive.describing.import_table(_table(tmp_path, *first))
    again = ["path,title,keywords", "A1.png,Haus,", "A2.png,Kirchturm,"]
    done = archive.describing.import_table(_table(tmp_path, *again))
    assert (done.changes.changed, done.changes.opened) == (2, 0)
    assert _open(archive, tmp_path, "A1.png", "A2.png") == []
    (record,) = archive.photo(str(tmp_path / "scans" / "A1.png")).records
    assert (record.title, record.place, record.first) == ("Haus", "Böckingen", "1930-01-01")
    assert record.other == {"photographer": "Maier"}

    table = _table(tmp_path, "path,visibility", "A1.png,open", "A2.png,open")
    archive.close()
    place = ["--archive", str(tmp_path / "archive")]
    command = ["import", "--format", "csv", str(table), *place]
    assert run([*command, "--dry-run"]) == 0
    assert "This would open 1 records that were closed." in capsys.readouterr().out
    assert run([*command, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["opened"] == 1
    assert _open(archive, tmp_path, "A1.png", "A2.png") == ["A1.png"]


def test_signatures_with_a_suffix_and_very_long_ones_find_their_scans(
    open_archive: Opening, tmp_path: Path
) -> None:
    long = "_".join(str(number) for number in range(40))
    names = ("F001-005.png", f"{long}.png", "F2.png")
    _scans(tmp_path, *names)
    archive = open_archive()
    archive.index([tmp_path / "scans"])
    rows = ["signature,visibility", "F001-005.png,closed", f"{long.replace('_', ' ')},closed"]
    done = archive.describing.import_table(_table(tmp_path, *rows))
    assert done.changes.waiting == ()
    assert _open(archive, tmp_path, *names) == ["F2.png"]


def test_a_path_that_is_also_the_signature_is_a_path(open_archive: Opening, tmp_path: Path) -> None:
    _scans(tmp_path, "A/F1.png", "B/F1.png", "F1 2.png")
    archive = open_archive()
    archive.index([tmp_path / "scans"])
    rows = ["Pfad,Signatur,Titel", "A/F1.png,A/F1.png,Kirche"]
    done = archive.describing.import_table(_table(tmp_path, *rows))
    assert (done.changes.photos, done.changes.waiting) == (1, ())
    assert archive.photo(str(tmp_path / "scans/A/F1.png")).records[0].title == "Kirche"


def test_readers_learn_names_and_no_folders(open_archive: Opening, tmp_path: Path) -> None:
    _scans(tmp_path, "Nachlass/Villa.png", "Nachlass/Turm.png", "Amt/Haus.png")
    archive = open_archive()
    archive.index([tmp_path / "scans"])
    rows = ["path,title", "Nachlass/Villa.png,Am Neckar"]
    archive.describing.import_table(_table(tmp_path, *rows))
    photo = _photo(archive, tmp_path, "Nachlass/Villa.png")
    view = archive.seen_by(READER)
    assert [one.key for one in view.photo(photo).records] == ["Villa.png"]
    ((number, record),) = view.records(photo)
    assert (record.key, view.record(number)[0].key) == ("Villa.png", "Villa.png")
    assert archive.photo(photo).records[0].key == "Nachlass/Villa.png"

    def told(text: str, viewer: Viewer) -> set[str]:
        hits = archive.searching.words(text, Asking(viewer)).hits
        return {r.matched for hit in hits for r in hit.reasons if r.source == "path"}

    assert told("Nachlass Villa", HERE) == {"Nachlass, Villa", "Nachlass"}
    assert told("Nachlass Villa", READER) == {"Villa"}
    hits = [hit for hit in view.search("Villa Neckar Boot").hits if hit.photo == photo]
    scores = [reason.score for reason in hits[0].reasons if reason.source in ("path", "title")]
    assert scores
    assert scores == [round(score, 2) for score in scores]
