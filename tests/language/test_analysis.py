"""The analysis of words holds for any text that people or machines can give it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from german_pairs import COMPOUNDS
from hypothesis import given
from hypothesis import strategies as st

from archive_ai.language import Analysis
from archive_ai.language.stemming import LONGEST
from archive_ai.language.words import form
from archive_ai.settings import bundled

LANGUAGE = Analysis(bundled("language") / "german.toml")
SPLIT = LANGUAGE.splitting()


@given(st.text())
def test_any_text_has_words_whose_forms_are_plain(text: str) -> None:
    for word in LANGUAGE.words(text):
        assert word.form.isalnum()
        assert word.stem
        assert form(word.form) == word.form


@given(st.text())
def test_the_words_of_the_forms_are_the_forms(text: str) -> None:
    forms = [word.form for word in LANGUAGE.words(text)]
    assert [word.form for word in LANGUAGE.words(" ".join(forms))] == forms


@pytest.mark.parametrize("change", [str.upper, str.lower, str.title])
def test_case_makes_no_difference_to_german_words(change: Callable[[str], str]) -> None:
    for _, written in COMPOUNDS:
        plain = [word.stem for word in LANGUAGE.words(written)]
        assert [word.stem for word in LANGUAGE.words(change(written))] == plain


@given(st.text(alphabet="aeioubrkstnlhmdgfwüöäß", min_size=1, max_size=60))
def test_parts_stand_in_their_word(text: str) -> None:
    (word,) = LANGUAGE.words(text)
    parts = SPLIT(word.form)
    assert word.form not in parts
    for part in parts:
        assert part[:2] in word.form or part[:2] in word.stem


def test_a_long_word_costs_no_more_than_a_short_one_is_worth() -> None:
    (word,) = LANGUAGE.words("turm" * 5_000)
    assert SPLIT(word.form) == ()
    assert word.stem == word.form


def test_the_archives_own_words_take_compounds_apart() -> None:
    (word,) = LANGUAGE.words("Kocherwiesen")
    (unknown,) = LANGUAGE.words("Gumpelwiesen")
    assert "wies" in SPLIT(word.form)
    assert SPLIT(unknown.form) == ()
    assert LANGUAGE.splitting({"gumpel"})(unknown.form) == ("gumpel", "wies")


def test_what_is_longer_than_any_word_is_cut_and_neither_stemmed_nor_remembered() -> None:
    own = Analysis(bundled("language") / "german.toml")
    long = "Kirchen" * 20_000
    (word,) = own.words(long)
    assert word.text == long[:LONGEST]
    assert word.form == word.stem == long[:LONGEST].lower()
    assert own.words(long[:-7]) == [word]
    assert own._word.cache_info().currsize == 0
    (umlauts,) = own.words("ä" * LONGEST)
    assert len(umlauts.form) == LONGEST
