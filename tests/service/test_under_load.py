"""Many callers at once: nothing fails, every answer is whole, nothing is kept that grows."""

from __future__ import annotations

import http.client
import itertools
import json
import os
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from service_pictures import Drawn
from sqlalchemy import event

from archive_ai.archive import Archive
from archive_ai.domain import Generation
from archive_ai.errors import ArchiveDamaged
from made_scans import write_picture
from serving import running

API = "/api/v1"
CALLERS = 8
SEARCHES = ("Kirche", "church%20-car", "F0", "format:png", "Markt%20format:jpeg")

INDEX_TWICE = """
import sys
from pathlib import Path
from archive_ai.archive import Archive, load
archive, model, *folders = sys.argv[1:]
with Archive.open(load(archive=Path(archive), model=model, workers=1)) as opened:
    for folder in folders:
        assert opened.index([Path(folder)]).indexed == 3
"""

COUNT_WHAT_IS_LEFT = """
import gc, sys
from pathlib import Path
from fastapi.testclient import TestClient
from service_pictures import Drawn
from test_under_load import _everything
from archive_ai.archive import Archive, load
from archive_ai_service.app import create_app
folder, *photos = sys.argv[1:]
drawn, warm, turns = Drawn(Path(folder), Path(folder), photos), 2, 8
with Archive.open(load(archive=drawn.folder, requests_per_minute=0)) as archive:
    with TestClient(create_app(archive), base_url="http://127.0.0.1") as client:
        routes = list(_everything(client, drawn))
        for turn in range(warm + turns):
            if turn == warm:
                gc.collect()
                before = len(gc.get_objects())
            for where in routes:
                client.get(where)
        gc.collect()
        print(turns * len(routes), len(gc.get_objects()) - before)
"""


class Caller(threading.Thread):
    """Asks one thing after the other until it is told to stop; keeps what is wrong."""

    def __init__(self, base: str, photos: list[str], first: int, enough: threading.Event) -> None:
        super().__init__(daemon=True)
        self._way = http.client.HTTPConnection(base.removeprefix("http://"), timeout=60)
        routes = _routes(photos)
        self._routes = itertools.cycle([*routes[first:], *routes[:first]])
        self._enough = enough
        self.wrong: list[str] = []
        self.sizes: list[int] = []

    def run(self) -> None:
        """Ask."""
        while not self._enough.is_set():
            where = next(self._routes)
            try:
                self._ask(where)
            except Exception as error:  # whatever it is, it is a failed request
                self.wrong.append(f"{where}: {error!r}")
                self._way.close()
        self._way.close()

    def _ask(self, where: str) -> None:
        self._way.request("GET", where)
        response = self._way.getresponse()
        content = response.read()
        if response.status != 200:
            self.wrong.append(f"{where}: {response.status} {content[:200]!r}")
        elif "search?q=Kirche" in where:
            found = json.loads(content)
            totals = [found[f"total_{name}"] for name in ("strong", "weak", "below")]
            self.sizes.append(sum(totals))
            scores = [hit["score"] for hit in found["hits"]]
            if len(scores) != 5 or scores != sorted(scores, reverse=True):
                self.wrong.append(f"{where}: {scores}")


def _routes(photos: list[str]) -> list[str]:
    """Return what is asked: searches, and everything about each photo."""
    searches = [f"{API}/search?q={one}&limit=5" for one in SEARCHES]
    about = [
        f"{API}/photos/{photo}{what}"
        for photo in photos
        for what in ("", "/tags", "/similar?limit=5", "/thumbnail?size=192")
    ]
    images = [f"/iiif/image/{photo}/info.json" for photo in photos]
    others = [f"{API}/collections", f"{API}/vocabulary", f"{API}/photos?limit=5", f"{API}/status"]
    mixed = itertools.zip_longest(searches, about, images, others)
    return [one for some in mixed for one in some if one]


def test_nothing_fails_while_another_process_publishes(
    open_archive: Callable[..., Archive], scans: Path, tmp_path: Path, tiny_model: str
) -> None:
    archive = open_archive()
    archive.index([scans], "scans")
    photos = [str(hit.photo) for hit in archive.search("Kirche", 2).hits]
    folder = archive.settings.archive
    enough = threading.Event()
    with running(folder, tmp_path / "log", requests_per_minute=0, pictures_per_minute=0) as served:
        callers = [Caller(served.base, photos, place, enough) for place in range(CALLERS)]
        for caller in callers:
            caller.start()
        for number in range(6):
            write_picture(scans / f"new-{number % 2}" / f"{number}.png", 100 + number)
        done = subprocess.run(
            [
                sys.executable,
                "-c",
                INDEX_TWICE,
                folder,
                tiny_model,
                scans / "new-0",
                scans / "new-1",
            ],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        for caller in callers:
            caller.sizes.clear()
        while any(not caller.sizes for caller in callers):
            enough.wait(0.05)
        enough.set()
        for caller in callers:
            caller.join(60)
    assert [wrong for caller in callers for wrong in caller.wrong] == []
    assert {caller.sizes[-1] for caller in callers} == {18}
    assert "Traceback" not in served.log.read_text("utf-8")


def test_who_holds_a_connection_waits_for_no_other(client: TestClient, drawn: Drawn) -> None:
    engine = client.app.state.archive._engine
    held: Counter[int] = Counter()
    most = 0

    def take(*_: object) -> None:
        nonlocal most
        held[threading.get_ident()] += 1
        most = max(most, *held.values())

    def give_back(*_: object) -> None:
        held[threading.get_ident()] -= 1

    event.listen(engine, "checkout", take)
    event.listen(engine, "checkin", give_back)
    try:
        for where in _everything(client, drawn):
            assert client.get(where).status_code == 200, where
    finally:
        event.remove(engine, "checkout", take)
        event.remove(engine, "checkin", give_back)
    assert most == 1


def test_requests_leave_nothing_behind(drawn: Drawn) -> None:
    """In a process of its own: others leave threads and logs behind in this one."""
    command = [sys.executable, "-c", COUNT_WHAT_IS_LEFT, str(drawn.folder), *drawn.photos]
    paths = os.pathsep.join(path for path in sys.path if path)
    environment = os.environ | {"PYTHONPATH": paths}
    counted = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    requests, left = map(int, counted.stdout.split())
    assert requests > 200
    assert left < requests / 2  # one object left by each would be twice this


def _everything(client: TestClient, drawn: Drawn) -> Iterator[str]:
    """Yield one address of each kind that answers from the catalogue."""
    yield from _routes(drawn.photos[:3])
    yield f"{API}/vocabulary/heilbronn"
    yield f"{API}/vocabulary/heilbronn/kirche"
    for one in client.get(f"{API}/collections").json()["collections"]:
        yield f"{API}/collections/{one['collection']}"
        yield f"{API}/photos?collection={one['collection']}"
        yield f"/iiif/collection/{one['collection']}"
    yield "/iiif/collection"
    yield f"/iiif/photo/{drawn.photos[0]}/manifest"
    yield f"{API}/duplicates"
    yield "/readyz"
    yield "/metrics"


def test_what_was_replaced_while_it_was_opened_is_no_damage(
    open_archive: Callable[..., Archive], scans: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_archive().index([scans])
    reader, writer = open_archive(), open_archive()
    generations = reader._generations
    stale = generations.all()
    for number in range(2):  # of three manifests the first is removed
        write_picture(scans / f"new-{number}.png", 100 + number)
        writer.index([scans])
    as_it_is = generations.all
    answers = iter([stale])

    def late() -> list[Generation]:
        return next(answers, None) or as_it_is()

    monkeypatch.setattr(generations, "all", late)
    assert sum(_totals(reader)) == 14
    # What is gone and still named is damage.
    manifest = as_it_is()[0].manifest
    next(reader.settings.archive.rglob(manifest)).unlink()
    with pytest.raises(ArchiveDamaged):
        open_archive().search("Kirche")


def _totals(archive: Archive) -> tuple[int, int, int]:
    found = archive.search("Kirche")
    return found.total_strong, found.total_weak, found.total_below
