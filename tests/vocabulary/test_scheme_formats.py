"""What is written in any format is read again as the same scheme, with the same version."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from made_schemes import schemes

from archive_ai.domain import (
    Concept,
    Scheme,
    scheme_from_json,
    scheme_to_json,
    scheme_version,
)
from archive_ai.errors import BadTable, UsageError
from archive_ai.vocabulary import Format, check_scheme, read_scheme, scheme_text, write_scheme
from archive_ai.vocabulary.texts import one_line

DATA = Path(__file__).parents[2] / "data"
RDF_SUFFIXES = (".ttl", ".rdf", ".xml", ".jsonld", ".json")
IN_ANY_FOLDER = settings(
    deadline=None,  # the machine may be busy
    max_examples=30,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def made(**texts: object) -> Scheme:
    """Return a scheme with one concept, and a label if nothing else is said."""
    concept = Concept(**({"id": "c", "uri": "u:v/c", "labels": {"de": "C"}} | texts))
    return Scheme("v", "u:v", scheme_version([concept]), (concept,))


@pytest.mark.parametrize("suffix", [".ttl", ".rdf", ".jsonld"])
@given(scheme=schemes())
@example(scheme=made(id="c;", uri="https://x.example/c;"))
@IN_ANY_FOLDER
def test_import_of_an_export_gives_the_same_scheme(
    tmp_path: Path, suffix: str, scheme: Scheme
) -> None:
    path = tmp_path / f"any{suffix}"
    write_scheme(scheme, path)
    assert read_scheme(path) == scheme


@given(scheme=schemes())
@example(scheme=made(alternatives={"de": ("a|b",)}))
@example(scheme=made(labels={"de": "a|b"}))
@IN_ANY_FOLDER
def test_a_table_gives_the_same_scheme_or_a_sentence(tmp_path: Path, scheme: Scheme) -> None:
    path = tmp_path / "any.csv"
    path.unlink(missing_ok=True)
    several = [
        text
        for concept in scheme.concepts
        for kind in (concept.alternatives, concept.hidden, concept.prompts, concept.scope_notes)
        for texts in kind.values()
        for text in texts
    ]
    if any("|" in text for text in several):
        with pytest.raises(BadTable, match="parts the values of a field") as refused:
            write_scheme(scheme, path)
        assert ".ttl" in refused.value.advice
        assert list(tmp_path.iterdir()) == []
    else:
        write_scheme(scheme, path)
        assert read_scheme(path) == scheme


@given(schemes())
@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
def test_plain_json_and_back_is_the_same_scheme(scheme: Scheme) -> None:
    document = json.loads(json.dumps(scheme_to_json(scheme)))
    assert scheme_from_json(document) == scheme


@given(schemes(), st.randoms())
@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
def test_no_order_makes_a_version_but_every_word_does(scheme: Scheme, random: object) -> None:
    concepts = list(scheme.concepts)
    random.shuffle(concepts)
    turned = [
        replace(c, prompts={k: tuple(reversed(v)) for k, v in c.prompts.items()}) for c in concepts
    ]
    assert scheme_version(turned) == scheme.version
    first = replace(concepts[0], hidden={**concepts[0].hidden, "la": ("nova",)})
    assert scheme_version([first, *concepts[1:]]) != scheme.version


@pytest.mark.parametrize("suffix", [*RDF_SUFFIXES, ".csv"])
def test_the_starter_survives_every_format(tmp_path: Path, suffix: str) -> None:
    starter = read_scheme(DATA / "vocabulary" / "heilbronn.ttl")
    write_scheme(starter, tmp_path / f"starter{suffix}")
    assert read_scheme(tmp_path / f"starter{suffix}") == starter


def test_both_forms_of_the_starter_say_the_same() -> None:
    turtle = read_scheme(DATA / "vocabulary" / "heilbronn.ttl")
    table = read_scheme(DATA / "vocabulary" / "heilbronn-starter.csv", name="heilbronn")
    assert table.version == turtle.version
    assert replace(table, title=turtle.title) == turtle  # the table has no title


def test_texts_are_read_on_one_line_in_composed_form(tmp_path: Path) -> None:
    raw = " Tu\u0308rme \r\n der\tStadt\x00 "
    for suffix in (".ttl", ".jsonld", ".csv"):
        path = tmp_path / f"raw{suffix}"
        text = {
            ".ttl": "<u:v/c> a <http://www.w3.org/2004/02/skos/core#Concept> ; "
            f"<http://www.w3.org/2004/02/skos/core#prefLabel> {json.dumps(raw)}@de .",
            ".jsonld": json.dumps(
                {
                    "@id": "u:v/c",
                    "@type": "http://www.w3.org/2004/02/skos/core#Concept",
                    "http://www.w3.org/2004/02/skos/core#prefLabel": {
                        "@value": raw,
                        "@language": "de",
                    },
                }
            ),
            ".csv": f'id,prefLabel_de,prefLabel_en\nc,"{raw}",\n',
        }[suffix]
        path.write_text(text, encoding="utf-8", newline="")
        assert read_scheme(path).concepts[0].labels == {"de": "Türme der Stadt"}


@given(st.text())
def test_one_line_is_one_line_for_ever(text: str) -> None:
    line = one_line(text)
    assert one_line(line) == line
    assert len(line.splitlines()) <= 1
    line.encode()


def test_a_failed_export_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "v.csv"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(BadTable):
        write_scheme(made(prompts={"de": ("a|b",)}), path)
    assert [(p.name, p.read_text("utf-8")) for p in tmp_path.iterdir()] == [("v.csv", "mine")]
    write_scheme(made(), path)
    assert [p.name for p in tmp_path.iterdir()] == ["v.csv"]


@pytest.mark.parametrize("suffix", [".ttl", ".rdf", ".jsonld", ".csv"])
@given(place=st.floats(0, 1), cut=st.integers(0, 9), put=st.text(max_size=3))
@IN_ANY_FOLDER
def test_damage_gives_a_scheme_or_faults_with_advice(
    tmp_path: Path, suffix: str, place: float, cut: int, put: str
) -> None:
    path = tmp_path / f"damaged{suffix}"
    write_scheme(made(broader=(), prompts={"de": ("ein Bild",)}, replaces=("b",)), path)
    whole = path.read_bytes()
    at = int(place * len(whole))
    path.write_bytes(whole[:at] + put.encode() + whole[at + cut :])
    scheme, faults = check_scheme(path)
    assert (scheme is None) == any(not fault.warning for fault in faults)
    assert all(fault.what and fault.advice for fault in faults)


def test_another_suffix_is_no_format(tmp_path: Path) -> None:
    for act in (lambda p: write_scheme(made(), p), read_scheme):
        with pytest.raises(UsageError, match=r"v\.xlsx is none of the formats") as refused:
            act(tmp_path / "v.xlsx")
        assert ".ttl" in refused.value.advice


def test_every_format_can_be_had_as_text() -> None:
    assert all("u:v" in scheme_text(made(), form) for form in Format)
