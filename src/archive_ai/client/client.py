"""The client: one method for each thing that can be asked for."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal, cast
from urllib.parse import quote

from archive_ai.client.answers import (
    Collection,
    Decided,
    Found,
    Hit,
    Job,
    ListedPhoto,
    Photo,
    Ruling,
    Tag,
)
from archive_ai.client.connection import Connection, Unreachable, Value, form_with

TRIES = 5
"""How often events are asked for again after a connection was lost."""
SECONDS_A_TRY = 1.0


class Client:
    """One server, as whoever has ``token`` may use it.

    Methods raise errors of :mod:`archive_ai.errors` by the code of the server's problem, Refused
    for problems that are none of those, and Unreachable.
    """

    def __init__(
        self, address: str = "http://127.0.0.1:8000", token: str = "", timeout: float = 60.0
    ) -> None:
        """Use the server at ``address``; ``timeout`` is in seconds, of each answer."""
        self._connection = Connection(address, token, timeout)

    def search(self, q: str = "", **parameters: Value | Sequence[Value]) -> Found:
        """Find photos by words; ``parameters`` are those of ``GET /api/v1/search``."""
        return cast(Found, self._connection.get("/search", {"q": q, **parameters}))

    def ask(self, **query: Any) -> Found:
        """Find photos by a full query: words, examples, filters, as ``POST /api/v1/search``."""
        return cast(Found, self._connection.post("/search", query))

    def hits(self, q: str, most: int = 1000) -> Iterator[Hit]:
        """Yield the first ``most`` hits by words, asking for one page after the other."""
        cursor = ""
        while most > 0:
            page = self.search(q, limit=min(most, 200), cursor=cursor)
            yield from page["hits"]
            most -= len(page["hits"])
            cursor = page["cursor"]
            if not cursor:
                return

    def search_picture(self, picture: Path, **parameters: Value | Sequence[Value]) -> Found:
        """Find photos like the picture file at ``picture``, which is sent and not kept."""
        body, kind = form_with(picture)
        return cast(Found, self._connection.ask("POST", "/search/picture", parameters, body, kind))

    def similar(self, photo: str, **parameters: Value | Sequence[Value]) -> Found:
        """Find photos like one of the archive."""
        return cast(Found, self._connection.get(f"/photos/{quote(photo, '')}/similar", parameters))

    def photo(self, photo: str) -> Photo:
        """Return all about one photo."""
        return cast(Photo, self._connection.get(f"/photos/{quote(photo, '')}"))

    def photos(self, collection: str = "") -> Iterator[ListedPhoto]:
        """Yield every photo that may be seen by id, asking for one part after the other."""
        cursor = ""
        while True:
            part = self._connection.get(
                "/photos", {"collection": collection, "cursor": cursor, "limit": 1000}
            )
            yield from part["photos"]
            cursor = part["cursor"]
            if not cursor:
                return

    def thumbnail(
        self,
        photo: str,
        size: int = 384,
        form: Literal["image/jpeg", "image/webp"] = "image/jpeg",
    ) -> bytes:
        """Return a small picture of at most ``size`` pixels a side."""
        path = f"/photos/{quote(photo, '')}/thumbnail"
        with self._connection.open("GET", path, {"size": size}, headers={"Accept": form}) as answer:
            return answer.read()

    def tags(self, photo: str) -> list[Tag]:
        """Return a photo's tags, best first."""
        return cast(list[Tag], self._connection.get(f"/photos/{quote(photo, '')}/tags")["tags"])

    def why(self, photo: str, concept: str, scheme: str = "") -> dict[str, Any]:
        """Return what speaks for a concept on a photo, whether it is suggested or not."""
        path = f"/photos/{quote(photo, '')}/why/{quote(concept, '')}"
        return cast(dict[str, Any], self._connection.get(path, {"scheme": scheme}))

    def queue(self, concept: str, **parameters: Value) -> dict[str, Any]:
        """Return what waits to be decided about a concept: scheme, order, by, limit."""
        return cast(
            dict[str, Any], self._connection.get(f"/review/{quote(concept, '')}", parameters)
        )

    def waiting(self) -> list[dict[str, Any]]:
        """Return the concepts of which something waits to be decided, most first."""
        return cast(list[dict[str, Any]], self._connection.get("/review"))

    def progress(self, concept: str, scheme: str = "") -> dict[str, Any]:
        """Return how far the review of a concept is."""
        path = f"/review/{quote(concept, '')}/progress"
        return cast(dict[str, Any], self._connection.get(path, {"scheme": scheme}))

    def decide(self, rulings: Sequence[Ruling], by: str, scheme: str = "") -> Decided:
        """Write decisions as one batch. An acceptance without a suggestion adds a tag by hand."""
        sent = {"by": by, "scheme": scheme, "rulings": list(rulings)}
        return cast(Decided, self._connection.post("/review", sent))

    def undo(self, by: str, batch: int = 0) -> Decided:
        """Take a batch of decisions back, without ``batch`` the newest by ``by``."""
        return cast(Decided, self._connection.post("/review/undo", {"by": by, "batch": batch}))

    def vocabulary(self, scheme: str = "", concept: str = "") -> dict[str, Any]:
        """Return all schemes, or a scheme with its concepts, or all about one concept."""
        path = "/vocabulary" + "".join(f"/{quote(one, '')}" for one in (scheme, concept) if one)
        return cast(dict[str, Any], self._connection.get(path))

    def collections(self) -> list[Collection]:
        """Return the collections in which something may be seen."""
        return cast(list[Collection], self._connection.get("/collections")["collections"])

    def status(self) -> dict[str, Any]:
        """Return what the archive holds."""
        return cast(dict[str, Any], self._connection.get("/status"))

    def jobs(self, limit: int = 20) -> list[Job]:
        """Return the newest jobs."""
        return cast(list[Job], self._connection.get("/jobs", {"limit": limit})["jobs"])

    def job(self, number: int) -> Job:
        """Return one job."""
        return cast(Job, self._connection.get(f"/jobs/{number}"))

    def start(self, kind: str, **arguments: Any) -> Job:
        """Ask for long work: ``start("index", paths=["/scans"])``, ``start("tag")``."""
        return cast(Job, self._connection.post("/jobs", {"kind": kind, **arguments}))

    def stop(self, number: int) -> Job:
        """Wish for a job to stop."""
        return cast(Job, self._connection.ask("DELETE", f"/jobs/{number}"))

    def again(self, number: int) -> Job:
        """Ask once more for what an ended job did."""
        return cast(Job, self._connection.post(f"/jobs/{number}/again", {}))

    def events(self, number: int) -> Iterator[Job]:
        """Yield a job whenever anything about it changes, until it has ended.

        A lost connection is made again, and what was told is not told twice.
        """
        seen, lost = "", 0
        while True:
            try:
                for event in self._events(number, seen):
                    seen, lost = event["id"], 0
                    job = cast(Job, json.loads(event["data"]))
                    yield job
                    if job["state"] not in {"queued", "running"}:
                        return
            except Unreachable:
                lost += 1
                if lost == TRIES:
                    raise
            time.sleep(SECONDS_A_TRY)

    def wait(self, number: int) -> Job:
        """Return a job once it has ended."""
        job = self.job(number)
        for job in self.events(number):  # noqa: B007 (the last one is what is wanted)
            pass
        return job

    def _events(self, number: int, seen: str) -> Iterator[dict[str, str]]:
        headers = {"Accept": "text/event-stream"} | ({"Last-Event-ID": seen} if seen else {})
        event: dict[str, str] = {}
        with self._connection.open("GET", f"/jobs/{number}/events", headers=headers) as answer:
            for line in answer:
                name, _, value = line.decode().rstrip("\r\n").partition(":")
                if name:
                    event[name] = value.removeprefix(" ")
                elif "data" in event:
                    yield event
                    event = {}
