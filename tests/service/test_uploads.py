"""Pictures that anybody sends: an answer or a refusal, never a crash, a hang or a fault."""

from __future__ import annotations

import os
import struct
import tarfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from PIL import Image
from service_pictures import a_picture

from archive_ai.archive import Archive
from archive_ai.engines.guarded import Guard, GuardedEngine
from archive_ai_service.app import create_app
from misbehaving import misbehave

API = "/api/v1"
MATERIAL = Path(__file__).parents[3] / "shared" / "robustness" / "images.tar"
MOST_RESIDENT = 1_500_000  # kilobytes of this process: it decodes nothing itself


@pytest.fixture
def archive(open_archive: Any, scans: Path) -> Archive:
    found: Archive = open_archive(
        upload_seconds=10, upload_megapixels=50, requests_per_minute=0, upload_megabytes=4
    )
    found.index([scans])
    return found


@pytest.fixture
def client(archive: Archive) -> Iterator[TestClient]:
    with TestClient(create_app(archive), base_url="http://127.0.0.1") as serving:
        yield serving


def send(client: TestClient, content: bytes, name: str = "x.png") -> Any:
    return client.post(f"{API}/search/picture", files={"picture": (name, content)})


def chunk(kind: bytes, content: bytes) -> bytes:
    check = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)


def png(width: int, height: int, rows: bytes = b"") -> bytes:
    """A PNG that claims a size; grey, one bit."""
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    content = zlib.compress(rows, 9)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", content) + chunk(b"IEND", b"")
    )


def tiff_chain(directories: int, loops: bool) -> bytes:
    """A TIFF with very many empty directories, the last of which leads back or ends."""
    size = 2 + 4
    content = b"II*\x00" + struct.pack("<I", 8)
    for number in range(directories):
        last = number == directories - 1
        after = (8 if loops else 0) if last else 8 + size * (number + 1)
        content += struct.pack("<HI", 0, after)
    return content


def tiff_bomb(side: int) -> bytes:
    """A TIFF that claims a huge strip of which nothing is there."""
    entries = [
        (256, 4, side), (257, 4, side), (258, 3, 8), (259, 3, 1), (262, 3, 1), (273, 4, 200),
        (277, 3, 1), (278, 4, side), (279, 4, 2**32 - 1),
    ]  # fmt: skip
    body = b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in entries)
    return b"II*\x00" + struct.pack("<IH", 8, len(entries)) + body + struct.pack("<I", 0)


def pnm(width: int, height: int) -> bytes:
    return f"P6 {width} {height} 255\n".encode() + b"\0" * 1000


def gif_bomb() -> bytes:
    return b"GIF89a" + struct.pack("<HH", 65535, 65535) + b"\x80\0\0\0\0\0\xff\xff\xff" + b"," * 50


def webp_bomb() -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (16383, 16383)).save(buffer, "WEBP", lossless=True, method=0)
    return buffer.getvalue()


BOMBS: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "one byte": lambda: b"\xff",
    "zero bytes": lambda: b"\0" * 100_000,
    "a whole PNG of 900 megapixels": lambda: png(30_000, 30_000, b"\0" * (3751 * 30_000)),
    "a PNG that claims more than there is": lambda: png(2**31 - 1, 2**31 - 1),
    "a PNG within the limit without rows": lambda: png(7000, 7000),
    "a long chain of directories": lambda: tiff_chain(60_000, loops=False),
    "a ring of directories": lambda: tiff_chain(3, loops=True),
    "a TIFF of 10 gigapixels": lambda: tiff_bomb(100_000),
    "a TIFF with a strip of 4 gigabytes": lambda: tiff_bomb(7000),
    "a PNM of 400 megapixels": lambda: pnm(20_000, 20_000),
    "a GIF of 4 gigapixels": gif_bomb,
    "a WebP of 268 megapixels": webp_bomb,
    "half a JPEG": lambda: a_picture("JPEG", 600)[:3000],
    "a page of HTML": lambda: b"<!doctype html><script>alert(1)</script>" * 100,
    "SVG with an entity bomb": lambda: (
        b'<!DOCTYPE s [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><svg xmlns="http://www.w3.org/2000/svg"'
        b' width="99999" height="99999"><text>&b;</text></svg>'
    ),
}


@pytest.mark.parametrize("kind", BOMBS)
def test_bombs_are_refused(client: TestClient, kind: str) -> None:
    content = BOMBS[kind]()
    assert len(content) < 4 * 1024 * 1024
    for name in ("x.png", "x.tif", "x.svg", "x"):
        answer = send(client, content, name)
        assert answer.status_code in {413, 415}, (answer.status_code, answer.text)
        found = answer.json()
        assert found["code"] in {"unreadable-picture", "too-large"}
        assert found["advice"].endswith(".")
        assert "/tmp" not in answer.text
    assert send(client, a_picture()).status_code == 200


@pytest.mark.parametrize(
    "tail", [b"PK\x03\x04 a zip", b"<script>alert(1)</script>", b"%PDF-1.7", b"#!/bin/sh\nrm -rf /"]
)
def test_a_picture_that_is_something_else_too_is_a_picture_and_nothing_else(
    client: TestClient, tail: bytes
) -> None:
    for name in ("x.png", "x.zip", "x.html"):
        assert send(client, a_picture("PNG") + tail, name).status_code == 200
    assert send(client, tail + a_picture("PNG")).status_code == 415


def test_only_where_a_picture_is_sent_a_body_may_be_as_large(client: TestClient) -> None:
    ruling = {"photo": "p_" + "a" * 20, "concept": "kirche", "verdict": "accepted", "seen": 2**31}
    sent = {"rulings": [{**ruling, "note": "Turm links"}] * 10_000, "by": "erika"}
    most = client.post(f"{API}/review", json=sent)
    assert most.status_code != 413, most.text
    sent["by"] = "x" * 2 * 1024 * 1024
    for path in ("review", "search", "queries", "jobs"):
        refused = client.post(f"{API}/{path}", json=sent)
        assert (refused.status_code, refused.json()["code"]) == (413, "too-large")
    assert send(client, a_picture("PNG") + bytes(3 * 1024 * 1024)).status_code == 200


def test_of_very_many_faults_the_first_are_told(client: TestClient) -> None:
    answer = client.post(f"{API}/review", json={"rulings": [{}] * 10_000})
    assert answer.status_code == 422
    assert len(answer.json()["errors"]) == 20
    assert len(answer.content) < 10_000


def misbehaving(archive: Archive, seconds: float, waiting: int) -> None:
    """Have a decoder that does what a test asks it for."""
    archive.sent_reader._engine.close()
    guard = Guard(seconds=seconds, memory=512 * 1024 * 1024, waiting=waiting)
    archive.sent_reader._engine = GuardedEngine(misbehave, guard)


@pytest.mark.parametrize("how", [b"hang", b"eat slowly", b"crash", b"leave", b"fail"])
def test_a_decoder_that_misbehaves_is_a_refusal(
    archive: Archive, client: TestClient, how: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    misbehaving(archive, seconds=2, waiting=8)
    run = archive.sent_reader._engine.run
    monkeypatch.setattr(archive.sent_reader._engine, "run", lambda _: run(how))
    answer = send(client, a_picture())
    assert (answer.status_code, answer.json()["code"]) == (415, "unreadable-picture")
    assert "secret" not in answer.text
    archive.sent_reader._engine.close()


def test_nonsense_from_a_decoder_that_was_taken_over_is_a_refusal(
    archive: Archive, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    for nonsense in (b"", b"\xff" * 4, b"\0\0\0\x02{}", b"\0\0\0\x02[]xxxx", b"\0\0\0\x03{}}"):
        monkeypatch.setattr(archive.sent_reader._engine, "run", lambda _, said=nonsense: said)
        assert send(client, a_picture()).status_code == 415


def test_too_many_at_once_are_told_to_come_again(
    archive: Archive, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    misbehaving(archive, seconds=20, waiting=1)
    engine = archive.sent_reader._engine
    run = engine.run
    run(b"hello")
    monkeypatch.setattr(engine, "run", lambda _: run(b"slow"))
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: send(client, a_picture()), range(6)))
    found = Counter(answer.status_code for answer in answers)
    assert found == {415: 2, 503: 4}  # what the slow one answers is no picture
    busy = next(answer for answer in answers if answer.status_code == 503)
    assert busy.json()["code"] == "busy"
    assert int(busy.headers["retry-after"]) > 0
    engine.close()


@pytest.mark.material
@pytest.mark.skipif(
    not MATERIAL.exists(), reason="the robustness material is not beside the checkout"
)
def test_every_odd_file_is_an_answer_or_a_refusal(archive: Archive, client: TestClient) -> None:
    statuses: Counter[int] = Counter()
    with tarfile.open(MATERIAL) as material:
        for member in material:
            file = material.extractfile(member) if member.isfile() else None
            if file is None:
                continue
            answer = send(client, file.read(), Path(member.name).name)
            statuses[answer.status_code] += 1
            assert answer.status_code in {200, 413, 415}, (member.name, answer.text)
    assert statuses[200] > 400, statuses
    assert statuses[415] > 50, statuses
    resident = Path(f"/proc/{os.getpid()}/statm")
    if resident.exists():
        pages = int(resident.read_text().split()[1])
        assert pages * os.sysconf("SC_PAGE_SIZE") // 1024 < MOST_RESIDENT
