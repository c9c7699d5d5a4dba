"""Searching over HTTP: full queries, pages, tables, numbers beside filters, queries to cite."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from fastapi.testclient import TestClient
from service_pictures import Drawn, a_picture

from archive_ai_service.search_answers import LONGEST_VALUE

API = "/api/v1"


def get(client: TestClient, path: str, **params: Any) -> dict[str, Any]:
    answer = client.get(f"{API}/{path}", params=params)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_a_full_query_is_the_same_as_what_is_typed(client: TestClient, drawn: Drawn) -> None:
    first, second = drawn.photos[:2]
    sent = {
        "words": [{"text": "Markt"}, {"text": "Auto", "weight": -0.5}],
        "examples": [{"photo": first, "weight": 2}, {"photo": second, "weight": -0.5}],
        "filters": {"formats": ["PNG"], "collections": ["default"]},
        "limit": 5,
    }
    by_post = client.post(f"{API}/search", json=sent).json()
    text = f"Markt -Auto^0.5 like:{first}^2 -like:{second}^0.5 format:png sammlung:default"
    typed = get(client, "search", q=text, limit=5)
    for answer in (by_post, typed):
        del answer["ms"]
    assert by_post == typed
    assert first not in [hit["photo"] for hit in typed["hits"]]


NAMES = ("phrases", "signatures", "places", "collections", "tags", "kinds", "formats")


@pytest.mark.parametrize("name", [*NAMES, "without_tags"])
def test_a_value_of_a_filter_is_no_text(client: TestClient, name: str) -> None:
    for length, status in ((LONGEST_VALUE, {200, 404}), (LONGEST_VALUE + 1, {422})):
        sent = {"filters": {name: ["x" * length]}}
        assert client.post(f"{API}/search", json=sent).status_code in status, name


def test_an_example_is_named_by_an_id(client: TestClient, drawn: Drawn) -> None:
    sent = {"examples": [{"photo": drawn.photos[0] + "x"}]}
    assert client.post(f"{API}/search", json=sent).status_code == 422


def test_pages_are_the_whole_list_in_parts(client: TestClient) -> None:
    whole = get(client, "search", q="Kirche", limit=50)
    cursor, found = "", []
    while True:
        page = get(client, "search", q="Kirche", limit=3, **({"cursor": cursor} if cursor else {}))
        found += page["hits"]
        cursor = page["cursor"]
        if not cursor:
            break
    assert found == whole["hits"]
    wrong = client.get(f"{API}/search", params={"q": "Kirche", "cursor": "falsch"})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "usage")


def test_hits_come_as_a_table(client: TestClient) -> None:
    answer = client.get(f"{API}/search.csv", params={"q": "Kirche", "limit": 4})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    hits = get(client, "search", q="Kirche", limit=4)["hits"]
    assert [row["photo"] for row in rows] == [hit["photo"] for hit in hits]


def test_a_picture_and_words_add_up(client: TestClient) -> None:
    sent = {"picture": ("x.png", a_picture())}
    alone = client.post(f"{API}/search/picture", files=sent).json()
    both = client.post(f"{API}/search/picture", files=sent, params={"q": "Kirche"}).json()
    assert both["query"] == {"text": "Kirche", "picture": "x.png"}
    assert {one["source"] for one in both["hits"][0]["reasons"]} == {"words", "picture"}
    assert len(alone["hits"]) == len(both["hits"])


def test_a_negation_is_told_how_to_be_asked(client: TestClient) -> None:
    (hint,) = get(client, "search", q="Markt ohne Autos")["hints"]
    assert (hint["code"], hint["instead"]) == ("negation", "Markt -Autos")
    assert "Schreiben Sie ein Minus davor" in hint["de"]


def test_numbers_beside_filters(client: TestClient) -> None:
    facets = get(client, "facets")
    assert facets["photos"] == 8
    assert facets["by"]["format"] == [{"value": "png", "photos": 8, "label": {}}]
    assert get(client, "facets", q="format:jpeg")["photos"] == 0


def test_a_query_is_saved_cited_and_asked_again(client: TestClient) -> None:
    answer = client.post(f"{API}/queries", json={"q": "Kirche format:png"})
    assert answer.status_code == 201
    saved = answer.json()
    assert get(client, f"queries/{saved['id']}") == saved
    assert saved["q"] == "Kirche format:png"
    again = get(client, f"queries/{saved['id']}/hits", limit=50)
    assert [hit["photo"] for hit in again["hits"]] == saved["photos"]
    unknown = client.get(f"{API}/queries/q_aaaaaaaaaaaa")
    assert (unknown.status_code, unknown.json()["code"]) == (404, "unknown-query")
