"""A tiny archive of drawn pictures, indexed and tagged with the bundled model."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from service_pictures import Drawn, draw

from archive_ai.archive import Archive, load
from archive_ai_service.app import create_app

BASE = "http://127.0.0.1"


@pytest.fixture(scope="session")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Drawn:
    root = tmp_path_factory.mktemp("service")
    pictures = root / "pictures"
    pictures.mkdir()
    for kind in range(8):
        draw(pictures / f"F{kind:03}N <b>&\"'.png", kind)
    with Archive.create(load(archive=root / "archive")) as archive:
        assert archive.index([pictures]).indexed == 8
        archive.tag()
        photos = [hit.photo for hit in archive.search("Kirche", 8).hits]
    return Drawn(root / "archive", pictures, [str(photo) for photo in photos])


@pytest.fixture(scope="session")
def client(drawn: Drawn) -> Iterator[TestClient]:
    with Archive.open(load(archive=drawn.folder, upload_megabytes=1)) as archive:
        app = create_app(archive)
        with TestClient(app, base_url=BASE, raise_server_exceptions=False) as client:
            yield client
