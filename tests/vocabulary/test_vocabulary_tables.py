"""A vocabulary as a table: what its columns mean, and each fault with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive_ai.domain import Mode, Sensitivity
from archive_ai.errors import BadTable
from archive_ai.vocabulary import check_scheme, read_scheme

HEAD = "id,prefLabel_de,prefLabel_en\n"


def write(tmp_path: Path, text: str, name: str = "meine.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8", newline="")
    return path


def test_three_columns_are_enough(tmp_path: Path) -> None:
    scheme = read_scheme(write(tmp_path, HEAD + "kirche,Kirche,church\nturm,Turm,\n"))
    church, tower = scheme.concepts
    assert (scheme.id, scheme.uri) == ("meine", "https://archive-ai.example/vocabulary/meine")
    assert church.uri == "https://archive-ai.example/vocabulary/meine/kirche"
    assert church.labels == {"de": "Kirche", "en": "church"}
    assert (church.mode, church.sensitivity) == (Mode.ZERO_SHOT, Sensitivity.NONE)
    assert tower.labels == {"de": "Turm"}
    assert read_scheme(tmp_path / "meine.csv", name="stadt").id == "stadt"


def test_every_column_is_read_and_own_ones_are_passed(tmp_path: Path) -> None:
    columns = {
        "id": "kino",
        "prefLabel_de": "Kino | Theater",
        "prefLabel_en": "cinema",
        "prefLabel_de-at": "Kino",
        "altLabel_de": "Filmtheater| |Lichtspiele ",
        "hiddenLabel_de": "Lichtspielhaus|Kintopp",
        "prompts_en": "a cinema at night",
        "broader": "bau",
        "facet": "place",
        "mode": "examples",
        "sensitivity": "people",
        "scopeNote_de": "Nur das Haus.",
        "note": "The house only.",
        "exactMatch": "http://vocab.getty.edu/aat/7|https://d-nb.info/gnd/8",
        "closeMatch": "https://iconclass.org/41",
        "replaces": "filmtheater|lichtspiel",
        "unsourced": "TRUE",
        "uri": "https://x.example/other/kino",
        "scheme": "https://x.example/v",
        "schemeName": "stadt",
        "schemeTitle_de": "Stadt | Land",
        "x_Bearbeiter": "egal",
    }
    rest = ["bau", "Bau", *[""] * (len(columns) - 2)]
    text = "\n".join(map(";".join, (columns, columns.values(), rest)))
    path = write(tmp_path, "\ufeff" + text.replace("\n", "\r\n") + "\r\n")
    scheme = read_scheme(path)
    cinema, building = scheme.concepts
    assert (scheme.id, scheme.uri) == ("stadt", "https://x.example/v")
    assert scheme.title == {"de": "Stadt | Land"}
    assert cinema.labels == {"de": "Kino | Theater", "en": "cinema", "de-at": "Kino"}
    assert cinema.alternatives == {"de": ("Filmtheater", "Lichtspiele")}
    assert cinema.hidden == {"de": ("Lichtspielhaus", "Kintopp")}
    assert cinema.prompts == {"en": ("a cinema at night",)}
    assert (cinema.broader, cinema.facet, cinema.mode) == (("bau",), "place", Mode.EXAMPLES)
    assert cinema.sensitivity is Sensitivity.PEOPLE
    assert cinema.scope_notes == {"de": ("Nur das Haus.",), "en": ("The house only.",)}
    assert cinema.exact_matches == ("http://vocab.getty.edu/aat/7", "https://d-nb.info/gnd/8")
    assert cinema.close_matches == ("https://iconclass.org/41",)
    assert cinema.replaces == ("filmtheater", "lichtspiel")
    assert cinema.unsourced
    assert (cinema.uri, building.uri) == ("https://x.example/other/kino", "https://x.example/v/bau")


@pytest.mark.parametrize(
    ("text", "what", "advice"),
    [
        ("", "line 1: the column id is missing", "id, prefLabel_de, prefLabel_en"),
        ("id,prefLabel_de\n", "line 1: the column prefLabel_en is missing", "prefLabel_en"),
        (HEAD, "it describes no concept", "table"),
        (
            HEAD.replace("\n", ",preflabel_fr\n") + "a,A,A,\n",
            "line 1: the column “preflabel_fr” is unknown",
            "id, broader, facet, mode, sensitivity",
        ),
        (HEAD.replace("\n", ",prefLabel_Französisch\n") + "a,A,A,\n", "line 1: the col", "x_"),
        (HEAD.replace("\n", ",id\n") + "a,A,A,b\n", "line 1: the column id comes twice", "own"),
        (HEAD + "a,A\n", "line 2: 2 fields instead of 3", "double quotes"),
        (HEAD + 'a,A,"A\n', "the quotes do not match", "twice"),
        (HEAD + ",A,\n", "line 2: the id is missing", "kirche"),
        (HEAD + "a b,A,\n", "line 2: the id “a b” is no id", "without spaces"),
        (HEAD + "a/b,A,\n", "line 2: the id “a/b” is no id", "slashes"),
        (
            HEAD + 'a,A,\nb,"B\nb",\na,C,\n',
            "line 5, concept a: the id comes twice: also on line 2",
            "own",
        ),
        (HEAD + "a,A,\nb,,\n", "line 3, concept b: it has no label", "prefLabel"),
        (
            HEAD.replace("\n", ",mode\n") + "a,A,,magic\n",
            "line 2, concept a: the mode “magic” is unknown",
            "zero-shot, examples, measured, manual",
        ),
        (
            HEAD.replace("\n", ",sensitivity\n") + "a,A,,high\n",
            "the sensitivity “high” is unknown",
            "none, people, review-first",
        ),
        (HEAD.replace("\n", ",unsourced\n") + "a,A,,ja\n", "the unsourced “ja” is unknown", "true"),
        (
            HEAD.replace("\n", ",broader\n") + "a,A,,b|c\nb,B,,\n",
            "line 2, concept a: its broader concept c is not in the file",
            "remove the id",
        ),
        (HEAD.replace("\n", ",replaces\n") + "a,A,,b c\n", "the id “b c” in replaces", "id only"),
        (HEAD.replace("\n", ",exactMatch\n") + "a,A,,gnd\n", "exactMatch “gnd” is no", "whole"),
        (HEAD.replace("\n", ",uri\n") + "a,A,,u:v/b\n", "its uri “u:v/b” is no address", "empty"),
        (HEAD.replace("\n", ",scheme\n") + "a,A,,gnd\n", "the scheme “gnd” is no address", "URI"),
        (
            HEAD.replace("\n", ",scheme\n") + "a,A,,u:v\nb,B,,u:v\nc,C,,u:w\n",
            "line 4, concept c: the scheme is “u:w”, but “u:v” above",
            "one scheme",
        ),
    ],
)
def test_a_fault_has_its_line_and_advice(tmp_path: Path, text: str, what: str, advice: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(BadTable) as refused:
        read_scheme(path)
    assert refused.value.what.startswith("meine.csv")
    assert what in refused.value.what
    assert advice in refused.value.advice
    scheme, faults = check_scheme(path)
    assert scheme is None
    assert any(not fault.warning for fault in faults)


def test_all_faults_come_at_once_in_the_order_of_the_lines(tmp_path: Path) -> None:
    text = "id,prefLabel_de,prefLabel_en,broader,mode\n"
    text += "a,A,,b,\nb,B,,a,magic\nb,B,,,\nc,,,x,\nd,A,,,\n"
    scheme, faults = check_scheme(write(tmp_path, text))
    assert scheme is None
    assert [(fault.line, fault.what.split()[0:3]) for fault in faults if not fault.warning] == [
        (2, ["it", "is", "broader"]),
        (3, ["the", "mode", "“magic”"]),
        (4, ["the", "id", "comes"]),
        (5, ["its", "broader", "concept"]),
        (5, ["it", "has", "no"]),
        (6, ["its", "label", "“A”"]),
    ]
