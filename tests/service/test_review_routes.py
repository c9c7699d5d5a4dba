"""Reviewing over HTTP: queues, decisions, conflicts, undo, and what is shown to nobody."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from service_pictures import draw

from archive_ai.archive import Archive, load
from archive_ai.tagging import calibrating
from archive_ai_service.app import create_app


@pytest.fixture
def eager(monkeypatch: pytest.MonkeyPatch) -> None:
    """Suggest everything, however improbable."""
    monkeypatch.setattr(calibrating, "THRESHOLD", 0.0)


@pytest.fixture
def client(tmp_path: Path, tiny_model: str) -> Iterator[TestClient]:
    """Serve an archive of its own: these tests decide."""
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    for kind in range(6):
        draw(pictures / f"F{kind:03}.png", kind)
    with Archive.create(load(archive=tmp_path / "archive", model=tiny_model)) as archive:
        archive.index([pictures])
        archive.tag()
        app = create_app(archive)
        with TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as serving:
            yield serving


def _queue(client: TestClient, **query: Any) -> dict[str, Any]:
    answer = client.get("/api/v1/review/kirche", params=query)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def _send(client: TestClient, by: str, rulings: list[dict[str, Any]]) -> dict[str, Any]:
    answer = client.post("/api/v1/review", json={"by": by, "rulings": rulings})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def _ruling(row: dict[str, Any], verdict: str) -> dict[str, Any]:
    return {"photo": row["photo"], "concept": "kirche", "verdict": verdict, "seen": row["seen"]}


def test_what_is_decided_is_told_by_the_tags_and_leaves_the_queue(client: TestClient) -> None:
    rows = _queue(client)["rows"]
    decided = _send(client, "ada", [_ruling(rows[0], "accepted"), _ruling(rows[1], "rejected")])
    assert (decided["written"], decided["conflicts"]) == (2, [])
    assert {row["photo"] for row in _queue(client)["rows"]} == {row["photo"] for row in rows[2:]}
    tags = client.get(f"/api/v1/photos/{rows[0]['photo']}/tags").json()["tags"]
    mine = next(tag for tag in tags if tag["concept"] == "kirche")
    assert (mine["status"], mine["origin"], mine["by"]) == ("accepted", "person", "ada")


def test_two_people_at_once_lose_nothing(client: TestClient) -> None:
    row = _queue(client)["rows"][0]
    _send(client, "ada", [_ruling(row, "accepted")])
    late = _send(client, "ben", [_ruling(row, "rejected")])
    assert late["written"] == 0
    assert [one["by"] for one in late["conflicts"]] == ["ada"]
    history = client.get(f"/api/v1/photos/{row['photo']}/decisions").json()
    assert [(one["by"], one["verdict"]) for one in history] == [("ada", "accepted")]


def test_undo_takes_back_the_batch_and_keeps_the_history(client: TestClient) -> None:
    rows = _queue(client)["rows"]
    batch = _send(client, "ada", [_ruling(row, "accepted") for row in rows[:3]])["batch"]
    answer = client.post("/api/v1/review/undo", json={"by": "ada", "batch": batch})
    assert answer.json()["written"] == 3
    assert len(_queue(client)["rows"]) == len(rows)
    history = client.get(f"/api/v1/photos/{rows[0]['photo']}/decisions").json()
    assert [one["verdict"] for one in history] == ["accepted", "undone"]
    again = client.post("/api/v1/review/undo", json={"by": "ada", "batch": batch})
    assert again.status_code == 422


def test_one_ruling_that_cannot_be_refuses_all(client: TestClient) -> None:
    row = _queue(client)["rows"][0]
    wrong = {"photo": row["photo"], "concept": "nonsense", "verdict": "accepted"}
    answer = client.post(
        "/api/v1/review", json={"by": "ada", "rulings": [_ruling(row, "accepted"), wrong]}
    )
    assert answer.status_code in (404, 422)
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert client.get(f"/api/v1/photos/{row['photo']}/decisions").json() == []


@pytest.mark.parametrize(
    "sent",
    [
        {"by": "", "rulings": [{"photo": "p", "concept": "kirche", "verdict": "accepted"}]},
        {"by": "ada", "rulings": []},
        {"by": "ada", "rulings": [{"photo": "p", "concept": "kirche", "verdict": "maybe"}]},
    ],
)
def test_what_is_no_review_is_refused_with_a_problem(
    client: TestClient, sent: dict[str, Any]
) -> None:
    answer = client.post("/api/v1/review", json=sent)
    assert answer.status_code == 422
    assert answer.headers["content-type"].startswith("application/problem+json")


def test_what_asks_for_review_first_is_shown_to_nobody_over_the_network(
    client: TestClient, tmp_path: Path
) -> None:
    with Archive.open(load(archive=tmp_path / "archive")) as archive:
        sensitive = next(
            concept.id
            for concept in archive.vocabularies.scheme().concepts
            if concept.sensitivity.value == "review-first" and concept.mode.value == "zero-shot"
        )
    answer = client.get(f"/api/v1/review/{sensitive}")
    assert answer.status_code == 422
    assert "review" in answer.json()["detail"]


@pytest.mark.usefixtures("eager")
def test_a_sample_says_how_many_to_look_at_and_then_how_many_are_right(
    client: TestClient,
) -> None:
    first = _queue(client, order="sample")
    assert first["estimate"].startswith("6 are suggested.")
    _send(client, "ada", [_ruling(row, "accepted") for row in first["rows"]])
    assert _queue(client, order="sample")["estimate"].startswith("Of 6 suggested, 100% are right")
