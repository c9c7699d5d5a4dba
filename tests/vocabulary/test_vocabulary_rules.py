"""What makes a vocabulary refused, and what is only said; how replaced concepts go aside."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive_ai.domain import Concept, Mode, Scheme
from archive_ai.vocabulary import DenyEntry, DenyList, check_scheme, successors
from archive_ai.vocabulary.faults import Fault
from archive_ai.vocabulary.replacing import set_aside
from archive_ai.vocabulary.rules import faults_of

DENY = DenyList([DenyEntry("origin", "ethnic origin", ("Roma",), "It cannot be seen.")])


def scheme(**concepts: Mapping[str, Any]) -> Scheme:
    """Return a scheme of concepts that have a label and prompts unless they say otherwise."""
    usual = {"prompts": {"de": ("ein Bild",)}}
    made = [
        Concept(**({"id": id_, "uri": f"u:v/{id_}", "labels": {"de": id_}} | usual | dict(said)))
        for id_, said in concepts.items()
    ]
    return Scheme("v", "u:v", "0" * 12, tuple(made))


def found(scheme: Scheme) -> list[tuple[str, str]]:
    """Return kind and concept of what is said."""
    faults = faults_of(scheme, DENY)
    return [("warning" if fault.warning else "fault", fault.concept) for fault in faults]


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ({"alternatives": {"de": ("Gasse", "Weg")}}, []),
        ({"alternatives": {"de": ("STRASSE",)}}, ["fault"]),
        ({"alternatives": {"en": ("Straße",)}}, []),  # another language
        ({"alternatives": {"de": ("Weg", "weg")}}, ["fault"]),
        ({"hidden": {"de": ("Strasse",)}}, ["warning"]),
        ({"hidden": {"de": ("Chaussee",)}}, []),
        ({"alternatives": {"de": ("Weg",)}, "hidden": {"de": ("Weg", "Pfad")}}, ["warning"]),
    ],
)
def test_a_label_that_repeats_its_own(texts: dict[str, Any], said: list[str]) -> None:
    kinds = [kind for kind, _ in found(scheme(a={"labels": {"de": "Straße"}} | texts))]
    assert kinds == said


def test_another_spelling_of_an_umlaut_repeats_nothing() -> None:
    texts = {"labels": {"de": "Türme"}, "alternatives": {"de": ("Tuerme",)}}
    assert found(scheme(a=texts)) == []


@pytest.mark.parametrize(
    ("second", "said"),
    [
        ({"labels": {"de": "Strasse"}}, [("fault", "b")]),
        ({"labels": {"de": "STRAẞE"}}, [("fault", "b")]),
        ({"labels": {"de": "Strasse"}, "facet": "other"}, [("warning", "b")]),
        ({"labels": {"de": "Weg"}, "alternatives": {"de": ("Strasse",)}}, [("warning", "b")]),
        ({"labels": {"de": "Weg", "en": "Straße"}}, []),
    ],
)
def test_a_label_of_two_concepts(second: dict[str, Any], said: list[tuple[str, str]]) -> None:
    assert found(scheme(a={"labels": {"de": "Straße"}}, b=second)) == said


def test_every_cycle_is_told() -> None:
    circle = scheme(a={"broader": ("b",)}, b={"broader": ("a",)}, c={"broader": ("c",)}, d={})
    whats = [fault.what for fault in faults_of(circle, None)]
    assert len(whats) == 2
    assert any(way in whats[0] + whats[1] for way in ("a → b → a", "b → a → b"))
    assert any("c → c" in what for what in whats)


@pytest.mark.parametrize(
    ("mode", "faults"),
    [(Mode.ZERO_SHOT, 1), (Mode.EXAMPLES, 1), (Mode.MEASURED, 1), (Mode.MANUAL, 0)],
)
def test_the_deny_list_keeps_machines_away(mode: Mode, faults: int) -> None:
    denied = scheme(a={"labels": {"de": "Roma"}, "mode": mode})
    assert len(faults_of(denied, DENY)) == faults
    assert faults_of(denied, None) == []


def test_what_is_missing_is_said_once() -> None:
    bare = {"labels": {"en": "x"}, "prompts": {}}
    told = faults_of(scheme(a=bare | {"labels": {"en": "y"}}, b=bare, c={"prompts": {}}), None)
    assert [(fault.warning, fault.what) for fault in told] == [
        (True, "it, like 1 more, has no German label (de)."),
        (True, "it, like 2 more, has no prompts although a machine tags by words."),
    ]


# --- replaced concepts --------------------------------------------------------------------------


def aside(**concepts: Mapping[str, Any]) -> tuple[list[str], list[Fault]]:
    kept, faults = set_aside(scheme(**concepts).concepts)
    return [concept.id for concept in kept], faults


def test_tags_go_from_the_replaced_to_what_replaces_them() -> None:
    new = scheme(dom={"replaces": ("kirche", "muenster")}, turm={})
    assert successors(new) == {"kirche": "dom", "muenster": "dom"}


def test_a_replaced_concept_that_is_still_described_is_set_aside() -> None:
    kept, faults = aside(kirche={}, dom={"replaces": ("kirche",)})
    assert kept == ["dom"]
    assert [(f.concept, f.warning, f.what) for f in faults] == [
        ("kirche", True, "it is set aside, because dom replaces it.")
    ]


@pytest.mark.parametrize(
    ("concepts", "at", "what"),
    [
        ({"a": {"replaces": ("a",)}}, ["a"], "replaces itself"),
        ({"a": {"replaces": ("x",)}, "b": {"replaces": ("x",)}}, ["b"], "and so does a"),
        (
            {"a": {"replaces": ("x",)}, "b": {"replaces": ("a",)}},
            ["a"],
            "it replaces x, but is itself replaced by b",
        ),
        ({"a": {"replaces": ("b",)}, "b": {"replaces": ("a",)}}, ["a", "b"], "is itself replaced"),
        (
            {"a": {}, "b": {"replaces": ("a",)}, "c": {"broader": ("a",)}},
            ["c"],
            "its broader concept a is replaced by b",
        ),
    ],
)
def test_where_tags_would_not_know_where_to_go(
    concepts: dict[str, Any], at: list[str], what: str
) -> None:
    _, faults = aside(**concepts)
    grave = [fault for fault in faults if not fault.warning]
    assert [fault.concept for fault in grave] == at
    assert all(what in fault.what for fault in grave)


@given(
    st.lists(st.lists(st.sampled_from("abcdexy"), unique=True, max_size=2), min_size=5, max_size=5)
)
@settings(deadline=None)
def test_a_scheme_without_such_faults_sends_every_tag_to_one_that_stays(
    replaces: list[list[str]],
) -> None:
    whole = scheme(
        **{id_: {"replaces": tuple(olds)} for id_, olds in zip("abcde", replaces, strict=True)}
    )
    kept, faults = set_aside(whole.concepts)
    if all(fault.warning for fault in faults):
        ids = {concept.id for concept in kept}
        heirs = successors(Scheme("v", "u:v", "0", kept))
        assert set(heirs) == {old for olds in replaces for old in olds}
        assert set(heirs.values()) <= ids
        assert not set(heirs) & ids


def test_rdf_says_it_from_either_side(tmp_path: Path) -> None:
    path = tmp_path / "v.ttl"
    head = (
        "@prefix : <u:v/> .\n@prefix dct: <http://purl.org/dc/terms/> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
    )
    body = (
        ':kirche a skos:Concept ; skos:prefLabel "Kirche"@de ; dct:isReplacedBy :dom .\n'
        ':dom a skos:Concept ; skos:prefLabel "Dom"@de ; dct:replaces :muenster .\n'
    )
    path.write_text(head + body, encoding="utf-8")
    read, faults = check_scheme(path)
    assert read is not None
    assert successors(read) == {"muenster": "dom", "kirche": "dom"}
    assert [(f.line, f.what) for f in faults if "set aside" in f.what] == [
        (4, "it is set aside, because dom replaces it.")
    ]
    path.write_text(head + body.replace("isReplacedBy :dom", "isReplacedBy :x"), encoding="utf-8")
    _, faults = check_scheme(path)
    assert [(f.line, f.what) for f in faults if not f.warning] == [
        (4, "it is replaced by <u:v/x>, which is not in the file.")
    ]
