"""Queries as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_ai.domain import (
    Colour,
    Example,
    Filters,
    PhotoId,
    Query,
    Status,
    Visibility,
    Words,
    query_from_json,
    query_to_json,
)
from archive_ai.errors import UsageError
from archive_ai.searching.parse import FIELDS, parse, written

PHOTO = PhotoId("p_abcdefghijklmnopqrst")


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("Kirche am Fluss", Query((Words("Kirche am Fluss"),))),
        ("  Kirche   am\tFluss ", Query((Words("Kirche am Fluss"),))),
        ("Markt -Auto", Query((Words("Markt"), Words("Auto", -1.0)))),
        ("Markt −Auto –Bus", Query((Words("Markt"), Words("Auto", -1.0), Words("Bus", -1.0)))),
        ('-"rote Autos"^0.5 Markt', Query((Words("Markt"), Words("rote Autos", -0.5)))),
        ("Kirche^2 Turm", Query((Words("Turm"), Words("Kirche", 2.0)))),
        ('"Alte Brücke"', Query(filters=Filters(phrases=("Alte Brücke",)))),
        (f"like:{PHOTO} -like:{PHOTO}^2", Query((), (Example(PHOTO), Example(PHOTO, -2.0)))),
        ("jahr:1930", Query(filters=Filters(years=(1930, 1930)))),
        ("year:1930..1950", Query(filters=Filters(years=(1930, 1950)))),
        ("jahr:..1950", Query(filters=Filters(years=(None, 1950)))),
        ("jahr:1930..", Query(filters=Filters(years=(1930, None)))),
        ("farbe:sw colour:toned", Query(filters=Filters(
            colours=(Colour.BLACK_AND_WHITE, Colour.TONED)))),
        ("tag:Weinlese -tag:Fest status:angenommen", Query(filters=Filters(
            tags=("Weinlese",), without_tags=("Fest",), statuses=(Status.ACCEPTED,)))),
        ("sichtbarkeit:gesperrt format:TIFF", Query(filters=Filters(
            visibility=Visibility.CLOSED, formats=("tiff",)))),
        ('ort:"Bad Wimpfen" Ort:Heilbronn', Query(filters=Filters(
            places=("Bad Wimpfen", "Heilbronn")))),
        ("Motiv: Kirche", Query((Words("Motiv: Kirche"),))),
        ("„Alte Brücke“ -»rote Autos«", Query(
            (Words("rote Autos", -1.0),), filters=Filters(phrases=("Alte Brücke",)))),
        ("12:30 Uhr", Query((Words("12:30 Uhr"),))),
        ("https://archiv.example/a", Query((Words("https://archiv.example/a"),))),
        ("1930 - 1950", Query((Words("1930 - 1950"),))),
        ("", Query()),
    ],
)  # fmt: skip
def test_what_is_typed_is_understood(text: str, query: Query) -> None:
    assert parse(text).query == query


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('Markt "Alte', "quotation mark is opened"),
        ('Markt"Alte"', "cannot be read"),
        ("foto:x", "foto: is no field"),
        ("ort:", "has no value"),
        ("-ort:Heilbronn", "A minus goes with"),
        ("jahr:heute", "no year or range"),
        ("jahr:1950..1930", "Write jahr:1930..1950"),
        ("jahr:19301950", "no year or range"),
        ("jahr:18905", "no year or range"),
        ("jahr:1930 jahr:1940", "stands there twice"),
        ("status:withdrawn", "One of: "),
        ("farbe:lila", "One of: "),
        ("status:neu", "One of: "),
        ("Kirche^0", "no weight"),
        ("Kirche^11", "no weight"),
        (" ".join(["-a"] * 41), "more than 40 parts"),
    ],
)
def test_what_cannot_be_read_says_how_to_write_it(text: str, says: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse(text)
    assert says in str(caught.value)
    assert caught.value.advice


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("Marktplatz ohne Autos", "Marktplatz -Autos"),
        ("Weinberg, aber keine Weinlese", "Weinberg -Weinlese"),
        ("Innenstadt nicht zerstört", "Innenstadt -zerstört"),
        ("street without people", "street -people"),
        ("street without the old car", 'street -"old car"'),
        ("street without people in winter", "street in winter -people"),
        ("Straße (ohne Autos)", "Straße -Autos"),
        ("Platz ohne parkende Autos im Winter", 'Platz im Winter -"parkende Autos"'),
    ],
)
def test_negations_in_words_are_told_how_to_be_asked(text: str, instead: str) -> None:
    parsed = parse(text)
    assert [hint.instead for hint in parsed.hints] == [instead]
    assert parse(instead).hints == ()
    assert parse(instead).query.words[-1].weight < 0


def test_words_that_merely_look_negative_get_no_hint() -> None:
    for text in (
        "Notre-Dame",
        "Ohnesorg",
        "Nichte",
        "Knott",
        "Markt -ohne",
        "Kirche",
        "Bahnhof No 5",
        "nicht nur Kirchen",
    ):
        assert parse(text).hints == ()


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_in_a_sentence(text: str) -> None:
    try:
        query = parse(text).query
    except UsageError as error:
        assert error.what and error.advice
    else:
        assert parse(written(query)).query == query
        assert query_from_json(query_to_json(query)) == query


@pytest.mark.parametrize(
    "query",
    [
        Query((Words("–Haus"), Words("−Hof"), Words("a -b"))),
        Query((Words("x", 0.000123), Words("y", -1.234567))),
        Query(examples=(Example(PhotoId("a b"), 2.0),)),
    ],
)
def test_queries_of_programs_can_be_written_too(query: Query) -> None:
    again = parse(written(query)).query
    assert sorted(again.words, key=str) == sorted(query.words, key=str)
    assert again.examples == query.examples


names = st.sampled_from([*FIELDS, "x", ""])
tokens = st.builds(
    lambda minus, field, quoted, value, weight: (
        minus + (f"{field}:" if field else "") + (f'"{value}"' if quoted else value) + weight
    ),
    st.sampled_from(["", "-", "−"]),
    names,
    st.booleans(),
    st.sampled_from(["Kirche", "1930..1950", "sw", "a b", "Größe", "1.5", "jpeg", "offen"]),
    st.sampled_from(["", "", "^2", "^0.5"]),
)


@given(st.lists(tokens, max_size=5).map(" ".join))
def test_the_way_there_and_back_changes_nothing(text: str) -> None:
    try:
        query = parse(text).query
    except UsageError:
        return
    assert parse(written(query)).query == query
    assert query_from_json(query_to_json(query)) == query
