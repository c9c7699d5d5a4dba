"""Tiles over the network: those that are listed and no others, made once, kept while there is room,
and never of a photo that is closed to whoever asks.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from fastapi.testclient import TestClient
from PIL import Image
from service_viewers import close_photo, service_of

from archive_ai.archive import Archive, tiles
from archive_ai.domain import HERE, Role
from archive_ai.images import write_tiles
from made_scans import write_picture

Opening = Callable[..., Archive]
LARGE, OTHER, THIRD, SMALL = "a.png", "b.png", "c.png", "d.png"
FIRST_TILE = "0,0,512,512/512,512"


@pytest.fixture
def archive(open_archive: Opening, tmp_path: Path) -> Archive:
    folder = tmp_path / "scans"
    for number, (name, size) in enumerate(
        {LARGE: (2100, 1300), OTHER: (1300, 2100), THIRD: (1600, 900), SMALL: (1536, 900)}.items()
    ):
        write_picture(folder / name, number, size)
    opened = open_archive()
    opened.index([folder])
    return opened


def photo(archive: Archive, name: str) -> str:
    (found,) = [one.photo.id for one in archive.browsing.photos(HERE) if one.path.name == name]
    return str(found)


def service(archive: Archive, name: str = LARGE) -> str:
    return f"/iiif/image/{photo(archive, name)}"


def tile(client: TestClient, archive: Archive, name: str = LARGE, asked: str = FIRST_TILE) -> Any:
    return client.get(f"{service(archive, name)}/{asked}/0/default.jpg")


def listed(info: dict[str, Any]) -> list[tuple[str, tuple[int, int]]]:
    """Work out all tiles from info.json alone, as the Image API has them, with their sizes."""
    (grid,) = info["tiles"]
    width, height, side = info["width"], info["height"], grid["width"]
    found = []
    for factor in grid["scaleFactors"]:
        step = side * factor
        for top in range(0, height, step):
            for left in range(0, width, step):
                across, down = min(step, width - left), min(step, height - top)
                size = (-(-across // factor), -(-down // factor))
                whole = (across, down) == (width, height)
                region = "full" if whole else f"{left},{top},{across},{down}"
                found.append((f"{region}/{size[0]},{size[1]}", size))
    return found


def made(archive: Archive) -> set[str]:
    """Whose tiles are kept, by the names of files."""
    names = {photo(archive, name): name for name in (LARGE, OTHER, THIRD, SMALL)}
    folder = archive.settings.archive / "thumbnails" / "tiles"
    return {names[path.stem] for path in folder.glob("*.tiles")}


def test_just_the_tiles_that_are_listed_are_served(archive: Archive) -> None:
    with service_of(archive) as client:
        info = client.get(f"{service(archive)}/info.json").json()
        assert info["tiles"] == [{"width": 512, "scaleFactors": [1, 2, 4, 8, 16, 32]}]
        assert (info["profile"], info["maxWidth"]) == ("level0", 1536)
        asked = listed(info)
        assert len(asked) == 5 * 3 + 3 * 2 + 2 + 3
        for name, size in asked:
            answer = tile(client, archive, asked=name)
            assert (answer.status_code, answer.headers["content-type"]) == (200, "image/jpeg"), name
            with Image.open(BytesIO(answer.content)) as picture:
                assert picture.size == size
        for name in (
            "0,0,512,512/256,256",
            "0,0,512,512/max",
            "0,0,512,512/^512,512",
            "1,0,512,512/512,512",
            "2048,0,512,512/512,512",
            "full/2100,1300",
            "full/1050,650",
            "square/512,512",
            "pct:0,0,10,10/512,512",
        ):
            refused = tile(client, archive, asked=name)
            assert (refused.status_code, refused.json()["code"]) == (400, "bad-request"), name
        for end in ("90/default.jpg", "0/color.jpg", "0/default.png"):
            assert client.get(f"{service(archive)}/{FIRST_TILE}/{end}").status_code == 404


def test_what_is_seen_whole_has_no_tiles(archive: Archive) -> None:
    with service_of(archive) as client:
        assert "tiles" not in client.get(f"{service(archive, SMALL)}/info.json").json()
        assert tile(client, archive, SMALL).status_code == 400
        assert client.get(f"{service(archive)}/full/max/0/default.jpg").status_code == 200
    assert made(archive) == set()


def test_a_browser_asks_each_time_and_is_sent_only_what_it_has_not(archive: Archive) -> None:
    with service_of(archive) as client:
        first = tile(client, archive)
        assert first.headers["cache-control"] == "private, no-cache"
        client.headers["If-None-Match"] = first.headers["etag"]
        again = tile(client, archive)
        assert (again.status_code, again.content) == (304, b"")
        assert tile(client, archive, asked="512,0,512,512/512,512").status_code == 200


def test_no_tile_of_a_closed_photo_is_sent(archive: Archive) -> None:
    with service_of(archive, Role.READER) as client:
        known = tile(client, archive).headers["etag"]
        assert made(archive) == {LARGE}
        for name in (LARGE, OTHER):
            close_photo(archive.settings.archive, photo(archive, name), name)
        client.headers["If-None-Match"] = known
        for name in (LARGE, OTHER):
            for asked in (FIRST_TILE, "0,0,512,512/1,1", "x/y"):
                answer = tile(client, archive, name, asked)
                assert (answer.status_code, answer.json()["code"]) == (404, "unknown-photo")
        assert made(archive) == {LARGE}
    with service_of(archive, Role.ARCHIVIST) as client:
        assert tile(client, archive).status_code == 200


def test_a_photo_that_is_closed_while_its_tiles_are_made_is_not_sent(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closing(path: Path, page: int, size: tuple[int, int], file: BinaryIO) -> None:
        close_photo(archive.settings.archive, photo(archive, LARGE))
        write_tiles(path, page, size, file)

    monkeypatch.setattr(tiles, "write_tiles", closing)
    with service_of(archive, Role.READER) as client:
        assert tile(client, archive).status_code == 404


def test_tiles_are_made_once_however_many_ask(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[Path] = []

    def counted(path: Path, page: int, size: tuple[int, int], file: BinaryIO) -> None:
        calls.append(path)
        write_tiles(path, page, size, file)

    monkeypatch.setattr(tiles, "write_tiles", counted)
    with service_of(archive) as client, ThreadPoolExecutor(20) as pool:
        names = [LARGE, OTHER] * 20
        answers = list(pool.map(lambda name: tile(client, archive, name), names))
    assert {one.status_code for one in answers} == {200}
    assert sorted(path.name for path in calls) == [LARGE, OTHER]


def test_the_tiles_that_nobody_looked_at_for_longest_go_first(archive: Archive) -> None:
    with service_of(archive) as client:
        for age, name in enumerate((OTHER, LARGE)):
            tile(client, archive, name)
            path = archive.tiles.path(archive._photos.get(photo(archive, name)))
            os.utime(path, (1_000_000 + age, 1_000_000 + age))
        assert made(archive) == {LARGE, OTHER}
        tile(client, archive, OTHER)  # looked at again, so that it is the other's turn
        archive.tiles._most = sum(
            path.stat().st_size for path in archive.tiles._folder.glob("*.tiles")
        )
        tile(client, archive, THIRD)
        assert made(archive) == {OTHER, THIRD}
        archive.tiles._most = 1
        assert tile(client, archive, LARGE).status_code == 200
        assert made(archive) == {LARGE}
        assert tile(client, archive, OTHER).status_code == 200  # made again


@pytest.mark.parametrize("fault", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_nothing_half_made_stays(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, fault: BaseException
) -> None:
    def failing(path: Path, page: int, size: tuple[int, int], file: BinaryIO) -> None:
        file.write(b"AAITILE1 half")
        raise fault

    with service_of(archive) as client:
        with monkeypatch.context() as patch:
            patch.setattr(tiles, "write_tiles", failing)
            if isinstance(fault, OSError):
                refused = tile(client, archive)
                assert (refused.status_code, refused.json()["code"]) == (503, "archive-unusable")
            else:
                with pytest.raises(KeyboardInterrupt):
                    archive.seen_by(HERE).tiles(photo(archive, LARGE)).make()
        assert list((archive.settings.archive / "thumbnails" / "tiles").iterdir()) == []
        assert tile(client, archive).status_code == 200


def test_what_a_process_left_behind_is_cleared_away(archive: Archive) -> None:
    folder = archive.settings.archive / "thumbnails" / "tiles"
    folder.mkdir(parents=True)
    old, new = folder / ".x.tiles.1.partial", folder / ".x.tiles.2.partial"
    for path in (old, new):
        path.write_bytes(b"half")
    os.utime(old, (1_000_000, 1_000_000))
    with service_of(archive) as client:
        tile(client, archive)
    assert (old.exists(), new.exists()) == (False, True)


def test_damaged_tiles_are_made_again(archive: Archive) -> None:
    with service_of(archive) as client:
        good = tile(client, archive).content
        path = archive.tiles.path(archive._photos.get(photo(archive, LARGE)))
        for damage in (b"", b"nonsense", path.read_bytes()[:200]):
            path.write_bytes(damage)
            assert tile(client, archive).content == good


def test_without_its_file_a_photo_keeps_the_tiles_it_has(archive: Archive, tmp_path: Path) -> None:
    with service_of(archive) as client:
        assert tile(client, archive).status_code == 200
        for name in (LARGE, OTHER):
            (tmp_path / "scans" / name).unlink()
        assert tile(client, archive, asked="512,0,512,512/512,512").status_code == 200
        gone = tile(client, archive, OTHER)
        assert (gone.status_code, gone.json()["code"]) == (415, "unreadable-picture")
