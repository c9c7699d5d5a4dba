"""Suggestions: where they come from, what is held back, what can be withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from archive_ai.archive import Archive
from archive_ai.domain import Origin, PhotoId, Ruling, Status, Verdict
from archive_ai.errors import BadTable, UsageError
from archive_ai.tagging import calibrating

Opening = Callable[..., Archive]

MEASURED = {
    *("schwarzweiss", "farbe", "tonung", "negativ", "leerbild"),
    *("hochformat", "querformat", "panorama"),
}


@pytest.fixture
def archive(open_archive: Opening, scans: Path, monkeypatch: pytest.MonkeyPatch) -> Archive:
    """Return an archive whose threshold is so low that every concept hits something."""
    opened = open_archive()
    opened.index([scans])
    monkeypatch.setattr(calibrating, "THRESHOLD", 0.0)
    return opened


def test_every_suggestion_names_its_run_model_generation_and_scheme(archive: Archive) -> None:
    run = archive.tag()
    assert run.suggestions > 0
    for hit in archive.search("x", 12).hits:
        for tag in archive.photo(hit.photo).tags:
            assert (tag.origin, tag.status) == (Origin.MACHINE, Status.SUGGESTED)
            assert (tag.run, tag.generation, tag.model) == (run.number, 1, "tiny")
            assert tag.scheme_version == run.scheme_version
            assert tag.by == f"tiny@{run.fingerprint}"
            assert tag.score is not None
            if tag.concept in MEASURED:
                assert tag.probability is None
            else:
                assert tag.probability is not None
                assert 0.0 <= tag.probability <= 1.0
            assert set(tag.labels) == {"de", "en"}


def test_a_run_is_withdrawn_whole_and_the_one_before_speaks_again(archive: Archive) -> None:
    first = archive.tag()
    second = archive.tag()
    photo = archive.search("x", 1).hits[0].photo
    assert {tag.run for tag in archive.tags([photo]).get(photo, [])} == {second.number}
    archive.tagging.withdraw(second.number)
    assert {tag.run for tag in archive.tags([photo]).get(photo, [])} == {first.number}
    archive.tagging.withdraw(first.number)
    assert archive.tags([photo]).get(photo, []) == []
    assert [run.withdrawn_at is None for run in archive.runs()] == [False, False]
    with pytest.raises(UsageError, match="no tagging run 1 that stands"):
        archive.tagging.withdraw(first.number)


def _import(archive: Archive, folder: Path, *rows: str) -> None:
    table = folder / "own.csv"
    table.write_text("\n".join(["id,prefLabel_de,prefLabel_en,mode,sensitivity", *rows]))
    archive.vocabularies.import_file(table, "own")


def test_what_asks_for_review_first_is_told_to_nobody_not_even_as_a_count(
    archive: Archive, tmp_path: Path
) -> None:
    _import(archive, tmp_path, "offen,offen,open,,", "heikel,heikel,delicate,,review-first")
    run = archive.tagging.tag(scheme="own").run
    archive.tagging.apply(run.number)
    told = [
        tag.concept
        for tags in archive.tags([h.photo for h in archive.search("x", 12).hits]).values()
        for tag in tags
    ]
    assert set(told) == {"offen"}
    assert run.suggestions == len(told)
    assert archive.status()["tags"] == {"suggested": len(told)}


def test_the_deny_list_and_the_modes_are_kept(archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(BadTable, match=r"line 2, concept denied: .* “Atheist\*?” is on the deny"):
        _import(archive, tmp_path, "denied,Atheist,atheist,,")
    _import(archive, tmp_path, "by-hand,Markt,market,manual,", "by-examples,Rathaus,hall,examples,")
    with pytest.raises(UsageError, match="own is nothing that the machine may suggest"):
        archive.tagging.tag(scheme="own")
    with pytest.raises(UsageError, match="by-hand") as caught:
        archive.tagging.tag("by-hand", scheme="own")
    assert "mode is manual" in caught.value.advice


def test_a_run_says_nothing_before_it_is_applied(archive: Archive) -> None:
    photos = [hit.photo for hit in archive.search("x", 12).hits]
    tagged = archive.tagging.tag()
    run, difference = tagged.run, tagged.difference
    assert (difference.new, difference.gone, difference.same) == (run.suggestions, 0, 0)
    assert archive.tags(photos) == {}
    archive.tagging.apply(run.number)
    assert sum(len(tags) for tags in archive.tags(photos).values()) == run.suggestions
    tagged = archive.tagging.tag()
    again, difference = tagged.run, tagged.difference
    assert (difference.new, difference.gone, difference.same) == (0, 0, run.suggestions)
    with pytest.raises(UsageError, match="no tagging run 1 that waits"):
        archive.tagging.apply(run.number)
    assert {tag.run for tags in archive.tags(photos).values() for tag in tags} == {run.number}
    assert again.number == 2


def test_one_concept_can_be_suggested_alone(archive: Archive) -> None:
    archive.tag("bruecke")
    photos = [hit.photo for hit in archive.search("x", 12).hits]
    assert {t.concept for tags in archive.tags(photos).values() for t in tags} == {"bruecke"}


def test_a_run_about_one_concept_leaves_the_others_as_they_are(archive: Archive) -> None:
    archive.tag()
    photos = [hit.photo for hit in archive.search("x", 12).hits]
    before = {t.concept for tags in archive.tags(photos).values() for t in tags}
    run = archive.tag("bruecke")
    after = {t.concept: t.run for tags in archive.tags(photos).values() for t in tags}
    assert set(after) == before | {"bruecke"}
    assert {concept for concept, number in after.items() if number == run.number} == {"bruecke"}


def test_a_run_of_another_model_speaks_only_of_what_that_model_saw(
    archive: Archive, open_archive: Opening, scans: Path, other_model: str
) -> None:
    archive.tag()
    other = open_archive(model=other_model)
    other.index([scans / "F0" / "000.png"])
    seen = archive.photo(str(scans / "F0" / "000.png")).photo.id
    photos = [hit.photo for hit in archive.search("x", 12).hits]
    before = {photo: tags for photo, tags in archive.tags(photos).items() if photo != seen}
    other.tag()
    after = {photo: tags for photo, tags in archive.tags(photos).items() if photo != seen}
    assert after == before


def test_tagging_again_changes_nothing(archive: Archive) -> None:
    for threshold in (0.0, 0.1, 0.5):
        first = archive.tagging.tag(threshold=threshold, apply=True)
        photos = [hit.photo for hit in archive.search("x", 12).hits]
        before = {photo: _said(archive, photo) for photo in photos}
        again = archive.tagging.tag(threshold=threshold, apply=True)
        assert (again.difference.new, again.difference.gone) == (0, 0)
        assert again.difference.same == again.run.suggestions == first.run.suggestions
        assert {photo: _said(archive, photo) for photo in photos} == before


def _said(archive: Archive, photo: PhotoId) -> list[tuple[str, float | None, float | None]]:
    tags = archive.tags([photo]).get(photo, [])
    return [(tag.concept, tag.score, tag.probability) for tag in tags]


def test_a_stricter_threshold_takes_away_suggestions_and_no_decision(archive: Archive) -> None:
    archive.tag()
    photo = archive.search("x", 1).hits[0].photo
    least = min(
        (tag for tag in archive.photo(photo).tags if tag.probability is not None),
        key=lambda tag: tag.probability or 0.0,
    )
    archive.reviewing.decide([Ruling(photo, least.concept, Verdict.ACCEPTED)], "erika")
    strict = archive.tagging.tag(threshold=1.0, apply=True)
    assert strict.difference.gone > 0
    left = {tag.concept: tag for tag in archive.photo(photo).tags}
    assert left[least.concept].status is Status.ACCEPTED
    assert all(
        tag.origin is Origin.PERSON or tag.probability in (None, 1.0) for tag in left.values()
    )


def test_a_scheme_of_measured_concepts_alone_can_be_tagged(
    archive: Archive, tmp_path: Path
) -> None:
    _import(
        archive, tmp_path, "grau,Schwarzweiß,black-and-white,measured,", "f,Farbe,colour,measured,"
    )
    run = archive.tagging.tag(scheme="own", apply=True).run
    assert 0 < run.suggestions <= 12
