"""The deny list: what is met, what must not be, and how faulty lists are refused."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive_ai.domain import Concept, Mode, Scheme, Sensitivity
from archive_ai.domain.folding import fold, words
from archive_ai.errors import BadTable, PathMissing
from archive_ai.vocabulary import (
    DenyEntry,
    DenyList,
    check_denied,
    machine_taggable,
    read_deny_list,
)

DENY_CSV = Path(__file__).parents[2] / "data" / "deny" / "deny.csv"
DENY = read_deny_list(DENY_CSV)
HEADER = "id,category,terms_de,terms_en,reason,legal_source,instead\n"
WHOLE_WORDS = sorted(
    {
        term
        for entry in DENY.entries
        for term in entry.terms
        if "*" not in term and len(words(term)) == 1
    }
)
LETTERS = st.text(alphabet="abcdefghijklmnoprstuwzäöüß", min_size=1, max_size=8)


def concept(mode: Mode = Mode.ZERO_SHOT, **texts: object) -> Concept:
    fields: dict[str, object] = {"id": "c", "uri": "u:c", "labels": {"de": "Haus"}, "mode": mode}
    return Concept(**(fields | texts))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("Roma", "origin-group"),
        ("ROMA", "origin-group"),
        ("Lager der Sinti und Roma", "origin-group"),
        ("Roma-Lager", "origin-group"),
        ("Flüchtlingslager", "origin-migration"),
        ("Fluechtlinge", "origin-migration"),
        ("Flücht\u00adlinge", "origin-migration"),
        (unicodedata.normalize("NFD", "Jüdin"), "religion-jew"),
        ("dunkelhäutiger Mann", "origin-skin"),
        ("a dark skinned man", "origin-skin"),
        ("WEISSE PERSON", "origin-skin"),
        ("SA-Mann", "politics-nazi"),
        ("SA Mann in Uniform", "politics-nazi"),
        ("psychisch Kranke", "health-illness"),
        ("eine psychisch kranke Frau", "health-mental"),
        ("Mutter und Kind am Fluss", "social-kinship"),
        ("Mutter, und: Kind", "social-kinship"),
        ("Patient*innen", "health-illness"),
        ("Jehovah’s Witness", "religion-signs"),
        ("Irre", "health-mental"),
        ("zwei farbige Menschen", "origin-skin"),
        ("mit weißen Personen", "origin-skin"),
        ("einer jüdischen Person", "religion-jew"),
        ("Zeugen Jehovas", "religion-signs"),
        ("Bildnis eines alten Mannes", "bio-age"),
        ("alte Frauen", "bio-age"),
        ("bei armen Leuten", "social-poverty"),
        ("Mutter und Kinder", "social-kinship"),
        ("mit den Geschwistern", "social-kinship"),
        ("Namen des Abgebildeten", "identity-named-person"),
    ],
)
def test_a_term_is_met(text: str, entry: str) -> None:
    assert DENY.refusal(text) is not None
    # Several entries may be met and the first of the list is given, so look for the one meant.
    only = DenyList(e for e in DENY.entries if e.id == entry)
    assert only.refusal(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        *("Romanik", "Roman numerals", "Romantik", "Aroma", "romanische Kirche"),
        *("Irrenhaus", "Irrgarten", "Krankenhaus", "Krankenzimmer", "Christbaum"),
        *("Christmas market", "Christuskirche", "Terrasse", "Weinbergterrasse", "Rassehund"),
        *("Diebsturm", "Dieburg", "Judengasse", "Türkenschanze", "Türkheim", "Reichenau"),
        *("Greisenegg", "Mutterhaus", "Mutter mit Kind", "Kind und Mutter", "schwül"),
        *("weißer Personenwagen", "alte Frauenkirche", "Mutter und Kindergarten"),
        *("vote of confidence", "race of horses", "Alter Markt", "Reiches", "der Roman"),
        *("Grüner", "Weiße Ente", "Person", "ein schwarzer Hund", "", "…", "42"),
    ],
)
def test_another_word_is_not_a_term(text: str) -> None:
    assert DENY.refusal(text) is None


def test_a_refusal_says_which_why_and_what_instead() -> None:
    denied = DENY.refusal("Nazi flag")
    assert denied is not None
    assert (denied.id, denied.category) == ("politics-nazi", "political opinion")
    assert denied.term == "Nazi"
    assert "never by machine" in denied.reason
    assert denied.instead == "ns-symbol"


def test_where_nothing_may_be_used_instead_it_is_empty() -> None:
    denied = DENY.refusal("hübsches Mädchen")
    assert denied is not None
    assert denied.instead == ""


def test_the_first_entry_of_the_list_is_given() -> None:
    deny = DenyList([DenyEntry("a", "x", ("rot*",), "r"), DenyEntry("b", "x", ("rot haus",), "r")])
    denied = deny.refusal("ein Rot Haus")
    assert denied is not None
    assert (denied.id, denied.term) == ("a", "rot*")


@pytest.mark.parametrize(
    "texts",
    [
        {"labels": {"de": "Türken"}},
        {"labels": {"de": "Leute", "en": "Türken"}},  # a German word in the English field
        {"labels": {"fr": "Roma"}},
        {"alternatives": {"en": ("people", "refugees")}},
        {"hidden": {"de": ("Zigeunerlager",)}},  # a search by it would show what a machine tagged
        {"prompts": {"de": ("ein Haus", "Ehepaar vor einem Haus")}},
    ],
)
def test_all_texts_of_a_concept_are_looked_at(texts: dict[str, object]) -> None:
    assert DENY.refusal(concept(**texts)) is not None


def test_notes_and_neighbouring_texts_are_not_matched() -> None:
    assert DENY.refusal(concept(scope_notes={"en": ("Not for Roma.",)})) is None
    assert DENY.refusal(concept(prompts={"de": ("Mutter und", "Kind")})) is None


def test_only_people_may_set_what_is_refused() -> None:
    bad = {"labels": {"de": "Flüchtlinge"}}
    concepts = [concept(mode, id=str(mode), **bad) for mode in Mode] + [concept(id="good")]
    scheme = Scheme("s", "u:s", "0", tuple(concepts))
    assert [o.concept.mode for o in check_denied(scheme, DENY)] == [
        Mode.ZERO_SHOT,
        Mode.EXAMPLES,
        Mode.MEASURED,
    ]
    assert all(o.denied.id == "origin-migration" for o in check_denied(scheme, DENY))
    assert [c.id for c in machine_taggable(scheme, DENY)] == ["good"]


@given(st.sampled_from(WHOLE_WORDS), LETTERS, LETTERS)
@settings(deadline=None)  # the machine may be busy
def test_a_word_that_only_contains_a_term_is_never_refused(
    term: str, before: str, after: str
) -> None:
    deny = DenyList([DenyEntry("x", "x", (term,), "r")])
    assert deny.refusal(before + term) is None
    assert deny.refusal(term + after) is None
    assert deny.refusal(before + term + after) is None
    assert deny.refusal(f"{before} {term}, {after}") is not None


@given(LETTERS, LETTERS, LETTERS)
@settings(deadline=None)  # the machine may be busy
def test_a_star_stands_for_any_ending_and_for_no_beginning(
    stem: str, before: str, after: str
) -> None:
    deny = DenyList([DenyEntry("x", "x", (stem + "*",), "r")])
    assert deny.refusal(stem) is not None
    assert deny.refusal(stem + after) is not None
    assert (deny.refusal(before + stem) is None) == (not fold(before + stem).startswith(fold(stem)))


@given(
    st.sampled_from([t for e in DENY.entries for t in e.terms]),
    st.sampled_from([str.upper, str.lower, str.title, str.swapcase]),
    st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]),
)
@settings(deadline=None)  # the machine may be busy
def test_case_and_composition_make_no_difference(term: str, case: object, form: str) -> None:
    written = unicodedata.normalize(form, case(term.replace("*", "")))  # type: ignore[operator, arg-type]
    assert DENY.refusal(written) is not None


@given(st.text())
@settings(deadline=None)  # the machine may be busy
def test_no_text_is_too_odd_to_be_looked_at(text: str) -> None:
    DENY.refusal(text)
    assert all(word.isalnum() for word in words(text))


@given(st.lists(st.sampled_from(["rot", "rote", "haus", "hausen", "am", "see"]), max_size=7))
@settings(deadline=None)  # the machine may be busy
def test_the_index_by_first_word_agrees_with_looking_at_every_place(text: list[str]) -> None:
    terms = ("rot*", "haus am", "am see*", "rote haus*")
    deny = DenyList([DenyEntry(t, "x", (t,), "r") for t in terms])

    def slow(term: str) -> bool:
        parts = term.split()
        return any(
            all(
                place + i < len(text)
                and (
                    text[place + i].startswith(part[:-1])
                    if part.endswith("*")
                    else text[place + i] == part
                )
                for i, part in enumerate(parts)
            )
            for place in range(len(text))
        )

    denied = deny.refusal(" ".join(text))
    assert (denied.term if denied else None) == next((t for t in terms if slow(t)), None)


def test_spellings_that_fold_to_one() -> None:
    assert fold("Straße") == fold("STRASSE") == fold("Strasse")
    assert fold("Türme") == fold("Tu\u0308rme") == fold("TUERME")
    assert words("Sülmer-Straße_12") == ("suelmer", "strasse", "12")


def test_the_list_is_whole_and_points_to_what_there_is() -> None:
    assert len(DENY.entries) == 42
    assert all(e.terms and e.reason and e.category for e in DENY.entries)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("id,category\na,b\n", "line 1: the column terms_de is missing"),
        (HEADER + "a,c,,,why,law,none\n", "line 2: the entry a has no terms"),
        (HEADER + "a,c,rot,,,law,none\n", "line 2: the entry a has no terms or no reason"),
        (HEADER + "a,c,rot,,w,l,n\n\na,c,blau,,w,l,n\n", "line 4: the id “a”"),
        (HEADER + "a,c,r*t,,w,l,n\n", "line 2: the term “r*t” has a star"),
        (HEADER + "a,c,*rot,,w,l,n\n", "line 2: the term “*rot” has a star"),
        (HEADER + "a,c,*,,w,l,n\n", "line 2: the term “*” has a star"),
        (HEADER + "a,c,?!,,w,l,n\n", "line 2: the term “?!” holds no word"),
        (HEADER + "a,c,rot,,w,with, comma,n\n", "line 2: 8 fields instead of 7"),
        (HEADER + 'a,c,"rot\nx,c,y,,w,l,n\n', "the quotes do not match"),
    ],
)
def test_a_faulty_list_is_refused_with_its_line(
    tmp_path: Path, content: str, sentence: str
) -> None:
    path = tmp_path / "deny.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BadTable) as refused:
        read_deny_list(path)
    assert sentence in refused.value.what
    assert refused.value.what.startswith("deny.csv, line")
    assert refused.value.advice


def test_bytes_that_are_no_utf8_are_named_by_line(tmp_path: Path) -> None:
    path = tmp_path / "deny.csv"
    path.write_bytes(HEADER.encode() + "a,c,Flüchtling,,w,l,n\n".encode("latin-1"))
    with pytest.raises(BadTable, match=r"deny\.csv, line 2: the file is not UTF-8"):
        read_deny_list(path)
    with pytest.raises(PathMissing, match="cannot be read"):
        read_deny_list(tmp_path / "none.csv")


@pytest.mark.parametrize(
    ("id_", "sensitivity", "refused"),
    [
        ("ns-symbol", Sensitivity.REVIEW_FIRST, False),
        ("ns-symbol", Sensitivity.NONE, True),
        ("partei", Sensitivity.REVIEW_FIRST, True),
    ],
)
def test_what_the_list_itself_offers_instead_may_be_tagged_after_review(
    id_: str, sensitivity: Sensitivity, refused: bool
) -> None:
    deny = DenyList([DenyEntry("p", "politics", ("Nazi",), "A belief.", instead="ns-symbol")])
    concept = Concept(id_, "", {"en": "Nazi symbol"}, sensitivity=sensitivity)
    assert (deny.refusal(concept) is not None) == refused
