"""Why a concept is suggested for a photo, or is not: what archivists are told over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from service_viewers import service_of

from archive_ai.archive import Archive, load
from archive_ai.domain import Mode, PhotoId, Role, Ruling, Sensitivity, Verdict
from made_scans import write_picture

API = "/api/v1"
NAMES = [f"F{number:03}.png" for number in range(8)]
TAUGHT = 4


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory, tiny_model: str) -> Iterator[Archive]:
    """Eight photos; of the first four one concept was accepted, and it was learned from them."""
    root = tmp_path_factory.mktemp("why")
    for number, name in enumerate(NAMES):
        write_picture(root / "scans" / name, number)
    for number in range(3):
        write_picture(root / "references" / f"{number}.png", 100 + number)
    with Archive.create(load(archive=root / "archive", model=tiny_model, workers=1)) as made:
        made.index([root / "scans"])
        made.tag()
        photos = ids(made)
        made.reviewing.decide(
            [
                Ruling(PhotoId(photos[name]), "kirche", verdict)
                for verdict, names in (
                    (Verdict.ACCEPTED, NAMES[:TAUGHT]),
                    (Verdict.REJECTED, NAMES[TAUGHT:]),
                )
                for name in names
            ],
            "ada",
        )
        made.teaching.learn("kirche", "ada", root / "references")
        yield made


@pytest.fixture(scope="module")
def client(archive: Archive) -> Iterator[TestClient]:
    with service_of(archive, Role.ARCHIVIST) as serving:
        yield serving


def ids(archive: Archive) -> dict[str, str]:
    hits = archive.search("w1", 99).hits
    return {hit.path.name: hit.photo for hit in hits}


def why(client: TestClient, photo: str, concept: str) -> dict[str, Any]:
    answer = client.get(f"{API}/photos/{photo}/why/{concept}")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def test_words_examples_and_parts_of_the_picture(client: TestClient, archive: Archive) -> None:
    photos = ids(archive)
    found = why(client, photos[NAMES[0]], "kirche")
    said = archive.explain(photos[NAMES[0]], "kirche").to_json()
    assert (found["photo"], found["concept"]) == (photos[NAMES[0]], "kirche")
    assert found["label"] == {"de": "Kirche", "en": "church"}
    for name in ("source", "score", "probability", "threshold", "heat"):
        assert found[name] == said[name], name
    assert [(one["name"], one["nearness"]) for one in found["texts"]] == [
        (one["name"], one["cosine"]) for one in said["texts"]
    ]
    assert found["measures"] is None
    assert [len(row) for row in found["heat"]] == [8] * 8
    assert found["crop"] == client.get(f"{API}/photos/{photos[NAMES[0]]}").json()["crop"]


def test_examples_are_photos_or_reference_pictures(client: TestClient, archive: Archive) -> None:
    photos = ids(archive)
    found = why(client, photos[NAMES[-1]], "kirche")["examples"]
    paths = {one["photo"]: one["name"] for one in found if one["photo"]}
    assert paths
    for photo, path in paths.items():
        assert photos[Path(path).name] == photo
        assert Path(path).name in NAMES[:TAUGHT] and Path(path).is_absolute()
    references = [one["name"] for one in found if one["photo"] is None]
    assert references
    assert all(Path(path).parent.name == "references" for path in references)
    nearness = [one["nearness"] for one in found]
    assert nearness == sorted(nearness, reverse=True)


def test_what_is_measured_has_measures_and_nothing_else(
    client: TestClient, archive: Archive
) -> None:
    found = why(client, ids(archive)[NAMES[0]], "querformat")
    assert (found["source"], found["texts"], found["examples"]) == ("measured", [], [])
    assert (found["probability"], found["threshold"], found["heat"]) == (None, None, None)
    assert found["measures"]["orientation"] == "landscape"
    assert set(found["measures"]) == {
        "colour", "tint", "chroma", "orientation", "negative", "positive_score", "blank", "detail",
    }  # fmt: skip


def test_where_the_file_is_gone_there_is_no_map(archive: Archive, client: TestClient) -> None:
    photo = ids(archive)[NAMES[1]]
    path = archive.photo(photo).paths[0]
    content = path.read_bytes()
    path.unlink()
    try:
        found = why(client, photo, "kirche")
    finally:
        path.write_bytes(content)
    assert found["heat"] is None
    assert found["score"] is not None and found["crop"] is not None


def test_what_cannot_be_told_is_a_problem(client: TestClient, archive: Archive) -> None:
    photo, scheme = ids(archive)[NAMES[0]], archive.vocabularies.scheme()
    sensitive = next(
        one.id for one in scheme.concepts
        if one.sensitivity is Sensitivity.REVIEW_FIRST and one.mode is Mode.ZERO_SHOT
    )  # fmt: skip
    manual = next(
        one.id for one in scheme.concepts
        if one.mode is Mode.MANUAL and one.sensitivity is not Sensitivity.REVIEW_FIRST
    )  # fmt: skip
    unknown = "p_" + "a" * 20
    for asked, status, code in (
        (f"{unknown}/why/kirche", 404, "unknown-photo"),
        (f"{photo}/why/nichts", 404, "unknown-concept"),
        (f"{photo}/why/kirche?scheme=keins", 404, "unknown-concept"),
        (f"{photo}/why/{sensitive}", 422, "usage"),
        (f"{photo}/why/{manual}", 422, "usage"),
        ("..%2Fx/why/kirche", 404, None),
    ):
        answer = client.get(f"{API}/photos/{asked}")
        assert answer.status_code == status, asked
        assert code is None or answer.json()["code"] == code, asked


def test_a_reader_is_not_told(archive: Archive, client: TestClient) -> None:
    with service_of(archive, Role.READER) as reader:
        answer = reader.get(f"{API}/photos/{ids(archive)[NAMES[0]]}/why/kirche")
        assert (answer.status_code, answer.json()["code"]) == (403, "not-allowed")
