"""Who may what over HTTP: tokens, sessions, other sites, and names that are written down."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import insert, update

from archive_ai.archive import Archive, load
from archive_ai.catalogue import schema
from archive_ai.domain import Role
from archive_ai.errors import UsageError
from archive_ai_service.app import create_app
from archive_ai_service.app import serve as serve_until_stopped
from archive_ai_service.callers import COOKIE

BASE = "http://127.0.0.1"
API = "/api/v1"
Serve = Callable[..., TestClient]


@pytest.fixture
def serve(open_archive: Any) -> Serve:
    """Return what serves an archive; its client follows no redirects."""

    def serving(archive: Archive | None = None, base: str = BASE, **given: Any) -> TestClient:
        app = create_app(archive or open_archive(**given))
        return TestClient(app, base_url=base, follow_redirects=False)

    return serving


def key(said: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {said}"}


def test_on_its_own_machine_nobody_signs_in_until_there_is_a_token(
    open_archive: Any, serve: Serve
) -> None:
    archive = open_archive()
    client = serve(archive)
    assert client.get(f"{API}/session").json() == {"name": "", "role": "admin", "expires_at": None}
    said = archive.tokens.create("reading room", Role.READER, "test")
    assert client.get(f"{API}/status").status_code == 401
    answer = client.get(f"{API}/session", headers=key(said)).json()
    assert (answer["name"], answer["role"]) == ("reading room", "reader")
    archive.tokens.revoke("reading room")
    assert client.get(f"{API}/session", headers=key(said)).status_code == 401
    assert client.get(f"{API}/session").json()["role"] == "admin"


def test_who_comes_through_a_web_server_is_not_at_the_machine(serve: Serve) -> None:
    client = serve()
    for name in ("X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"):
        assert client.get(f"{API}/status", headers={name: "192.0.2.7"}).status_code == 401


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1:8000", "[::1]:8000"])
def test_who_is_at_the_machine_calls_it_by_its_own_name(serve: Serve, name: str) -> None:
    assert serve().get(f"{API}/status", headers={"Host": name}).status_code == 200


@pytest.mark.parametrize(
    "given", [{"hosts": "bilder.example"}, {"public_url": "https://bilder.example"}]
)
def test_where_the_service_has_a_name_nobody_is_let_in_without_a_token(
    serve: Serve, open_archive: Any, given: dict[str, str], tmp_path: Path
) -> None:
    client = serve(**given)
    assert client.get(f"{API}/status").status_code == 401
    assert client.get("/healthz").status_code == 200
    settings = load(archive=tmp_path / "archive", **given)
    with pytest.raises(UsageError, match=r"bilder\.example can be reached by others"):
        serve_until_stopped(settings)


def test_on_a_network_nobody_is_let_in_without_a_token(serve: Serve) -> None:
    client = serve(host="0.0.0.0", base="http://bilder.example")
    assert client.get(f"{API}/status").status_code == 401
    assert client.get("/healthz").status_code == 200


def test_only_the_hash_of_a_token_is_kept(open_archive: Any, tmp_path: Path) -> None:
    said = open_archive().tokens.create("a", Role.READER, "test")
    assert said.startswith("aai_") and len(said) >= 4 + 43
    content = b"".join(path.read_bytes() for path in (tmp_path / "archive").glob("catalogue*"))
    assert said.encode() not in content
    assert hashlib.sha256(said.encode()).hexdigest().encode() in content


def test_a_token_runs_out(open_archive: Any, serve: Serve) -> None:
    archive = open_archive()
    said = archive.tokens.create("a", Role.ADMIN, "test", days=1)
    client = serve(archive)
    assert client.get(f"{API}/status", headers=key(said)).status_code == 200
    client.post(f"{API}/session", json={"token": said})
    assert client.get(f"{API}/status").status_code == 200
    with archive._engine.begin() as connection:
        connection.execute(update(schema.token).values(expires_at="2020-01-01T00:00:00+00:00"))
    assert client.get(f"{API}/status").status_code == 401
    assert client.get(f"{API}/status", headers=key(said)).status_code == 401
    assert not archive.tokens.any_valid()
    assert archive.tokens.needed()  # time alone opens nothing


@pytest.mark.parametrize("said", ["", "aai_wrong", "x" * 5000, "aai_\u00e4", " "])
def test_a_wrong_token_is_a_problem_even_where_nobody_must_sign_in(serve: Serve, said: str) -> None:
    client = serve()
    answer = client.get(f"{API}/status", headers={b"Authorization": b"Bearer " + said.encode()})
    assert answer.status_code == 401
    assert answer.json()["code"] == "sign-in-needed"
    assert answer.headers["www-authenticate"] == 'Bearer realm="archive-ai"'


def test_another_kind_of_authorization_is_not_ours(serve: Serve) -> None:
    assert serve().get(f"{API}/status", headers={"Authorization": "Basic eDp5"}).status_code == 200


def test_a_session_is_a_cookie_that_scripts_and_other_sites_never_see(
    open_archive: Any, serve: Serve, tmp_path: Path
) -> None:
    archive = open_archive(session_hours=2)
    said = archive.tokens.create("ada", Role.ARCHIVIST, "test")
    for base, secure in ((BASE, False), ("https://127.0.0.1", True)):
        client = serve(archive, base=base)
        answer = client.post(f"{API}/session", json={"token": said})
        assert answer.json()["name"] == "ada"
        cookie = answer.headers["set-cookie"]
        for part in ("HttpOnly", "SameSite=strict", "Path=/"):
            assert part in cookie
        assert ("Secure" in cookie) is secure
        assert 7190 <= int(cookie.split("Max-Age=")[1].split(";")[0]) <= 7200
        secret = client.cookies[COOKIE]
        assert said not in cookie
        assert client.get(f"{API}/session").json()["role"] == "archivist"
        content = b"".join(p.read_bytes() for p in (tmp_path / "archive").glob("catalogue*"))
        assert secret.encode() not in content


def test_signing_out_ends_the_session_on_the_server(open_archive: Any, serve: Serve) -> None:
    archive = open_archive()
    said = archive.tokens.create("ada", Role.READER, "test")
    client = serve(archive)
    client.post(f"{API}/session", json={"token": said})
    secret = client.cookies[COOKIE]
    gone = client.delete(f"{API}/session", headers={"Origin": BASE})
    assert gone.status_code == 204
    assert gone.headers["clear-site-data"] == '"cache"'
    assert COOKIE not in client.cookies
    again = client.get(f"{API}/status", headers={"Cookie": f"{COOKIE}={secret}"})
    assert again.status_code == 401


def test_revoking_a_token_ends_its_sessions(open_archive: Any, serve: Serve) -> None:
    archive = open_archive()
    archive.tokens.create("other", Role.READER, "test")
    said = archive.tokens.create("ada", Role.READER, "test")
    client = serve(archive)
    client.post(f"{API}/session", json={"token": said})
    assert client.get(f"{API}/status").status_code == 200
    archive.tokens.revoke("ada")
    assert client.get(f"{API}/status").status_code == 401


def test_a_session_runs_out_by_itself(open_archive: Any, serve: Serve) -> None:
    archive = open_archive()
    client = serve(archive)
    said = archive.tokens.create("ada", Role.READER, "test")
    client.post(f"{API}/session", json={"token": said})
    with archive._engine.begin() as connection:
        connection.execute(update(schema.session).values(expires_at="2020-01-01T00:00:00+00:00"))
    assert client.get(f"{API}/status").status_code == 401
    client.cookies.clear()
    client.post(f"{API}/session", json={"token": said})
    with sqlite3.connect(archive.settings.archive / "catalogue.sqlite") as known:
        assert known.execute("SELECT count(*) FROM session").fetchone() == (1,)
    known.close()


def test_the_page_to_sign_in_at(open_archive: Any, serve: Serve) -> None:
    archive = open_archive()
    said = archive.tokens.create("ada", Role.READER, "test")
    client = serve(archive)
    html = {"Accept": "text/html"}
    first = client.get("/?q=Kirche&lang=en", headers=html)
    assert first.status_code == 401
    assert "Sign in" in first.text and 'value="/?q=Kirche&amp;lang=en"' in first.text
    assert "Anmelden" in client.get("/", headers=html).text
    form = {"token": "aai_wrong", "way_on": "/?q=Kirche"}
    wrong = client.post("/sign-in", data=form, headers=html)
    assert wrong.status_code == 401
    assert "gilt hier nicht" in wrong.text and "aai_wrong" not in wrong.text
    right = client.post("/sign-in", data=form | {"token": f" {said} "}, headers=html)
    assert (right.status_code, right.headers["location"]) == (303, "/?q=Kirche")
    assert client.get("/", headers=html).status_code == 200
    assert "ada" in client.get("/sign-in", headers=html).text
    out = client.post("/sign-out", headers={"Origin": BASE})
    assert (out.status_code, out.headers["location"]) == (303, "/sign-in?lang=de")
    assert client.get("/", headers=html).status_code == 401


@pytest.mark.parametrize(
    "way_on", ["//evil.example/", "https://evil.example", "/\\evil.example", "/a b", "", "/\n", "x"]
)
def test_signing_in_leads_nowhere_else(open_archive: Any, serve: Serve, way_on: str) -> None:
    archive = open_archive()
    said = archive.tokens.create("ada", Role.READER, "test")
    answer = serve(archive).post("/sign-in", data={"token": said, "way_on": way_on})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


FOREIGN = [
    {"Origin": "http://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://["},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site", "Origin": "http://127.0.0.1:9"},
    {"Sec-Fetch-Site": "cross-site", "Origin": BASE},
]


@pytest.mark.parametrize("headers", FOREIGN)
def test_a_page_of_another_site_changes_nothing(
    open_archive: Any, serve: Serve, headers: dict[str, str]
) -> None:
    archive = open_archive()
    client = serve(archive)
    sent = {"rulings": [{"photo": "p", "concept": "kirche", "verdict": "accepted"}]}
    # With nobody signed in, as the office PC is used; and with a session.
    for possible in ({401, 403}, {403}):
        answer = client.post(f"{API}/review", json=sent, headers=headers)
        assert answer.status_code in possible, answer.text
        said = archive.tokens.create("ada", Role.ADMIN, "test") if not client.cookies else ""
        if said:
            client.post(f"{API}/session", json={"token": said})
    own = client.post(f"{API}/review", json=sent, headers={"Origin": BASE})
    assert own.status_code != 403
    assert client.post(f"{API}/review", json=sent).status_code == 403  # a session, and no origin
    token = archive.tokens.create("program", Role.ADMIN, "test")
    by_token = client.post(f"{API}/review", json=sent, headers=headers | key(token))
    assert by_token.json()["code"] != "sign-in-needed"
    assert "another site" not in by_token.text


def test_other_origins_are_told_nothing_unless_a_setting_names_them(serve: Serve) -> None:
    wanted = {"Origin": "https://viewer.example", "Access-Control-Request-Method": "GET"}
    assert (
        "access-control-allow-origin"
        not in serve().options(f"{API}/status", headers=wanted).headers
    )
    client = serve(allowed_origins="https://viewer.example")
    asked = client.options(f"{API}/status", headers=wanted)
    assert asked.headers["access-control-allow-origin"] == "https://viewer.example"
    assert "access-control-allow-credentials" not in asked.headers
    other = client.get(f"{API}/status", headers={"Origin": "https://evil.example"})
    assert "access-control-allow-origin" not in other.headers


def test_a_site_that_may_call_has_to_bring_a_token(open_archive: Any, serve: Serve) -> None:
    archive = open_archive(allowed_origins="*")
    client = serve(archive)
    foreign = {"Origin": "https://viewer.example"}
    assert client.get(f"{API}/status", headers={"Origin": BASE}).status_code == 200
    refused = client.get(f"{API}/status", headers=foreign)
    assert (refused.status_code, refused.json()["code"]) == (401, "sign-in-needed")
    sent = {"rulings": [{"photo": "p", "concept": "kirche", "verdict": "accepted"}], "by": "x"}
    assert client.post(f"{API}/review", json=sent, headers=foreign).status_code in {401, 403}
    said = archive.tokens.create("viewer", Role.READER, "test")
    answer = client.get(f"{API}/status", headers=foreign | key(said))
    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == "*"


def test_readers_need_not_sign_in_where_the_archive_says_so(
    open_archive: Any, serve: Serve
) -> None:
    archive = open_archive(anonymous_role="reader")
    archive.tokens.create("boss", Role.ADMIN, "test")
    client = serve(archive)
    assert client.get(f"{API}/session").json()["role"] == "reader"
    assert set(client.get(f"{API}/status").json()) == {"photos", "tags", "institution", "version"}
    assert client.get(f"{API}/review/kirche").status_code == 403
    assert {} in client.get("/openapi.json").json()["paths"][f"{API}/status"]["get"]["security"]


def test_who_fails_to_sign_in_too_often_has_to_wait(open_archive: Any, serve: Serve) -> None:
    archive = open_archive(failed_sign_ins=3)
    said = archive.tokens.create("ada", Role.READER, "test")
    client = serve(archive)
    for _ in range(3):
        assert client.post(f"{API}/session", json={"token": "aai_x"}).status_code == 401
    late = client.post(f"{API}/session", json={"token": said})
    assert (late.status_code, late.json()["code"]) == (429, "too-many-requests")
    assert 0 < int(late.headers["retry-after"]) <= 900
    page = client.post("/sign-in", data={"token": said}, headers={"Accept": "text/html"})
    assert page.status_code == 429 and "Zu viele Anfragen" in page.text
    assert client.get(f"{API}/status", headers=key("aai_x")).status_code == 429
    assert client.get(f"{API}/status", headers=key(said)).status_code == 200  # a program works on


def test_decisions_are_written_under_the_name_of_the_token(
    open_archive: Any, serve: Serve, scans: Path
) -> None:
    archive = open_archive()
    archive.index([scans])
    photo = archive.search("x", 1).hits[0].photo
    said = archive.tokens.create("ada", Role.ARCHIVIST, "test")
    client = serve(archive)
    ruling = {"photo": photo, "concept": "kirche", "verdict": "accepted"}

    def decide(by: str | None) -> Any:
        sent: dict[str, Any] = {"rulings": [ruling]} | ({} if by is None else {"by": by})
        return client.post(f"{API}/review", json=sent, headers=key(said))

    assert decide("ben").status_code == 403
    assert decide("ada").json()["written"] == 1
    assert decide(None).json()["unchanged"] == 1
    history = client.get(f"{API}/photos/{photo}/decisions", headers=key(said)).json()
    assert [one["by"] for one in history] == ["ada"]
    reader = key(archive.tokens.create("room", Role.READER, "test"))
    for headers, by in ((key(said), "ada"), (reader, "")):
        tags = client.get(f"{API}/photos/{photo}/tags", headers=headers).json()["tags"]
        assert [one["by"] for one in tags if one["origin"] == "person"] == [by]
    undo = client.post(f"{API}/review/undo", json={"by": "ben"}, headers=key(said))
    assert undo.status_code == 403
    assert client.post(f"{API}/review/undo", json={}, headers=key(said)).json()["written"] == 1


def close(archive: Archive, photo: str) -> None:
    """Have a description say that a photo is closed."""
    empty = {one.name: "" for one in schema.record.c if not one.nullable and one.name != "id"}
    values = {"key": photo, "source": "table", "visibility": "closed", "other": {}, "by": "test"}
    with archive._engine.begin() as connection:
        number = connection.execute(
            insert(schema.record).values(**(empty | values))
        ).inserted_primary_key[0]
        connection.execute(insert(schema.record_photo).values(photo_id=photo, record_id=number))


def test_a_reader_is_told_nothing_of_what_is_closed(
    open_archive: Any, serve: Serve, scans: Path
) -> None:
    archive = open_archive()
    archive.index([scans])
    archive.tag("kirche")
    hits = archive.search("x", 12).hits
    closed, kept = hits[0].photo, hits[1].photo
    archivist = key(archive.tokens.create("ada", Role.ARCHIVIST, "test"))
    reader = key(archive.tokens.create("room", Role.READER, "test"))
    client = serve(archive)
    before = client.get(f"{API}/status", headers=reader).json()
    close(archive, closed)
    after = client.get(f"{API}/status", headers=reader).json()
    assert before["photos"] - after["photos"] == 1
    tags = len(archive.tags([closed]).get(closed, []))
    assert sum(before["tags"].values()) - sum(after["tags"].values()) == tags
    assert set(after) == {"photos", "tags", "institution", "version"}
    whole = client.get(f"{API}/status", headers=archivist).json()
    assert whole["photos"] == 12 and "files" in whole
    for rest in ("", "/similar", "/thumbnail", "/tags"):
        assert client.get(f"{API}/photos/{closed}{rest}", headers=reader).status_code == 404
        assert client.get(f"{API}/photos/{closed}{rest}", headers=archivist).status_code == 200
    assert client.get(f"{API}/status", headers=reader).json()["photos"] == 11
    for path in (f"{API}/search?q=x&limit=50", f"{API}/photos/{kept}/similar?limit=50"):
        assert closed not in client.get(path, headers=reader).text
        assert closed in client.get(path, headers=archivist).text
    sent = {"picture": ("x.png", next(scans.rglob("*.png")).read_bytes())}
    found = client.post(f"{API}/search/picture?limit=50", files=sent, headers=reader).json()
    assert len(found["hits"]) == 11 and closed not in str(found)
    assert str(scans) not in str(found)
    assert client.get(f"{API}/search?q=like:{closed}", headers=reader).status_code == 404


def test_names_the_service_is_called_by(serve: Serve) -> None:
    client = serve(hosts="bilder.example, Archiv.example")
    for host, status in (
        ("bilder.example", 200), ("archiv.example:8000", 200), ("localhost", 200), ("evil", 421),
    ):  # fmt: skip
        assert client.get("/healthz", headers={"Host": host}).status_code == status
    network = serve(host="0.0.0.0", hosts="bilder.example", base="http://bilder.example")
    assert network.get("/healthz").status_code == 200
    assert network.get("/healthz", headers={"Host": "evil.example"}).status_code == 421
    any_name = serve(host="0.0.0.0", base="http://bilder.example")
    for odd in ("[", "a b", "", ":::", "x" * 3000):
        for accept in ("*/*", "text/html"):
            headers = {"Host": odd, "Accept": accept}
            assert any_name.get("/?q=x", headers=headers).status_code == 401
            assert any_name.get("/nothing", headers=headers).status_code == 404


def test_https_only_where_the_setting_says_so(serve: Serve) -> None:
    secure = "https://127.0.0.1"
    name = "strict-transport-security"
    assert name not in serve(base=secure).get("/healthz").headers
    assert name not in serve(hsts=True).get("/healthz").headers
    assert "max-age" in serve(hsts=True, base=secure).get("/healthz").headers[name]


def test_what_one_caller_got_is_not_handed_to_another(serve: Serve) -> None:
    answer = serve().get(f"{API}/status")
    assert answer.headers["cache-control"].startswith("private")
    assert {"authorization", "cookie"} <= {
        part.strip().lower() for part in answer.headers["vary"].split(",")
    }


def test_somebody_unknown_sends_no_more_than_a_form(open_archive: Any, serve: Serve) -> None:
    archive = open_archive()
    archive.tokens.create("a", Role.ADMIN, "test")
    client = serve(archive)
    much = {"token": "x" * 200_000}
    assert client.post(f"{API}/session", json=much).status_code == 413
    assert client.post("/sign-in", data=much).status_code == 413
    sent = {"picture": ("x.tif", b"\0" * 1_000_000)}
    assert client.post(f"{API}/search/picture", files=sent).status_code == 401
