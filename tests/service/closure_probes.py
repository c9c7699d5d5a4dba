"""Requests to every route that could tell something of what is closed, if a route told it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from closure_archive import (
    ACCEPTED,
    CLOSED,
    OPEN,
    POSTCARDS,
    SUGGESTED,
    TAGGED,
    TOWN,
    VAULT,
    VISIBLE,
    Made,
    word,
)

API = "/api/v1"
IIIF = "/iiif"
UNKNOWN = "p_" + "a" * 20
SIZES = (192, 384, 768, 1536)
LEGACY_ID = "2"


@dataclass(frozen=True)
class Probe:
    """One request: a path with its query, and what else httpx takes."""

    path: str
    sent: Mapping[str, Any] = field(default_factory=dict)

    def names(self) -> str:
        """All that the request itself says, in which nothing can be betrayed any more."""
        return f"{self.path} {self.sent}".lower()


Probing = Callable[[Made], Iterator[Probe]]


def asked(path: str, **query: object) -> Probe:
    return Probe(path, {"params": query})


def just(*paths: str) -> Probing:
    return lambda made: (Probe(path) for path in paths)


def of_photos(template: str, *rest: str) -> Probing:
    """Ask for every closed photo, for an unknown one, and for open ones, by their ids."""

    def probing(made: Made) -> Iterator[Probe]:
        neighbours = [made.ids[Path(path).name] for path in OPEN]
        for photo in [*made.closed().values(), UNKNOWN, *neighbours]:
            for one in rest or ("",):
                yield Probe(template.format(photo) + one)

    return probing


def words(made: Made) -> list[str]:
    """Queries that only a closed photo answers, and some that open ones answer too."""
    secret = sorted({word(path) for path in CLOSED.values()})
    found = [VAULT, "Kettenschiff", "Trappensee", "Heilbronn", "Blatt", "Ansicht", "1990"]
    for one in secret:
        found += [one, f'"{one} im Bild"', f"ort:{one}", f"signatur:{one}", f"Blatt -{one}"]
    found += [f"like:{photo}" for photo in [*made.closed().values(), UNKNOWN]]
    found += [f"Blatt like:{made.ids[Path(VISIBLE).name]}"]
    return [
        *found, f"sammlung:{VAULT}", f"sammlung:{POSTCARDS}", "jahr:1990..1990", "jahr:1900..1915",
        f"tag:{ACCEPTED}", f"tag:{SUGGESTED}", f"tag:{TAGGED}", f"-tag:{TAGGED} Blatt",
        "status:suggested", "status:accepted", "status:rejected", "sichtbarkeit:gesperrt",
        "sichtbarkeit:offen", "format:png", "format:jpeg", "farbe:bunt", "farbe:sw", "-Heilbronn x",
    ]  # fmt: skip


def searches(path: str) -> Probing:
    return lambda made: (asked(path, q=one, limit=1000) for one in words(made))


def full_queries(made: Made) -> Iterator[Probe]:
    filters: list[dict[str, object]] = [
        {"collections": [VAULT]}, {"first_year": 1990}, {"last_year": 1915}, {"visibility": "closed"},
        {"visibility": "open"}, {"tags": [ACCEPTED]}, {"without_tags": [TAGGED]}, {"tags": [SUGGESTED]},
        {"statuses": ["suggested"]}, {"formats": ["png"]}, {"colours": ["colour"]},
    ]  # fmt: skip
    for path in CLOSED.values():
        only = word(path)
        filters += [{"places": [only]}, {"signatures": [only]}, {"phrases": [only]}]
    for one in filters:
        yield Probe(f"{API}/search", {"json": {"filters": one, "limit": 1000}})
    for photo in [*made.closed().values(), UNKNOWN]:
        for weight in (1, -1):
            examples = [{"photo": photo, "weight": weight}]
            sent = {"words": [{"text": "Blatt"}], "examples": examples}
            yield Probe(f"{API}/search", {"json": sent})


def pictures(path: str) -> Probing:
    """Send every closed picture itself, and an open one."""

    def probing(made: Made) -> Iterator[Probe]:
        for one in [*CLOSED.values(), VISIBLE]:
            content = (made.scans / one).read_bytes()
            yield Probe(f"{path}?limit=1000", {"files": {"picture": ("x.png", content)}})

    return probing


def start_pages(made: Made) -> Iterator[Probe]:
    yield from (Probe("/"), Probe("/?lang=en"))
    for photo in [*made.closed().values(), UNKNOWN, made.ids[Path(VISIBLE).name]]:
        yield asked("/", like=photo, limit=1000)
    yield from searches("/")(made)


def lists(made: Made) -> Iterator[Probe]:
    yield from (Probe(f"{API}/photos"), asked(f"{API}/photos", limit=1000))
    for photo in [*made.closed().values(), UNKNOWN]:
        yield asked(f"{API}/photos", cursor=photo)
        yield asked(f"{API}/duplicates", after=photo)
    for name in COLLECTIONS:
        yield asked(f"{API}/photos", collection=name)


COLLECTIONS = (VAULT, POSTCARDS, TOWN, "Unbekannt")
_NUMBERS = range(1, 30)
_NAMED = [quote(name) for name in COLLECTIONS]
_AFTER = [f"?after={UNKNOWN}", "?after=p_", ""]
_CONCEPTS = (ACCEPTED, SUGGESTED, TAGGED, "strassenbahn", "unbekannt")
_RULING = {"concept": ACCEPTED, "verdict": "rejected"}


def rulings(made: Made) -> Iterator[Probe]:
    for photo in [*made.closed().values(), UNKNOWN]:
        yield Probe(f"{API}/review", {"json": {"by": "x", "rulings": [{"photo": photo, **_RULING}]}})


PROBES: Mapping[tuple[str, str], Probing] = {
    ("GET", "/healthz"): just("/healthz"),
    ("GET", "/readyz"): just("/readyz"),
    ("GET", "/metrics"): just("/metrics"),
    ("GET", "/docs"): just("/docs"),
    ("GET", "/openapi.json"): just("/openapi.json"),
    ("GET", "/static/{name}"): just("/static/style.css", "/static/unknown"),
    ("GET", "/sign-in"): just("/sign-in", "/sign-in?lang=en"),
    ("POST", "/sign-in"): lambda made: iter([Probe("/sign-in", {"data": {"token": "aai_x"}})]),
    ("POST", "/sign-out"): just("/sign-out"),
    ("GET", "/"): start_pages,
    ("POST", "/"): pictures("/"),
    ("POST", f"{API}/session"): lambda made: iter(
        [Probe(f"{API}/session", {"json": {"token": "aai_x"}})]
    ),
    ("GET", f"{API}/session"): just(f"{API}/session"),
    ("DELETE", f"{API}/session"): just(f"{API}/session"),
    ("GET", f"{API}/status"): just(f"{API}/status"),
    ("GET", f"{API}/search"): searches(f"{API}/search"),
    ("POST", f"{API}/search"): full_queries,
    ("POST", f"{API}/search/picture"): pictures(f"{API}/search/picture"),
    ("GET", f"{API}/search.csv"): searches(f"{API}/search.csv"),
    ("GET", f"{API}/photos"): lists,
    ("GET", f"{API}/collections"): just(f"{API}/collections"),
    ("GET", f"{API}/collections/{{name:path}}"): just(*(f"{API}/collections/{n}" for n in _NAMED)),
    ("GET", f"{API}/duplicates"): just(f"{API}/duplicates", f"{API}/duplicates?limit=1"),
    ("GET", f"{API}/vocabulary"): just(f"{API}/vocabulary"),
    ("GET", f"{API}/vocabulary/{{scheme}}"): just(
        f"{API}/vocabulary/heilbronn", f"{API}/vocabulary/unbekannt"
    ),
    ("GET", f"{API}/vocabulary/{{scheme}}/{{concept}}"): just(
        *(f"{API}/vocabulary/heilbronn/{one}" for one in _CONCEPTS)
    ),
    ("GET", f"{API}/jobs"): just(f"{API}/jobs"),
    ("POST", f"{API}/jobs"): lambda made: iter([Probe(f"{API}/jobs", {"json": {"kind": "tag"}})]),
    ("GET", f"{API}/jobs/{{number}}"): just(f"{API}/jobs/1", f"{API}/jobs/9"),
    ("DELETE", f"{API}/jobs/{{number}}"): just(f"{API}/jobs/1", f"{API}/jobs/9"),
    ("POST", f"{API}/jobs/{{number}}/again"): just(f"{API}/jobs/1/again", f"{API}/jobs/9/again"),
    ("GET", f"{API}/jobs/{{number}}/events"): just(f"{API}/jobs/1/events", f"{API}/jobs/9/events"),
    ("GET", "/iiif/collection"): just("/iiif/collection"),
    ("GET", "/iiif/collection/{name:path}"): just(
        *(f"/iiif/collection/{name}{after}" for name in _NAMED for after in _AFTER)
    ),
    ("GET", "/iiif/photo/{photo_id}/manifest"): of_photos("/iiif/photo/{}/manifest"),
    ("GET", "/iiif/record/{number}/manifest"): just(
        *(f"/iiif/record/{number}/manifest" for number in _NUMBERS)
    ),
    ("GET", "/iiif/image/{photo_id}"): of_photos("/iiif/image/{}"),
    ("GET", "/iiif/image/{photo_id}/info.json"): of_photos("/iiif/image/{}/info.json"),
    ("GET", "/iiif/image/{photo_id}/full/{size}/0/default.jpg"): of_photos(
        "/iiif/image/{}/full/",
        *(f"{size}/0/default.jpg" for size in ("max", "96,80", "72,60", "9,9")),
    ),
    ("GET", f"{API}/photos/{{photo_id}}"): of_photos(f"{API}/photos/{{}}"),
    ("GET", f"{API}/photos/{{photo_id}}/duplicates"): of_photos(f"{API}/photos/{{}}/duplicates"),
    ("GET", f"{API}/photos/{{photo_id}}/similar"): of_photos(
        f"{API}/photos/{{}}/similar", "?limit=1000", "?limit=1"
    ),
    ("GET", f"{API}/photos/{{photo_id}}/thumbnail"): of_photos(
        f"{API}/photos/{{}}/thumbnail", *(f"?size={size}" for size in (*SIZES, 100))
    ),
    ("GET", f"{API}/photos/{{photo_id}}/tags"): of_photos(f"{API}/photos/{{}}/tags"),
    ("GET", f"{API}/photos/{{photo_id}}/decisions"): of_photos(f"{API}/photos/{{}}/decisions"),
    ("GET", f"{API}/review/{{concept}}"): just(*(f"{API}/review/{one}" for one in _CONCEPTS)),
    ("POST", f"{API}/review"): rulings,
    ("POST", f"{API}/review/undo"): lambda made: iter(
        [Probe(f"{API}/review/undo", {"json": {"by": "ada", "batch": 1}})]
    ),
}
"""What is asked of each route of the table of permissions; a route that is missing here fails."""
