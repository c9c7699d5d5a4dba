"""Schemes in an archive: several side by side, by version, and what becomes of tags."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from archive_ai.archive import Archive, vocabularies
from archive_ai.cli.app import run
from archive_ai.domain import Decided, PhotoId, Ruling, Sensitivity, Status, Verdict
from archive_ai.errors import BadTable, UnknownConcept
from archive_ai.tagging import calibrating

Opening = Callable[..., Archive]
HEADER = "id,prefLabel_de,prefLabel_en,broader,replaces"


@pytest.fixture
def archive(open_archive: Opening, scans: Path) -> Archive:
    opened = open_archive()
    opened.index([scans])
    return opened


def _table(folder: Path, *rows: str) -> Path:
    table = folder / "own.csv"
    table.write_text("\n".join([HEADER, *rows]) + "\n", "utf-8")
    return table


def _accept(archive: Archive, concept: str) -> tuple[PhotoId, Decided]:
    photo = archive.search("x", 1).hits[0].photo
    ruling = Ruling(photo, concept, Verdict.ACCEPTED)
    return photo, archive.reviewing.decide([ruling], "erika", "own")


def test_schemes_stand_side_by_side_and_the_starter_is_always_there(
    archive: Archive, tmp_path: Path
) -> None:
    archive.vocabularies.import_file(_table(tmp_path, "tor,Tor,gate,,"), "own")
    assert [concept.id for concept in archive.vocabularies.scheme("own").concepts] == ["tor"]
    assert archive.vocabularies.scheme().id == "heilbronn"
    with pytest.raises(UnknownConcept, match="no scheme other"):
        archive.vocabularies.scheme("other")


def test_a_renamed_concept_takes_its_tags_along(archive: Archive, tmp_path: Path) -> None:
    first, _, _ = archive.vocabularies.import_file(_table(tmp_path, "tor,Tor,gate,,"), "own")
    photo, _ = _accept(archive, "tor")
    table = _table(tmp_path, "stadttor,Stadttor,town gate,,tor")
    second, difference, _ = archive.vocabularies.import_file(table, "own")
    assert difference.merged == {"tor": "stadttor"}
    (tag,) = archive.tags([photo])[photo]
    assert (tag.concept, tag.status, tag.labels["de"]) == (
        "stadttor",
        Status.ACCEPTED,
        "Stadttor",
    )
    assert tag.scheme_version == first.version != second.version


def test_concepts_that_are_merged_twice_arrive_at_the_last(
    archive: Archive, tmp_path: Path
) -> None:
    archive.vocabularies.import_file(_table(tmp_path, "a,A,a,,"), "own")
    photo, decided = _accept(archive, "a")
    archive.vocabularies.import_file(_table(tmp_path, "b,B,b,,a"), "own")
    archive.vocabularies.import_file(_table(tmp_path, "c,C,c,,b"), "own")
    assert [tag.concept for tag in archive.tags([photo])[photo]] == ["c"]
    archive.reviewing.undo("erika", decided.batch)
    assert archive.tags([photo]) == {}


def test_a_decided_concept_cannot_vanish(archive: Archive, tmp_path: Path) -> None:
    archive.vocabularies.import_file(_table(tmp_path, "tor,Tor,gate,,"), "own")
    _accept(archive, "tor")
    with pytest.raises(BadTable, match="lacks tor, about which people have decided"):
        archive.vocabularies.import_file(_table(tmp_path, "turm,Turm,tower,,"), "own")
    assert [concept.id for concept in archive.vocabularies.scheme("own").concepts] == ["tor"]


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (["a,A,a,b,", "b,B,b,a,"], "broader than itself"),
        (["a,Straße,street,,", "b,STRASSE,road,,"], "line 3, concept b"),
        (["a,A,a,weg,"], "line 2, concept a"),
        (["a,Jude,jew,,"], "deny list"),
    ],
)
def test_a_faulty_scheme_is_refused_whole(
    archive: Archive, tmp_path: Path, rows: list[str], reason: str
) -> None:
    with pytest.raises(BadTable, match=reason):
        archive.vocabularies.import_file(_table(tmp_path, *rows), "own")
    with pytest.raises(UnknownConcept):
        archive.vocabularies.scheme("own")


def test_import_export_show_and_diff_from_the_command_line(
    archive: Archive, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = _table(tmp_path, "tor,Tor,gate,,", "turm,Turm,tower,,")
    assert run(["vocabulary", "import", str(table), "--scheme", "own", "--json"]) == 0
    imported = json.loads(capsys.readouterr().out)
    assert imported["difference"]["added"] == ["tor", "turm"]
    for suffix in ("ttl", "rdf", "jsonld", "csv"):
        out = tmp_path / f"out.{suffix}"
        assert run(["vocabulary", "export", str(out), "--scheme", "own"]) == 0
        capsys.readouterr()
        assert run(["vocabulary", "diff", str(table), str(out), "--scheme", "own"]) == 0
        assert capsys.readouterr().out == "No difference.\n"
        assert run(["vocabulary", "import", str(out), "--scheme", "own", "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["version"] == imported["version"]
    assert run(["vocabulary", "show", "tor", "--scheme", "own", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["labels"] == {"de": "Tor", "en": "gate"}
    assert run(["vocabulary", "show", "weg", "--scheme", "own"]) == 2
    assert "has no concept weg" in capsys.readouterr().err


def test_a_newer_starter_carries_over_what_was_decided_and_hides_what_it_calls_sensitive(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calibrating, "THRESHOLD", 0.0)  # so that each concept is on something
    archive.tagging.tag("bruecke", apply=True)
    photos = [hit.photo for hit in archive.search("x", 12).hits]
    assert "bruecke" in _told(archive, photos)
    photo = photos[0]
    archive.reviewing.decide([Ruling(photo, "kirche", Verdict.ACCEPTED)], "erika")
    old = archive.vocabularies.scheme()
    concepts = [
        replace(one, id="gotteshaus", uri=f"{one.uri}-2", replaces=("kirche",))
        if one.id == "kirche"
        else replace(one, broader=tuple("gotteshaus" if b == "kirche" else b for b in one.broader))
        for one in old.concepts
    ]
    concepts = [
        replace(one, sensitivity=Sensitivity.REVIEW_FIRST) if one.id == "bruecke" else one
        for one in concepts
    ]
    newer = replace(old, version="f" * 12, concepts=tuple(concepts))
    monkeypatch.setattr(vocabularies, "_starter", lambda: newer)
    renewed = archive.tag()
    assert renewed.scheme_version == newer.version
    said = {tag.concept: tag for tag in archive.tags([photo])[photo]}
    assert (said["gotteshaus"].status, said["gotteshaus"].by) == (Status.ACCEPTED, "erika")
    assert "kirche" not in said
    archive.tagging.withdraw(renewed.number)
    assert "bruecke" not in _told(archive, photos)


def _told(archive: Archive, photos: list[PhotoId]) -> set[str]:
    return {tag.concept for tags in archive.tags(photos).values() for tag in tags}


def test_a_newer_starter_holds_even_where_it_drops_what_was_decided(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = archive.search("x", 1).hits[0].photo
    archive.reviewing.decide([Ruling(photo, "unscharf", Verdict.ACCEPTED)], "erika")
    old = archive.vocabularies.scheme()
    kept = tuple(one for one in old.concepts if one.id != "unscharf")
    newer = replace(old, version="e" * 12, concepts=kept)
    monkeypatch.setattr(vocabularies, "_starter", lambda: newer)
    assert archive.tag().scheme_version == newer.version
    said = {tag.concept: tag for tag in archive.tags([photo])[photo]}
    assert (said["unscharf"].status, said["unscharf"].by) == (Status.ACCEPTED, "erika")


def test_decisions_on_what_goes_by_examples_say_nothing_of_the_words(
    archive: Archive, tmp_path: Path
) -> None:
    table = tmp_path / "own.csv"
    rows = [f"w{n},Wort {n},word {n},zero-shot" for n in range(3)]
    table.write_text(
        "\n".join(["id,prefLabel_de,prefLabel_en,mode", *rows, "haus,Haus,house,examples"])
    )
    archive.vocabularies.import_file(table, "own")
    photos = [hit.photo for hit in archive.search("x", 12).hits]
    words = [
        Ruling(photo, f"w{n}", Verdict.ACCEPTED if place % 2 else Verdict.REJECTED)
        for place, photo in enumerate(photos)
        for n in range(3)
    ]
    archive.reviewing.decide(words, "erika", "own")
    before = archive._scoring.of("own", also="haus").words.offsets.tolist()
    house = [Ruling(photo, "haus", Verdict.ACCEPTED) for photo in photos]
    archive.reviewing.decide(house, "erika", "own")
    assert archive._scoring.of("own", also="haus").words.offsets.tolist() == before
