"""Every route answers, in the shapes of the command line."""

from __future__ import annotations

import json
import tempfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from fastapi.openapi.models import OpenAPI
from fastapi.testclient import TestClient
from PIL import Image
from service_pictures import Drawn, a_picture

from archive_ai.cli.app import run
from archive_ai_service import models
from archive_ai_service.permissions import RULES, documented
from archive_ai_service.search_answers import HitAnswer, SearchAnswer

API = "/api/v1"


def by_command(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    assert run([*arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_search_is_what_the_command_says(
    client: TestClient, drawn: Drawn, capsys: pytest.CaptureFixture[str]
) -> None:
    found = client.get(f"{API}/search", params={"q": "Kirche", "limit": 3}).json()
    said = by_command(capsys, "search", "Kirche", "-n", "3", "--archive", str(drawn.folder))
    found.pop("ms"), said.pop("ms")
    assert found == said
    assert len(found["hits"]) == 3


def test_tags_and_status_are_what_the_commands_say(
    client: TestClient, drawn: Drawn, capsys: pytest.CaptureFixture[str]
) -> None:
    photo, archive = drawn.photos[0], str(drawn.folder)
    assert client.get(f"{API}/photos/{photo}/tags").json() == by_command(
        capsys, "tags", photo, "--archive", archive
    )
    assert client.get(f"{API}/status").json() == by_command(capsys, "status", "--archive", archive)


def test_a_photo_and_its_neighbours(client: TestClient, drawn: Drawn) -> None:
    photo = drawn.photos[0]
    found = client.get(f"{API}/photos/{photo}").json()
    assert found["photo"] == photo
    assert ({found["width"], found["height"]}, found["format"]) == ({240, 180}, "png")
    assert Path(found["paths"][0]).parent == drawn.pictures
    near = client.get(f"{API}/photos/{photo}/similar", params={"limit": 4}).json()
    assert len(near["hits"]) == 4
    assert photo not in [hit["photo"] for hit in near["hits"]]


def test_a_picture_that_is_sent_finds_itself_and_is_gone(
    client: TestClient, drawn: Drawn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    file = next(drawn.pictures.iterdir())
    sent = {"picture": ("..\\..\\weg/F 1.PNG", file.read_bytes(), "image/png")}
    found = client.post(f"{API}/search/picture", params={"limit": 2}, files=sent).json()
    assert found["query"] == {"picture": "F 1.PNG"}
    assert found["hits"][0]["path"] == str(file)
    assert list(tmp_path.iterdir()) == []


def test_thumbnails_are_jpegs_that_a_browser_keeps(client: TestClient, drawn: Drawn) -> None:
    address = f"{API}/photos/{drawn.photos[0]}/thumbnail"
    first = client.get(address, params={"size": 192})
    assert first.headers["content-type"] == "image/jpeg"
    assert "private" in first.headers["cache-control"]
    with Image.open(BytesIO(first.content)) as picture:
        assert max(picture.size) == 192
    etag = first.headers["etag"]
    for known in (etag, f"W/{etag}", f'"x", {etag}', "*"):
        again = client.get(address, params={"size": 192}, headers={"If-None-Match": known})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == etag
    other = client.get(address, params={"size": 192}, headers={"If-None-Match": '"x"'})
    assert other.status_code == 200


def test_alive_without_an_archive(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}


def test_openapi_names_every_route_and_is_valid(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    OpenAPI.model_validate(document)
    paths = document["paths"]
    named = {(method.upper(), path) for path, ways in paths.items() for method in ways}
    known = {(method, documented(template)) for method, template in RULES}
    assert named == known - {("GET", "/openapi.json")}
    text = json.dumps(document)
    for reference in set(_references(document)):
        assert reference.removeprefix("#/components/schemas/") in document["components"]["schemas"]
    assert "application/problem+json" in text
    assert "HTTPValidationError" not in text


def _references(part: Any) -> list[str]:
    if isinstance(part, dict):
        own = [part["$ref"]] if isinstance(part.get("$ref"), str) else []
        return own + [one for value in part.values() for one in _references(value)]
    if isinstance(part, list):
        return [one for value in part for one in _references(value)]
    return []


@pytest.mark.parametrize("model", [models.TagAnswer, HitAnswer, SearchAnswer])
def test_examples_are_true_to_their_models(model: type[SearchAnswer]) -> None:
    schema = model.model_json_schema()
    for example in schema["examples"]:
        assert model.model_validate(example).model_dump(mode="json") == example


def test_a_picture_is_sent_in_any_of_its_formats(client: TestClient) -> None:
    for kind in ("PNG", "JPEG", "TIFF"):
        sent = {"picture": ("ohne-endung", a_picture(kind))}
        assert client.post(f"{API}/search/picture", files=sent).status_code == 200
