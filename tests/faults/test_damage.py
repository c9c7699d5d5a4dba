"""Damage is found and named, never answered from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from archive_ai.archive import Archive, load
from archive_ai.errors import ArchiveDamaged, ArchiveTooNew

Opening = Callable[..., Archive]


@pytest.fixture
def archive(open_archive: Opening, scans: Path) -> Archive:
    opened = open_archive()
    opened.index([scans])
    return opened


def _one(archive: Archive, pattern: str) -> Path:
    return next((archive.settings.archive / "generations" / "1").glob(pattern))


def test_a_flipped_bit_in_the_vectors_is_m4(archive: Archive) -> None:
    path = _one(archive, "*.f16")
    content = bytearray(path.read_bytes())
    content[17] ^= 1
    path.write_bytes(content)
    problems = archive.verify()[1]
    assert [problem.rule for problem in problems] == ["M4"]
    assert "segment-000001" in problems[0].what


def test_swapped_ids_are_m3(archive: Archive) -> None:
    path = _one(archive, "*.ids")
    content = path.read_bytes()
    path.write_bytes(content[22:44] + content[:22] + content[44:])
    assert {problem.rule for problem in archive.verify()[1]} == {"M3", "M4"}


def test_a_short_segment_is_refused(archive: Archive, open_archive: Opening) -> None:
    path = _one(archive, "*.f16")
    path.write_bytes(path.read_bytes()[:-2])
    with pytest.raises(ArchiveDamaged, match="verify"):
        try:
            open_archive().search("Kirche")
        except ArchiveDamaged as error:
            raise ArchiveDamaged(error.advice) from error


def test_a_changed_manifest_is_refused(archive: Archive, open_archive: Opening) -> None:
    path = _one(archive, "manifest-*.json")
    path.write_text(path.read_text().replace('"rows": 12', '"rows": 11'))
    with pytest.raises(ArchiveDamaged, match="not the manifest"):
        open_archive().search("Kirche")
    assert "M4" in {problem.rule for problem in archive.verify()[1]}


def test_a_lost_background_is_learned_again(archive: Archive, open_archive: Opening) -> None:
    before = archive.search("Kirche", 12)
    path = _one(archive, "background-*.npz")
    path.write_bytes(path.read_bytes()[:100])
    assert open_archive().search("Kirche", 12).hits == before.hits
    path.unlink()
    assert open_archive().search("Kirche", 12).hits == before.hits


def test_a_catalogue_that_is_no_database_is_one_sentence(archive: Archive) -> None:
    archive.close()
    (archive.settings.archive / "catalogue.sqlite").write_bytes(b"not a database, surely" * 100)
    with pytest.raises(ArchiveDamaged, match="damaged"):
        Archive.open(archive.settings)


def test_an_archive_of_a_newer_version_is_refused(archive: Archive) -> None:
    archive.close()
    file = archive.settings.archive / "archive.toml"
    file.write_text(file.read_text().replace("format = 1", "format = 99"))
    with pytest.raises(ArchiveTooNew, match="newer version"):
        Archive.open(load(archive=archive.settings.archive))


def test_a_catalogue_of_a_newer_version_is_refused(archive: Archive) -> None:
    import sqlite3

    archive.close()
    path = archive.settings.archive / "catalogue.sqlite"
    with sqlite3.connect(path) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    database.close()
    with pytest.raises(ArchiveTooNew, match="9999"):
        Archive.open(archive.settings)
