"""Every route, asked as a reader for all that is closed: it answers as if that had never been (M7).

Beside the archive there is its twin, made without the closed pictures. Whatever a reader asks, both
answer the same, numbers included; what only the twin's lack of neighbours changes (where the line
between strong and weak hits lies) is left out of the comparison.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import islice
from typing import Any

import pytest
from closure_answers import comparable
from closure_archive import ACCEPTED, CLOSED, EMBARGO, SUGGESTED, VAULT, Made, make, word
from closure_probes import API, PROBES, SIZES, Probe
from fastapi.testclient import TestClient

from archive_ai.domain import Role, Viewer
from archive_ai.images import Form
from archive_ai_service.app import create_app
from archive_ai_service.permissions import READERS, RULES

BASE = "http://127.0.0.1"
ADMIN = Viewer("", Role.ADMIN)
Asker = tuple[TestClient, Made]


class _NobodyWorks:
    """In place of processes: the job that waits goes on waiting."""

    def wake(self) -> None:
        """Start nothing."""

    def stop(self) -> None:
        """Stop nothing."""


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory, tiny_model: str) -> Iterator[tuple[Made, Made]]:
    root = tmp_path_factory.mktemp("closure")
    with ExitStack() as stack:
        made = [make(root / name, tiny_model, name == "whole") for name in ("whole", "twin")]
        for one in made:
            stack.enter_context(one.archive)
        yield made[0], made[1]


@pytest.fixture(scope="module")
def clients(both: tuple[Made, Made]) -> Iterator[tuple[Asker, Asker]]:
    with ExitStack() as stack:
        yield tuple((stack.enter_context(serving(one)), one) for one in both)


def serving(made: Made) -> TestClient:
    app = create_app(made.archive)
    app.state.workers = _NobodyWorks()
    return TestClient(app, base_url=BASE, raise_server_exceptions=False, follow_redirects=False)


def ask(asker: Asker, method: str, probe: Probe, **headers: str) -> Any:
    client, made = asker
    client.cookies.clear()
    return client.request(method, probe.path_in(made), headers=headers, **probe.sent_in(made))


def secrets(made: Made) -> set[str]:
    """All that nobody may learn of the closed photos, in small letters."""
    words = {word(path) for path in CLOSED.values()} | {VAULT, EMBARGO, ACCEPTED, SUGGESTED}
    words |= {"Kettenschiff", "chain steamer"}
    for path in CLOSED.values():
        words.add(hashlib.sha256((made.scans / path).read_bytes()).hexdigest())
    return {one.lower() for one in {*words, *made.closed().values()}}


def unwalked(routes: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Return the routes that nobody asks for what is closed."""
    return set(routes) - set(PROBES)


def test_every_route_is_walked() -> None:
    assert unwalked(RULES) == set()
    assert set(PROBES) == set(RULES)


def test_a_new_route_is_not_forgotten() -> None:
    new = ("GET", f"{API}/new")
    assert unwalked({**RULES, new: READERS}) == {new}


def test_what_is_closed_is_there_for_those_who_may_see_it(both: tuple[Made, Made]) -> None:
    """Else the walk would find nothing because there is nothing."""
    archive, closed = both[0].archive, both[0].closed()
    seen = archive.seen_by(ADMIN)
    listed = {one.photo.id for one in seen.photos("", 1000)}
    assert set(closed.values()) <= listed
    first = next(iter(archive.similar(both[0].ids["blatt-1.png"], 3).hits))
    assert first.photo == closed["neighbour"]
    together = [{one.photo for one in group.members} for group in seen.duplicates()]
    assert {both[0].ids["blatt-0.png"], closed["near-duplicate"]} in together
    assert VAULT in {one.name for one in seen.collections()}
    for path in CLOSED.values():
        hits = [hit for hit in archive.search(word(path)).hits if hit.score >= 2]
        assert {hit.path.stem.partition("-")[0] for hit in hits} == {word(path)}
    twin = both[1].archive.seen_by(ADMIN)
    assert len(twin.photos("", 1000)) == len(listed) - len(set(closed.values()))


@pytest.mark.parametrize("route", PROBES, ids=" ".join)
def test_a_reader_is_told_what_the_twin_tells(
    route: tuple[str, str], both: tuple[Made, Made], clients: tuple[Asker, Asker]
) -> None:
    """Once with a token and once, with what a browser has already, without one."""
    method, hidden = route[0], secrets(both[0])
    for probe in PROBES[route](both[0]):
        signed_in = [{"Authorization": f"Bearer {one.reader}"} for one in both]
        anonymous = [{"If-None-Match": "*"}] * 2
        for headers in (signed_in, anonymous):
            answers = [ask(c, method, probe, **h) for c, h in zip(clients, headers, strict=True)]
            assert comparable(answers[0]) == comparable(answers[1]), probe
            if not route[1].startswith(f"{API}/vocabulary"):
                said = f"{answers[0].headers} {answers[0].text}".lower()
                betrayed = {one for one in hidden if one in said and one not in probe.names()}
                assert not betrayed, probe


@pytest.mark.parametrize("route", [route for route in PROBES if route[0] == "GET"], ids=" ".join)
def test_a_head_says_no_more(
    route: tuple[str, str], both: tuple[Made, Made], clients: tuple[Asker, Asker]
) -> None:
    for probe in islice(PROBES[route](both[0]), 2):
        heads = [ask(client, "HEAD", probe) for client in clients]
        whole = ask(clients[0], "GET", probe)
        assert [one.status_code for one in heads] == [whole.status_code] * 2, probe
        assert heads[0].content == b""


def test_no_picture_of_a_closed_photo_is_ever_sent(
    both: tuple[Made, Made], clients: tuple[Asker, Asker]
) -> None:
    archive, closed = both[0].archive, both[0].closed()
    drawn = {
        archive.picture(photo, size, form).read()
        for photo in closed.values()
        for size in SIZES
        for form in Form
    }
    for photo in closed.values():
        paths = [f"{API}/photos/{photo}/thumbnail?size={size}" for size in SIZES]
        for path in [*paths, f"/iiif/image/{photo}/full/max/0/default.jpg"]:
            for accept in ("image/webp", "image/jpeg", "*/*"):
                answer = ask(clients[0], "GET", Probe(path), Accept=accept)
                assert answer.status_code == 404
                assert answer.content not in drawn


PAGED = {
    f"{API}/photos": ("photos", "cursor", "cursor", {"limit": 2}),
    f"{API}/duplicates": ("groups", "next", "after", {"limit": 1}),
    f"{API}/search": ("hits", "cursor", "cursor", {"limit": 2, "q": "sichtbarkeit:offen"}),
}


@pytest.mark.parametrize("path", PAGED)
def test_pages_have_no_gaps_where_closed_photos_are(
    path: str, clients: tuple[Asker, Asker]
) -> None:
    found, onward, name, query = PAGED[path]
    for client, _ in clients:
        parts, cursor = [], ""
        while True:
            answer = client.get(path, params={**query, name: cursor}).json()
            parts.append(len(answer[found]))
            cursor = answer[onward]
            if not cursor:
                break
        assert set(parts[:-1]) <= {query["limit"]}
    whole, twin = (client.get(path, params={**query, "limit": 999}).json() for client, _ in clients)
    assert sum(parts) == len(whole[found]) == len(twin[found])
