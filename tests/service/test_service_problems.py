"""What goes wrong is a problem document with a stable code, and nothing gets out."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient
from service_pictures import Drawn, a_picture

from archive_ai.archive import Archive, load
from archive_ai_service.app import create_app
from archive_ai_service.problems import known_problems
from archive_ai_service.protection import SECURITY_HEADERS

API = "/api/v1"
ABSENT = "p_" + "a" * 20


def problem(response: Any, status: int, code: str) -> dict[str, Any]:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    found: dict[str, Any] = response.json()
    assert (found["status"], found["code"]) == (status, code)
    assert found["type"] == f"/docs#{code}"
    assert found["title"] and found["detail"]
    assert code in known_problems()
    return found


@pytest.mark.parametrize("rest", ["", "/similar", "/thumbnail", "/tags"])
@pytest.mark.parametrize(
    "photo",
    [ABSENT, "p_short", ABSENT.upper(), f"{ABSENT}%0A", "%2Fetc%2Fpasswd", "..%2F..%2Fetc%2Fpasswd",
     "..", "%00", "archive.toml"],
)  # fmt: skip
def test_only_ids_name_photos(client: TestClient, photo: str, rest: str) -> None:
    response = client.get(f"{API}/photos/{photo}{rest}")
    assert response.status_code == 404
    assert response.json()["code"] in ("unknown-photo", "not-found")
    assert "root:" not in response.text


def test_a_path_in_the_archive_is_no_name_over_http(client: TestClient, drawn: Drawn) -> None:
    path = str(next(drawn.pictures.iterdir()))
    assert client.get(f"{API}/photos/" + path.replace("/", "%2F")).status_code == 404


@pytest.mark.parametrize(
    ("parameters", "code"),
    [
        ({}, "invalid-request"),
        ({"q": ""}, "usage"),
        ({"q": " \t"}, "usage"),
        ({"q": "x" * 1001}, "invalid-request"),
        ({"q": "x", "limit": "0"}, "invalid-request"),
        ({"q": "x", "limit": "viele"}, "invalid-request"),
    ],
)
def test_a_query_that_is_none(client: TestClient, parameters: dict[str, str], code: str) -> None:
    found = problem(client.get(f"{API}/search", params=parameters), 422, code)
    if code == "invalid-request":
        assert found["errors"][0]["where"].startswith("query.")


def test_a_size_that_is_not_offered(client: TestClient, drawn: Drawn) -> None:
    address = f"{API}/photos/{drawn.photos[0]}/thumbnail"
    problem(client.get(address, params={"size": 400}), 422, "usage")


def test_addresses_and_methods_that_are_not_there(client: TestClient) -> None:
    problem(client.get(f"{API}/nothing"), 404, "not-found")
    problem(client.get("/static/../app.py"), 404, "not-found")
    problem(client.get("/static/..%2Fapp.py"), 404, "not-found")
    problem(client.get("/static/app.py"), 404, "not-found")
    refused = client.delete(f"{API}/search")
    problem(refused, 405, "method-not-allowed")
    assert refused.headers["allow"]


def test_a_picture_that_is_none(client: TestClient) -> None:
    for content in (b"", b"no picture", a_picture()[:60], a_picture("TIFF")[:400]):
        sent = {"picture": ("x.png", content)}
        found = problem(client.post(f"{API}/search/picture", files=sent), 415, "unreadable-picture")
        assert "/tmp" not in str(found)
    problem(client.post(f"{API}/search"), 422, "invalid-request")
    problem(client.post(f"{API}/search/picture", files={"other": b"x"}), 422, "invalid-request")


def test_more_than_may_be_sent(client: TestClient) -> None:
    sent = {"picture": ("x.tif", b"\0" * (1024 * 1024 + 1))}
    problem(client.post(f"{API}/search/picture", files=sent), 413, "too-large")
    much = {"picture": ("x.tif", b"\0" * (3 * 1024 * 1024))}
    problem(client.post(f"{API}/search/picture", files=much), 413, "too-large")
    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    pieces = (b"\0" * 65536 for _ in range(64))
    problem(client.post(f"{API}/search", content=pieces, headers=kind), 413, "too-large")


def test_a_browser_gets_a_page_and_a_program_a_document(client: TestClient) -> None:
    page = client.get("/nichts", headers={"Accept": "text/html"})
    assert page.status_code == 404
    assert "nichts zu finden" in page.text
    english = client.get("/nothing?lang=en", headers={"Accept": "text/html"})
    assert '<html lang="en">' in english.text
    api = client.get(f"{API}/nothing", headers={"Accept": "text/html"})
    problem(api, 404, "not-found")


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1", 200),
        ("127.0.0.1:8000", 200),
        ("LocalHost:1", 200),
        ("[::1]:8000", 200),
        ("evil.example", 421),
        ("127.0.0.1.evil.example", 421),
        ("localhost@evil.example", 421),
        ("", 421),
    ],
)
def test_other_hosts_are_refused(client: TestClient, host: str, status: int) -> None:
    response = client.get("/healthz", headers={"Host": host})
    assert response.status_code == status
    if status == 421:
        problem(response, 421, "wrong-host")


def test_a_network_server_answers_by_any_name(drawn: Drawn) -> None:
    with (
        Archive.open(load(archive=drawn.folder, host="0.0.0.0")) as archive,
        TestClient(create_app(archive), base_url="http://bilder.example") as client,
    ):
        assert client.get("/healthz").status_code == 200


def test_every_answer_is_guarded(client: TestClient, drawn: Drawn) -> None:
    for path in ("/", "/docs", "/healthz", "/nothing", f"{API}/status", "/static/style.css",
                 f"{API}/photos/{drawn.photos[0]}/thumbnail"):  # fmt: skip
        headers = client.get(path, headers={"Origin": "http://evil.example"}).headers
        for name, value in SECURITY_HEADERS.items():
            assert headers[name] == value
        assert "access-control-allow-origin" not in headers


def test_a_fault_of_the_program_tells_nothing(
    drawn: Drawn, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_archive: Archive) -> dict[str, object]:
        raise RuntimeError("secret: /home/somebody")

    monkeypatch.setattr(Archive, "status", broken)
    with Archive.open(load(archive=drawn.folder)) as archive:
        app = create_app(archive)
        with TestClient(app, base_url="http://localhost", raise_server_exceptions=False) as client:
            response = client.get(f"{API}/status")
    problem(response, 500, "internal")
    assert "secret" not in response.text
    assert response.headers["x-content-type-options"] == "nosniff"


def test_an_empty_archive_says_so(tmp_path: Any) -> None:
    with (
        Archive.create(load(archive=tmp_path / "archive")) as archive,
        TestClient(create_app(archive), base_url="http://localhost") as client,
    ):
        problem(client.get(f"{API}/search?q=Kirche"), 409, "nothing-indexed")
        sent = {"picture": ("x.png", a_picture())}
        problem(client.post(f"{API}/search/picture", files=sent), 409, "nothing-indexed")
        assert client.get(f"{API}/status").json()["generation"] is None
