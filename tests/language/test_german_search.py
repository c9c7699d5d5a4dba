"""German words find what they must and nothing else, in a real catalogue."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from german_pairs import COMPOUNDS, INFLECTIONS, SPELLINGS, STRANGERS
from sqlalchemy import text, true

from archive_ai.catalogue.database import open_database, prepare
from archive_ai.catalogue.files import Files
from archive_ai.catalogue.fulltext import FullText
from archive_ai.catalogue.records import Records
from archive_ai.domain import Photo, Record, RecordSource, ScanFile, TextKind, photo_id
from archive_ai.language import Analysis
from archive_ai.settings import bundled

TEXTS = sorted({text for _, text in [*COMPOUNDS, *SPELLINGS, *INFLECTIONS, *STRANGERS]})
NUMBER = {text: number for number, text in enumerate(TEXTS)}


def _content(text: str) -> str:
    return f"{NUMBER[text]:064x}"


@pytest.fixture(scope="module")
def search(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FullText]:
    """Return the search over one photo for each text."""
    path = tmp_path_factory.mktemp("catalogue") / "catalogue.sqlite"
    engine = open_database(path)
    prepare(engine, path)
    language = Analysis(bundled("language") / "german.toml")
    contents = {text: _content(text) for text in TEXTS}
    files = [ScanFile(Path(f"/x/{n}.png"), 1, 1, contents[t]) for t, n in NUMBER.items()]
    photos = [Photo(photo_id(one, 1), one, 1, 9, 9, "png") for one in contents.values()]
    Files(engine, language).record(files, photos, (), None, "")
    Records(engine, language).write(
        [Record(f"/x/{n}.png", RecordSource.TABLE, title=text) for text, n in NUMBER.items()]
    )
    yield FullText(engine, language)
    engine.dispose()


def _kind(search: FullText, query: str, text: str) -> TextKind | None:
    found = search.matches(query, lambda _: true()).get(photo_id(_content(text), 1))
    return None if found is None else found.kind


@pytest.mark.parametrize(("query", "text"), COMPOUNDS)
def test_a_part_finds_the_compound_as_a_weaker_hit(search: FullText, query: str, text: str) -> None:
    assert _kind(search, query, text) is TextKind.WEAK


@pytest.mark.parametrize(("query", "text"), [*SPELLINGS, *INFLECTIONS])
def test_another_spelling_or_form_is_the_same_word(search: FullText, query: str, text: str) -> None:
    assert _kind(search, query, text) is TextKind.EXACT


@pytest.mark.parametrize(("query", "text"), STRANGERS)
def test_letters_in_a_word_by_chance_are_no_part_of_it(
    search: FullText, query: str, text: str
) -> None:
    assert _kind(search, query, text) is None


def test_the_tables_are_as_large_as_they_claim() -> None:
    assert len(COMPOUNDS) >= 100
    assert len(SPELLINGS) >= 60
    assert len(COMPOUNDS) + len(SPELLINGS) + len(INFLECTIONS) >= 200
    assert len(STRANGERS) >= 60
    assert len(set(STRANGERS)) == len(STRANGERS)


def test_a_compound_finds_a_text_that_holds_all_of_its_parts(search: FullText) -> None:
    found = search.matches("Marktplatz", lambda _: true())
    assert photo_id(_content("Wochenmarkt auf dem Platz"), 1) in found
    assert photo_id(_content("Sportplatz im Bau"), 1) not in found


def test_the_better_answer_has_the_higher_relevance(search: FullText) -> None:
    found = search.matches("Kirche", lambda _: true())
    exact = [one.relevance for one in found.values() if one.kind is TextKind.EXACT]
    assert max(exact) == 1.0
    assert all(0 < one.relevance <= 1 for one in found.values())


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FullText]:
    """Return the search over photos of which nothing is known but their paths."""
    path = tmp_path_factory.mktemp("paths") / "catalogue.sqlite"
    engine = open_database(path)
    prepare(engine, path)
    language = Analysis(bundled("language") / "german.toml")
    names = [
        "Brücke alt.png",
        "Straße 1.png",
        unicodedata.normalize("NFD", "Türme.png"),
        "Café.png",
    ]
    paths = {f"/x/Öhringen/{name}" if number % 2 else f"/x/{name}": f"{number:064x}"
             for number, name in enumerate(names)}  # fmt: skip
    scans = [ScanFile(Path(one), 1, 1, content) for one, content in paths.items()]
    photos = [Photo(photo_id(one, 1), one, 1, 9, 9, "png") for one in paths.values()]
    Files(engine, language).record(scans, photos, (), None, "")
    # Files are seen again with every run.
    Files(engine, language).record(scans, photos, (), None, "")
    yield FullText(engine, language)
    engine.dispose()


@pytest.mark.parametrize(
    ("query", "number"),
    [("Bruecke", 0), ("Brücke", 0), ("Strasse", 1), ("straße", 1), ("Türme", 2), ("Tuerme", 2),
     ("Cafe", 3)],
)  # fmt: skip
def test_a_file_name_is_found_however_it_is_written(
    files: FullText, query: str, number: int
) -> None:
    expected = {photo_id(f"{number:064x}", 1)}
    assert set(files.matches(query, lambda _: true())) == expected
    assert set(files.matches(query, lambda _: true(), folders=False)) == expected


def test_folders_are_asked_only_for_who_may_know_them(files: FullText) -> None:
    found = files.matches("Oehringen", lambda _: true())
    assert set(found) == {photo_id(f"{number:064x}", 1) for number in (1, 3)}
    assert files.matches("Oehringen", lambda _: true(), folders=False) == {}
    photo = photo_id(f"{1:064x}", 1)
    (told,) = files.evidence("Strasse Oehringen", [photo])[photo]
    assert told.words == ("Öhringen", "Straße")
    (told,) = files.evidence("Strasse Oehringen", [photo], folders=False)[photo]
    assert told.words == ("Straße",)


def test_paths_of_an_archive_of_the_last_format_are_found(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.sqlite"
    engine = open_database(path)
    with engine.connect() as connection:
        config = Config()
        config.set_main_option("script_location", "archive_ai:catalogue/migrations")
        config.attributes["connection"] = connection
        command.upgrade(config, "0002")
        connection.execute(text("INSERT INTO collection (id, name) VALUES (1, 'default')"))
        connection.execute(
            text(
                "INSERT INTO file (path, collection_id, size, mtime_ns, sha256, state, seen_at) "
                "VALUES ('/x/Brücke.png', 1, 1, 1, :content, 'present', '')"
            ),
            {"content": _content(TEXTS[0])},
        )
        photo = {"id": photo_id(_content(TEXTS[0]), 1), "content": _content(TEXTS[0])}
        connection.execute(text("INSERT INTO photo VALUES (:id, :content, 1, 9, 9, 'png')"), photo)
        connection.commit()
    prepare(engine, path)
    found = FullText(engine, Analysis(bundled("language") / "german.toml"))
    assert set(found.matches("Bruecke", lambda _: true())) == {photo["id"]}
    engine.dispose()
