"""Duplicates over HTTP: as the command says, a page at a time, and only what may be seen."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from PIL import Image
from sqlalchemy import insert

from archive_ai.archive import Archive, load
from archive_ai.catalogue import schema
from archive_ai.cli.app import run
from archive_ai.domain import Role, Viewer
from archive_ai_service.access import _caller
from archive_ai_service.app import create_app
from made_scans import write_picture

API = "/api/v1"


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory, tiny_model: str) -> Iterator[Archive]:
    root = tmp_path_factory.mktemp("twice")
    for kind in range(8):
        path = write_picture(root / "pictures" / f"{kind}.png", kind, (240, 180))
        if kind < 3:
            with Image.open(path) as picture:
                picture.resize((120, 90)).save(path.with_name(f"{kind}-print.jpg"))
    settings = load(archive=root / "archive", model=tiny_model, workers=1)
    with Archive.create(settings) as archive:
        archive.index([root / "pictures"])
        yield archive


@pytest.fixture
def client(twice: Archive) -> Iterator[TestClient]:
    app = create_app(twice)
    with TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as client:
        yield client


def _get(client: TestClient, path: str, **params: object) -> Any:
    found = client.get(f"{API}{path}", params=params)
    assert found.status_code == 200, found.text
    return found.json()


def test_groups_are_what_the_command_says(
    client: TestClient, twice: Archive, capsys: pytest.CaptureFixture[str]
) -> None:
    found = _get(client, "/duplicates")
    assert run(["duplicates", "--archive", str(twice.settings.archive), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert found == {**said, "next": None}
    assert len(found["groups"]) == 3
    for group in found["groups"]:
        assert [one["kind"] for one in group["photos"]] == ["identical", "same"]


def test_pages_follow_each_other_to_the_end(client: TestClient) -> None:
    every = _get(client, "/duplicates")["groups"]
    found, after = [], ""
    while after is not None:
        page = _get(client, "/duplicates", after=after, limit=2)
        found, after = found + page["groups"], page["next"]
    assert found == every


def test_one_photo_and_what_is_refused(client: TestClient) -> None:
    (first, second) = _get(client, "/duplicates")["groups"][0]["photos"]
    found = _get(client, f"/photos/{first['photo']}/duplicates")
    assert found["photo"] == first["photo"]
    assert (found["duplicates"][0]["photo"], found["duplicates"][0]["kind"]) == (
        second["photo"],
        "same",
    )
    unknown = client.get(f"{API}/photos/p_{'a' * 20}/duplicates")
    assert (unknown.status_code, unknown.json()["code"]) == (404, "unknown-photo")
    assert client.get(f"{API}/duplicates", params={"limit": 0}).status_code == 422


def test_readers_are_told_of_nothing_that_is_closed(client: TestClient, twice: Archive) -> None:
    client.app.dependency_overrides[_caller] = lambda: Viewer("reader", Role.READER)
    before = _get(client, "/duplicates")["groups"]
    assert {Path(one["path"]).parent for group in before for one in group["photos"]} == {Path()}
    first, second = (one["photo"] for one in before[0]["photos"])
    empty = ("locator", "signature", "title", "description", "place", "kind", "rights", "date")
    with twice._engine.begin() as connection:
        row = {"key": second, "source": "table", "visibility": "closed", "closed_until": ""}
        row |= {"other": {}, "by": "", "at": "", **dict.fromkeys(empty, "")}
        made = connection.execute(insert(schema.record).values(row)).inserted_primary_key
        link = {"photo_id": second, "record_id": made[0]}
        connection.execute(insert(schema.record_photo).values(link))
    assert _get(client, "/duplicates")["groups"] == before[1:]
    assert second not in json.dumps(_get(client, f"/photos/{first}/duplicates", limit=1000))
    assert client.get(f"{API}/photos/{second}/duplicates").status_code == 404
