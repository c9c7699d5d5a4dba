"""Photos by id, collections, vocabularies: what each role sees of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from service_viewers import close_photo, service_of

from archive_ai.archive import Archive
from archive_ai.domain import HERE, Role, Ruling, Verdict
from made_scans import write_picture

Opening = Callable[..., Archive]
API = "/api/v1"


@pytest.fixture
def archive(open_archive: Opening, scans: Path) -> Archive:
    archive = open_archive()
    archive.index([scans / "F0"], "Postkarten")
    archive.index([scans / "F1"], "Nachlass/Müller")
    archive.tag()
    return archive


def test_photos_come_in_parts_by_id_that_nothing_moves(archive: Archive, scans: Path) -> None:
    with service_of(archive) as client:
        first = client.get(f"{API}/photos", params={"limit": 5}).json()
        write_picture(scans / "F2" / "new.png", 99)
        archive.index([scans / "F2"])
        found, cursor = list(first["photos"]), first["cursor"]
        while cursor:
            part = client.get(f"{API}/photos", params={"limit": 5, "cursor": cursor}).json()
            found += part["photos"]
            cursor = part["cursor"]
        ids = [one["photo"] for one in found]
        assert ids == sorted(set(ids))
        whole = client.get(f"{API}/photos", params={"limit": 100}).json()
        assert whole["cursor"] == "" and len(whole["photos"]) == 13
        assert len(ids) in {12, 13}  # the new one is seen if it comes after the first part
        exact = client.get(f"{API}/photos", params={"limit": 13}).json()
        assert exact["cursor"] == ""
        assert client.get(f"{API}/photos", params={"cursor": "x"}).status_code == 422
        assert Path(found[0]["path"]).is_absolute()


def test_collections_and_their_photos(archive: Archive) -> None:
    with service_of(archive) as client:
        assert client.get(f"{API}/collections").json() == {
            "collections": [
                {"collection": "Nachlass/Müller", "photos": 6},
                {"collection": "Postkarten", "photos": 6},
            ]
        }
        one = client.get(f"{API}/collections/Nachlass/Müller").json()
        assert one == {"collection": "Nachlass/Müller", "photos": 6}
        photos = client.get(f"{API}/photos", params={"collection": "Postkarten"}).json()["photos"]
        assert len(photos) == 6
        assert {name for photo in photos for name in photo["collections"]} == {"Postkarten"}
        for address in ("collections/gibt-es-nicht", "photos?collection=gibt-es-nicht"):
            refused = client.get(f"{API}/{address}")
            assert (refused.status_code, refused.json()["code"]) == (404, "unknown-collection")


def test_a_reader_knows_nothing_of_what_is_closed(archive: Archive) -> None:
    postcards = [one.photo.id for one in archive.browsing.photos(HERE, "", 100, "Postkarten")]
    hidden, *others = postcards
    close_photo(archive.settings.archive, hidden)
    with service_of(archive, Role.READER) as client:
        seen = client.get(f"{API}/photos").json()["photos"]
        assert len(seen) == 11 and hidden not in [one["photo"] for one in seen]
        assert all("/" not in one["path"] for one in seen)
        assert client.get(f"{API}/collections/Postkarten").json()["photos"] == 5
        for number, photo in enumerate(others):
            close_photo(archive.settings.archive, photo, f"geheim-{number}")
        assert client.get(f"{API}/collections/Postkarten").status_code == 404
        assert [
            one["collection"] for one in client.get(f"{API}/collections").json()["collections"]
        ] == ["Nachlass/Müller"]
        assert client.get(f"{API}/photos", params={"collection": "Postkarten"}).status_code == 404
        hidden_thumbnail = client.get(f"{API}/photos/{hidden}/thumbnail")
        assert hidden_thumbnail.status_code == 404
        known = {"If-None-Match": "*"}
        assert client.get(f"{API}/photos/{hidden}/thumbnail", headers=known).status_code == 404
    with service_of(archive, Role.ARCHIVIST) as client:
        assert client.get(f"{API}/collections/Postkarten").json()["photos"] == 6


def test_a_vocabulary_with_the_numbers_of_its_concepts(archive: Archive) -> None:
    tags = [
        tag for one in archive.browsing.photos(HERE) for tag in archive.photo(one.photo.id).tags
    ]
    with service_of(archive) as client:
        schemes = client.get(f"{API}/vocabulary").json()["schemes"]
        assert [one["scheme"] for one in schemes] == ["heilbronn"]
        found = client.get(f"{API}/vocabulary/heilbronn").json()
        assert len(found["concepts"]) == schemes[0]["concepts"] > 50
        numbers = {one["concept"]: one["suggested"] for one in found["concepts"]}
        assert sum(number or 0 for number in numbers.values()) == len(tags) > 0
        for concept in {tag.concept for tag in tags}:
            assert numbers[concept] == len([tag for tag in tags if tag.concept == concept])
        church = client.get(f"{API}/vocabulary/heilbronn/kirche").json()
        assert church["label"]["de"] == "Kirche"
        assert church["scheme"] == "heilbronn" and church["narrower"]
        parent = client.get(f"{API}/vocabulary/heilbronn/{church['broader'][0]}").json()
        assert "kirche" in parent["narrower"]
        for address in ("vocabulary/nichts", "vocabulary/heilbronn/nichts"):
            refused = client.get(f"{API}/{address}")
            assert (refused.status_code, refused.json()["code"]) == (404, "unknown-concept")


def test_a_tag_added_by_hand_is_a_decision_without_a_suggestion(archive: Archive) -> None:
    photos = [one.photo.id for one in archive.browsing.photos(HERE)]
    photo = next(p for p in photos if "kirche" not in [t.concept for t in archive.photo(p).tags])
    ruling = {"photo": photo, "concept": "kirche", "verdict": "accepted"}
    with service_of(archive, Role.ARCHIVIST) as client:
        before = _of(client.get(f"{API}/vocabulary/heilbronn/kirche").json())
        sent = client.post(f"{API}/review", json={"by": "", "rulings": [ruling]})
        assert sent.json()["written"] == 1
        added = client.get(f"{API}/photos/{photo}/tags").json()["tags"][0]
        assert (added["concept"], added["status"], added["origin"]) == (
            "kirche",
            "accepted",
            "person",
        )
        assert added["run"] is None and added["by"].startswith("archivist")
        after = _of(client.get(f"{API}/vocabulary/heilbronn/kirche").json())
        assert after == (before[0] + 1, before[1])
    close_photo(archive.settings.archive, photo)
    with service_of(archive, Role.READER) as client:
        assert _of(client.get(f"{API}/vocabulary/heilbronn/kirche").json()) == before


def test_of_what_is_reviewed_first_the_accepted_are_told_and_suggestions_never(
    archive: Archive,
) -> None:
    photo = archive.browsing.photos(HERE)[0].photo.id
    archive.reviewing.decide([Ruling(photo, "tote", Verdict.ACCEPTED)], "erika")
    for role in (Role.READER, Role.ARCHIVIST):
        with service_of(archive, role) as client:
            assert _of(client.get(f"{API}/vocabulary/heilbronn/tote").json()) == (1, None)
            assert None not in _of(client.get(f"{API}/vocabulary/heilbronn/kirche").json())
            tags = client.get(f"{API}/facets").json()["by"]["tag"]
            assert [one["photos"] for one in tags if one["value"] == "tote"] == [1]


def _of(concept: dict[str, int | None]) -> tuple[int | None, int | None]:
    return concept["accepted"], concept["suggested"]
