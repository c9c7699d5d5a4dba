"""What a person decided stands: whatever is tagged, withdrawn, re-indexed, renewed or moved."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from archive_ai.archive import Archive, queues
from archive_ai.domain import Origin, PhotoId, Ruling, Status, Tag, Verdict
from archive_ai.errors import BadTable, UnknownConcept, UnknownPhoto, UsageError
from archive_ai.tagging import calibrating

Opening = Callable[..., Archive]
SCHEME = "id,prefLabel_de,prefLabel_en,sensitivity,replaces"
ROWS = ("tor,Tor,gate,,", "turm,Turm,tower,,", "heikel,heikel,delicate,review-first,")


@pytest.fixture
def archive(open_archive: Opening, scans: Path, tmp_path: Path) -> Archive:
    """Return an archive in which one concept is accepted and one rejected on a photo."""
    opened = open_archive()
    opened.index([scans])
    opened.vocabularies.import_file(_table(tmp_path, *ROWS), "own")
    rulings = [
        Ruling(_photo(opened), "tor", Verdict.ACCEPTED),
        Ruling(_photo(opened), "turm", Verdict.REJECTED, "it is a chimney"),
    ]
    opened.reviewing.decide(rulings, "erika", "own")
    return opened


def _table(folder: Path, *rows: str) -> Path:
    table = folder / "own.csv"
    table.write_text("\n".join([SCHEME, *rows]) + "\n", "utf-8")
    return table


def _photo(archive: Archive, name: str = "000.png") -> PhotoId:
    return next(hit.photo for hit in archive.search("x", 12).hits if hit.path.name == name)


def _decided(archive: Archive, photo: PhotoId) -> dict[str, tuple[Status, Origin, str]]:
    return {
        tag.concept: (tag.status, tag.origin, tag.by)
        for tag in archive.tags([photo]).get(photo, [])
        if tag.origin is not Origin.MACHINE
    }


STANDS = {
    "tor": (Status.ACCEPTED, Origin.PERSON, "erika"),
    "turm": (Status.REJECTED, Origin.PERSON, "erika"),
}


def _tag_everything(archive: Archive) -> int:
    run = archive.tagging.tag(scheme="own").run
    archive.tagging.apply(run.number)
    return run.number


def test_it_survives_tagging_again_and_a_machine_says_nothing_beside_it(archive: Archive) -> None:
    photo = _photo(archive)
    for _ in range(2):
        _tag_everything(archive)
        assert _decided(archive, photo) == STANDS
        concepts = [tag.concept for tag in archive.tags([photo])[photo]]
        assert len(concepts) == len(set(concepts))


def test_it_survives_the_withdrawal_of_the_run_it_was_about(archive: Archive) -> None:
    photo = _photo(archive)
    number = _tag_everything(archive)
    archive.reviewing.decide([Ruling(photo, "turm", Verdict.ACCEPTED)], "otto", "own")
    archive.tagging.withdraw(number)
    assert _decided(archive, photo)["turm"] == (Status.ACCEPTED, Origin.PERSON, "otto")
    assert _decided(archive, photo)["tor"] == STANDS["tor"]


def test_it_survives_another_model(
    archive: Archive, open_archive: Opening, scans: Path, other_model: str
) -> None:
    photo = _photo(archive)
    other = open_archive(model=other_model)
    other.index([scans])
    _tag_everything(other)
    assert _decided(other, photo) == STANDS


def test_it_survives_a_new_version_of_the_vocabulary(archive: Archive, tmp_path: Path) -> None:
    photo = _photo(archive)
    archive.vocabularies.import_file(
        _table(tmp_path, "stadttor,Stadttor,town gate,,tor", "turm,Kirchturm,steeple,,"), "own"
    )
    _tag_everything(archive)
    assert _decided(archive, photo) == {"stadttor": STANDS["tor"], "turm": STANDS["turm"]}


def test_it_survives_that_the_file_is_moved(archive: Archive, scans: Path) -> None:
    photo = _photo(archive)
    (scans / "elsewhere").mkdir()
    (scans / "F0" / "000.png").rename(scans / "elsewhere" / "new name.png")
    report = archive.index([scans])
    assert report.moved == 1
    assert archive.photo(str(scans / "elsewhere" / "new name.png")).photo.id == photo
    assert _decided(archive, photo) == STANDS


def test_an_undone_batch_leaves_what_stood_before(archive: Archive) -> None:
    photo = _photo(archive)
    second = archive.reviewing.decide([Ruling(photo, "tor", Verdict.REJECTED)], "otto", "own")
    assert _decided(archive, photo)["tor"] == (Status.REJECTED, Origin.PERSON, "otto")
    assert archive.reviewing.undo("otto").written == 1
    assert _decided(archive, photo) == STANDS
    with pytest.raises(UsageError, match="otto has decided nothing that could be taken back"):
        archive.reviewing.undo("otto")
    with pytest.raises(UsageError, match=f"batch {second.batch} holds nothing"):
        archive.reviewing.undo("erika", second.batch)
    said = [(one.verdict.value, one.by) for one in archive.reviewing.history(photo)]
    assert said == [
        ("accepted", "erika"),
        ("rejected", "erika"),
        ("rejected", "otto"),
        ("undone", "otto"),
    ]


def test_whoever_did_not_see_the_other_decide_overrules_nobody(archive: Archive) -> None:
    photo = _photo(archive)
    decided = archive.reviewing.decide(
        [
            Ruling(photo, "tor", Verdict.REJECTED, seen=0),
            Ruling(photo, "turm", Verdict.REJECTED, seen=0),
        ],
        "otto",
        "own",
    )
    assert (decided.written, len(decided.conflicts)) == (1, 1)
    assert decided.conflicts[0].by == "erika"
    assert _decided(archive, photo)["tor"] == STANDS["tor"]
    # A second reader who agrees is kept as well.
    assert _decided(archive, photo)["turm"] == (Status.REJECTED, Origin.PERSON, "otto")


def test_two_people_at_once_lose_nothing(archive: Archive) -> None:
    photos = [hit.photo for hit in archive.search("x", 12).hits]
    people = [f"reader {number}" for number in range(4)]

    def work(by: str) -> int:
        return sum(
            archive.reviewing.decide([Ruling(photo, "turm", Verdict.ACCEPTED)], by, "own").written
            for photo in photos
        )

    with ThreadPoolExecutor(len(people)) as pool:
        written = list(pool.map(work, people))
    assert written == [len(photos)] * len(people)
    for photo in photos:
        by = {one.by for one in archive.reviewing.history(photo) if one.concept == "turm"}
        assert by >= set(people)


def test_what_is_sensitive_is_told_once_it_was_accepted_and_not_when_rejected(
    archive: Archive,
) -> None:
    photo, other = _photo(archive), _photo(archive, "001.jpg")
    before = archive.status()["tags"]
    archive.reviewing.decide(
        [
            Ruling(photo, "heikel", Verdict.ACCEPTED),
            Ruling(other, "heikel", Verdict.REJECTED),
        ],
        "erika",
        "own",
    )
    assert _decided(archive, photo)["heikel"] == (Status.ACCEPTED, Origin.PERSON, "erika")
    assert "heikel" not in _decided(archive, other)
    assert archive.status()["tags"] == {**before, "accepted": before["accepted"] + 1}


def test_a_person_s_tag_names_the_suggestion_it_was_about(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calibrating, "THRESHOLD", 0.0)
    _tag_everything(archive)
    suggested = [
        tag
        for tags in archive.tags([hit.photo for hit in archive.search("x", 12).hits]).values()
        for tag in tags
        if tag.origin is Origin.MACHINE
    ]
    seen = suggested[0]
    archive.reviewing.decide([Ruling(seen.photo, seen.concept, Verdict.ACCEPTED)], "otto", "own")
    (tag,) = (t for t in archive.tags([seen.photo])[seen.photo] if t.concept == seen.concept)
    kept: Tag = tag
    assert (kept.run, kept.score, kept.model) == (seen.run, seen.score, seen.model)
    assert (kept.origin, kept.by) == (Origin.PERSON, "otto")


@pytest.mark.parametrize(
    ("ruling", "by", "error"),
    [
        (Ruling(PhotoId("p_" + "a" * 20), "tor", Verdict.ACCEPTED), "erika", UnknownPhoto),
        (Ruling(PhotoId(""), "tor", Verdict.ACCEPTED), "erika", UnknownPhoto),
        (None, "erika", UnknownConcept),
        (None, "  ", UsageError),
    ],
)
def test_what_cannot_be_decided_is_refused_whole(
    archive: Archive, ruling: Ruling | None, by: str, error: type[Exception]
) -> None:
    photo = _photo(archive)
    good = Ruling(photo, "tor", Verdict.REJECTED)
    bad = ruling or Ruling(photo, "weg", Verdict.ACCEPTED)
    with pytest.raises(error):
        archive.reviewing.decide([good, bad], by, "own")
    assert _decided(archive, photo) == STANDS


def test_a_table_is_decided_as_one_batch_by_paths_and_ids(archive: Archive, scans: Path) -> None:
    photo = _photo(archive)
    table = scans / "review.csv"
    table.write_text(
        "path,concept,decision,note\n"
        f"F1/001.jpg,tor,accept,\n{photo},turm,annehmen,doch\n{scans / 'F0/002.tif'},tor,reject,\n"
        "F1/003.png,tor,,\n"
    )
    decided = archive.reviewing.from_table(table, "otto", "own")
    assert (decided.written, decided.conflicts) == (3, [])
    assert _decided(archive, photo)["turm"] == (Status.ACCEPTED, Origin.PERSON, "otto")
    assert archive.reviewing.undo("otto").written == 3
    assert _decided(archive, photo) == STANDS


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("F1/099.jpg,tor,accept", "line 3: this archive holds no photo F1/099.jpg"),
        ("F1/001.jpg,weg,accept", "line 3: the scheme has no concept weg"),
        ("F1/001.jpg,tor,vielleicht", "line 3: the decision 'vielleicht' is unknown"),
    ],
)
def test_a_table_with_a_fault_is_refused_whole(
    archive: Archive, scans: Path, row: str, reason: str
) -> None:
    table = scans / "review.csv"
    table.write_text(f"path,concept,decision\nF0/000.png,tor,reject\n{row}\n")
    with pytest.raises(BadTable, match=reason):
        archive.reviewing.from_table(table, "otto", "own")
    assert _decided(archive, _photo(archive)) == STANDS


def test_a_concept_that_comes_back_after_a_rename_speaks_for_itself(
    archive: Archive, tmp_path: Path
) -> None:
    photo = _photo(archive)
    renamed = _table(tmp_path, "pforte,Pforte,portal,,tor", *ROWS[1:])
    archive.vocabularies.import_file(renamed, "own")
    assert "pforte" in _decided(archive, photo)
    both = _table(tmp_path, "pforte,Pforte,portal,,", *ROWS)
    archive.vocabularies.import_file(both, "own")
    assert _decided(archive, photo)["tor"] == (Status.ACCEPTED, Origin.PERSON, "erika")
    assert "pforte" not in _decided(archive, photo)
    archive.reviewing.decide([Ruling(photo, "tor", Verdict.REJECTED)], "otto", "own")
    assert _decided(archive, photo)["tor"] == (Status.REJECTED, Origin.PERSON, "otto")


def test_what_was_taught_follows_a_concept_that_is_renamed(
    archive: Archive, tmp_path: Path, scans: Path
) -> None:
    archive.teaching.learn("tor", "erika", scans / "F0", "own")
    before = archive.teaching.learn("tor", "erika", scheme="own").references
    assert before > 0
    archive.vocabularies.import_file(
        _table(tmp_path, "pforte,Pforte,portal,,tor", *ROWS[1:]), "own"
    )
    assert archive.teaching.learn("pforte", "erika", scheme="own").references == before


def test_a_map_is_never_drawn_over_a_file_that_is_there(archive: Archive, scans: Path) -> None:
    from archive_ai.archive.explaining import write_heat_map

    scan = scans / "F0" / "000.png"
    content = scan.read_bytes()
    found = archive.explain(str(scan), "tor", scheme="own")
    with pytest.raises(UsageError, match="there already"):
        write_heat_map(found, scan)
    assert scan.read_bytes() == content


def test_photos_whose_files_are_gone_do_not_hold_up_the_queue(
    archive: Archive, scans: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = archive.queues.queue("tor", "own", "sure", 2).rows
    for row in first:
        Path(row.path).unlink()
    archive.index([scans])
    rows = archive.queues.queue("tor", "own", "sure", 2).rows
    assert len(rows) == 2
    assert {row.photo for row in rows}.isdisjoint(row.photo for row in first)


def test_a_run_that_was_broken_off_cannot_be_applied(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        archive.tagging.tag(scheme="own", report=breaks)
    broken = archive.runs()[0]
    assert broken.written_at is None
    with pytest.raises(UsageError, match="no tagging run"):
        archive.tagging.apply(broken.number)


def test_an_older_run_does_not_speak_after_a_newer_one(archive: Archive) -> None:
    waits = archive.tagging.tag(scheme="own").run
    archive.tagging.tag(scheme="own", apply=True)
    with pytest.raises(UsageError, match="is newer"):
        archive.tagging.apply(waits.number)


def test_a_queue_may_be_longer_than_what_is_sorted_out_for_teaching(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queues, "POOL", 3)
    for order in ("teach", "sure"):
        assert len(archive.queues.queue("tor", "own", order, 9).rows) == 9


def test_what_is_decided_of_a_sensitive_concept_is_told_at_the_archive_only(
    archive: Archive,
) -> None:
    photo = _photo(archive)
    archive.reviewing.decide([Ruling(photo, "heikel", Verdict.REJECTED)], "erika", "own")
    assert "heikel" in {one.concept for one in archive.reviewing.history(photo)}
    assert "heikel" not in {one.concept for one in archive.reviewing.open_history(photo)}
    assert {one.concept for one in archive.reviewing.open_history(photo)} == {"tor", "turm"}


def test_nobody_takes_back_without_a_name(archive: Archive) -> None:
    with pytest.raises(UsageError, match="needs a name"):
        archive.reviewing.undo("   ")


def test_accepted_and_rejected_at_once_is_refused(archive: Archive) -> None:
    photo = _photo(archive, "001.jpg")
    both = [Ruling(photo, "tor", verdict) for verdict in (Verdict.ACCEPTED, Verdict.REJECTED)]
    with pytest.raises(UsageError, match="both accepted and rejected"):
        archive.reviewing.decide(both, "erika", "own")
    assert archive.reviewing.history(photo) == []


def test_what_is_not_told_is_not_taken_back_by_anyone_either(archive: Archive) -> None:
    photo = _photo(archive)
    batch = archive.reviewing.decide(
        [Ruling(photo, "heikel", Verdict.REJECTED)], "erika", "own"
    ).batch
    with pytest.raises(UsageError, match="not told over the network"):
        archive.reviewing.undo("stranger", batch, told=True)
    assert archive.reviewing.undo("erika", batch).written == 1


def test_an_older_vocabulary_may_come_back_with_all_that_was_said_and_taught(
    archive: Archive, tmp_path: Path, scans: Path
) -> None:
    archive.teaching.learn("tor", "erika", scans / "F0", "own")
    before = archive.teaching.learn("tor", "erika", scheme="own").references
    renamed = _table(tmp_path, "pforte,Pforte,portal,,tor", *ROWS[1:])
    archive.vocabularies.import_file(renamed, "own")
    archive.vocabularies.import_file(_table(tmp_path, *ROWS), "own")
    assert _decided(archive, _photo(archive))["tor"][0] is Status.ACCEPTED
    assert archive.teaching.learn("tor", "erika", scheme="own").references == before
