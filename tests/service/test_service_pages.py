"""The pages without a script: in both languages, escaped, and with nothing from elsewhere."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from fastapi.testclient import TestClient

from archive_ai_service.problems import known_problems

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>&{}"


class Seen(HTMLParser):
    """Tags, attributes and text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def check(page: str) -> Seen:
    """What holds of every page."""
    seen = Seen(page)
    names = [tag for tag, _ in seen.tags]
    assert "script" not in names
    assert "style" not in names
    for tag, attributes in seen.tags:
        assert "style" not in attributes
        assert not [name for name in attributes if name.startswith("on")]
        for name in ("href", "src", "action"):
            assert re.match(r"[/#][^/]|[/#]$|$", attributes.get(name) or ""), attributes
        if tag == "img":
            assert attributes.get("alt")
    labelled = {attributes.get("for") for tag, attributes in seen.tags if tag == "label"}
    inputs = [a for tag, a in seen.tags if tag == "input" and a.get("type") != "hidden"]
    assert {one.get("id") for one in inputs} <= labelled
    identifiers = [a["id"] for _, a in seen.tags if "id" in a]
    assert len(identifiers) == len(set(identifiers))
    assert names.count("h1") <= 1
    return seen


def test_every_page_stands_alone_in_both_languages(client: TestClient) -> None:
    for lang in ("de", "en"):
        for path in ("/nichts?", "/photo/p_x?", "/sign-in?"):
            page = client.get(f"{path}lang={lang}", headers={"Accept": "text/html"}).text
            check(page)
            assert f'<html lang="{lang}">' in page


def test_what_a_person_types_stays_text(client: TestClient) -> None:
    html = {"Accept": "text/html"}
    for page in (
        client.get(f"/{HOSTILE}", headers=html),
        client.get(f"/photo/{HOSTILE}", headers=html),
        client.get("/sign-in", params={"way_on": HOSTILE, "lang": HOSTILE}),
        client.post("/sign-in", data={"token": HOSTILE, "way_on": HOSTILE}, headers=html),
    ):
        assert page.headers["content-type"].startswith("text/html")
        assert "<script" not in page.text
        assert "<img src=x" not in page.text
        check(page.text)


def test_the_reference_names_every_route_and_problem(client: TestClient) -> None:
    page = client.get("/docs").text
    seen = check(page)
    for path in client.get("/openapi.json").json()["paths"]:
        assert path in page
    anchors = {a.get("id") for _, a in seen.tags}
    assert set(known_problems()) <= anchors


@pytest.mark.parametrize("name", ["style.css", "icon.svg"])
def test_what_the_pages_wear_comes_from_here(client: TestClient, name: str) -> None:
    first = client.get(f"/static/{name}")
    assert first.status_code == 200
    text = first.text.replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"https?:|//|@import|url\(", text)
    again = client.get(f"/static/{name}", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
