"""The sample archive as a whole: how much there is, and that its table is true and complete."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import fields
from pathlib import Path

import pytest
from drawn_archive import DrawnArchive
from PIL import Image, UnidentifiedImageError

from archive_ai.sample import (
    BROKEN_FILE,
    DESCRIPTIONS_FILE,
    FINDING_AID_FILE,
    MOTIFS,
    SamplePicture,
    draw_archive,
)


def test_holds_at_least_four_of_each_of_twenty_motifs(drawn: DrawnArchive) -> None:
    counts = Counter(picture.motif for picture in drawn.pictures)
    assert set(counts) == {motif.id for motif in MOTIFS}
    assert len(counts) >= 20
    assert min(counts.values()) >= 4
    assert 110 <= len(drawn.pictures) <= 160


def test_progress_ends_with_everything(drawn: DrawnArchive) -> None:
    total = len(drawn.pictures)
    assert drawn.progress == [(done, total) for done in range(1, total + 1)]


def test_every_file_is_listed_except_the_broken_one(drawn: DrawnArchive) -> None:
    files = {path.relative_to(drawn.folder) for path in drawn.folder.rglob("*") if path.is_file()}
    listed = {Path(picture.path) for picture in drawn.pictures}
    assert files - listed == {BROKEN_FILE, DESCRIPTIONS_FILE, FINDING_AID_FILE}
    assert listed <= files


def test_broken_file_cannot_be_decoded(drawn: DrawnArchive) -> None:
    with pytest.raises((UnidentifiedImageError, OSError)):
        Image.open(drawn.folder / BROKEN_FILE).load()


def test_every_other_file_can_be_decoded(drawn: DrawnArchive) -> None:
    for picture in drawn.pictures:
        with Image.open(drawn.folder / picture.path) as image:
            image.seek(picture.page - 1)
            image.load()
            assert min(image.size) > 250


def test_somebody_has_described_three_of_five_fonds(drawn: DrawnArchive) -> None:
    with (drawn.folder / FINDING_AID_FILE).open(encoding="utf-8", newline="") as file:
        described = {row["signature"] for row in csv.DictReader(file)}
    expected = {p.signature for p in drawn.pictures if p.path[:4] in ("F001", "F002", "F003")}
    assert described == expected
    assert len(described) < len({p.signature for p in drawn.pictures})


def test_table_says_what_was_answered(drawn: DrawnArchive) -> None:
    with (drawn.folder / DESCRIPTIONS_FILE).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = [field.name for field in fields(SamplePicture)]
    expected = [{name: str(getattr(one, name)) for name in names} for one in drawn.pictures]
    assert rows == expected


def test_descriptions_are_complete_in_both_languages(drawn: DrawnArchive) -> None:
    for picture in drawn.pictures:
        for text in (picture.description_de, picture.description_en):
            assert text.endswith(".")
            assert len(text.split()) >= 5
        assert picture.description_de != picture.description_en
        assert str(picture.year) in picture.title_de
        assert str(picture.year) in picture.title_en


def test_descriptions_vary_within_a_motif(drawn: DrawnArchive) -> None:
    by_motif: dict[str, set[str]] = {}
    for picture in drawn.pictures:
        by_motif.setdefault(picture.motif, set()).add(picture.description_de)
    alike = [motif for motif, texts in by_motif.items() if len(texts) < 2]
    assert not alike


def test_signatures_name_one_file_each(drawn: DrawnArchive) -> None:
    files = {picture.signature: picture.path for picture in drawn.pictures}
    assert len(files) == len(set(files.values())) == len({one.path for one in drawn.pictures})
    for signature, path in files.items():
        assert path.split(".")[0].endswith(signature.replace("-", "_"))


def test_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    some = [motif for motif in MOTIFS if motif.id in ("harbour", "text-page")]
    draw_archive(tmp_path / "one", 7, motifs=some)
    draw_archive(tmp_path / "two", 7, motifs=some)
    first, second = (
        {path.name: path.read_bytes() for path in sorted((tmp_path / name).rglob("*.*"))}
        for name in ("one", "two")
    )
    assert first == second


def test_a_motif_is_drawn_alike_whatever_else_is_drawn(drawn: DrawnArchive, tmp_path: Path) -> None:
    alone = draw_archive(tmp_path, 1, motifs=[motif for motif in MOTIFS if motif.id == "windmill"])
    among = [picture for picture in drawn.pictures if picture.motif == "windmill"]
    for one, other in zip(alone, among, strict=True):
        assert (tmp_path / one.path).read_bytes() == (drawn.folder / other.path).read_bytes()


def test_another_seed_gives_other_pictures(drawn: DrawnArchive, tmp_path: Path) -> None:
    others = draw_archive(tmp_path, 2, motifs=[motif for motif in MOTIFS if motif.id == "tram"])
    known = {(drawn.folder / one.path).read_bytes() for one in drawn.pictures}
    assert not [one for one in others if (tmp_path / one.path).read_bytes() in known]
