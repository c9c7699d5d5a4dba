"""The pages: in both languages, honest, escaped, and with nothing from elsewhere."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from fastapi.testclient import TestClient
from service_pictures import Drawn, a_picture

from archive_ai.domain import Strength
from archive_ai_service.pages.search import Asked, results_page
from archive_ai_service.problems import known_problems
from archive_ai_service.search_answers import HitAnswer, SearchAnswer

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


def test_every_page_stands_alone_in_both_languages(client: TestClient, drawn: Drawn) -> None:
    html = {"Accept": "text/html"}
    for lang in ("de", "en"):
        for path in (
            "/?",
            "/?q=Kirche&",
            f"/?like={drawn.photos[0]}&",
            "/nichts?",
            "/?q=&",
            "/sign-in?",
        ):
            page = client.get(f"{path}lang={lang}", headers=html).text
            check(page)
            assert f'<html lang="{lang}">' in page
        sent = {"picture": ("x.png", a_picture())}
        check(client.post(f"/?lang={lang}", files=sent).text)
        broken = client.post(f"/?lang={lang}", files={"picture": ("x.png", b"x")})
        assert broken.status_code == 415
        check(broken.text)


def test_what_a_person_types_stays_text(client: TestClient) -> None:
    for page in (
        client.get("/", params={"q": HOSTILE}),
        client.get("/", params={"like": HOSTILE}),
        client.get("/", params={"lang": HOSTILE}),
        client.get(f"/{HOSTILE}", headers={"Accept": "text/html"}),
        client.get("/", params={"limit": HOSTILE}, headers={"Accept": "text/html"}),
        client.post("/", files={"picture": (HOSTILE, a_picture())}),
    ):
        assert page.headers["content-type"].startswith("text/html")
        assert "<script" not in page.text
        assert "<img src=x" not in page.text
        check(page.text)


def test_hits_show_picture_strength_and_the_way_on(client: TestClient, drawn: Drawn) -> None:
    page = client.get("/", params={"q": "Kirche"}).text
    seen = check(page)
    images = [a["src"] for tag, a in seen.tags if tag == "img"]
    assert len(images) == len(drawn.photos)
    for address in images:
        assert client.get(str(address)).headers["content-type"] == "image/jpeg"
    links = [a.get("href") for tag, a in seen.tags if tag == "a"]
    assert sum("/?like=p_" in str(link) for link in links) == len(drawn.photos)
    assert sum("size=768" in str(link) for link in links) == len(drawn.photos)


def answer(*strengths: Strength) -> SearchAnswer:
    hits = [
        HitAnswer(
            photo="p_" + letter * 20, path=f"/x/{letter}.tif", page=2, score=-0.5,
            strength=strength, reasons=[], duplicates=[], tags=[], width=4, height=3, title="",
            signature="", date="",
        )
        for letter, strength in zip("abc", strengths, strict=False)
    ]  # fmt: skip
    strong = sum(one is Strength.STRONG for one in strengths)
    return SearchAnswer(
        query={}, generation=1, total_strong=strong, total_weak=0, total_below=0, left_out=0,
        exact=True, hints=[], hits=hits, cursor="", ms={},
    )  # fmt: skip


def test_strong_and_weak_are_set_apart() -> None:
    page = results_page(
        Asked("de", text="Kirche"), answer(Strength.STRONG, Strength.WEAK, Strength.BELOW)
    )
    strong, weak, below = (page.index(f"/photos/p_{letter}") for letter in "abc")
    assert strong < page.index("ab hier schwächere Treffer") < weak
    assert weak < page.index("ab hier unsicher") < below
    assert "Ein starker Treffer" in page
    assert "Wert −0,50" in page
    assert "a.tif, Seite 2" in page


def test_it_says_when_nothing_is_certain() -> None:
    page = results_page(Asked("de", text="Raumschiff"), answer(Strength.WEAK, Strength.BELOW))
    assert "Nichts Sicheres gefunden" in page
    assert "ab hier schwächere Treffer" not in page
    page = results_page(Asked("en", text="spaceship"), answer(Strength.BELOW))
    assert "Nothing certain" in page
    assert "Kein Bild gefunden" in results_page(Asked("de", text="x"), answer())


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
