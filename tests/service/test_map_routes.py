"""The map over the network: points, colours, photos; what is closed is in none of them."""

from __future__ import annotations

import csv
from base64 import b64decode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from service_viewers import close_photo, service_of

from archive_ai.archive import Archive, map_points
from archive_ai.domain import HERE, Role, Ruling, Verdict
from made_scans import write_picture

API = "/api/v1/map"


@pytest.fixture
def archive(open_archive: Callable[..., Archive], scans: Path, tmp_path: Path) -> Archive:
    archive = open_archive()
    archive.index([scans / "F0"], "Postkarten")
    archive.index([scans / "F1"], "Nachlass")
    table = tmp_path / "table.csv"
    with table.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["path", "title", "date"])
        for path in sorted((scans / "F0").iterdir()):
            rows.writerow([path, "Ansicht", "1931" if path.suffix == ".png" else "1948/1955"])
    archive.describing.import_table(table)
    return archive


def _values(client: Any, by: str) -> tuple[dict[str, int], list[int]]:
    found = client.get(f"{API}/values", params={"by": by}).json()
    values = list(b64decode(found["values"]))
    assert found["version"] == client.get(API).json()["version"]
    for place, one in enumerate(found["legend"]):
        assert (one["value"], one["photos"]) == (place, values.count(place))
    return {one["label"]["de"]: one["photos"] for one in found["legend"]}, values


def test_before_it_is_drawn_there_is_none_and_archivists_draw_it(archive: Archive) -> None:
    with service_of(archive, Role.ARCHIVIST) as client:
        for path in ("", "/points", "/values?by=colour"):
            missing = client.get(API + path)
            assert (missing.status_code, missing.json()["code"]) == (404, "no-map")
            assert "archive-ai map" in missing.json()["advice"]
        posted = client.post("/api/v1/jobs", json={"kind": "map", "again": True})
        assert posted.status_code == 202
        assert posted.json()["arguments"] == {"again": True}
    with service_of(archive, Role.READER) as client:
        assert client.post("/api/v1/jobs", json={"kind": "map"}).status_code == 403


def test_points_are_photos_by_their_ids(archive: Archive) -> None:
    archive.map.draw()
    with service_of(archive) as client:
        told = client.get(API).json()
        assert (told["points"], told["placed"], told["unplaced"]) == (12, 0, 0)
        assert (told["generation"], told["stale"]) == (1, False)
        assert told["colours"] == ["collection", "decade", "colour"]
        answer = client.get(f"{API}/points")
        assert answer.headers["content-type"] == "application/octet-stream"
        assert answer.headers["etag"] == f'"{told["version"]}"'
        points = np.frombuffer(answer.content, "<f4").reshape(-1, 2)
        assert len(points) == 12
        box = [*points.min(axis=0).tolist(), *points.max(axis=0).tolist()]
        assert told["bounds"] == pytest.approx(box)
        again = client.get(f"{API}/points", headers={"If-None-Match": answer.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        sent = {"version": told["version"], "points": [3, 11, 3]}
        photos = client.post(f"{API}/photos", json=sent).json()["photos"]
        listed = [one.photo.id for one in archive.browsing.photos(HERE)]
        assert [(one["point"], one["photo"]) for one in photos] == [
            (3, listed[3]),
            (11, listed[11]),
        ]
        assert photos[0]["collections"] and Path(photos[0]["path"]).is_absolute()
        assert client.post(f"{API}/photos", json=sent | {"points": [12]}).status_code == 422
        late = client.post(f"{API}/photos", json=sent | {"version": "0" * 32})
        assert (late.status_code, late.json()["code"]) == (409, "map-changed")


def test_points_are_coloured_by_what_is_known(archive: Archive) -> None:
    archive.map.draw()
    photos = [one.photo.id for one in archive.browsing.photos(HERE)]
    with service_of(archive) as client:
        legend, _ = _values(client, "collection")
        assert legend == {"Nachlass": 6, "Postkarten": 6}
        legend, _ = _values(client, "decade")
        assert list(legend) == ["1930er", "1950er", "ohne Datum"]
        assert sum(legend.values()) == 12 and legend["ohne Datum"] == 6
        legend, _ = _values(client, "colour")
        assert sum(legend.values()) == 12 and "farbig" in legend
        assert client.get(f"{API}/values", params={"by": "mood"}).status_code == 422
        archive.tag()
        archive.reviewing.decide([Ruling(photos[4], "kirche", Verdict.ACCEPTED)], "erika")
        suggested = {
            photo for photo, tags in archive.tags(photos).items()
            for tag in tags if (tag.concept, tag.status.value) == ("kirche", "suggested")
        }  # fmt: skip
        _, values = _values(client, "tag:kirche")
        assert values[4] == 2
        assert {photos[place] for place, value in enumerate(values) if value == 1} >= suggested
        unknown = client.get(f"{API}/values", params={"by": "tag:unbekanntes"})
        assert (unknown.status_code, unknown.json()["code"]) == (404, "unknown-concept")


def test_what_asks_for_review_first_colours_nothing(archive: Archive) -> None:
    archive.map.draw()
    photo = archive.browsing.photos(HERE)[0].photo.id
    archive.reviewing.decide([Ruling(photo, "tote", Verdict.ACCEPTED)], "erika")
    with service_of(archive, Role.ARCHIVIST) as client:
        refused = client.get(f"{API}/values", params={"by": "tag:tote"})
        assert (refused.status_code, refused.json()["code"]) == (404, "unknown-concept")


def test_more_values_than_can_be_told_apart_are_others(
    archive: Archive, scans: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        for place in range(number + 1):
            write_picture(scans / f"G{number}" / f"{place}.png", 100 + 10 * number + place)
        archive.index([scans / f"G{number}"], f"G{number}")
    archive.map.draw()
    with service_of(archive) as client:
        assert len(_values(client, "collection")[0]) == 5
        monkeypatch.setattr(map_points, "MOST_VALUES", 4)
        assert _values(client, "collection")[0] == {
            "G2": 3, "Nachlass": 6, "Postkarten": 6, "andere": 3,
        }  # fmt: skip
        assert _values(client, "decade")[0].keys() == {"1930er", "1950er", "ohne Datum"}


def test_a_photo_that_is_closed_has_no_point_and_numbers_close_up(archive: Archive) -> None:
    archive.map.draw()
    photos = [one.photo.id for one in archive.browsing.photos(HERE)]
    with service_of(archive, Role.READER) as client:
        before = client.get(API).json()
        places = client.get(f"{API}/points").content
        close_photo(archive.settings.archive, photos[5])
        after = client.get(API).json()
        assert (after["points"], after["unplaced"]) == (11, 0)
        assert after["version"] != before["version"]
        assert client.get(f"{API}/points").content == places[:40] + places[48:]
        sent = {"version": before["version"], "points": [5]}
        assert client.post(f"{API}/photos", json=sent).status_code == 409
        sent["version"] = after["version"]
        (found,) = client.post(f"{API}/photos", json=sent).json()["photos"]
        assert found["photo"] == photos[6] and "/" not in found["path"]
        assert sum(_values(client, "collection")[0].values()) == 11
    with service_of(archive, Role.ARCHIVIST) as client:
        assert client.get(API).json()["points"] == 12
