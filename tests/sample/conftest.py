"""One sample archive and one set of siblings for all tests that only look at them."""

from __future__ import annotations

from pathlib import Path

import pytest
from drawn_archive import DrawnArchive

from archive_ai.sample import draw_archive, draw_siblings


@pytest.fixture(scope="session")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> DrawnArchive:
    folder = tmp_path_factory.mktemp("sample")
    progress: list[tuple[int, int]] = []
    pictures = draw_archive(folder, 1, lambda done, total: progress.append((done, total)))
    return DrawnArchive(folder, pictures, progress)


@pytest.fixture(scope="session")
def siblings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Path]]:
    return draw_siblings(tmp_path_factory.mktemp("siblings"), 1)
