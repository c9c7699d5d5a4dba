"""One query for everything: filters, what is written, numbers beside filters, queries to cite."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from archive_ai.archive import Archive
from archive_ai.archive.searching import Asking
from archive_ai.domain import (
    Filters,
    PhotoId,
    Query,
    Role,
    Ruling,
    SearchResult,
    Strength,
    Verdict,
    Viewer,
    Words,
)
from archive_ai.errors import UnknownConcept, UnknownPhoto, UnknownQuery, UsageError

READER = Viewer("lisa", Role.READER)

TABLE = """Datei;Signatur;Titel;Beschreibung;Ort;Art;Datierung;Sichtbarkeit
F0/000.png;HN-1;Alte Brücke;Die Neckarbrücke im Winter;Heilbronn;Postkarte;1931;offen
F1/001.jpg;HN-2;Kirchturm;Turm der Kilianskirche;Heilbronn;Fotografie;um 1944;offen
F0/002.tif;HN-3;Kirche am Markt;Kirche und Brücke;Bad Wimpfen;Fotografie;1950/1959;offen
F1/003.png;HN-4;Geheimes Protokoll;Sitzung hinter verschlossenen Türen;Heilbronn;Akte;1975;gesperrt
"""


@pytest.fixture
def archive(open_archive: Callable[..., Archive], scans: Path, tmp_path: Path) -> Iterator[Archive]:
    opened = open_archive()
    opened.index([scans / "F0"], collection="Nord")
    opened.index([scans / "F1"], collection="Süd")
    table = tmp_path / "table.csv"
    table.write_text(TABLE, "utf-8")
    opened.describing.import_table(table)
    yield opened


def names(result: SearchResult) -> list[str]:
    return [hit.path.name for hit in result.hits]


def photo(archive: Archive, name: str) -> PhotoId:
    found = {hit.path.name: hit.photo for hit in archive.search("format:png", 50).hits}
    found |= {hit.path.name: hit.photo for hit in archive.search("format:jpeg", 50).hits}
    found |= {hit.path.name: hit.photo for hit in archive.search("format:tiff", 50).hits}
    return found[name]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ort:Heilbronn", {"000.png", "001.jpg", "003.png"}),
        ('ort:"bad wimpfen"', {"002.tif"}),
        ("ort:Heilbronn ort:Wimpfen", {"000.png", "001.jpg", "002.tif", "003.png"}),
        ('"Alte Brücke"', {"000.png"}),
        ('"alte bruecke"', {"000.png"}),
        ('"Brücke Alte"', set()),
        ("signatur:HN-1", {"000.png"}),
        ("signatur:hn_2", {"001.jpg"}),
        ("signatur:F1/003", {"003.png"}),
        ("jahr:1931", {"000.png"}),
        ("jahr:1940..1949", {"001.jpg"}),
        ("jahr:1955..", {"002.tif", "003.png"}),
        ("jahr:..1931", {"000.png"}),
        ("art:Fotografie", {"001.jpg", "002.tif"}),
        ("sammlung:Nord ort:Heilbronn", {"000.png"}),
        ("sichtbarkeit:gesperrt", {"003.png"}),
        ("art:postkarte jahr:1930..1935 ort:Heilbronn sichtbarkeit:offen", {"000.png"}),
    ],
)
def test_filters_are_exact(archive: Archive, text: str, found: set[str]) -> None:
    result = archive.search(text, 50)
    assert set(names(result)) == found
    assert result.total_strong == len(found) or text.startswith('"')


def test_what_is_written_comes_first_and_says_where(archive: Archive) -> None:
    result = archive.search("Kirche", 12)
    assert names(result)[0] == "002.tif"
    first = result.hits[0]
    assert first.score >= 2 and first.strength is Strength.STRONG
    assert ("title", "Kirche") in {(one.source, one.matched) for one in first.reasons}
    by_name = {hit.path.name: hit for hit in result.hits}
    tower = by_name["001.jpg"]
    assert tower.score < 2 and tower.strength is not Strength.BELOW
    assert "Kirchturm" in {one.matched for one in tower.reasons}
    assert len(result.hits) == 12


def test_an_accepted_tag_is_written_too_in_any_language(archive: Archive) -> None:
    tagged = photo(archive, "005.tif")
    archive.reviewing.decide([Ruling(tagged, "bruecke", Verdict.ACCEPTED)], "erika")
    for text in ("Brücke", "bridge", "Bauwerk"):
        hits = {hit.photo: hit for hit in archive.search(text, 12).hits}
        assert hits[tagged].score >= 2, text
        assert "tag" in {one.source for one in hits[tagged].reasons}
    both = archive.search("Brücke Heilbronn", 12).hits
    assert both[0].path.name == "000.png"
    assert set(names(archive.search("tag:Bauwerk", 50))) == {"005.tif"}
    assert "005.tif" not in names(archive.search("-tag:Brücke", 50))
    with pytest.raises(UnknownConcept, match="Brucke"):
        archive.search("tag:Brucke")


def test_a_minus_takes_out_what_is_said_to_show_it(archive: Archive) -> None:
    everything = archive.search("Brücke", 50)
    without = archive.search("Brücke -Kirche", 50)
    assert "002.tif" in names(everything)
    assert "002.tif" not in names(without)
    assert without.left_out >= 1
    counted = without.total_strong + without.total_weak + without.total_below
    assert counted + without.left_out == 12


def test_ohne_is_answered_with_how_to_ask(archive: Archive) -> None:
    (hint,) = archive.search("Brücke ohne Kirche").hints
    assert hint.instead == "Brücke -Kirche"
    assert "Minus" in hint.de and "minus" in hint.en


def test_readers_never_meet_what_is_closed(archive: Archive) -> None:
    secret = photo(archive, "003.png")
    view = archive.seen_by(READER)
    for text in ("Protokoll", '"Geheimes Protokoll"', "jahr:1975", "signatur:HN-4", "Kirche"):
        result = view.search(text, 50)
        assert secret not in {hit.photo for hit in result.hits}
        assert secret not in {one for hit in result.hits for one in hit.duplicates}
    assert view.search("sichtbarkeit:gesperrt", 50).hits == ()
    result = view.search("Kirche", 50)
    assert result.total_strong + result.total_weak + result.total_below == 11
    with pytest.raises(UnknownPhoto):
        view.search(f"like:{secret}")
    with pytest.raises(UnknownPhoto):
        view.similar(secret)
    assert all(hit.path.name == str(hit.path) for hit in result.hits)
    assert view.facets("").photos == 11
    assert "Akte" not in {one.value for one in view.facets("").by["art"]}


def test_numbers_beside_filters_are_true(archive: Archive) -> None:
    facets = archive.searching.facets("")
    assert facets.photos == 12
    shown = {name: {one.value: one.photos for one in values} for name, values in facets.by.items()}
    assert shown["sammlung"] == {"Nord": 6, "Süd": 6}
    assert shown["format"] == {"png": 4, "jpeg": 4, "tiff": 4}
    assert shown["art"] == {"Fotografie": 2, "Postkarte": 1, "Akte": 1}
    assert shown["jahr"]["1930..1939"] == 2  # um 1944: five years to either side
    for name, values in facets.by.items():
        for one in values:
            if name != "tag":
                text = f'{name}:"{one.value}"'
                assert archive.search(text, 50).total_strong == one.photos, text
    found = archive.search("Brücke", 50)
    assert archive.searching.facets("Brücke").photos == found.total_strong + found.total_weak


def test_tags_are_counted_as_the_filter_finds_them(archive: Archive) -> None:
    archive.tag()
    tags = archive.searching.facets("").by["tag"]
    assert tags
    for one in tags[:5]:
        found = archive.search(f"tag:{one.value}", 50)
        assert found.total_strong >= one.photos  # the filter has the narrower ones as well
        assert one.labels["de"]


def test_a_saved_query_can_be_cited_and_asked_again(archive: Archive, scans: Path) -> None:
    query = Query((Words("Brücke"), Words("Auto", -1.0)), filters=Filters(places=("Heilbronn",)))
    saved = archive.citing.save(query, "erika")
    assert archive.citing.save(query, "otto") == saved
    assert saved.by == "erika" and saved.generation == 1
    assert archive.citing.get(saved.id).query == query
    first = archive.citing.again(saved.id, Asking(READER))
    assert [hit.photo for hit in first.hits] == list(saved.answer["photos"])
    assert photo(archive, "003.png") not in saved.answer["photos"]
    for nothing in ("q_aaaaaaaaaaaa", "x"):
        with pytest.raises(UnknownQuery):
            archive.citing.get(nothing)


def test_a_saved_query_forgets_what_was_closed(archive: Archive, tmp_path: Path) -> None:
    seen = photo(archive, "000.png")
    by_words = archive.citing.save(Query((Words("Brücke"),)), "erika")
    by_example = archive.seen_by(READER).save_query(f"like:{seen}")
    assert seen in by_words.answer["photos"]
    assert by_example.by == ""
    table = tmp_path / "close.csv"
    table.write_text(TABLE.replace("1931;offen", "1931;gesperrt"), "utf-8")
    archive.describing.import_table(table)
    assert seen not in archive.citing.get(by_words.id).answer["photos"]
    with pytest.raises(UnknownQuery):
        archive.citing.get(by_example.id)


def test_pages_stay_while_photos_are_added(archive: Archive, scans: Path) -> None:
    from made_scans import write_picture

    first = archive.search("Brücke", 4)
    for number in range(40, 52):
        write_picture(scans / "F2" / f"{number}.png", number)
    archive.index([scans / "F2"])
    rest = archive.search("Brücke", 50, first.cursor)
    old = {hit.photo for hit in first.hits}
    assert not old & {hit.photo for hit in rest.hits}
    assert {f"{n:03d}" for n in range(12)} <= {hit.path.stem for hit in (*first.hits, *rest.hits)}
    for broken in ("x", "bm9uc2Vuc2U", first.cursor[:-4]):
        with pytest.raises(UsageError, match="cursor"):
            archive.search("Brücke", 4, broken)
    with pytest.raises(UsageError, match="another query"):
        archive.search("Kirche", 4, first.cursor)
