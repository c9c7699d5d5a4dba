"""Suggestions: where they come from, what is held back, what can be withdrawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from archive_ai.archive import Archive
from archive_ai.archive import archive as archive_module
from archive_ai.domain import Concept, Mode, Origin, Scheme, Sensitivity, Status
from archive_ai.errors import UsageError

Opening = Callable[..., Archive]


@pytest.fixture
def archive(open_archive: Opening, scans: Path, monkeypatch: pytest.MonkeyPatch) -> Archive:
    """Return an archive whose threshold is so low that every concept hits something."""
    opened = open_archive()
    opened.index([scans])
    monkeypatch.setattr(archive_module, "suggest", _suggest_generously)
    return opened


def _suggest_generously(concepts, vectors, index, background, report):  # type: ignore[no-untyped-def]
    from dataclasses import replace

    from archive_ai.tagging.suggest import suggest

    return suggest(concepts, vectors, index, replace(background, tags=0.0), report)


def test_every_suggestion_names_its_run_model_generation_and_scheme(archive: Archive) -> None:
    run = archive.tag()
    assert run.suggestions > 0
    for hit in archive.search("x", 12).hits:
        for tag in archive.photo(hit.photo).tags:
            assert (tag.origin, tag.status) == (Origin.MACHINE, Status.SUGGESTED)
            assert (tag.run, tag.generation, tag.model) == (run.number, 1, "tiny")
            assert tag.scheme_version == run.scheme_version
            assert tag.by == f"tiny@{run.fingerprint}"
            assert tag.probability is None
            assert tag.score is not None
            assert set(tag.labels) == {"de", "en"}


def test_a_run_is_withdrawn_whole_and_the_one_before_speaks_again(archive: Archive) -> None:
    first = archive.tag()
    second = archive.tag()
    photo = archive.search("x", 1).hits[0].photo
    assert {tag.run for tag in archive.tags([photo]).get(photo, [])} == {second.number}
    archive.withdraw(second.number)
    assert {tag.run for tag in archive.tags([photo]).get(photo, [])} == {first.number}
    archive.withdraw(first.number)
    assert archive.tags([photo]).get(photo, []) == []
    assert [run.withdrawn_at is None for run in archive.runs()] == [False, False]
    with pytest.raises(UsageError, match="no tagging run 1 that stands"):
        archive.withdraw(first.number)


def test_what_asks_for_review_first_is_told_to_nobody_not_even_as_a_count(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def scheme(*_: object) -> Scheme:
        return Scheme(
            "s",
            "https://x.example/s",
            "0" * 12,
            tuple(
                Concept(
                    name,
                    f"https://x.example/s/{name}",
                    {"de": name, "en": name},
                    sensitivity=sensitivity,
                )
                for name, sensitivity in (
                    ("offen", Sensitivity.NONE),
                    ("heikel", Sensitivity.REVIEW_FIRST),
                )
            ),
        )

    monkeypatch.setattr(archive_module, "read_scheme", scheme)
    run = archive.tag()
    told = [
        tag.concept
        for tags in archive.tags([h.photo for h in archive.search("x", 12).hits]).values()
        for tag in tags
    ]
    assert set(told) == {"offen"}
    assert run.suggestions == len(told)
    assert archive.status()["tags"] == {"suggested": len(told)}


def test_the_deny_list_and_the_modes_are_kept(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def concept(name: str, label: str, mode: Mode = Mode.ZERO_SHOT) -> Concept:
        return Concept(name, f"https://x.example/s/{name}", {"de": label, "en": label}, mode=mode)

    concepts: Sequence[Concept] = (
        concept("denied", "Atheist"),
        concept("by-hand", "Markt", Mode.MANUAL),
        concept("by-examples", "Rathaus", Mode.EXAMPLES),
    )
    monkeypatch.setattr(
        archive_module,
        "read_scheme",
        lambda *_: Scheme("s", "https://x.example/s", "0" * 12, tuple(concepts)),
    )
    with pytest.raises(UsageError):
        archive.tag()
    with pytest.raises(UsageError, match="mode is manual"):
        try:
            archive.tag("by-hand")
        except UsageError as error:
            raise UsageError(error.advice) from error


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
