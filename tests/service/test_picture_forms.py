"""Thumbnails in the form that the caller takes, kept once drawn, asked for again by ETag."""

from __future__ import annotations

from io import BytesIO

import pytest
from fastapi.testclient import TestClient
from PIL import Image
from service_pictures import Drawn

from archive_ai.archive import THUMBNAIL_SIZES

API = "/api/v1"


def address(drawn: Drawn, number: int = 0) -> str:
    return f"{API}/photos/{drawn.photos[number]}/thumbnail"


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("image/avif,image/webp,image/apng,*/*;q=0.8", "WEBP"),
        ("image/webp", "WEBP"),
        ("IMAGE/WEBP;q=0.5", "WEBP"),
        ("image/webp;q=0, image/jpeg", "JPEG"),
        ("image/webp;q=0.000", "JPEG"),
        ("image/webp;q=viel", "WEBP"),
        ("image/jpeg", "JPEG"),
        ("*/*", "JPEG"),
        ("image/*", "JPEG"),
        ("", "JPEG"),
    ],
)
def test_the_form_follows_what_is_accepted(
    client: TestClient, drawn: Drawn, accept: str, form: str
) -> None:
    found = client.get(address(drawn), params={"size": 192}, headers={"Accept": accept})
    assert found.headers["content-type"] == f"image/{form.lower()}"
    assert "Accept" in found.headers["vary"].split(", ")
    assert "private" in found.headers["cache-control"]
    with Image.open(BytesIO(found.content)) as picture:
        assert picture.format == form
        assert max(picture.size) == 192


def test_each_form_and_size_has_an_etag_of_its_own(client: TestClient, drawn: Drawn) -> None:
    etags = set()
    for size in THUMBNAIL_SIZES:
        for accept in ("image/webp", "image/jpeg"):
            given = {"params": {"size": size}, "headers": {"Accept": accept}}
            etag = client.get(address(drawn), **given).headers["etag"]
            assert etag.startswith('"')
            given["headers"]["If-None-Match"] = etag
            again = client.get(address(drawn), **given)
            assert (again.status_code, again.content) == (304, b"")
            assert "Accept" in again.headers["vary"].split(", ")
            etags.add(etag)
    assert len(etags) == 2 * len(THUMBNAIL_SIZES)
    other = {"If-None-Match": etags.pop(), "Accept": "image/webp"}
    assert client.get(address(drawn), params={"size": 192}, headers=other).status_code in {200, 304}


def test_one_that_was_drawn_again_has_another_etag(client: TestClient, drawn: Drawn) -> None:
    photo = drawn.photos[1]
    first = client.get(address(drawn, 1), params={"size": 384})
    kept = list((drawn.folder / "thumbnails").rglob(f"{photo}-384.jpg"))
    assert [one.read_bytes() for one in kept] == [first.content]
    kept[0].unlink()
    known = {"If-None-Match": first.headers["etag"]}
    again = client.get(address(drawn, 1), params={"size": 384}, headers=known)
    assert again.status_code == 200
    assert again.headers["etag"] != first.headers["etag"]


def test_one_that_cannot_be_kept_is_shown_all_the_same(client: TestClient, drawn: Drawn) -> None:
    thumbnails, aside = drawn.folder / "thumbnails", drawn.folder / "aside"
    thumbnails.rename(aside)
    thumbnails.write_text("in the way")
    headers = {"Accept": "image/webp"}
    try:
        found = client.get(address(drawn, 1), params={"size": 768}, headers=headers)
        headers["If-None-Match"] = found.headers["etag"]
        again = client.get(address(drawn, 1), params={"size": 768}, headers=headers)
    finally:
        thumbnails.unlink()
        aside.rename(thumbnails)
    assert (found.status_code, again.status_code) == (200, 304)
    with Image.open(BytesIO(found.content)) as picture:
        assert picture.format == "WEBP"


def test_head_is_get_without_the_body(client: TestClient, drawn: Drawn) -> None:
    for path in (address(drawn), f"{API}/status", f"{API}/photos/{drawn.photos[0]}", "/"):
        got, head = client.get(path), client.head(path)
        assert (head.status_code, head.content) == (200, b"")
        for name in ("content-type", "content-length", "etag", "cache-control"):
            assert head.headers.get(name) == got.headers.get(name), (path, name)
    assert client.head(f"{API}/photos/p_aaaaaaaaaaaaaaaaaaaa").status_code == 404
    assert client.head(f"{API}/queries").status_code == 405
