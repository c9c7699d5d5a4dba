"""What is opened or closed while the server runs is so from the next request on (M7)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from closure_archive import POSTCARDS, Made, make
from fastapi.testclient import TestClient

from archive_ai.archive import Archive
from archive_ai_service.app import create_app

API = "/api/v1"
BY_ID = (
    f"{API}/photos/{{}}",
    f"{API}/photos/{{}}/metadata",
    f"{API}/photos/{{}}/tags",
    f"{API}/photos/{{}}/duplicates",
    f"{API}/photos/{{}}/similar",
    f"{API}/photos/{{}}/thumbnail",
    "/iiif/photo/{}/manifest",
    "/iiif/image/{}/info.json",
    "/iiif/image/{}/full/max/0/default.jpg",
)
NAMING = (
    f"{API}/photos?limit=1000",
    f"{API}/search?q=x&limit=1000",
    f"{API}/search.csv?q=x&limit=1000",
    f"{API}/search?q=sichtbarkeit:offen&limit=1000",
    f"/iiif/collection/{POSTCARDS}",
    "/?q=x&limit=1000",
)
"""Routes that name every photo of the collection of postcards that may be seen."""


@pytest.fixture
def made(tmp_path: Path, tiny_model: str) -> Iterator[Made]:
    found = make(tmp_path, tiny_model, True)
    with found.archive:
        yield found


@pytest.fixture
def reader(made: Made) -> TestClient:
    key = {"Authorization": f"Bearer {made.reader}"}
    return TestClient(create_app(made.archive), base_url="http://127.0.0.1", headers=key)


def assert_seen(reader: TestClient, photo: str, seen: bool) -> None:
    for template in BY_ID:
        assert reader.get(template.format(photo)).status_code == (200 if seen else 404), template
    for path in NAMING:
        assert (photo in reader.get(path).text) is seen, path


def counted(reader: TestClient) -> list[int]:
    """Every number of the photos that there are, by different routes."""
    found = [reader.get(f"{API}/status").json()["photos"]]
    for query in ("x", "sichtbarkeit:offen"):
        answer = reader.get(f"{API}/search", params={"q": query}).json()
        found.append(sum(answer[f"total_{name}"] for name in ("strong", "weak", "below")))
    found.append(reader.get(f"{API}/facets").json()["photos"])
    collections = reader.get(f"{API}/collections").json()["collections"]
    found.append(sum(one["photos"] for one in collections))
    return found


def test_an_embargo_runs_out_at_midnight(made: Made, reader: TestClient) -> None:
    photo = made.closed()["embargo"]
    gate = made.archive._gate
    gate._clock = lambda: date(2999, 6, 30)
    assert_seen(reader, photo, seen=False)
    before = counted(reader)
    gate._clock = lambda: date(2999, 7, 1)
    assert_seen(reader, photo, seen=True)
    assert counted(reader) == [one + 1 for one in before]


def test_a_period_of_years_ends_with_its_last_year(made: Made, reader: TestClient) -> None:
    photo, gate = made.closed()["years"], made.archive._gate
    gate._clock = lambda: date(2040, 12, 31)
    assert reader.get(f"{API}/photos/{photo}").status_code == 404
    gate._clock = lambda: date(2041, 1, 1)
    assert reader.get(f"{API}/photos/{photo}").status_code == 200


def test_another_process_closes_a_photo_and_opens_it_again(
    made: Made, reader: TestClient, tmp_path: Path
) -> None:
    photo = made.ids["blatt-2.png"]
    thumbnail = f"{API}/photos/{photo}/thumbnail"
    assert_seen(reader, photo, seen=True)
    before, first = counted(reader), reader.get(thumbnail)
    assert first.headers["cache-control"] == "private, no-cache"
    has_it = {"If-None-Match": first.headers["etag"]}
    assert reader.get(thumbnail, headers=has_it).status_code == 304
    table = tmp_path / "moves.csv"
    with Archive.open(made.archive.settings) as other:
        for said, seen in (("gesperrt", False), ("offen", True)):
            table.write_text(f"path,date,visibility\noffen/blatt-2.png,1910,{said}\n", "utf-8")
            other.describing.import_table(table)
            assert_seen(reader, photo, seen)
            assert counted(reader) == [one if seen else one - 1 for one in before]
            expected = 304 if seen else 404
            assert reader.get(thumbnail, headers=has_it).status_code == expected


def test_an_open_photo_does_not_betray_its_closed_print(made: Made, reader: TestClient) -> None:
    closed = made.closed()["near-duplicate"]
    open_one = made.ids["blatt-0.png"]
    assert reader.get(f"{API}/photos/{open_one}/duplicates").json()["duplicates"] == []
    boss = {"Authorization": f"Bearer {made.boss}"}
    told = reader.get(f"{API}/photos/{open_one}/duplicates", headers=boss).json()["duplicates"]
    assert closed in {one["photo"] for one in told}
