"""The sample archive as it is served, and who visits it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from playwright.sync_api import Browser
from site_of_tests import Site, Visitor

from archive_ai.archive import Archive, load
from archive_ai.sample import FINDING_AID_FILE, draw_archive
from archive_ai.settings import BUNDLED_MODEL

SEED = 1


@pytest.fixture(scope="session")
def drawn_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return ``pictures`` and an ``archive`` of them as ``archive-ai demo`` makes them, to copy.

    Made once for all processes that run tests.
    """
    shared = tmp_path_factory.getbasetemp()
    if shared.name.startswith("popen-"):
        shared = shared.parent
    folder = shared / "page-sample"
    with FileLock(shared / "page-sample.lock"):
        if not (folder / "ready").exists():
            draw_archive(folder / "pictures", SEED)
            settings = load(archive=folder / "archive", model=BUNDLED_MODEL, workers=2)
            with Archive.create(settings) as archive:
                archive.index([folder / "pictures"], "Musterstadt")
                archive.tag()
                archive.describing.import_table(folder / "pictures" / FINDING_AID_FILE)
            (folder / "ready").touch()
    return folder


@pytest.fixture(scope="module")
def site(drawn_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Return the sample archive, served from a copy that the tests of a module share."""
    folder = tmp_path_factory.mktemp("site")
    shutil.copytree(drawn_sample / "archive", folder / "archive")
    served = Site(folder / "archive", folder / "log", {"model": BUNDLED_MODEL})
    served.start()
    yield served
    served.stop()


@pytest.fixture
def visitor(browser: Browser, site: Site) -> Iterator[Visitor]:
    """Return who opens pages of the site; fails if one did what no page may do."""
    somebody = Visitor(browser, site.base)
    yield somebody
    somebody.close()
