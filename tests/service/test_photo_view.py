"""All about one photo: what the model saw of it, what belongs to it, and the same to be saved."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from PIL import Image
from service_pictures import Drawn
from service_viewers import service_of

from archive_ai.archive import Archive, load
from archive_ai.domain import Role
from made_scans import write_picture
from tiny_model import write_tiny_model

API = "/api/v1"
Files = dict[str, str]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory, tiny_model: str) -> Iterator[Archive]:
    """A print with two sides and a closed third scan, a file of four pages, and one on its own."""
    root = tmp_path_factory.mktemp("view")
    scans = root / "scans"
    for number, name in enumerate(("B1_a", "B1_b", "B1_c", "allein")):
        write_picture(scans / f"{name}.png", number, (150, 60))
    write_picture(scans / "hoch.png", 9, (40, 100))
    pages = []
    for number in range(4):
        write_picture(root / "pages" / f"{number}.png", 20 + number, (90, 60 + number))
        with Image.open(root / "pages" / f"{number}.png") as page:
            pages.append(page.copy())
    pages[0].save(scans / "heft.tif", save_all=True, append_images=pages[1:])
    table = root / "records.csv"
    table.write_text(
        "signature,title,visibility\nB1,Gasthaus,\nB1_c,Geheim,gesperrt\nheft,Heft,\n", "utf-8"
    )
    closing = root / "closing.csv"
    closing.write_text("path,page,title,visibility\nheft.tif,3,Blatt drei,gesperrt\n", "utf-8")
    with Archive.create(load(archive=root / "archive", model=tiny_model, workers=1)) as made:
        made.index([scans])
        for one in (table, closing):
            made.describing.import_table(one)
        yield made


@pytest.fixture(scope="module")
def here(archive: Archive) -> Iterator[TestClient]:
    with service_of(archive) as client:
        yield client


@pytest.fixture(scope="module")
def reader(archive: Archive, here: TestClient) -> Iterator[TestClient]:
    with service_of(archive, Role.READER) as client:
        yield client


@pytest.fixture(scope="module")
def ids(here: TestClient) -> Files:
    photos = here.get(f"{API}/photos").json()["photos"]
    return {f"{Path(one['path']).name} {one['page']}": one["photo"] for one in photos}


def about(client: TestClient, photo: str) -> dict[str, Any]:
    answer = client.get(f"{API}/photos/{photo}")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def beside(client: TestClient, photo: str) -> list[tuple[str, int, str]]:
    found = about(client, photo)["beside"]
    return [(one["photo"], one["page"], one["relation"]) for one in found]


def test_the_model_saw_the_middle_of_what_is_long(here: TestClient, ids: Files) -> None:
    """The small model crops to a square; both directions, in pixels of the upright picture."""
    crop = about(here, ids["allein.png 1"])["crop"]
    assert crop == {
        "model": "tiny", "left": 45.0, "top": 0.0, "width": 60.0, "height": 60.0,
        "squeezed": False,
    }  # fmt: skip
    high = about(here, ids["hoch.png 1"])["crop"]
    assert (high["left"], high["top"], high["width"], high["height"]) == (0.0, 30.0, 40.0, 40.0)


def test_the_bundled_model_squeezes_all_of_it(client: TestClient, drawn: Drawn) -> None:
    found = about(client, drawn.photos[0])
    assert found["crop"] == {
        "model": "archive-mini", "left": 0.0, "top": 0.0,
        "width": float(found["width"]), "height": float(found["height"]), "squeezed": True,
    }  # fmt: skip


def test_a_model_that_sees_a_filled_square_sees_beyond_the_picture(tmp_path: Path) -> None:
    folder = write_tiny_model(tmp_path / "model")
    card = json.loads((folder / "encoder.json").read_text("utf-8"))
    (folder / "encoder.json").write_text(json.dumps(card | {"resize": "longest"}), "utf-8")
    settings = load(archive=tmp_path / "archive", model=f"local-dir:{folder}", workers=1)
    with Archive.create(settings) as archive, service_of(archive) as client:
        archive.index([write_picture(tmp_path / "scans" / "one.png", 1, (150, 60))])
        photo = client.get(f"{API}/photos").json()["photos"][0]["photo"]
        crop = about(client, photo)["crop"]
    assert (crop["left"], crop["top"], crop["width"], crop["height"]) == (0.0, -45.0, 150.0, 150.0)
    assert crop["squeezed"] is False


def test_what_no_model_saw_has_no_crop(
    open_archive: Callable[..., Archive], tmp_path: Path, other_model: str
) -> None:
    archive = open_archive(workers=1)
    archive.index([write_picture(tmp_path / "scans" / "one.png", 1)])
    with service_of(archive) as client:
        photo = client.get(f"{API}/photos").json()["photos"][0]["photo"]
        assert about(client, photo)["crop"] is not None
    with (
        Archive.open(load(archive=tmp_path / "archive", model=other_model)) as other,
        service_of(other) as client,
    ):
        assert about(client, photo)["crop"] is None


def test_the_other_side_belongs_to_a_print(
    here: TestClient, reader: TestClient, ids: Files
) -> None:
    """The longest signature alone describes the closed scan, so that its title is its own."""
    first, second = ids["B1_a.png 1"], ids["B1_b.png 1"]
    (other,) = about(reader, first)["beside"]
    assert other == {
        "photo": second, "page": 1, "relation": "record", "width": 150, "height": 60,
        "title": "Gasthaus",
    }  # fmt: skip
    assert beside(reader, second) == [(first, 1, "record")]
    assert beside(here, ids["allein.png 1"]) == []


def test_pages_of_a_file_belong_together_but_for_what_is_closed(
    here: TestClient, reader: TestClient, ids: Files
) -> None:
    pages = [ids[f"heft.tif {page}"] for page in range(1, 5)]
    assert beside(here, pages[1]) == [
        (pages[0], 1, "page"), (pages[2], 3, "page"), (pages[3], 4, "page"),
    ]  # fmt: skip
    assert beside(reader, pages[1]) == [(pages[0], 1, "page"), (pages[3], 4, "page")]
    assert [one["height"] for one in about(here, pages[1])["beside"]] == [60, 62, 63]
    assert reader.get(f"{API}/photos/{pages[2]}").status_code == 404


def test_a_closed_photo_of_the_same_record_is_unknown_to_readers(
    archive: Archive, tmp_path: Path, here: TestClient, reader: TestClient, ids: Files
) -> None:
    table = tmp_path / "one.csv"
    table.write_text("path,visibility\nB1_b.png,gesperrt\n", "utf-8")
    archive.describing.import_table(table)
    assert beside(reader, ids["B1_a.png 1"]) == []
    assert beside(here, ids["B1_a.png 1"]) == [(ids["B1_b.png 1"], 1, "record")]
    table.write_text("path,visibility\nB1_b.png,offen\n", "utf-8")
    archive.describing.import_table(table)
    assert beside(reader, ids["B1_a.png 1"]) == [(ids["B1_b.png 1"], 1, "record")]


def test_the_same_comes_as_a_file(here: TestClient, reader: TestClient, ids: Files) -> None:
    photo = ids["B1_a.png 1"]
    for client in (here, reader):
        answer = client.get(f"{API}/photos/{photo}/metadata")
        assert answer.headers["content-disposition"] == f'attachment; filename="{photo}.json"'
        assert answer.headers["content-type"] == "application/json"
        assert answer.json() == about(client, photo)
        assert answer.json()["records"][0]["title"] == "Gasthaus"
    closed = reader.get(f"{API}/photos/{ids['heft.tif 3']}/metadata")
    assert (closed.status_code, closed.headers.get("content-disposition")) == (404, None)
