"""From words or a picture to hits."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from archive_ai.archive import Archive
from archive_ai.domain import Strength
from archive_ai.errors import (
    ArchiveMissing,
    ModelUnusable,
    NothingIndexed,
    UnknownPhoto,
    UnreadablePicture,
    UsageError,
)
from made_scans import write_picture

Opening = Callable[..., Archive]


@pytest.fixture
def archive(open_archive: Opening, scans: Path) -> Archive:
    opened = open_archive()
    opened.index([scans])
    return opened


def test_hits_come_best_first_and_the_first_five_of_twelve_are_the_five(archive: Archive) -> None:
    twelve = archive.search("Kirche am Fluss", 12)
    scores = [hit.score for hit in twelve.hits]
    assert scores == sorted(scores, reverse=True)
    assert len({hit.photo for hit in twelve.hits}) == 12
    assert archive.search("Kirche am Fluss", 5).hits == twelve.hits[:5]


def test_strength_falls_with_the_score(archive: Archive) -> None:
    order = [Strength.STRONG, Strength.WEAK, Strength.BELOW]
    places = [order.index(hit.strength) for hit in archive.search("Kirche", 12).hits]
    assert places == sorted(places)
    assert archive.search("Kirche", 12).total_strong == places.count(0)


def test_a_photo_is_never_its_own_likeness(archive: Archive, scans: Path) -> None:
    path = scans / "F0" / "000.png"
    photo = archive.photo(str(path)).photo.id
    by_path = archive.similar(str(path), limit=12)
    assert by_path.hits == archive.similar(photo, limit=12).hits
    assert photo not in {hit.photo for hit in by_path.hits}
    assert len(by_path.hits) == 11


def test_any_picture_file_can_be_asked_for(archive: Archive, scans: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.png"
    outside.write_bytes((scans / "F0" / "000.png").read_bytes())
    best = archive.similar(str(outside)).hits[0]
    assert best.path == scans / "F0" / "000.png"
    assert best.score > 0.999


def test_files_that_are_gone_are_no_hits_and_are_not_counted(archive: Archive, scans: Path) -> None:
    gone = archive.search("Kirche", 1).hits[0]
    gone.path.unlink()
    archive.index([scans])
    result = archive.search("Kirche", 12)
    assert len(result.hits) == 11
    assert gone.photo not in {hit.photo for hit in result.hits}
    assert result.total_strong == sum(h.strength is Strength.STRONG for h in result.hits)


def test_questions_that_cannot_be_answered_say_why(
    open_archive: Opening, archive: Archive, tmp_path: Path
) -> None:
    for text in ("", "   ", "x" * 1001):
        with pytest.raises(UsageError):
            archive.search(text)
    with pytest.raises(UsageError, match="0 hits"):
        archive.search("Kirche", 0)
    with pytest.raises(UnknownPhoto):
        archive.similar("p_nothing")
    text = tmp_path / "text.jpg"
    text.write_text("no picture")
    with pytest.raises(UnreadablePicture, match=r"text\.jpg"):
        archive.similar(str(text))


def test_an_empty_archive_says_so(open_archive: Opening, tmp_path: Path) -> None:
    with pytest.raises(NothingIndexed, match="Nothing is indexed"):
        open_archive().search("Kirche")
    (tmp_path / "none").mkdir()
    empty = open_archive()
    empty.index([tmp_path / "none"])
    assert empty.search("Kirche").hits == ()


def test_an_archive_of_one_photo_can_be_searched(open_archive: Opening, tmp_path: Path) -> None:
    write_picture(tmp_path / "one" / "one.png", 1)
    archive = open_archive()
    archive.index([tmp_path / "one"])
    assert len(archive.search("Kirche").hits) == 1
    assert archive.similar(archive.search("x").hits[0].photo).hits == ()


def test_a_model_whose_files_changed_is_refused(
    open_archive: Opening, scans: Path, tmp_path: Path
) -> None:
    from tiny_model import write_tiny_model

    folder = write_tiny_model(tmp_path / "model")
    reference = f"local-dir:{folder}"
    open_archive(model=reference).index([scans])
    write_tiny_model(folder, seed=5)
    with pytest.raises(ModelUnusable, match="have changed"):
        open_archive(model=None).search("Kirche")


def test_a_new_generation_needs_no_restart(
    open_archive: Opening, archive: Archive, scans: Path
) -> None:
    reader = open_archive(model=None)
    assert len(reader.search("Kirche", 50).hits) == 12
    write_picture(scans / "new.png", 77)
    archive.index([scans])
    assert len(reader.search("Kirche", 50).hits) == 13


def test_reasons_are_cosines_and_scores_are_measured_by_the_background(archive: Archive) -> None:
    opened, encoder = archive._opener.open()
    query = encoder.encode_texts(["Markt"])[0]
    weak, strong = opened.background.words
    for hit in archive.search("Markt", 12).hits:
        row = opened.index.rows([hit.photo])[0]
        (reason,) = hit.reasons
        assert np.isclose(reason.score, row @ query - row @ opened.background.mean, atol=1e-5)
        level = (reason.score - weak) / (strong - weak)
        assert np.isclose(hit.score, level if level <= 1 else 2 - 1 / level, atol=1e-3)
    asked = archive.search("Markt", 12).hits[-1].photo
    for hit in archive.similar(asked, limit=12).hits:
        one, two = opened.index.rows([hit.photo, asked])
        assert np.isclose(hit.reasons[0].score, one @ two, atol=1e-5)


def test_no_archive_is_one_sentence(tmp_path: Path) -> None:
    from archive_ai.archive import load

    with pytest.raises(ArchiveMissing, match="no archive in"):
        Archive.open(load(archive=tmp_path / "nothing"))


def test_a_contact_sheet_says_title_reason_and_hint(
    archive: Archive, scans: Path, tmp_path: Path
) -> None:
    table = tmp_path / "table.csv"
    table.write_text("path;title\nF0/000.png;Wochenmarkt am Hafen\n", "utf-8")
    archive.describing.import_table(table)
    sheet = tmp_path / "sheet.html"
    asked = ("Hafen", "Hafen ohne Autos")
    archive.write_sheet(sheet, "Hafen", [(text, archive.search(text, 12)) for text in asked])
    page = sheet.read_text("utf-8")
    assert "Wochenmarkt am Hafen" in page
    assert "Gefunden in: Titel (Hafen)" in page
    assert "Im ganzen Archiv: 1 stark" in page
    assert "Hafen -Autos" in page
