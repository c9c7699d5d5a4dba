"""``archive-ai vocabulary``: all faults of all files, and what a new version changes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from archive_ai.cli.app import run

STARTER = Path(__file__).parents[2] / "data" / "vocabulary"
GOOD = "id,prefLabel_de,prefLabel_en,prompts_de\nkirche,Kirche,church,Kirche mit Turm\n"


def file(tmp_path: Path, name: str, text: str) -> str:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_what_is_right_passes(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["vocabulary", "check", str(STARTER / "heilbronn.ttl")]) == 0
    said = capsys.readouterr().out
    assert "no fault, 0 warning(s); scheme heilbronn with 259 concepts, version " in said


def test_all_faults_of_all_files_are_listed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = file(tmp_path, "good.csv", GOOD)
    bad = file(tmp_path, "bad.csv", GOOD + "a,Strasse,,\nb,Straße,,\nc,Flüchtlinge,,x\n,D,,\n")
    assert run(["vocabulary", "check", good, bad]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith(f"{good}: no fault")
    assert [line.split(": ")[0] for line in lines[1:4]] == [
        f"{bad}, line 4, concept b",
        f"{bad}, line 5, concept c",
        f"{bad}, line 6",
    ]
    assert "deny list (origin-migration" in lines[2]
    assert "warning: it, like 1 more, has no prompts" in lines[4]
    assert lines[-1] == f"{bad}: 3 fault(s), 1 warning(s)."


def test_the_document_of_a_check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = file(tmp_path, "good.csv", GOOD)
    broken = file(tmp_path, "broken.ttl", "<u:v> a\n")
    assert run(["vocabulary", "check", good, broken, "--json"]) == 1
    document = json.loads(capsys.readouterr().out)
    assert document["ok"] is False
    first, second = document["files"]
    assert (first["ok"], first["scheme"], first["concepts"]) == (True, "good", 1)
    assert len(first["version"]) == 12
    assert (first["faults"], first["warnings"]) == ([], [])
    assert second["scheme"] is None
    (fault,) = second["faults"]
    assert (fault["line"], fault["concept"]) == (1, None)
    assert fault["what"].startswith("not valid Turtle")
    assert fault["advice"]


def test_a_file_that_is_not_there_or_no_vocabulary(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["vocabulary", "check", str(tmp_path / "none.ttl")]) == 1
    assert "cannot be read" in capsys.readouterr().err
    assert run(["vocabulary", "check", file(tmp_path, "a.xlsx", "")]) == 2
    assert "none of the formats" in capsys.readouterr().err


def test_a_new_version_is_compared_with_the_old(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = file(tmp_path, "2024.csv", GOOD + "dom,Dom,,x\n")
    new = file(
        tmp_path,
        "2025.csv",
        "id,prefLabel_de,prefLabel_en,prompts_de,replaces\nkirche,Kirchen,church,,dom\n",
    )
    assert run(["vocabulary", "diff", old, new]) == 0
    table = capsys.readouterr().out
    assert [line.split()[:2] for line in table.splitlines()] == [
        ["change", "concept"],
        ["merged", "dom"],
        ["renamed", "kirche"],
        ["changed", "kirche"],
        ["changed", "kirche"],
    ]
    assert run(["vocabulary", "diff", old, new, "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["merged"] == {"dom": "kirche"}
    assert (document["added"], document["removed"], document["moved"]) == ([], [], [])
    assert document["renamed"] == [
        {
            "concept": "kirche",
            "what": "prefLabel",
            "before": {"de": "Kirche", "en": "church"},
            "after": {"de": "Kirchen", "en": "church"},
        }
    ]
    assert document["old"]["version"] != document["new"]["version"]


def test_two_forms_of_one_vocabulary_do_not_differ(capsys: pytest.CaptureFixture[str]) -> None:
    forms = [str(STARTER / name) for name in ("heilbronn.ttl", "heilbronn-starter.csv")]
    assert run(["vocabulary", "diff", *forms]) == 0
    assert capsys.readouterr().out == "No difference.\n"
    assert run(["vocabulary", "diff", *reversed(forms), "--scheme", "heilbronn"]) == 0
