"""Numbers of whole archives are kept in memory and are never those of yesterday."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from archive_ai.archive import Archive
from archive_ai.catalogue import tag_values
from archive_ai.catalogue.by_value import ByValue
from archive_ai.catalogue.measures import MeasureCatalogue
from archive_ai.domain import (
    HERE,
    Colour,
    PhotoId,
    Role,
    Ruling,
    Status,
    Verdict,
    Viewer,
)
from archive_ai.tagging import calibrating
from made_scans import write_picture

Opening = Callable[..., Archive]
READER = Viewer("lisa", Role.READER)
HEADER = "Datei;Signatur;Titel;Art;Datierung;Sichtbarkeit;gesperrt bis"
FIELDS = ("sammlung", "format", "farbe", "art", "jahr", "tag")


@pytest.fixture
def archive(open_archive: Opening, scans: Path, monkeypatch: pytest.MonkeyPatch) -> Archive:
    """Return a tagged archive in which every concept hits something."""
    opened = open_archive()
    opened.index([scans / "F0"], collection="Nord")
    opened.index([scans / "F1"], collection="Süd")
    monkeypatch.setattr(calibrating, "THRESHOLD", 0.0)
    opened.tag()
    return opened


def describe(archive: Archive, folder: Path, *rows: str) -> None:
    """Import a table as another process would, that knows nothing of what is kept here."""
    table = folder / "table.csv"
    table.write_text("\n".join([HEADER, *rows]) + "\n", "utf-8")
    with Archive.open(archive.settings) as other:
        other.describing.import_table(table)


def numbers(archive: Archive, viewer: Viewer) -> dict[str, Any]:
    """Return every number that is counted in memory, as a viewer gets it."""
    view = archive.seen_by(viewer)
    facets, status = view.facets(""), view.status()
    return {
        **{name: {one.value: one.photos for one in facets.by[name]} for name in FIELDS},
        "found": facets.photos,
        "status": (status["photos"], status["tags"]),
        "collections": {one.name: one.photos for one in view.collections()},
        "concepts": view.concept_counts(view.scheme("heilbronn")),
    }


def truly(archive: Archive) -> dict[str, Any]:
    """Return the numbers for an archivist; they must be those of an archive that was just opened.

    Those for a reader must be, too, and tags must be as many as photos have of them.
    """
    with Archive.open(archive.settings) as anew:
        anew._gate._clock = archive._gate._clock
        for viewer in (HERE, READER):
            assert numbers(archive, viewer) == numbers(anew, viewer)
        for viewer in (HERE, READER):
            view = anew.seen_by(viewer)
            photos = [one.photo.id for one in view.photos("", 1000)]
            tags = Counter(
                (tag.concept, tag.status) for tags in anew.tags(photos).values() for tag in tags
            )
            for concept, counted in numbers(archive, viewer)["concepts"].items():
                assert counted.accepted == tags[concept, Status.ACCEPTED]
                assert counted.suggested == tags[concept, Status.SUGGESTED]
            shown = archive.searching._counts.count(archive._visible.shown(viewer))["tag"]
            given = {(c, s) for c, s in tags if s is not Status.REJECTED}
            assert sum(n for _, n in shown) == sum(tags[one] for one in given)
    return numbers(archive, HERE)


def photo(archive: Archive, name: str) -> PhotoId:
    return next(
        one.photo.id for one in archive.seen_by(HERE).photos("", 99) if one.path.name == name
    )


def test_a_decision_counts_at_once_and_so_does_taking_it_back(archive: Archive) -> None:
    before = truly(archive)
    chosen = photo(archive, "000.png")
    tag = next(one for one in archive.tags([chosen])[chosen] if one.status is Status.SUGGESTED)
    for verdict in (Verdict.ACCEPTED, Verdict.REJECTED):
        archive.reviewing.decide([Ruling(chosen, tag.concept, verdict)], "erika")
        after, known = truly(archive)["concepts"][tag.concept], before["concepts"][tag.concept]
        assert after.suggested == known.suggested - 1
        assert after.accepted == known.accepted + (verdict is Verdict.ACCEPTED)
    archive.reviewing.undo("erika")
    archive.reviewing.undo("erika")
    assert truly(archive) == before


def test_a_concept_that_no_machine_suggested_counts_when_it_is_accepted(archive: Archive) -> None:
    before = truly(archive)
    suggested = {one.concept for one in archive.tags([photo(archive, "000.png")]).popitem()[1]}
    concept = next(
        one.id for one in archive.vocabularies.scheme().concepts if one.id not in suggested
    )
    archive.reviewing.decide([Ruling(photo(archive, "000.png"), concept, Verdict.ACCEPTED)], "otto")
    after = truly(archive)
    assert sum(after["status"][1].values()) == sum(before["status"][1].values()) + 1


def test_a_table_that_closes_a_photo_takes_it_out_of_a_readers_numbers(
    archive: Archive, tmp_path: Path
) -> None:
    truly(archive)
    for seen, said in ((12, "offen"), (11, "gesperrt"), (12, "offen")):
        describe(archive, tmp_path, f"F0/000.png;HN-1;Brücke;Postkarte;1931;{said};")
        assert truly(archive)["found"] == 12
        shown = numbers(archive, READER)
        assert (shown["found"], shown["status"][0]) == (seen, seen)
        assert shown["collections"] == {"Nord": seen - 6, "Süd": 6}
        assert shown["art"] == ({"Postkarte": 1} if said == "offen" else {})
        assert shown["jahr"] == ({"1930..1939": 1} if said == "offen" else {})
        describe(archive, tmp_path, "F0/000.png;HN-1;Brücke;Plan;1941;offen;")
        changed = truly(archive)
        assert (changed["art"], changed["jahr"]) == ({"Plan": 1}, {"1940..1949": 1})


def test_an_embargo_runs_out_at_midnight(archive: Archive, tmp_path: Path) -> None:
    describe(archive, tmp_path, "F0/000.png;HN-1;Brücke;Postkarte;1931;offen;2999-06-30")
    for day, seen in ((date(2999, 6, 30), 11), (date(2999, 7, 1), 12), (date(2999, 6, 30), 11)):
        archive._gate._clock = lambda day=day: day
        truly(archive)
        assert numbers(archive, READER)["status"][0] == seen


def test_runs_count_when_they_are_applied_and_until_they_are_withdrawn(archive: Archive) -> None:
    before = truly(archive)
    one = next(iter(before["concepts"]))
    waiting = archive.tagging.tag(threshold=1.0).run
    assert truly(archive) == before
    archive.tagging.apply(waiting.number)
    fewer = truly(archive)
    assert fewer["status"][1]["suggested"] < before["status"][1]["suggested"]
    alone = archive.tag(one)
    assert truly(archive)["concepts"][one].suggested > 0
    archive.tagging.withdraw(alone.number)
    assert truly(archive) == fewer
    archive.tagging.withdraw(waiting.number)
    assert truly(archive) == before


def test_files_that_go_come_move_and_are_new_count(archive: Archive, scans: Path) -> None:
    before = truly(archive)
    gone = scans / "F0" / "000.png"
    content = gone.read_bytes()
    gone.unlink()
    archive.index([scans / "F0"])
    fewer = truly(archive)
    assert fewer["collections"] == {"Nord": 5, "Süd": 6}
    assert fewer["status"][1] == before["status"][1]  # tags stay with the photo
    gone.write_bytes(content)
    archive.index([scans / "F0"])
    assert truly(archive) == before
    write_picture(scans / "F0" / "new.png", 99)
    archive.index([scans / "F0"], collection="Nord")
    assert truly(archive)["collections"] == {"Nord": 7, "Süd": 6}
    assert numbers(archive, READER)["found"] == 13
    archive.tag()
    truly(archive)
    archive.index([scans / "F0"], collection="West")
    assert truly(archive)["collections"] == {"Süd": 6, "West": 7}


def test_what_is_measured_anew_counts(archive: Archive) -> None:
    before = truly(archive)["farbe"]
    known = archive.photo(photo(archive, "000.png")).photo
    ((_, measures),) = MeasureCatalogue(archive._engine).of([known.id])
    other = next(one for one in Colour if one is not measures.colour)
    changed = replace(known, measures=replace(measures, colour=other))
    archive._files.record((), [changed], (), None, "")
    after = truly(archive)["farbe"]
    assert after.get(other.value, 0) == before.get(other.value, 0) + 1
    assert sum(after.values()) == sum(before.values())


def test_a_vocabulary_that_renames_and_holds_back_counts_at_once(
    archive: Archive, tmp_path: Path
) -> None:
    def own(*rows: str) -> None:
        table = tmp_path / "own.csv"
        header = "id,prefLabel_de,prefLabel_en,mode,sensitivity,replaces"
        table.write_text("\n".join([header, *rows]))
        archive.vocabularies.import_file(table, "own")

    def counted() -> set[str]:
        truly(archive)
        view = archive.seen_by(READER)
        return set(view.concept_counts(view.scheme("own")))

    own("alt,alt,old,,,", "bleibt,bleibt,stays,,,")
    run = archive.tagging.tag(scheme="own", apply=True).run
    assert counted() == {"alt", "bleibt"}
    own("neu,neu,new,,,alt", "bleibt,bleibt,stays,,,")
    assert counted() == {"neu", "bleibt"}
    own("neu,neu,new,,,alt", "bleibt,bleibt,stays,,review-first,")
    assert counted() == {"neu"}
    own("alt,alt,old,,,", "bleibt,bleibt,stays,,,")
    assert counted() == {"alt", "bleibt"}
    archive.tagging.withdraw(run.number)
    assert counted() == set()


def test_suggestions_are_read_by_parts(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = truly(archive)
    monkeypatch.setattr(tag_values, "PHOTOS_AT_ONCE", 5)
    with Archive.open(archive.settings) as anew:
        assert numbers(anew, HERE) == whole


def test_values_are_counted_and_taken_away() -> None:
    found = ByValue.of(
        {
            "a": np.array([3, 1, 3], np.int32),
            "none": np.zeros(0, np.int32),
            "b": np.array([0, 3], np.int32),
        }
    )
    assert found.values == ("a", "b")
    assert found.count(np.array([True, True, True, True])) == {"a": 2, "b": 2}
    assert found.count(np.array([False, True, False, False])) == {"a": 1}
    rest = found.without(ByValue.of({"a": np.array([1, 3], np.int32), "c": found.photos}))
    assert rest.count(np.ones(4, bool)) == {"b": 2}
    assert ByValue.of({}).count(np.ones(4, bool)) == {}
