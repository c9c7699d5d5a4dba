"""The review desk over HTTP: what can be reviewed, how far it is, and answers that get lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from fastapi.testclient import TestClient
from service_pictures import draw
from service_viewers import service_of
from sqlalchemy import insert

from archive_ai.archive import Archive, load, queues
from archive_ai.catalogue import schema
from archive_ai.domain import Sensitivity
from archive_ai.tagging import calibrating
from archive_ai_service.app import create_app

API = "/api/v1"
PICTURES = 6


@pytest.fixture
def archive(tmp_path: Path, tiny_model: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    """Six photos, for each of which everything is suggested, however improbable."""
    monkeypatch.setattr(calibrating, "THRESHOLD", 0.0)
    for kind in range(PICTURES):
        (tmp_path / "pictures").mkdir(exist_ok=True)
        draw(tmp_path / "pictures" / f"F{kind:03}.png", kind)
    with Archive.create(load(archive=tmp_path / "archive", model=tiny_model, workers=1)) as made:
        made.index([tmp_path / "pictures"])
        made.tag()
        yield made


@pytest.fixture
def client(archive: Archive) -> Iterator[TestClient]:
    app = create_app(archive)
    with TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as serving:
        yield serving


def get(client: TestClient, path: str, **query: Any) -> Any:
    answer = client.get(f"{API}/{path}", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def ruling(photo: str, verdict: str, **more: Any) -> dict[str, Any]:
    return {"photo": photo, "concept": "kirche", "verdict": verdict, "seen": 0, **more}


def send(client: TestClient, by: str, *rulings: dict[str, Any]) -> dict[str, Any]:
    answer = client.post(f"{API}/review", json={"by": by, "rulings": list(rulings)})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def came_of_it(decided: dict[str, Any]) -> tuple[int, int, list[str]]:
    conflicts = [one["by"] for one in decided["conflicts"]]
    return decided["written"], decided["unchanged"], conflicts


def history(client: TestClient, photo: str) -> list[tuple[str, str]]:
    return [(one["by"], one["verdict"]) for one in get(client, f"photos/{photo}/decisions")]


@pytest.fixture
def photo(client: TestClient) -> str:
    return str(get(client, "review/kirche")["rows"][0]["photo"])


def test_a_ruling_that_is_sent_twice_is_written_once(client: TestClient, photo: str) -> None:
    """Its answer got lost: whoever sent it does not know that it was written."""
    for one in (ruling(photo, "accepted"), ruling(photo, "accepted", note="Turm")):
        send(client, "ada", one)
        assert came_of_it(send(client, "ada", one)) == (0, 1, [])
    assert history(client, photo) == [("ada", "accepted"), ("ada", "accepted")]


def test_one_sent_twice_after_somebody_agreed_is_written_once(
    client: TestClient, photo: str
) -> None:
    send(client, "ada", ruling(photo, "accepted"))
    assert came_of_it(send(client, "ben", ruling(photo, "accepted"))) == (1, 0, [])
    assert came_of_it(send(client, "ada", ruling(photo, "accepted"))) == (0, 1, [])
    assert history(client, photo) == [("ada", "accepted"), ("ben", "accepted")]


def test_one_sent_twice_after_somebody_decided_otherwise_is_a_conflict(
    client: TestClient, photo: str
) -> None:
    send(client, "ada", ruling(photo, "accepted"))
    seen = get(client, f"photos/{photo}/decisions")[0]["number"]
    send(client, "ben", ruling(photo, "rejected", seen=seen))
    assert came_of_it(send(client, "ada", ruling(photo, "accepted"))) == (0, 0, ["ben"])
    assert history(client, photo) == [("ada", "accepted"), ("ben", "rejected")]


def test_one_that_was_taken_back_can_be_decided_again(client: TestClient, photo: str) -> None:
    batch = send(client, "ada", ruling(photo, "accepted"))["batch"]
    send(client, "ben", ruling(photo, "accepted"))
    client.post(f"{API}/review/undo", json={"by": "ada", "batch": batch})
    assert came_of_it(send(client, "ada", ruling(photo, "accepted"))) == (1, 0, [])


@pytest.mark.parametrize(
    ("verdicts", "written", "conflicts"),
    [(("accepted", "rejected"), 1, 1), (("accepted", "accepted"), 2, 0)],
)
def test_two_reviewers_have_the_same_row_at_once(
    client: TestClient, photo: str, verdicts: tuple[str, str], written: int, conflicts: int
) -> None:
    """Who comes second learns of the first, or agrees as a second reader; nothing is lost."""
    together = Barrier(2)

    def decide(by: str, verdict: str) -> tuple[int, int, list[str]]:
        together.wait(timeout=30)
        return came_of_it(send(client, by, ruling(photo, verdict)))

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(decide, ("ada", "ben"), verdicts))
    assert sum(one[0] for one in done) == written
    assert sum(len(one[2]) for one in done) == conflicts
    assert len(history(client, photo)) == written
    second = [one for one in done if not one[0]]
    first = {by for by, _ in history(client, photo)}
    assert all(set(one[2]) == first for one in second)


def test_a_queue_says_the_label_and_the_estimate_in_numbers(client: TestClient) -> None:
    sample = get(client, "review/kirche", order="sample")
    assert sample["label"] == {"de": "Kirche", "en": "church"}
    estimated = sample["estimated"]
    assert estimated == {
        "precision": None, "low": None, "high": None, "margin": None, "judged": 0,
        "wanted": PICTURES, "confidence": 0.95,
    }  # fmt: skip
    rows = [row["photo"] for row in sample["rows"]]
    for place, photo in enumerate(rows[:4]):
        send(client, "ada", ruling(photo, "rejected" if place == 3 else "accepted"))
    estimated = get(client, "review/kirche", order="sample")["estimated"]
    assert (estimated["judged"], estimated["precision"]) == (4, 0.75)
    assert 0 < estimated["low"] < 0.75 < estimated["high"] < 1
    assert estimated["margin"] == pytest.approx((estimated["high"] - estimated["low"]) / 2)
    assert get(client, "review/kirche")["estimated"] is None


def test_progress_counts_each_decision_and_agrees_with_the_queue(client: TestClient) -> None:
    sample = get(client, "review/kirche", order="sample")
    photos = [row["photo"] for row in sample["rows"]]
    before = get(client, "review/kirche/progress")
    assert before == {
        "concept": "kirche", "waiting": PICTURES, "accepted": 0, "rejected": 0,
        "estimated": sample["estimated"],
    }  # fmt: skip
    for place, photo in enumerate(photos, start=1):
        verdict = "accepted" if place % 2 else "rejected"
        batch = send(client, "ada", ruling(photo, verdict))["batch"]
        told = get(client, "review/kirche/progress")
        assert told["waiting"] == PICTURES - place
        assert (told["accepted"], told["rejected"]) == ((place + 1) // 2, place // 2)
        assert told["estimated"]["judged"] == place
    assert told["estimated"]["margin"] == 0
    client.post(f"{API}/review/undo", json={"by": "ada", "batch": batch})
    assert get(client, "review/kirche/progress")["waiting"] == 1


def test_progress_scores_nothing_that_was_scored(
    client: TestClient, photo: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object) -> None:
        raise AssertionError("scored again")

    with monkeypatch.context() as patched:
        patched.setattr(queues, "score_blocks", never)
        send(client, "ada", ruling(photo, "accepted"))
        assert get(client, "review/kirche/progress")["waiting"] == PICTURES - 1
    assert get(client, "review/bruecke/progress")["waiting"] == PICTURES


def test_progress_goes_by_what_is_there_now(
    client: TestClient, archive: Archive, tmp_path: Path
) -> None:
    """New photos wait, and those whose files went away do not."""
    assert get(client, "review/kirche/progress")["waiting"] == PICTURES
    draw(tmp_path / "pictures" / "F100.png", 7)
    archive.index([tmp_path / "pictures"])
    assert get(client, "review/kirche/progress")["waiting"] == PICTURES + 1
    for number in (0, 1):
        (tmp_path / "pictures" / f"F00{number}.png").unlink()
    archive.index([tmp_path / "pictures"])
    assert get(client, "review/kirche/progress")["waiting"] == PICTURES - 1


@pytest.mark.parametrize("path", ["review/{}", "review/{}/progress"])
def test_what_cannot_be_reviewed_is_a_problem(
    client: TestClient, archive: Archive, path: str
) -> None:
    sensitive = next(
        one.id
        for one in archive.vocabularies.scheme().concepts
        if one.sensitivity is Sensitivity.REVIEW_FIRST
    )
    for concept, status, code in (("nichts", 404, "unknown-concept"), (sensitive, 422, "usage")):
        answer = client.get(f"{API}/{path.format(concept)}")
        assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_nothing_indexed_is_a_problem(open_archive: Callable[..., Archive]) -> None:
    with service_of(open_archive()) as client:
        for path in ("review/kirche", "review/kirche/progress"):
            answer = client.get(f"{API}/{path}")
            assert (answer.status_code, answer.json()["code"]) == (409, "nothing-indexed")
        assert client.get(f"{API}/review").json() == []


def test_the_concepts_that_wait_come_with_their_numbers(
    client: TestClient, archive: Archive, photo: str
) -> None:
    scheme = archive.vocabularies.scheme()
    found = get(client, "review")
    mine = {one["concept"]: one for one in found}
    assert found == sorted(found, key=lambda one: -one["waiting"])
    sensitive = {c.id for c in scheme.concepts if c.sensitivity is Sensitivity.REVIEW_FIRST}
    assert sensitive and not sensitive & set(mine)
    suggested = {one["concept"] for one in get(client, f"photos/{photo}/tags")["tags"]}
    assert suggested <= set(mine)
    concept = next(c for c in scheme.concepts if c.id in mine)
    before = mine[concept.id]
    assert before["label"] == {"de": concept.labels["de"], "en": concept.labels["en"]}
    assert (before["scheme"], before["facet"], before["mode"]) == (
        scheme.id, concept.facet, concept.mode.value,
    )  # fmt: skip
    rows = [
        one["photo"]
        for one in get(client, "photos")["photos"]
        if any(
            tag["concept"] == concept.id and tag["status"] == "suggested"
            for tag in get(client, f"photos/{one['photo']}/tags")["tags"]
        )
    ]
    assert before["waiting"] == len(rows) and before["accepted"] == before["rejected"] == 0
    for place, one in enumerate(rows):
        verdict = "rejected" if place else "accepted"
        send(client, "ada", {**ruling(one, verdict), "concept": concept.id})
        told = {one["concept"]: one for one in get(client, "review")}.get(concept.id)
        left = len(rows) - place - 1
        assert (told["waiting"] if told else 0) == left
        if told:
            assert (told["accepted"], told["rejected"]) == (1, place)


def test_what_asks_for_review_first_is_not_in_the_list_even_where_it_was_suggested(
    client: TestClient, archive: Archive, photo: str
) -> None:
    sensitive = next(
        one.id
        for one in archive.vocabularies.scheme().concepts
        if one.sensitivity is Sensitivity.REVIEW_FIRST
    )
    run = archive.runs()[0].number
    row = {"run": run, "photo_id": photo, "concept": sensitive, "score": 9.0, "probability": 0.9}
    with archive._engine.begin() as connection:
        connection.execute(insert(schema.suggestion).prefix_with("OR REPLACE"), [row])
    assert sensitive not in {one["concept"] for one in get(client, "review")}
