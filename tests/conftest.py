"""What tests share: a small encoder, pictures made on the spot, an archive in a folder."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from archive_ai.archive import Archive, load
from archive_ai.sample import draw_archive
from archive_ai.settings import BUNDLED_MODEL
from chromium import launched
from made_scans import write_picture
from tiny_model import write_tiny_model

# The hub's client reads this when it is first imported.
os.environ["HF_HUB_OFFLINE"] = "1"


UNSEEN_SEED = 2


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep tests apart from the user's own archive and options."""
    for name in ("MODEL", "WORKERS", "HOST", "PORT"):
        monkeypatch.delenv(f"ARCHIVE_AI_{name}", raising=False)
    monkeypatch.setenv("ARCHIVE_AI_ARCHIVE", str(tmp_path / "archive"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return Chromium; every visitor has a context of their own in it."""
    with sync_playwright() as playwright:
        yield from launched(playwright)


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the reference of the small encoder."""
    return f"local-dir:{write_tiny_model(tmp_path_factory.mktemp('model') / 'tiny')}"


@pytest.fixture(scope="session")
def other_model(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the reference of a second encoder with another fingerprint."""
    folder = write_tiny_model(tmp_path_factory.mktemp("model") / "other", seed=1, name="other")
    return f"local-dir:{folder}"


@pytest.fixture(scope="session")
def unseen_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with ``pictures`` and an ``archive`` of them, to be copied by who writes.

    The sample archive of a seed that no training saw, indexed with the bundled model; nothing is
    written about the pictures.
    """
    folder = tmp_path_factory.mktemp("sample")
    draw_archive(folder / "pictures", UNSEEN_SEED)
    settings = load(archive=folder / "archive", model=BUNDLED_MODEL, workers=2)
    with Archive.create(settings) as archive:
        archive.index([folder / "pictures"])
    return folder


@pytest.fixture
def scans(tmp_path: Path) -> Path:
    """Return a folder with twelve pictures in two sub-folders and one text file."""
    folder = tmp_path / "scans"
    for number in range(12):
        suffix = ("png", "jpg", "tif")[number % 3]
        write_picture(folder / f"F{number % 2}" / f"{number:03d}.{suffix}", number)
    (folder / "notes.txt").write_text("no picture")
    return folder


@pytest.fixture
def open_archive(tmp_path: Path, tiny_model: str) -> Iterator[Callable[..., Archive]]:
    """Return what opens (and makes) the archive in ``tmp_path / 'archive'``; closed at the end."""
    opened: list[Archive] = []

    def opening(**given: object) -> Archive:
        given.setdefault("model", tiny_model)
        given.setdefault("workers", 2)
        archive = Archive.create(load(archive=tmp_path / "archive", **given))
        opened.append(archive)
        return archive

    yield opening
    for archive in opened:
        archive.close()
