"""Reading SKOS: what comes out, and a clear sentence for each thing that can be wrong."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive_ai.domain import Mode, Scheme, Sensitivity
from archive_ai.errors import BadTable, PathMissing
from archive_ai.vocabulary import DenyEntry, DenyList, read_scheme
from archive_ai.vocabulary.rules import cycle_faults
from archive_ai.vocabulary.turtle import lines_of

HEAD = """\
@prefix : <https://example.org/v/> .
@prefix aai: <https://archive-ai.example/ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://example.org/v> a skos:ConceptScheme .
"""
DENY = DenyList(
    [DenyEntry("origin", "ethnic origin", ("Roma",), "It cannot be seen.", "", "menschen")]
)


def scheme(tmp_path: Path, body: str, deny: DenyList | None = None, head: str = HEAD) -> Scheme:
    path = tmp_path / "test.ttl"
    path.write_text(head + body, encoding="utf-8")
    return read_scheme(path, deny)


def test_all_of_a_concept_is_read(tmp_path: Path) -> None:
    read = scheme(
        tmp_path,
        """
:kirche a skos:Concept ; skos:prefLabel "Kirche"@de , "church"@en ;
    skos:altLabel "Gotteshaus"@de , "Kapelle"@de , "chapel"@EN ;
    aai:prompt "Kirche mit Turm"@de ; aai:facet "place" ; aai:mode "examples" ;
    aai:sensitivity "review-first" ; aai:unsourced true ; skos:broader :bau ;
    skos:scopeNote "Der Bau."@de , "The building."@en .
:bau a skos:Concept ; skos:prefLabel "Bau" .
""",
    )
    assert (read.id, read.uri) == ("v", "https://example.org/v")
    church, building = read.concepts
    assert church.id == "kirche"
    assert church.uri == "https://example.org/v/kirche"
    assert church.labels == {"de": "Kirche", "en": "church"}
    assert church.alternatives == {"de": ("Gotteshaus", "Kapelle"), "en": ("chapel",)}
    assert church.prompts == {"de": ("Kirche mit Turm",)}
    assert church.broader == ("bau",)
    assert (church.facet, church.mode) == ("place", Mode.EXAMPLES)
    assert church.sensitivity is Sensitivity.REVIEW_FIRST
    assert church.scope_notes == {"de": ("Der Bau.",), "en": ("The building.",)}
    assert (church.scope_note(), church.scope_note("de")) == ("The building.", "Der Bau.")
    assert church.unsourced
    assert building.labels == {"und": "Bau"}
    assert building.label("de") == "Bau"
    assert (building.mode, building.sensitivity) == (Mode.ZERO_SHOT, Sensitivity.NONE)
    assert not building.unsourced


def test_the_version_is_of_what_is_said_and_not_of_the_bytes(tmp_path: Path) -> None:
    a, b = (f':{n} a skos:Concept ; skos:prefLabel "{n}"@de .\n' for n in "ab")
    first = scheme(tmp_path, a + b)
    assert len(first.version) == 12
    assert scheme(tmp_path, "# a comment\n" + b + a).version == first.version
    assert scheme(tmp_path, a + b + ':b aai:facet "f" .').version != first.version


def test_names_with_a_hash_and_the_hierarchy_from_above_are_read(tmp_path: Path) -> None:
    read = scheme(
        tmp_path,
        """
<https://d-nb.info/x#oben> a skos:Concept ; skos:prefLabel "oben"@de ; skos:narrower <y/unten> .
<y/unten> a skos:Concept ; skos:prefLabel "unten"@de .
""",
    )
    assert [(c.id, c.broader) for c in read.concepts] == [("oben", ()), ("unten", ("oben",))]
    # A relative name does not take in where the file lies.
    assert read.concepts[1].uri == "https://archive-ai.example/vocabulary/test/y/unten"


@given(st.permutations([f"c{n}" for n in range(30)]))
@settings(
    deadline=None, max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_concepts_and_labels_stay_in_the_order_of_the_file(tmp_path: Path, ids: list[str]) -> None:
    alternatives = " , ".join(f'"{id_}"@de' for id_ in ids)
    body = "".join(f':{i} a skos:Concept ; skos:prefLabel "p{i}"@de .\n' for i in ids)
    read = scheme(tmp_path, body + f":{ids[0]} skos:altLabel {alternatives} .\n")
    assert [c.id for c in read.concepts] == ids
    assert read.concepts[0].alternatives["de"] == tuple(ids)


A = ':a a skos:Concept ; skos:prefLabel "A"@de .\n'


@pytest.mark.parametrize(
    ("body", "what", "advice"),
    [
        (":a a skos:Concept .", "line 5, concept a: it has no label.", "prefLabel"),
        (
            ':a a skos:Concept ; skos:prefLabel " "@de .',
            "concept a: it has no label.",
            "preferred label",
        ),
        (
            ':a a skos:Concept ; skos:prefLabel "A"@de , "B"@de .',
            "concept a: it has 2 preferred labels in the language de: “A”, “B”.",
            "skos:altLabel",
        ),
        (":a a skos:Concept ; skos:prefLabel :b .", "its prefLabel is not a text", "in quotes"),
        (
            A + ':b a skos:Concept ; skos:prefLabel "B"@de ; aai:mode "magic" .',
            "line 6, concept b: the mode “magic” is unknown.",
            "zero-shot, examples, measured, manual",
        ),
        (
            A + ':a aai:sensitivity "high" .',
            "concept a: the sensitivity “high” is unknown.",
            "none, people, review-first",
        ),
        (A + ':a aai:unsourced "perhaps" .', "the unsourced “perhaps” is unknown", "true, false"),
        (A + ':a aai:mode "manual" , "measured" .', "it has 2 values of mode", "Keep one"),
        (
            A + ":a skos:broader :b .",
            "concept a: its broader concept <https://example.org/v/b> is not in the file.",
            "remove the line",
        ),
        (A + ":a skos:broader :a .", "concept a: it is broader than itself: a → a.", "Remove one"),
        (
            A + '<https://example.org/w/a> a skos:Concept ; skos:prefLabel "X"@de .',
            "the id comes twice: <https://example.org/v/a> and <https://example.org/w/a>.",
            "last part",
        ),
        ('[] a skos:Concept ; skos:prefLabel "A"@de .', "it has no address.", "a URI"),
        ("", "test.ttl: it describes no concept.", "SKOS"),
        (
            A + "<https://example.org/w> a skos:ConceptScheme .",
            "test.ttl: it describes 2 concept schemes: v, w.",
            "--scheme NAME",
        ),
    ],
)
def test_a_fault_is_said_with_place_and_advice(
    tmp_path: Path, body: str, what: str, advice: str
) -> None:
    with pytest.raises(BadTable) as refused:
        scheme(tmp_path, body)
    assert refused.value.what.startswith("test.ttl")
    assert what in refused.value.what
    assert advice in refused.value.advice


def test_a_long_cycle_is_told_as_a_way(tmp_path: Path) -> None:
    body = "".join(
        f':{i} a skos:Concept ; skos:prefLabel "{i}"@de ; skos:broader :{b} .\n'
        for i, b in (("x", "a"), ("a", "b"), ("b", "c"), ("c", "a"))
    )
    with pytest.raises(BadTable) as refused:
        scheme(tmp_path, body)
    assert any(way in refused.value.what for way in ("a → b → c → a", "b → c → a → b", "c → a → b"))


@given(st.dictionaries(st.integers(0, 9), st.sets(st.integers(0, 9), max_size=3)))
@settings(deadline=None)  # the machine may be busy
def test_a_cycle_is_found_exactly_if_there_is_one(edges: dict[int, set[int]]) -> None:
    broader = {str(n): tuple(str(m) for m in sorted(edges.get(n, ()))) for n in range(10)}
    left = dict(broader)
    while any(not set(up) & set(left) for up in left.values()):
        left = {n: up for n, up in left.items() if set(up) & set(left)}
    faults = cycle_faults(broader)
    assert bool(faults) == bool(left)
    for fault in faults:
        way = fault.what.removeprefix("it is broader than itself: ").rstrip(".").split(" → ")
        assert way[0] == way[-1] == fault.concept
        assert all(up in broader[n] for n, up in pairwise(way))


@pytest.mark.parametrize("mode", ["zero-shot", "examples", "measured"])
def test_a_concept_on_the_deny_list_is_refused_for_machines(tmp_path: Path, mode: str) -> None:
    body = f':r a skos:Concept ; skos:prefLabel "Roma"@de ; aai:mode "{mode}" .'
    with pytest.raises(BadTable) as refused:
        scheme(tmp_path, body, DENY)
    assert refused.value.what == (
        f"test.ttl, line 5, concept r: its mode is {mode}, but “Roma” is on the deny list "
        "(origin, ethnic origin): It cannot be seen."
    )
    assert "The deny list suggests: menschen." in refused.value.advice
    assert len(scheme(tmp_path, body).concepts) == 1
    assert len(scheme(tmp_path, body.replace(mode, "manual"), DENY).concepts) == 1


def test_several_faults_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(BadTable) as refused:
        scheme(tmp_path, "".join(f":c{n} a skos:Concept .\n" for n in range(9)))
    assert refused.value.what == (
        "test.ttl, line 5, concept c0: it has no label. Further faults (8): line 6, concept c1; "
        "line 7, concept c2; line 8, concept c3; line 9, concept c4; line 10, concept c5 "
        "and others."
    )


@pytest.mark.parametrize(
    ("body", "line"),
    [
        (A + ':b a skos:Concept skos:prefLabel "B"@de .', 6),
        (A + "\n:b a nothing:Concept .", 7),
        (A + ':b a skos:Concept ; skos:prefLabel "B@de .\n', 6),
    ],
)
def test_what_is_not_turtle_is_refused_with_its_line(tmp_path: Path, body: str, line: int) -> None:
    with pytest.raises(BadTable) as refused:
        scheme(tmp_path, body)
    assert f"test.ttl, line {line}: not valid Turtle" in refused.value.what
    assert refused.value.advice


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"\xff\xfe", b"<html></html>", b"id,label\n"])
def test_another_kind_of_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other.ttl"
    path.write_bytes(content)
    with pytest.raises(BadTable, match=r"other\.ttl"):
        read_scheme(path)


@given(st.integers(0, len(HEAD + A)), st.text(max_size=4))
@settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_damage_gives_a_scheme_or_one_clear_error(tmp_path: Path, place: int, text: str) -> None:
    path = tmp_path / "damaged.ttl"
    whole = HEAD + A
    path.write_text(whole[:place] + text + whole[place + 1 :], encoding="utf-8")
    try:
        read_scheme(path)
    except BadTable as error:
        assert error.advice


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(PathMissing, match=r"none\.ttl cannot be read"):
        read_scheme(tmp_path / "none.ttl")
    (tmp_path / "folder.ttl").mkdir()
    with pytest.raises(PathMissing):
        read_scheme(tmp_path / "folder.ttl")


def test_a_line_is_where_a_description_begins() -> None:
    text = "x:s x:p :a ,\n  :b ,\n  :c .\n:b a x:C .\n<http://h/v#c>\n  a x:C .\n:a-b a x:C .\n"
    lines = lines_of(text)
    assert [lines.get(name) for name in ("a", "b", "c", "a-b")] == [None, 4, 5, 7]


def test_the_package_alone_does_not_load_rdflib() -> None:
    code = (
        "import sys, archive_ai.vocabulary as v; v.read_deny_list; print('rdflib' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
