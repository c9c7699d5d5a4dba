"""Files that change, half fail, or come back: never a wrong picture without a word."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from archive_ai.archive import Archive, load
from archive_ai.domain import Picture, Preprocessing
from archive_ai.errors import ArchiveDamaged, UnreadablePicture
from archive_ai.images import PictureReader
from made_scans import write_picture

Opening = Callable[..., Archive]


def test_a_file_that_changes_while_it_is_read_gets_no_vector(
    open_archive: Opening, scans: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    victim = scans / "F0" / "000.png"
    original = PictureReader.read

    def swap(reader: PictureReader, path: Path, page: int, how: Preprocessing) -> Picture:
        if path == victim:
            write_picture(victim, 999)
        return original(reader, path, page, how)

    archive = open_archive()
    with monkeypatch.context() as patch:
        patch.setattr(PictureReader, "read", swap)
        report = archive.index([scans])
    assert (report.indexed, report.failed) == (11, 1)
    assert report.failures[0].cause == "It changed while it was read."
    assert archive.index([scans]).indexed == 1
    assert archive.failures() == []
    assert archive.verify()[1] == []


def _half_broken(path: Path) -> Path:
    """Write a TIFF of two pages of which the second's pixels are cut off."""
    noise = np.random.default_rng(0).integers(0, 256, (200, 200, 3), dtype=np.uint8)
    pages = [Image.fromarray(noise), Image.fromarray(noise[::-1].copy())]
    pages[0].save(path, save_all=True, append_images=pages[1:])
    whole = path.read_bytes()
    marked = whole.rfind(noise[::-1].tobytes()[:64])
    path.write_bytes(whole[:marked] + b"\0" * 8 + whole[marked + 8 :])
    with Image.open(path) as image:
        image.seek(1)
        offset = image.tag_v2[273]
    content = bytearray(path.read_bytes())
    # The second page's strip is said to lie beyond the end of the file.
    content = content.replace(
        int(offset[0]).to_bytes(4, "little"), (2**31 - 1).to_bytes(4, "little")
    )
    path.write_bytes(content)
    return path


def test_a_page_that_fails_stays_a_failure_however_often_it_is_looked_at(
    open_archive: Opening, tmp_path: Path
) -> None:
    (tmp_path / "scans").mkdir()
    file = _half_broken(tmp_path / "scans" / "two.tif")
    archive = open_archive()
    first = archive.index([tmp_path / "scans"])
    assert (first.indexed, first.failed) == (1, 1)
    assert [failure.page for failure in archive.failures()] == [2]
    archive.index([tmp_path / "scans"], checksum=True)
    assert [failure.page for failure in archive.failures()] == [2]
    shutil.copy(file, tmp_path / "scans" / "copy.tif")
    archive.index([tmp_path / "scans"])
    assert len(archive.failures()) == 2


def test_a_file_mended_with_its_time_kept_is_taken(open_archive: Opening, scans: Path) -> None:
    file = scans / "F0" / "000.png"
    good, status = file.read_bytes(), file.stat()

    def put(content: bytes) -> None:
        file.write_bytes(content)
        os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))

    put(b"\0" * len(good))
    archive = open_archive()
    assert archive.index([scans]).failed == 1
    put(good)
    assert archive.index([scans]).indexed == 1
    assert archive.failures() == []


def test_a_thumbnail_is_never_drawn_from_another_content(
    open_archive: Opening, scans: Path
) -> None:
    archive = open_archive()
    archive.index([scans])
    file = scans / "F0" / "000.png"
    photo = archive.photo(str(file)).photo.id
    shutil.copy(file, scans / "copy.png")
    archive.index([scans])
    write_picture(file, 555, size=(50, 50))
    assert archive.thumbnail(photo, 192)
    (scans / "copy.png").unlink()
    with pytest.raises(UnreadablePicture, match="as it was indexed"):
        archive.thumbnail(photo, 384)


def test_many_visitors_may_want_one_thumbnail_at_once(open_archive: Opening, scans: Path) -> None:
    archive = open_archive()
    archive.index([scans])
    photos = [hit.photo for hit in archive.search("x", 12).hits]
    with ThreadPoolExecutor(12) as pool:
        found = list(pool.map(lambda n: archive.thumbnail(photos[n % 3]), range(120)))
    assert len(set(found)) == 3


def test_a_model_covers_when_it_covers_what_is_still_there(
    open_archive: Opening, scans: Path, other_model: str
) -> None:
    archive = open_archive()
    archive.index([scans])
    (scans / "F0" / "000.png").unlink()
    archive.index([scans])
    other = open_archive(model=other_model)
    assert other.index([scans]).activated


def test_a_lost_catalogue_is_said_and_nothing_is_made_in_its_place(
    open_archive: Opening, scans: Path
) -> None:
    archive = open_archive()
    archive.index([scans])
    archive.close()
    folder = archive.settings.archive
    kept = folder / "kept"
    for path in folder.glob("catalogue.sqlite*"):
        shutil.move(path, kept.with_suffix(path.suffix))
    with pytest.raises(ArchiveDamaged, match="gone or empty"):
        Archive.create(load(archive=folder))
    assert list((folder / "generations" / "1").glob("*.f16"))


@pytest.mark.parametrize("name", ["a%41b", "a#b", "a?b", "mit Leerzeichen und ü"])
def test_any_folder_name_will_do(name: str, tmp_path: Path, scans: Path, tiny_model: str) -> None:
    for _ in range(2):
        with Archive.create(load(archive=tmp_path / name, model=tiny_model)) as archive:
            archive.index([scans])
            assert archive.verify()[1] == []
    made = {path.name for path in tmp_path.iterdir()}
    assert made == {name, "scans"}


def test_what_the_walk_does_not_see_is_not_gone(
    open_archive: Opening, scans: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    write_picture(elsewhere / "linked.png", 70)
    (scans / "link").symlink_to(elsewhere, target_is_directory=True)
    archive = open_archive()
    archive.index([scans / "link"])
    assert archive.index([scans]).missing == 0
    assert archive.status()["photos"] == 13


def test_a_collection_stays_until_another_is_given(open_archive: Opening, scans: Path) -> None:
    def collections() -> list[str]:
        from sqlalchemy import text

        query = "SELECT DISTINCT name FROM collection JOIN file ON collection_id = collection.id"
        with archive._engine.connect() as connection:
            return sorted(connection.execute(text(query)).scalars())

    archive = open_archive()
    archive.index([scans], collection="Nachlass")
    os.utime(scans / "F0" / "000.png")
    archive.index([scans])
    assert collections() == ["Nachlass"]
    archive.index([scans], collection="F001")
    assert collections() == ["F001"]
