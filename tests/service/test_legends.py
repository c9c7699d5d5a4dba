"""What a page lays out and names pictures by: in hits, lists and queues, as records say it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from PIL import Image
from service_viewers import service_of

from archive_ai.archive import Archive, load
from archive_ai.domain import PhotoId, Role, Viewer
from made_scans import write_picture

API = "/api/v1"
FIELDS = ("width", "height", "title", "signature", "date")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory, tiny_model: str) -> Iterator[Archive]:
    """Four photos: of the first two records speak, of the second one, the third is closed."""
    root = tmp_path_factory.mktemp("legends")
    for number in range(4):
        write_picture(root / "scans" / f"F{number:03}.png", number)
    with Image.open(root / "scans" / "F000.png") as picture:
        picture.resize((100, 60)).save(root / "scans" / "F000.png")
    tables = {
        "paths": "path,title,date\nF000.png,,um 1910\nF001.png,Rathaus,1912-05\n",
        "signatures": "signature,title,date,visibility\n"
        "F000,Marktplatz,1990,\nF002,Geheimnis,1911,gesperrt\n",
    }
    with Archive.create(load(archive=root / "archive", model=tiny_model, workers=1)) as made:
        made.index([root / "scans"])
        made.tag()
        for name, table in tables.items():
            (root / f"{name}.csv").write_text(table, "utf-8")
            made.describing.import_table(root / f"{name}.csv")
        yield made


@pytest.fixture(scope="module")
def clients(archive: Archive) -> Iterator[dict[str, TestClient]]:
    with service_of(archive) as here, service_of(archive, Role.READER) as reader:
        yield {"here": here, "reader": reader}


def legends(answers: list[dict[str, Any]]) -> dict[str, tuple[Any, ...]]:
    return {Path(one["path"]).name: tuple(one[name] for name in FIELDS) for one in answers}


def get(client: TestClient, path: str, **query: Any) -> dict[str, Any]:
    answer = client.get(f"{API}/{path}", params=query)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


@pytest.fixture
def told() -> dict[str, tuple[Any, ...]]:
    """Of the first photo the record by signature comes first, as its key does."""
    return {
        "F000.png": (100, 60, "Marktplatz", "F000", "1990"),
        "F001.png": (96, 80, "Rathaus", "", "1912-05"),
        "F002.png": (96, 80, "Geheimnis", "F002", "1911"),
        "F003.png": (96, 80, "", "", ""),
    }


def test_hits_lists_and_queues_have_the_same_legends(
    clients: dict[str, TestClient], told: dict[str, tuple[Any, ...]]
) -> None:
    here = clients["here"]
    assert legends(get(here, "search", q="w1")["hits"]) == told
    assert legends(get(here, "photos")["photos"]) == told
    assert legends(get(here, "review/kirche", order="sure")["rows"]) == told
    photo = get(here, "photos")["photos"][0]["photo"]
    assert len(legends(get(here, f"photos/{photo}/similar")["hits"])) == 3


def test_a_reader_is_told_of_what_may_be_seen_alone(
    clients: dict[str, TestClient], told: dict[str, tuple[Any, ...]]
) -> None:
    del told["F002.png"]
    assert legends(get(clients["reader"], "search", q="w1")["hits"]) == told
    assert legends(get(clients["reader"], "photos")["photos"]) == told


def test_a_closed_photo_has_no_legend_for_a_reader(archive: Archive) -> None:
    reader, boss = (archive.seen_by(Viewer("x", role)) for role in (Role.READER, Role.ARCHIVIST))
    photos = [one.photo.id for one in boss.photos("", 9)]
    assert len(boss.legends([*photos, PhotoId("p_none")])) == 4
    assert len(reader.legends(photos)) == 3


def test_a_field_is_of_the_first_record_that_says_it(
    open_archive: Callable[..., Archive], tmp_path: Path
) -> None:
    """A record may say a title and no date: then the next one's date is shown."""
    archive, table = open_archive(workers=1), tmp_path / "more.csv"
    archive.index([write_picture(tmp_path / "scans" / "F003.png", 3)])
    for text in ("signature,title,date\nF003,Brücke,\n", "path,title,date\nF003.png,Steg,1899\n"):
        table.write_text(text, "utf-8")
        archive.describing.import_table(table)
    seen = archive.seen_by(Viewer("", Role.ADMIN))
    (photo,) = (one.photo.id for one in seen.photos("", 9))
    found = seen.legends([photo])[photo]
    assert (found.title, found.signature, found.date) == ("Brücke", "F003", "1899")


def test_the_hits_that_follow_those_of_a_picture_that_was_sent(
    clients: dict[str, TestClient], archive: Archive
) -> None:
    file = archive.photo(archive.search("w1", 1).hits[0].photo).paths[0]
    found: list[str] = []
    cursor = ""
    for _ in range(9):
        answer = clients["here"].post(
            f"{API}/search/picture",
            params={"limit": 2, "cursor": cursor},
            files={"picture": ("x.png", file.read_bytes())},
        )
        assert answer.status_code == 200, answer.text
        found += [hit["photo"] for hit in answer.json()["hits"]]
        cursor = answer.json()["cursor"]
        if not cursor:
            break
    assert len(found) == len(set(found)) == 4
    other = clients["here"].post(
        f"{API}/search/picture",
        params={"limit": 2, "cursor": "falsch"},
        files={"picture": ("x.png", file.read_bytes())},
    )
    assert (other.status_code, other.json()["code"]) == (422, "usage")
