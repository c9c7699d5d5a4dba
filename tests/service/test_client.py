"""The Python client and jobs over the network, against the real process."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from filelock import FileLock
from PIL import Image

from archive_ai.archive import Archive, load
from archive_ai.client import Client, Refused, Unreachable
from archive_ai.domain import JobState
from archive_ai.errors import (
    NotAllowed,
    UnknownConcept,
    UnknownJob,
    UnknownPhoto,
    UnreadablePicture,
    UsageError,
)
from made_scans import write_picture


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory, tiny_model: str) -> tuple[Path, Path]:
    """Return an archive of twelve photos, and the folder with these and 300 that are not in it."""
    root = tmp_path_factory.mktemp("client")
    for number in range(12):
        write_picture(root / "scans" / "first" / f"{number:03d}.png", number)
    for number in range(12, 312):
        write_picture(root / "scans" / "more" / f"{number:03d}.png", number)
    with Archive.create(load(archive=root / "archive", model=tiny_model, workers=1)) as archive:
        archive.index([root / "scans" / "first"], "Postkarten")
        archive.tag()
    return root / "archive", root / "scans"


@pytest.fixture
def started() -> list[subprocess.Popen[str]]:
    return []


@pytest.fixture
def stop(started: list[subprocess.Popen[str]]) -> Callable[[], None]:
    """Return what stops the server; it must end well."""

    def stopping() -> None:
        for process in started:
            process.send_signal(signal.SIGTERM)
            _, said = process.communicate(timeout=60)
            assert process.returncode == 0 and "Traceback" not in said, said
        started.clear()

    return stopping


@pytest.fixture
def serve(
    started: list[subprocess.Popen[str]],
    stop: Callable[[], None],
    folders: tuple[Path, Path],
    tiny_model: str,
) -> Iterator[Callable[[], Client]]:
    """Return what starts the real server; it is stopped at the end."""
    archive, scans = folders
    environment = {
        **os.environ,
        "ARCHIVE_AI_MODEL": tiny_model,
        "ARCHIVE_AI_WORKERS": "1",
        "ARCHIVE_AI_FOLDERS": str(scans),
    }
    command = [sys.executable, "-m", "archive_ai", "serve", "--archive", str(archive)]

    def start() -> Client:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        ask = [*command, "--port", str(port)]
        process = subprocess.Popen(ask, env=environment, stderr=subprocess.PIPE, text=True)
        started.append(process)
        client = Client(f"http://127.0.0.1:{port}/", timeout=30)
        for _ in range(300):
            try:
                client.status()
            except Unreachable:
                time.sleep(0.1)
            else:
                return client
        pytest.fail("the server did not answer within 30 seconds")

    yield start
    stop()


def test_every_method_asks_the_real_server(
    serve: Callable[[], Client], folders: tuple[Path, Path]
) -> None:
    client = serve()
    found = client.search("w1 w2", limit=3)
    photos = list(client.photos())
    assert len(found["hits"]) == 3 and len(photos) == 12
    assert [one["photo"] for one in client.photos("Postkarten")] == [p["photo"] for p in photos]
    photo = found["hits"][0]["photo"]
    page = client.search("w1 w2", limit=3, cursor=found["cursor"])
    assert [one["photo"] for one in client.hits("w1 w2", 6)] == [
        one["photo"] for one in (*found["hits"], *page["hits"])
    ]
    asked = client.ask(words=[{"text": "w1 w2"}], limit=3)
    assert [one["photo"] for one in asked["hits"]] == [one["photo"] for one in found["hits"]]
    assert client.photo(photo)["photo"] == photo
    assert len(client.similar(photo, limit=4)["hits"]) == 4
    itself = client.search_picture(folders[1] / "first" / "000.png", limit=1)
    assert itself["hits"][0]["path"].endswith("000.png")
    for form in ("image/jpeg", "image/webp"):
        with Image.open(BytesIO(client.thumbnail(photo, 192, form))) as picture:
            assert picture.get_format_mimetype() == form
    decided = client.decide([{"photo": photo, "concept": "kirche", "verdict": "accepted"}], "erika")
    assert decided["written"] == 1
    assert client.tags(photo)[0]["concept"] == "kirche"
    assert client.vocabulary("heilbronn", "kirche")["accepted"] == 1
    assert client.undo("erika")["written"] == 1
    assert client.queue("kirche", limit=5)["concept"] == "kirche"
    assert client.why(photo, "kirche")["source"] == "words"
    assert client.progress("kirche")["accepted"] == 1
    assert all(one["waiting"] for one in client.waiting())
    assert client.vocabulary()["schemes"][0]["scheme"] == "heilbronn"
    assert len(client.vocabulary("heilbronn")["concepts"]) > 50
    assert client.collections() == [{"collection": "Postkarten", "photos": 12}]
    assert client.status()["photos"] == 12


def test_problems_are_errors_of_the_family(
    serve: Callable[[], Client], folders: tuple[Path, Path], tmp_path: Path
) -> None:
    client = serve()
    unreadable = tmp_path / "no-picture.jpg"
    unreadable.write_bytes(b"no picture")
    for error, call in (
        (UnknownPhoto, lambda: client.photo("p_aaaaaaaaaaaaaaaaaaaa")),
        (UnknownPhoto, lambda: client.photo("a?b")),
        (UnknownConcept, lambda: client.vocabulary("heilbronn", "gibt es nicht")),
        (UnknownJob, lambda: client.job(99)),
        (UnreadablePicture, lambda: client.search_picture(unreadable)),
        (NotAllowed, lambda: client.start("index", paths=["/etc"])),
        (NotAllowed, lambda: client.start("index", paths=[str(folders[1] / "..")])),
        (UsageError, lambda: client.thumbnail(client.search("w1")["hits"][0]["photo"], 17)),
    ):
        with pytest.raises(error) as raised:
            call()
        assert raised.value.what
    with pytest.raises(Refused) as refused:
        client.start("fly")
    assert (refused.value.problem, refused.value.status) == ("invalid-request", 422)
    with pytest.raises(UsageError):
        Client("ftp://127.0.0.1")
    with pytest.raises(Unreachable):
        Client("http://127.0.0.1:9", timeout=2).status()


def test_a_job_is_watched_stopped_and_asked_for_again(
    serve: Callable[[], Client], folders: tuple[Path, Path]
) -> None:
    client, scans = serve(), folders[1]
    tagged = client.wait(client.start("tag")["number"])
    assert tagged["state"] == "done" and tagged["outcome"]["applied"] is True
    with FileLock(folders[0] / "archive.lock"):  # as another run: the job waits for it
        first = client.start("index", paths=[str(scans / "more")], collection="Neu")
        assert first["state"] == "queued"
        for job in client.events(first["number"]):
            if job["state"] == "running":
                client.stop(first["number"])
        assert job["state"] == "stopped"
    seen = list(client.events(client.again(first["number"])["number"]))
    assert [one["state"] for one in seen][-1] == "done"
    assert len({str(one) for one in seen}) == len(seen) >= 3
    last = seen[-1]
    assert last["progress"] == {"done": 300, "total": 300, "failed": 0}
    assert last["outcome"]["seen"] == 300
    assert client.jobs(limit=1)[0] == last
    assert client.stop(last["number"]) == last
    assert client.status()["photos"] == 312
    assert {one["collection"]: one["photos"] for one in client.collections()}["Neu"] == 300


def test_the_worker_goes_down_with_the_server(
    serve: Callable[[], Client],
    stop: Callable[[], None],
    folders: tuple[Path, Path],
    tiny_model: str,
) -> None:
    client = serve()
    with FileLock(folders[0] / "archive.lock"):
        number = client.start("index", paths=[str(folders[1])], checksum=True)["number"]
        for job in client.events(number):
            if job["state"] == "running":
                break
        stop()
    with Archive.open(load(archive=folders[0], model=tiny_model)) as archive:
        assert archive.jobs.get(number).state is JobState.INTERRUPTED
        with archive.jobs.alone() as nobody_works:
            assert nobody_works
        again = archive.jobs.again(number, "erika").number
    client = serve()
    assert client.wait(again)["state"] == "done"
