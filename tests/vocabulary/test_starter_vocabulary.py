"""The starter vocabulary: made from its table, whole, and within its own rules."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from archive_ai.domain import Concept, Mode, Sensitivity
from archive_ai.vocabulary import check_denied, machine_taggable, read_deny_list, read_scheme

DATA = Path(__file__).parents[2] / "data"
FOLDER = DATA / "vocabulary"
DENY = read_deny_list(DATA / "deny" / "deny.csv")
SCHEME = read_scheme(FOLDER / "heilbronn.ttl", DENY)
BY_ID = {concept.id: concept for concept in SCHEME.concepts}
with (FOLDER / "heilbronn-starter.csv").open(encoding="utf-8", newline="") as _file:
    ROWS = list(csv.DictReader(_file))


def make(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(FOLDER / "make_turtle.py"), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def split(field: str) -> tuple[str, ...]:
    return tuple(part for part in field.split("|") if part)


def test_making_it_again_gives_the_same_bytes(tmp_path: Path) -> None:
    done = make("--output", tmp_path / "again.ttl")
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "again.ttl").read_bytes() == (FOLDER / "heilbronn.ttl").read_bytes()


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("id,broader", "id,parent", "the columns must be id, broader"),
        ("\nkirche,", "\nKirche 1,", "the id “Kirche 1” must be a-z"),
        ("\nkirche,", "\nturm,", "an id comes twice"),
    ],
)
def test_a_faulty_table_is_not_made_into_anything(
    tmp_path: Path, old: str, new: str, sentence: str
) -> None:
    table = (FOLDER / "heilbronn-starter.csv").read_text(encoding="utf-8").replace(old, new, 1)
    (tmp_path / "t.csv").write_text(table, encoding="utf-8")
    done = make("--table", tmp_path / "t.csv", "--output", tmp_path / "t.ttl")
    assert done.returncode == 1
    assert sentence in done.stderr
    assert not (tmp_path / "t.ttl").exists()


def test_nothing_of_the_table_is_lost() -> None:
    assert [concept.id for concept in SCHEME.concepts] == [row["id"] for row in ROWS]
    for concept, row in zip(SCHEME.concepts, ROWS, strict=True):
        for language in ("de", "en"):
            assert concept.labels[language] == row[f"prefLabel_{language}"]
            assert concept.alternatives.get(language, ()) == split(row[f"altLabel_{language}"])
            assert concept.prompts.get(language, ()) == split(row[f"prompts_{language}"])
        assert concept.broader == split(row["broader"])
        assert (concept.facet, concept.mode, concept.sensitivity) == (
            row["facet"],
            row["mode"],
            row["sensitivity"],
        )
        assert concept.scope_note() == row["note"]
        assert concept.uri == f"{SCHEME.uri}/{concept.id}"


def test_what_is_from_memory_stays_marked() -> None:
    unsourced = [concept.id for concept in SCHEME.concepts if concept.unsourced]
    assert unsourced == [row["id"] for row in ROWS if "from memory" in row["note"]]
    assert len(unsourced) == 13
    assert all("from memory" in BY_ID[id_].scope_note() for id_ in unsourced)


def test_the_turtle_says_what_it_is_and_under_which_terms() -> None:
    text = (FOLDER / "heilbronn.ttl").read_text(encoding="utf-8")
    assert "dcterms:license <https://creativecommons.org/publicdomain/zero/1.0/>" in text
    assert text.count("skos:topConceptOf") == sum(not row["broader"] for row in ROWS)
    assert text.count("skos:editorialNote") == 13


def test_it_passes_the_deny_list() -> None:
    assert check_denied(SCHEME, DENY) == []
    taggable = machine_taggable(SCHEME, DENY)
    assert list(taggable) == [c for c in SCHEME.concepts if c.mode is Mode.ZERO_SHOT]
    assert len(taggable) == 166


def test_what_is_left_to_people_is_left_to_people() -> None:
    left = re.compile(
        r"people decide|machine never proposes|never proposes it|not applied itself"
        r"|not tag with this concept|from the record only, never",
        re.IGNORECASE,
    )
    told = [c for c in SCHEME.concepts if left.search(c.scope_note())]
    assert {c.id for c in told} >= {"novemberpogrom", "zwangsarbeit", "familie", "kirchliche-feier"}
    assert [c.id for c in told if c.mode is not Mode.MANUAL] == []


def test_what_is_measured_is_never_asked_of_words() -> None:
    measured = [c for c in SCHEME.concepts if c.scope_note().startswith("Measured")]
    assert len(measured) == 11
    assert all(c.mode is Mode.MEASURED for c in measured)


def test_hurtful_subjects_are_shown_to_nobody_before_review() -> None:
    hurtful = ("tote", "verletzte", "ns-symbol", "trauerfeier", "krankenzimmer", "novemberpogrom")
    assert all(BY_ID[id_].sensitivity is Sensitivity.REVIEW_FIRST for id_ in hurtful)


@pytest.mark.parametrize("language", ["de", "en"])
def test_labels_keep_the_rules_of_skos_and_our_own(language: str) -> None:
    def labels(concept: Concept) -> list[str]:
        others = concept.alternatives.get(language, ())
        return [label.casefold() for label in (concept.labels[language], *others)]

    # S13 of the SKOS Reference: an alternative does not repeat the preferred label.
    assert [c.id for c in SCHEME.concepts if len(set(labels(c))) < len(labels(c))] == []
    # Our own rule: a preferred label is unique inside its facet.
    names = Counter((c.facet, labels(c)[0]) for c in SCHEME.concepts)
    assert [name for name, times in names.items() if times > 1] == []


def test_what_the_deny_list_offers_instead_exists() -> None:
    # Where a single word stands before a bracket or semicolon it is the id of a concept.
    offered = {re.split(r" \(|;", entry.instead)[0] for entry in DENY.entries if entry.instead}
    ids = {word for word in offered if " " not in word}
    assert len(ids) > 10
    assert ids - set(BY_ID) == set()
