"""German words find what they must and nothing else, in a real catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from german_pairs import COMPOUNDS, INFLECTIONS, SPELLINGS, STRANGERS
from sqlalchemy import true

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
