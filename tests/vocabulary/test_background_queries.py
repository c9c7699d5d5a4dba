"""Background queries: the reader, and what may be in our list."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from archive_ai.domain.folding import fold, words
from archive_ai.errors import BadTable
from archive_ai.vocabulary import read_background_queries

HOME = Path(__file__).parents[2]
JUDGED = HOME.parent / "shared" / "vocabulary" / "queries.csv"
QUERIES = read_background_queries(HOME / "data" / "background" / "queries.txt")
# The subjects of the judged queries that no archive holds: a background that knew them would be
# fitted to what it is judged by.
JUDGED_SUBJECTS = re.compile(
    "raumf|shuttle|korallen|coral|pingu|pengu|vulkan|volcan|lava|pyramid|elefant|elephant|savan"
    "|surf(?!ace)|polarlicht|northern light|sumo|mars|rover|wale?$|whale|statue|liberty"
    "|känguru|kangaroo|bakteri|bacteri|smartphone|stierkampf|bullfight|tauchboot|submersible"
    "|reisterrassen|rice|monsun|galaxi|galaxy|hundeschlitten|dog sled|nordpol|north pole",
)


def test_there_are_enough_of_every_length_half_in_each_language() -> None:
    assert len(QUERIES) == 240
    assert QUERIES[119:121] == ("ISBN 978-3-16", "Toucan")
    lengths = [len(query.split()) for query in QUERIES]
    assert min(lengths) == 1
    assert max(lengths) >= 9
    assert all(lengths.count(n) >= 5 for n in range(1, 8))


def test_none_is_about_what_a_city_archive_holds() -> None:
    ordinary = {
        *("haus", "house", "kirche", "church", "strasse", "street", "mann", "man", "frau", "woman"),
        *("kind", "child", "auto", "car", "zug", "train", "baum", "tree", "hund", "dog", "brief"),
        *("letter", "karte", "map", "fluss", "river", "bruecke", "bridge", "pferd", "horse"),
        *("menschen", "people", "gruppe", "group", "wein", "wine", "stadt", "town", "city"),
        *("fotografie", "photograph", "foto", "bild", "picture", "portrait", "garten", "garden"),
    }
    assert not [query for query in QUERIES if ordinary & set(words(query))]


def test_the_subjects_of_the_judged_queries_are_left_out() -> None:
    starts = [(query, word) for query in QUERIES for word in (fold(query), *words(query))]
    assert not [query for query, word in starts if JUDGED_SUBJECTS.match(word)]


@pytest.mark.material
@pytest.mark.skipif(not JUDGED.exists(), reason="the judged queries are not beside the checkout")
def test_no_judged_query_is_among_them() -> None:
    with JUDGED.open(encoding="utf-8", newline="") as file:
        judged = {words(row[k]) for row in csv.DictReader(file) for k in ("query_de", "query_en")}
    assert len(judged) >= 240
    assert not judged & {words(query) for query in QUERIES}


def test_comments_at_the_top_and_empty_lines_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "queries.txt"
    path.write_text("\ufeff# one\n\n# two\n Quark   Theorem \r\n\ndennoch\n", encoding="utf-8")
    assert read_background_queries(path) == ("Quark Theorem", "dennoch")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "holds no query"),
        ("# only\n# comments\n", "holds no query"),
        ("dennoch\n# late\n", "line 2: a comment after the first query"),
        ("# top\nMaß\nweder\nMASS\n", "line 4: the query “MASS” comes a second time"),
    ],
)
def test_a_faulty_list_is_refused(tmp_path: Path, content: str, sentence: str) -> None:
    path = tmp_path / "queries.txt"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BadTable) as refused:
        read_background_queries(path)
    assert sentence in refused.value.what
    assert refused.value.advice
