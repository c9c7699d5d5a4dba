"""Requests to every route that could tell something of what is closed, if a route told it."""

from __future__ import annotations

import re
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
    TO_SAVE,
    TOWN,
    VAULT,
    VISIBLE,
    Made,
    word,
)

API = "/api/v1"
SAVED = "saved-{}"
"""Stands for the id of a saved query, which each archive has given itself."""

UNKNOWN = "p_" + "a" * 20
SIZES = (192, 384, 768, 1536)


@dataclass(frozen=True)
class Probe:
    """One request: a path with its query, and what else httpx takes."""

    path: str
    sent: Mapping[str, Any] = field(default_factory=dict)

    def path_in(self, made: Made) -> str:
        """The path with the ids that an archive has given itself."""
        path = self.path
        for number, id_ in enumerate(made.saved):
            path = path.replace(SAVED.format(number), id_)
        return path

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
        neighbours = [made.ids[Path(path).name] for path in list(OPEN)[:4]]
        for photo in [*hidden(made), UNKNOWN, *neighbours]:
            for one in rest or ("",):
                yield Probe(template.format(photo) + one)

    return probing


def words(made: Made) -> list[str]:
    """Queries that only a closed photo answers, and some that open ones answer too."""
    secret = sorted({word(path) for path in CLOSED.values()})
    only = secret[0]
    return [
        *secret, *(f"ort:{one}" for one in secret),
        *(f"like:{photo}" for photo in [*hidden(made), UNKNOWN]),
        f'"{only} im Bild"', f"signatur:{only}", f"Blatt -{only}", f"-like:{hidden(made)[0]} Blatt",
        f"like:{made.ids[Path(VISIBLE).name]}", VAULT, "Kettenschiff", "Heilbronn", "1990",
        f"sammlung:{VAULT}", f"sammlung:{POSTCARDS}", "jahr:1990..1990", "jahr:1900..1915",
        f"tag:{ACCEPTED}", f"tag:{SUGGESTED}", f"tag:{TAGGED}", f"-tag:{TAGGED} Blatt",
        "status:suggested", "status:accepted", "sichtbarkeit:gesperrt", "sichtbarkeit:offen",
        "format:png", "farbe:bunt",
    ]  # fmt: skip


def hidden(made: Made) -> list[str]:
    """The ids of the photos of which each is closed in another way."""
    return sorted(set(made.closed().values()))


def searches(path: str) -> Probing:
    return lambda made: (asked(path, q=one, limit=1000) for one in words(made))


def full_queries(made: Made) -> Iterator[Probe]:
    filters: list[dict[str, object]] = [
        {"collections": [VAULT]}, {"first_year": 1990}, {"last_year": 1915},
        {"visibility": "closed"}, {"visibility": "open"}, {"tags": [ACCEPTED]},
        {"without_tags": [TAGGED]}, {"tags": [SUGGESTED]},
        {"statuses": ["suggested"]}, {"formats": ["png"]}, {"colours": ["colour"]},
    ]  # fmt: skip
    for path in CLOSED.values():
        only = word(path)
        filters += [{"places": [only]}, {"signatures": [only]}, {"phrases": [only]}]
    for one in filters:
        yield Probe(f"{API}/search", {"json": {"filters": one, "limit": 1000}})
    for photo in [*hidden(made), UNKNOWN]:
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
    for photo in [*hidden(made), UNKNOWN, made.ids[Path(VISIBLE).name]]:
        yield asked("/", like=photo, limit=1000)
    yield from (asked("/", q=one) for one in words(made)[:20])


def lists(made: Made) -> Iterator[Probe]:
    yield from (Probe(f"{API}/photos"), asked(f"{API}/photos", limit=1000))
    for photo in [*hidden(made), UNKNOWN]:
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


def numbers(made: Made) -> Iterator[Probe]:
    """Ask with filters alone: how many hits words have depends on where the lines lie."""
    yield Probe(f"{API}/facets")
    for one in words(made):
        if re.fullmatch(r"(?!-|like)\w+:\S+", one):
            yield asked(f"{API}/facets", q=one)


def to_save(made: Made) -> Iterator[Probe]:
    for one in words(made):
        yield Probe(f"{API}/queries", {"json": {"q": one}})


def saved(rest: str) -> Probing:
    """Ask for what was saved in each of the archives, and for what was not."""
    names = [*(SAVED.format(number) for number in range(len(TO_SAVE))), "q_none"]
    return just(*(f"{API}/queries/{name}{rest}" for name in names))


def rulings(made: Made) -> Iterator[Probe]:
    for photo in [*hidden(made), UNKNOWN]:
        yield Probe(
            f"{API}/review", {"json": {"by": "x", "rulings": [{"photo": photo, **_RULING}]}}
        )


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
    ("GET", f"{API}/facets"): numbers,
    ("POST", f"{API}/queries"): to_save,
    ("GET", f"{API}/queries/{{query_id}}"): saved(""),
    ("GET", f"{API}/queries/{{query_id}}/hits"): saved("/hits?limit=1000"),
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
    ("GET", f"{API}/tokens"): just(f"{API}/tokens"),
    ("POST", f"{API}/tokens"): lambda made: iter(
        [Probe(f"{API}/tokens", {"json": {"name": "mine", "role": "admin"}})]
    ),
    ("DELETE", f"{API}/tokens/{{name:path}}"): just(f"{API}/tokens/boss", f"{API}/tokens/none"),
    ("GET", f"{API}/runs"): just(f"{API}/runs"),
    ("GET", f"{API}/runs/{{number}}/difference"): just(f"{API}/runs/1/difference"),
    ("POST", f"{API}/runs/{{number}}/apply"): just(f"{API}/runs/1/apply"),
    ("POST", f"{API}/runs/{{number}}/withdraw"): just(f"{API}/runs/1/withdraw"),
    ("GET", f"{API}/failures"): just(f"{API}/failures"),
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
    ("GET", f"{API}/photos/{{photo_id}}/metadata"): of_photos(f"{API}/photos/{{}}/metadata"),
    ("GET", f"{API}/photos/{{photo_id}}/why/{{concept}}"): of_photos(
        f"{API}/photos/{{}}/why/", *_CONCEPTS
    ),
    ("GET", f"{API}/photos/{{photo_id}}/decisions"): of_photos(f"{API}/photos/{{}}/decisions"),
    ("GET", f"{API}/review/{{concept}}"): just(*(f"{API}/review/{one}" for one in _CONCEPTS)),
    ("GET", f"{API}/review"): just(f"{API}/review"),
    ("GET", f"{API}/review/{{concept}}/progress"): just(
        *(f"{API}/review/{one}/progress" for one in _CONCEPTS)
    ),
    ("POST", f"{API}/review"): rulings,
    ("POST", f"{API}/review/undo"): lambda made: iter(
        [Probe(f"{API}/review/undo", {"json": {"by": "ada", "batch": 1}})]
    ),
}
"""What is asked of each route of the table of permissions; a route that is missing here fails."""
