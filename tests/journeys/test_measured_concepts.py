"""What is measured on the pixels: found without words, reviewed like everything else."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from archive_ai.archive import Archive
from archive_ai.domain import Ruling, Status, Verdict
from archive_ai.errors import UsageError

Opening = Callable[..., Archive]

FORMATS = {"hochformat", "querformat", "panorama"}
COLOURS = {"schwarzweiss", "farbe", "tonung"}


def _patches(size: tuple[int, int], grey: bool = False) -> Image.Image:
    dice = np.random.default_rng(3)
    colours = dice.integers(0, 256, (6, 8, 3), dtype=np.uint8)
    picture = Image.fromarray(colours).resize(size, Image.Resampling.BILINEAR)
    return picture.convert("L").convert("RGB") if grey else picture


@pytest.fixture
def archive(open_archive: Opening, tmp_path: Path) -> Archive:
    """Return an archive of four scans, measured and tagged."""
    folder = tmp_path / "measured"
    folder.mkdir()
    _patches((160, 120)).save(folder / "colour.png")
    _patches((120, 160), grey=True).save(folder / "grey.png")
    _patches((400, 120), grey=True).save(folder / "wide.png")
    Image.new("RGB", (160, 120), (225, 223, 219)).save(folder / "blank.png")
    opened = open_archive()
    opened.index([folder])
    opened.tag()
    return opened


def _found(archive: Archive, name: str, kinds: set[str]) -> set[str]:
    photo = next(p for p in _photos(archive) if _name(archive, p) == name)
    return {tag.concept for tag in archive.photo(photo).tags if tag.concept in kinds}


def _photos(archive: Archive) -> list[str]:
    return [hit.photo for hit in archive.search("x", 10).hits]


def _name(archive: Archive, photo: str) -> str:
    return archive.photo(photo).paths[0].stem


def test_colour_shape_and_blank_pages_are_told_from_the_pixels(archive: Archive) -> None:
    assert _found(archive, "colour", COLOURS | FORMATS) == {"farbe", "querformat"}
    assert _found(archive, "grey", COLOURS | FORMATS) == {"schwarzweiss", "hochformat"}
    assert _found(archive, "wide", COLOURS | FORMATS) == {"schwarzweiss", "querformat", "panorama"}
    blank = {"leerbild"}
    assert _found(archive, "blank", blank) == blank
    assert not any(_found(archive, name, blank) for name in ("colour", "grey", "wide"))


def test_a_measured_tag_is_the_machines_and_has_no_probability(archive: Archive) -> None:
    for photo in _photos(archive):
        for tag in archive.photo(photo).tags:
            if tag.concept in COLOURS | FORMATS:
                assert (tag.status, tag.probability) == (Status.SUGGESTED, None)


def test_a_run_may_be_about_one_measured_concept(archive: Archive) -> None:
    tagged = archive.tagging.tag("farbe")
    assert tagged.run.suggestions == 1
    assert (tagged.difference.new, tagged.difference.gone, tagged.difference.same) == (0, 0, 1)


def test_what_is_measured_waits_in_a_queue_and_a_person_has_the_last_word(archive: Archive) -> None:
    queue = archive.queues.queue("farbe")
    assert [(row.path.rpartition("/")[2], row.probability) for row in queue.rows] == [
        ("colour.png", None)
    ]
    photo = next(p for p in _photos(archive) if _name(archive, p) == "colour")
    archive.reviewing.decide([Ruling(photo, "farbe", Verdict.REJECTED)], "Ada")
    archive.tag()
    tag = next(tag for tag in archive.photo(photo).tags if tag.concept == "farbe")
    assert (tag.status, tag.by) == (Status.REJECTED, "Ada")
    assert archive.queues.queue("farbe").rows == []


def test_explain_shows_what_was_measured_and_draws_no_map(archive: Archive, tmp_path: Path) -> None:
    from archive_ai.archive.explaining import write_heat_map

    photo = next(p for p in _photos(archive) if _name(archive, p) == "grey")
    found = archive.explain(photo, "schwarzweiss")
    assert "hash" not in json.loads(json.dumps(found.to_json()))["measures"]
    assert found.source == "measured"
    assert found.measures is not None
    assert found.score is not None
    assert archive.explain(photo, "farbe").score is None
    with pytest.raises(UsageError, match="measured"):
        write_heat_map(found, tmp_path / "map.png")


def test_a_measured_concept_that_nothing_measures_says_so(archive: Archive) -> None:
    with pytest.raises(UsageError) as refused:
        archive.tagging.tag("stereobild")
    assert "measures" in refused.value.advice


def test_what_is_measured_stands_behind_what_is_seen(archive: Archive) -> None:
    for photo in _photos(archive):
        measured = [tag.probability is None for tag in archive.photo(photo).tags]
        assert measured == sorted(measured)
