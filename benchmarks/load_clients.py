"""The clients of ``load.py``: each asks over one connection, looks at the answer, and asks again.

All run in one process, in one thread: the machine is for the server.
"""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from load_words import filtered, plain, unusual, without

JPEG, WEBP = "image/jpeg", "image/webp"
MAGIC = {JPEG: b"\xff\xd8\xff", WEBP: b"RIFF"}
SIZES = (192, 384)


class Wrong(Exception):
    """An answer is not what was asked for."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        """Return the document."""
        return json.loads(self.body)


@dataclass(slots=True)
class Counted:
    """What all clients saw: milliseconds by route, errors, and how much the archive held."""

    milliseconds: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)
    held: set[int] = field(default_factory=set)

    @property
    def requests(self) -> int:
        """How many were answered."""
        return sum(map(len, self.milliseconds.values()))


class Client:
    """One caller and what it remembers."""

    def __init__(
        self, port: int, known: Sequence[str], picture: bytes, token: str, seed: int
    ) -> None:
        self._port = port
        self._token = token
        self._known = known
        self._picture = picture
        self._dice = random.Random(seed)
        self._way: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self._cursor = ""
        self._after = ""
        self._etags: dict[str, str] = {}
        self._held = 0

    async def run(
        self, shares: Mapping[str, int], counted: Counted, more: Callable[[], bool]
    ) -> None:
        """Ask for what ``shares`` weigh, as long as there should be ``more``."""
        routes, weights = list(shares), list(shares.values())
        while more():
            route = self._dice.choices(routes, weights)[0]
            start = time.perf_counter()
            try:
                await getattr(self, f"_{route}")(counted)
            except (Wrong, OSError, ValueError, KeyError, asyncio.IncompleteReadError) as error:
                counted.errors.append(f"{route}: {type(error).__name__}: {error}"[:300])
                self._close()
            counted.milliseconds[route].append(1000 * (time.perf_counter() - start))
        self._close()

    async def _search(self, counted: Counted) -> None:
        await self._find(plain(self._dice), counted)

    async def _unusual_search(self, counted: Counted) -> None:
        await self._find(unusual(self._dice), counted)

    async def _filtered_search(self, counted: Counted) -> None:
        await self._find(filtered(self._dice), counted, all_held=False)

    async def _minus_search(self, counted: Counted) -> None:
        await self._find(without(self._dice), counted)

    async def _next_page(self, counted: Counted) -> None:
        if not self._cursor:
            await self._find(plain(self._dice), counted)
            return
        found = await self._find(self._after, counted, cursor=self._cursor)
        _check(len(found["hits"]) > 0, "a page that was announced is empty")

    async def _find(
        self, words: str, counted: Counted, cursor: str = "", all_held: bool = True
    ) -> Any:
        """Search, and look whether the answer is whole."""
        asked = f"/api/v1/search?q={quote(words)}&limit=10" + (cursor and f"&cursor={cursor}")
        found = (await self._get(asked)).json()
        _look_at(found["hits"])
        held = found["total_strong"] + found["total_weak"] + found["total_below"]
        if all_held:
            held += found["left_out"]
            # A generation that was taken up is not given up again.
            _check(held >= max(self._held, len(self._known)), f"{held} photos after {self._held}")
            self._held = held
            counted.held.add(held)
            _check(len(found["hits"]) == 10 or bool(cursor), "photos are missing")
            self._cursor, self._after = found["cursor"], words
        return found

    async def _similar(self, _: Counted) -> None:
        photo = self._photo_id()
        hits = (await self._get(f"/api/v1/photos/{photo}/similar?limit=10")).json()["hits"]
        _look_at(hits)
        _check(len(hits) == 10 and all(hit["photo"] != photo for hit in hits), "not those like it")

    async def _photo(self, _: Counted) -> None:
        photo = self._photo_id()
        found = (await self._get(f"/api/v1/photos/{photo}")).json()
        _check(found["photo"] == photo and len(found["paths"]) > 0, "another photo")

    async def _tags(self, _: Counted) -> None:
        photo = self._photo_id()
        found = (await self._get(f"/api/v1/photos/{photo}/tags")).json()
        _check(found["photo"] == photo, "tags of another photo")

    async def _jpeg(self, _: Counted) -> None:
        await self._thumbnail("*/*", JPEG)

    async def _webp(self, _: Counted) -> None:
        await self._thumbnail("image/avif,image/webp,*/*", WEBP)

    async def _thumbnail(self, accept: str, media_type: str) -> None:
        where = f"/api/v1/photos/{self._photo_id()}/thumbnail?size={self._dice.choice(SIZES)}"
        answer = await self._get(where, {"Accept": accept})
        _check(answer.headers.get("content-type") == media_type, "another kind of picture")
        _check(answer.body.startswith(MAGIC[media_type]), "no such picture")
        if media_type == JPEG:
            self._etags = {where: answer.headers["etag"]}

    async def _unchanged(self, _: Counted) -> None:
        if not self._etags:
            await self._thumbnail("*/*", JPEG)
            return
        where, etag = next(iter(self._etags.items()))
        answer = await self._get(where, {"If-None-Match": etag}, expected=304)
        _check(not answer.body, "a picture where none was wanted")

    async def _info(self, _: Counted) -> None:
        photo = self._photo_id()
        found = (await self._get(f"/iiif/image/{photo}/info.json")).json()
        _check(found["id"].endswith(photo) and len(found["sizes"]) > 0, "another picture")

    async def _collections(self, _: Counted) -> None:
        found = (await self._get("/api/v1/collections")).json()["collections"]
        # Copies count once in each collection that holds them.
        _check(sum(one["photos"] for one in found) >= len(self._known), "collections are missing")

    async def _vocabularies(self, _: Counted) -> None:
        found = (await self._get("/api/v1/vocabulary")).json()["schemes"]
        _check(found[0]["concepts"] > 200, "no vocabulary")

    async def _vocabulary(self, _: Counted) -> None:
        found = (await self._get("/api/v1/vocabulary/heilbronn")).json()
        _check(any(one["suggested"] for one in found["concepts"]), "no numbers")

    async def _upload(self, _: Counted) -> None:
        edge = "a-load-of-pictures"
        named = 'Content-Disposition: form-data; name="picture"; filename="one.jpg"'
        head = f"--{edge}\r\n{named}\r\nContent-Type: image/jpeg\r\n\r\n"
        body = head.encode() + self._picture + f"\r\n--{edge}--\r\n".encode()
        kind = {"Content-Type": f"multipart/form-data; boundary={edge}"}
        answer = await self._ask("POST", "/api/v1/search/picture?limit=10", kind, body)
        _check(answer.status == 200, f"status {answer.status}: {answer.body[:200]!r}")
        _look_at(answer.json()["hits"])

    def _photo_id(self) -> str:
        return self._dice.choice(self._known)

    async def _get(
        self, where: str, headers: Mapping[str, str] | None = None, expected: int = 200
    ) -> Answer:
        answer = await self._ask("GET", where, headers or {})
        _check(
            answer.status == expected, f"status {answer.status} for {where}: {answer.body[:200]!r}"
        )
        return answer

    async def _ask(
        self, method: str, where: str, headers: Mapping[str, str], body: bytes = b""
    ) -> Answer:
        reader, writer = self._way = self._way or await asyncio.open_connection(
            "127.0.0.1", self._port, limit=1024 * 1024
        )
        lines = [
            f"{method} {where} HTTP/1.1",
            "Host: localhost",
            f"Authorization: Bearer {self._token}",
        ]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        lines += [f"Content-Length: {len(body)}"] if body else []
        writer.write("\r\n".join([*lines, "", ""]).encode() + body)
        status, *fields = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        told = {
            name.lower(): value.strip()
            for name, colon, value in (one.partition(":") for one in fields)
            if colon
        }
        content = await reader.readexactly(int(told.get("content-length", 0)))
        if told.get("connection") == "close":
            self._close()
        return Answer(int(status.split()[1]), told, content)

    def _close(self) -> None:
        if self._way is not None:
            self._way[1].close()
            self._way = None


def _check(right: bool, what: str) -> None:
    if not right:
        raise Wrong(what)


def _look_at(hits: Sequence[Mapping[str, Any]]) -> None:
    scores = [hit["score"] for hit in hits]
    _check(scores == sorted(scores, reverse=True), "hits are not in order")
    _check(len({hit["photo"] for hit in hits}) == len(hits), "a photo comes twice")
    _check(all(hit["path"] and hit["strength"] for hit in hits), "a hit is not whole")


async def ask_at_once(
    clients: Sequence[Client], shares: Sequence[Mapping[str, int]], more: Callable[[], bool]
) -> Counted:
    """Let all clients ask at once, each by its shares; return what they saw."""
    counted = Counted()
    await asyncio.gather(
        *(one.run(its, counted, more) for one, its in zip(clients, shares, strict=True))
    )
    return counted
