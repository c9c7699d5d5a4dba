"""IIIF documents: what they say, who sees them, and that the sizes they promise are served."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from service_viewers import close_photo, service_of

from archive_ai.archive import Archive, presenting
from archive_ai.domain import HERE, Role
from archive_ai.exchange.iiif import licence_of
from made_scans import write_picture

Opening = Callable[..., Archive]
PROFILE = "http://iiif.io/api/presentation/3/context.json"


@pytest.fixture
def scans(tmp_path: Path) -> Path:
    folder = tmp_path / "scans"
    for number, size in enumerate([(2000, 1500), (700, 1100), (150, 100), (1, 900), (90, 70)]):
        write_picture(folder / f"F_{number}.png", number, size)
    return folder


@pytest.fixture
def archive(open_archive: Opening, scans: Path) -> Archive:
    archive = open_archive(
        public_url="https://archiv.example/bilder",
        institution="Stadtarchiv Beispiel",
        institution_url="https://archiv.example",
    )
    archive.index([scans], "Postkarten")
    return archive


def photos(archive: Archive) -> dict[str, str]:
    """Return the photos' ids by the names of their files."""
    return {one.path.name: one.photo.id for one in archive.browsing.photos(HERE)}


def describe(archive: Archive, key: str, ids: list[str], **values: str) -> int:
    """Write a record of these photos and return its number."""
    given = {
        "signature": "F001N_0001",
        "title": "Markt im Winter",
        "description": "Blick nach Norden.",
        "place": "Heilbronn",
        "kind": "Fotografie",
        "rights": "https://creativecommons.org/licenses/by/4.0/deed.de",
        "date": "1912",
        **values,
    }
    columns = {"key": key, "source": "table", "visibility": "open", "closed_until": ""}
    columns["locator"] = ""
    row = {**columns, "other": "{}", "by": "", "at": "", **given}
    names, marks = ", ".join(row), ", ".join("?" for _ in row)
    with closing(sqlite3.connect(archive.settings.archive / "catalogue.sqlite")) as connection:
        made = connection.execute(
            f"INSERT INTO record ({names}) VALUES ({marks})", tuple(row.values())
        )
        for photo in ids:
            connection.execute("INSERT INTO record_photo VALUES (?, ?)", (photo, made.lastrowid))
        connection.commit()
        return int(made.lastrowid or 0)


def values(manifest: dict[str, Any], name: str) -> list[str]:
    (found,) = [one["value"] for one in manifest["metadata"] if one["label"]["en"] == [name]]
    return next(iter(found.values()))


def test_the_sizes_that_are_promised_are_served(archive: Archive) -> None:
    with service_of(archive) as client:
        for name, sizes in (
            ("F_0.png", [(192, 144), (384, 288), (768, 576), (1536, 1152)]),
            ("F_1.png", [(122, 192), (244, 384), (489, 768), (700, 1100)]),
            ("F_2.png", [(150, 100)]),
            ("F_3.png", [(1, 192), (1, 384), (1, 768), (1, 900)]),
        ):
            photo = photos(archive)[name]
            answer = client.get(f"/iiif/image/{photo}/info.json")
            assert answer.headers["content-type"] == (
                'application/ld+json;profile="http://iiif.io/api/image/3/context.json"'
            )
            info = answer.json()
            assert info["@context"] == "http://iiif.io/api/image/3/context.json"
            assert info["id"] == f"https://archiv.example/bilder/iiif/image/{photo}"
            assert (info["type"], info["profile"]) == ("ImageService3", "level0")
            assert [(one["width"], one["height"]) for one in info["sizes"]] == sizes
            for width, height in sizes:
                served = client.get(f"/iiif/image/{photo}/full/{width},{height}/0/default.jpg")
                assert served.headers["content-type"] == "image/jpeg"
                with Image.open(BytesIO(served.content)) as picture:
                    assert picture.size == (width, height)
            largest = client.get(f"/iiif/image/{photo}/full/max/0/default.jpg")
            assert largest.content == served.content
            assert (info["maxWidth"], info["maxHeight"]) == sizes[-1]
            known = {"If-None-Match": largest.headers["etag"]}
            again = client.get(f"/iiif/image/{photo}/full/max/0/default.jpg", headers=known)
            assert again.status_code == 304
            for size in ("10,10", "192,", ",192", "^max", "full", "pct:50", "!192,192"):
                refused = client.get(f"/iiif/image/{photo}/full/{size}/0/default.jpg")
                assert (refused.status_code, refused.json()["code"]) == (400, "bad-request")


def test_the_id_of_the_service_leads_to_its_description(archive: Archive) -> None:
    photo = photos(archive)["F_0.png"]
    with service_of(archive) as client:
        found = client.get(f"/iiif/image/{photo}", follow_redirects=False)
        assert found.status_code == 303
        assert found.headers["location"] == (
            f"https://archiv.example/bilder/iiif/image/{photo}/info.json"
        )


def test_a_manifest_says_what_people_wrote_and_decided(archive: Archive) -> None:
    ids = photos(archive)
    number = describe(archive, "F001N_0001", [ids["F_0.png"], ids["F_1.png"]])
    archive.tag()
    with service_of(archive) as client:
        rulings = [{"photo": ids["F_0.png"], "concept": "kirche", "verdict": "accepted"}]
        client.post("/api/v1/review", json={"by": "", "rulings": rulings})
        answer = client.get(f"/iiif/photo/{ids['F_0.png']}/manifest")
        assert answer.headers["content-type"] == f'application/ld+json;profile="{PROFILE}"'
        assert "private" in answer.headers["cache-control"]
        found = answer.json()
        assert found["label"] == {"none": ["Markt im Winter"]}
        assert found["summary"] == {"none": ["Blick nach Norden."]}
        assert found["rights"] == "http://creativecommons.org/licenses/by/4.0/"
        assert found["requiredStatement"]["value"] == {"none": ["Stadtarchiv Beispiel"]}
        assert found["provider"][0]["id"] == "https://archiv.example"
        for name, value in (
            ("Reference code", "F001N_0001"),
            ("Date", "1912"),
            ("Place", "Heilbronn"),
            ("Type", "Fotografie"),
            ("Collection", "Postkarten"),
        ):
            assert values(found, name) == [value]
        (subjects,) = [m for m in found["metadata"] if m["label"]["en"] == ["Subjects"]]
        assert subjects["value"] == {"de": ["Kirche"], "en": ["church"]}
        (canvas,) = found["items"]
        assert (canvas["width"], canvas["height"]) == (2000, 1500)
        record = f"https://archiv.example/bilder/iiif/record/{number}/manifest"
        assert canvas["partOf"] == [{"id": record, "type": "Manifest"}]
        both = client.get(f"/iiif/record/{number}/manifest").json()
        assert both["id"] == record
        assert [one["label"]["none"] for one in both["items"]] == [["F_0.png"], ["F_1.png"]]
        assert both["items"][0] == canvas
        plain = client.get(f"/iiif/photo/{ids['F_2.png']}/manifest").json()
        assert plain["label"] == {"none": ["F_2.png"]}
        assert "rights" not in plain and "summary" not in plain


def test_rights_in_words_are_told_in_words(archive: Archive) -> None:
    ids = photos(archive)
    describe(archive, "F1", [ids["F_1.png"]], rights="Alle Rechte vorbehalten")
    with service_of(archive) as client:
        found = client.get(f"/iiif/photo/{ids['F_1.png']}/manifest").json()
    assert "rights" not in found
    said = found["requiredStatement"]["value"]["none"]
    assert said == ["Stadtarchiv Beispiel", "Alle Rechte vorbehalten"]


@pytest.mark.parametrize(
    ("text", "uri"),
    [
        ("http://rightsstatements.org/vocab/InC/1.0/", "http://rightsstatements.org/vocab/InC/1.0/"),
        ("https://rightsstatements.org/page/CNE/1.0/?language=de", "http://rightsstatements.org/vocab/CNE/1.0/"),
        ("https://creativecommons.org/publicdomain/zero/1.0", "http://creativecommons.org/publicdomain/zero/1.0/"),
        ("CC BY 4.0", ""),
        ("https://example.org/creativecommons.org/licenses/by/4.0/", ""),
    ],
)  # fmt: skip
def test_licences_are_named_as_iiif_wants_them(text: str, uri: str) -> None:
    assert licence_of(text) == uri


def test_collections_name_their_manifests(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = sorted(photos(archive).values())
    base = "https://archiv.example/bilder/iiif"
    with service_of(archive) as client:
        top = client.get("/iiif/collection").json()
        assert [one["id"] for one in top["items"]] == [f"{base}/collection/Postkarten"]
        found = client.get("/iiif/collection/Postkarten").json()
        assert [one["id"] for one in found["items"]] == [f"{base}/photo/{p}/manifest" for p in ids]
        monkeypatch.setattr(presenting, "MANIFESTS_A_COLLECTION", 2)
        parts = client.get("/iiif/collection/Postkarten").json()["items"]
        assert {one["type"] for one in parts} == {"Collection"} and len(parts) == 3
        named = []
        for part in parts:
            address = part["id"].removeprefix("https://archiv.example/bilder")
            document = client.get(address).json()
            assert document["id"] == part["id"]
            named += [one["id"] for one in document["items"]]
        assert named == [f"{base}/photo/{photo}/manifest" for photo in ids]
        assert client.get("/iiif/collection/nichts").status_code == 404


def test_what_is_closed_is_in_no_document(archive: Archive) -> None:
    ids = photos(archive)
    hidden, other = ids["F_0.png"], ids["F_1.png"]
    number = describe(archive, "beide", [hidden, other])
    close_photo(archive.settings.archive, hidden)
    with service_of(archive, Role.READER) as client:
        for address in (
            f"photo/{hidden}/manifest",
            f"image/{hidden}",
            f"image/{hidden}/info.json",
            f"image/{hidden}/full/max/0/default.jpg",
            f"image/{hidden}/full/nonsense/0/default.jpg",
        ):
            answer = client.get(f"/iiif/{address}", follow_redirects=False)
            assert (answer.status_code, answer.json()["code"]) == (404, "unknown-photo")
        for address in ("collection/Postkarten", f"record/{number}/manifest"):
            assert hidden not in client.get(f"/iiif/{address}").text
        assert len(client.get(f"/iiif/record/{number}/manifest").json()["items"]) == 1
        close_photo(archive.settings.archive, other, "auch")
        assert client.get(f"/iiif/record/{number}/manifest").status_code == 404
        assert client.get("/iiif/record/999/manifest").status_code == 404
    with service_of(archive, Role.ARCHIVIST) as client:
        assert len(client.get(f"/iiif/record/{number}/manifest").json()["items"]) == 2


def test_without_a_setting_ids_begin_with_how_the_server_was_called(
    open_archive: Opening, scans: Path
) -> None:
    archive = open_archive()
    archive.index([scans])
    photo = photos(archive)["F_0.png"]
    with service_of(archive) as client:
        found = client.get(f"/iiif/photo/{photo}/manifest").json()
        assert found["id"] == f"http://127.0.0.1/iiif/photo/{photo}/manifest"
        assert "requiredStatement" not in found and "provider" not in found
        etag = client.get(f"/iiif/photo/{photo}/manifest").headers["etag"]
        again = client.get(f"/iiif/photo/{photo}/manifest", headers={"If-None-Match": etag})
        assert (again.status_code, again.content) == (304, b"")
