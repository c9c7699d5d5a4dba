"""Every route is in the one table of who may what, and what is not cannot be reached."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from archive_ai.archive import Archive
from archive_ai.domain import Role
from archive_ai_service.app import create_app
from archive_ai_service.permissions import RULES, Permissions, Rule, documented

BASE = "http://127.0.0.1"


def routes(router: Any, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Walk all routes, those of routers in routers included."""
    for route in router.routes:
        inner = getattr(route, "original_router", None)
        if inner is not None:
            yield from routes(inner, prefix + route.include_context.prefix)
        else:
            path = route.path if route.path.startswith(prefix) else prefix + route.path
            for method in (route.methods or {"GET"}) - {"HEAD"}:
                yield method, path


@pytest.fixture
def archive(open_archive: Any) -> Archive:
    return open_archive()


@pytest.fixture
def app(archive: Archive) -> FastAPI:
    return create_app(archive)


def test_every_route_has_an_entry_and_every_entry_a_route(app: FastAPI) -> None:
    found = set(routes(app))
    assert len(found) > 20
    assert found == set(RULES)


def test_a_route_without_an_entry_is_not_there(app: FastAPI) -> None:
    @app.get("/api/v1/forgotten")
    def forgotten() -> dict[str, str]:
        return {"secret": "told"}

    @app.delete("/api/v1/search")
    def dangerous() -> dict[str, str]:
        return {"secret": "gone"}

    assert ("GET", "/api/v1/forgotten") in set(routes(app))
    with TestClient(app, base_url=BASE) as client:
        assert client.get("/api/v1/forgotten").status_code == 404
        refused = client.delete("/api/v1/search")
        assert refused.status_code == 405
        assert refused.headers["allow"] == "GET, POST"


@pytest.mark.parametrize("role", [None, *Role])
def test_who_has_not_the_role_is_kept_out_of_every_route(archive: Archive, role: Role) -> None:
    archive.tokens.create("boss", Role.ADMIN, "test")
    headers = {}
    if role is not None:
        headers["Authorization"] = f"Bearer {archive.tokens.create('x', role, 'test')}"
    with TestClient(create_app(archive), base_url=BASE, raise_server_exceptions=False) as client:
        for (method, template), rule in RULES.items():
            path = template.replace("{photo_id}", "p_" + "a" * 20).replace("{", "").replace("}", "")
            answer = client.request(method, path, headers=headers)
            if rule.role is None:
                assert answer.status_code not in {401, 403}, (method, template)
            elif role is None:
                assert answer.status_code == 401, (method, template)
                assert answer.json()["code"] == "sign-in-needed"
                assert answer.headers["www-authenticate"].startswith("Bearer")
            elif role.includes(rule.role):
                assert answer.status_code not in {401, 403, 500}, (method, template)
            else:
                assert answer.status_code == 403, (method, template)
                assert answer.json()["code"] == "not-allowed"


def test_the_description_says_what_each_route_asks(app: FastAPI) -> None:
    document = app.openapi()
    assert set(document["components"]["securitySchemes"]) == {"token", "session"}
    for (method, path), rule in RULES.items():
        if path == "/openapi.json":
            continue
        operation = document["paths"][documented(path)][method.lower()]
        if rule.role is None:
            assert operation["security"] == []
        else:
            assert operation["security"] == [{"token": []}, {"session": []}]
            assert operation["x-role"] == rule.role.value
            assert {"401", "403", "429"} <= set(operation["responses"])


def test_the_closer_template_is_meant() -> None:
    found = Permissions(
        {
            ("GET", "/a/{one}"): Rule(Role.READER),
            ("GET", "/a/b"): Rule(Role.ADMIN),
            ("GET", "/a/{rest:path}"): Rule(Role.ARCHIVIST),
        }
    )
    assert found.find("GET", "/a/b") == ("/a/b", Rule(Role.ADMIN))
    assert found.find("HEAD", "/a/c") == ("/a/{one}", Rule(Role.READER))
    assert found.find("GET", "/a/c/d") == ("/a/{rest:path}", Rule(Role.ARCHIVIST))
    assert found.find("GET", "/b") is None
    assert found.find("POST", "/a/b") is None
    assert found.methods("/a/b") == ["GET"]
