"""Folders to choose from: below the roots, without links, files only as numbers."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from service_viewers import service_of

from archive_ai.archive import Archive, choosing
from archive_ai.domain import Role

Opening = Callable[..., Archive]
FOLDERS = "/api/v1/folders"


@pytest.fixture
def root(tmp_path: Path, scans: Path) -> Path:
    (tmp_path / "geheim" / "darin").mkdir(parents=True)
    (scans / "F0" / "tief").mkdir()
    (scans / "F0" / ".verborgen").mkdir()
    (scans / "F0" / ".x.jpg").touch()
    (scans / "F0" / "ordner.tif").mkdir()
    (scans / "leer").mkdir()
    (scans / "hinaus").symlink_to(tmp_path / "geheim")
    return scans


@pytest.fixture
def archive(open_archive: Opening, root: Path) -> Archive:
    return open_archive(folders=[str(root)])


def test_an_admin_walks_from_the_roots_down(archive: Archive, root: Path) -> None:
    with service_of(archive) as client:
        top = client.get(FOLDERS).json()
        assert top["roots"] == [str(root)]
        assert top["folders"] == [{"path": str(root), "folders": 3, "files": 0}]
        found = client.get(FOLDERS, params={"path": str(root)}).json()
        assert found["folders"] == [
            {"path": str(root / "F0"), "folders": 2, "files": 6},
            {"path": str(root / "F1"), "folders": 0, "files": 6},
            {"path": str(root / "leer"), "folders": 0, "files": 0},
        ]
        assert found["more"] is False
        assert "000.png" not in client.get(FOLDERS, params={"path": str(root / "F0")}).text


def test_what_lies_elsewhere_is_told_to_nobody(
    archive: Archive, root: Path, tmp_path: Path
) -> None:
    with service_of(archive) as client:
        for path in (
            "/",
            str(tmp_path),
            str(tmp_path / "geheim"),
            str(tmp_path / "nichts"),
            str(root / "hinaus"),
            str(root / "hinaus" / "darin"),
            f"{root}/../geheim",
            f"{root}x",
            "F0",
            f"{root}\0",
        ):
            refused = client.get(FOLDERS, params={"path": path})
            assert (refused.status_code, refused.json()["code"]) == (403, "not-allowed"), path
            assert "darin" not in refused.text
        for path in (root / "nichts", root / "notes.txt"):
            missing = client.get(FOLDERS, params={"path": str(path)})
            assert (missing.status_code, missing.json()["code"]) == (404, "path-missing")


@pytest.mark.parametrize("role", [Role.READER, Role.ARCHIVIST])
def test_folders_are_for_admins(archive: Archive, root: Path, role: Role) -> None:
    with service_of(archive, role) as client:
        assert client.get(FOLDERS, params={"path": str(root)}).status_code == 403


def test_without_roots_there_is_nothing_to_choose(open_archive: Opening, root: Path) -> None:
    with service_of(open_archive()) as client:
        assert client.get(FOLDERS).json() == {"roots": [], "folders": [], "more": False}
        assert client.get(FOLDERS, params={"path": str(root)}).status_code == 403


def test_a_very_large_folder_is_told_in_part(
    archive: Archive, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choosing, "MOST_FOLDERS", 2)
    monkeypatch.setattr(choosing, "MOST_COUNTED", 10)
    with service_of(archive) as client:
        found = client.get(FOLDERS, params={"path": str(root)}).json()
    assert [one["files"] for one in found["folders"]] == [6, None]
    assert found["more"] is True


@pytest.mark.skipif(os.name == "nt", reason="Windows has no names that are no text")
def test_names_that_are_no_text_are_passed_over(archive: Archive, root: Path) -> None:
    os.mkdir(os.fsencode(root) + b"/\xff")  # noqa: PTH102 (a name that pathlib cannot say)
    with service_of(archive) as client:
        found = client.get(FOLDERS, params={"path": str(root)})
    assert (found.status_code, len(found.json()["folders"])) == (200, 3)


def test_a_folder_that_was_chosen_can_be_indexed(archive: Archive, root: Path) -> None:
    class Nobody:
        def wake(self) -> None:
            """Start nothing."""

        def stop(self) -> None:
            """Stop nothing."""

    with service_of(archive) as client:
        client.app.state.workers = Nobody()
        (first, *_) = client.get(FOLDERS, params={"path": str(root)}).json()["folders"]
        job = {"kind": "index", "paths": [first["path"]], "collection": "Neu", "checksum": True}
        posted = client.post("/api/v1/jobs", json=job)
    assert posted.status_code == 202
    arguments = posted.json()["arguments"]
    assert arguments["paths"] == [str(root / "F0")]
    assert (arguments["collection"], arguments["checksum"]) == ("Neu", True)
