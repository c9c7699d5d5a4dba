"""Admins make tokens and take them back over the network, and cannot lock themselves out."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
import structlog
from fastapi.testclient import TestClient
from service_viewers import BASE, service_of

from archive_ai.archive import Archive
from archive_ai.domain import Role
from archive_ai.errors import LastAdmin
from archive_ai_service.app import create_app

Opening = Callable[..., Archive]
TOKENS = "/api/v1/tokens"


@pytest.fixture
def archive(open_archive: Opening) -> Archive:
    return open_archive()


@pytest.mark.parametrize("role", [Role.READER, Role.ARCHIVIST])
def test_tokens_are_for_admins(archive: Archive, role: Role) -> None:
    archive.tokens.create("boss", Role.ADMIN, "test")
    with service_of(archive, role) as client:
        for answer in (
            client.get(TOKENS),
            client.post(TOKENS, json={"name": "mine", "role": "admin"}),
            client.delete(f"{TOKENS}/boss"),
        ):
            assert (answer.status_code, answer.json()["code"]) == (403, "not-allowed")
    assert [one.name for one in archive.tokens.all() if one.revoked_at] == []
    assert len(archive.tokens.all()) == 2


def test_a_token_is_told_once_and_opens_the_archive(archive: Archive) -> None:
    with service_of(archive) as client:
        made = client.post(TOKENS, json={"name": " erika ", "role": "archivist", "days": 30})
        assert (made.status_code, made.headers["cache-control"]) == (201, "no-store")
        assert set(made.json()) == {"name", "role", "token"}
        assert (made.json()["name"], made.json()["role"]) == ("erika", "archivist")
        said = made.json()["token"]
        assert said.startswith("aai_")
        who = client.get("/api/v1/session", headers={"Authorization": f"Bearer {said}"}).json()
        assert (who["name"], who["role"]) == ("erika", "archivist")
        listed = client.get(TOKENS)
        assert said not in listed.text
        (one,) = [one for one in listed.json()["tokens"] if one["name"] == "erika"]
        assert set(one) == {
            "name", "role", "created_at", "created_by", "expires_at", "revoked_at",
        }  # fmt: skip
        assert (one["created_by"], one["revoked_at"]) == ("admin 0", None)
        assert one["expires_at"] > one["created_at"]
        for sent in (
            {"name": "erika", "role": "reader"},
            {"name": "  ", "role": "reader"},
            {"name": "a", "role": "king"},
            {"name": "a", "role": "reader", "days": 0},
        ):
            assert client.post(TOKENS, json=sent).status_code == 422


def test_a_token_is_taken_back_at_once(archive: Archive) -> None:
    with service_of(archive) as client:
        said = client.post(TOKENS, json={"name": "a/b c", "role": "reader"}).json()["token"]
        key = {"Authorization": f"Bearer {said}"}
        assert client.get("/api/v1/session", headers=key).status_code == 200
        assert client.delete(f"{TOKENS}/a%2Fb%20c").status_code == 204
        assert client.get("/api/v1/session", headers=key).status_code == 401
        (one,) = [one for one in client.get(TOKENS).json()["tokens"] if one["name"] == "a/b c"]
        assert one["revoked_at"] is not None
        for name in ("a%2Fb%20c", "nobody"):
            again = client.delete(f"{TOKENS}/{name}")
            assert (again.status_code, again.json()["code"]) == (404, "unknown-token")


def test_the_last_admin_stays(archive: Archive) -> None:
    with service_of(archive) as client:
        archive.tokens.create("reader", Role.READER, "test")
        refused = client.delete(f"{TOKENS}/admin%200")
        assert (refused.status_code, refused.json()["code"]) == (409, "last-admin")
        assert client.delete(f"{TOKENS}/reader").status_code == 204
        client.post(TOKENS, json={"name": "other", "role": "admin"})
        assert client.delete(f"{TOKENS}/admin%200").status_code == 204
        assert client.get(TOKENS).status_code == 401  # one's own token went with it
    with pytest.raises(LastAdmin):
        archive.tokens.revoke("other", keep_admin=True)
    archive.tokens.revoke("other")  # at the archive's own machine
    assert not archive.tokens.any_valid()


def test_an_admin_whose_token_ran_out_does_not_count(archive: Archive) -> None:
    with service_of(archive) as client:
        client.post(TOKENS, json={"name": "former", "role": "admin", "days": 1})
        with archive._engine.begin() as connection:
            connection.exec_driver_sql(
                "UPDATE token SET expires_at = '2020-01-01T00:00:00+00:00' WHERE name = 'former'"
            )
        assert client.delete(f"{TOKENS}/admin%200").status_code == 409
        assert client.delete(f"{TOKENS}/former").status_code == 204


def test_the_first_token_is_an_admins(archive: Archive) -> None:
    with TestClient(create_app(archive), BASE) as client:
        refused = client.post(TOKENS, json={"name": "room", "role": "reader"})
        assert (refused.status_code, refused.json()["code"]) == (409, "last-admin")
        assert not archive.tokens.needed()
        made = client.post(TOKENS, json={"name": "boss", "role": "admin"})
        assert made.status_code == 201
        assert client.get(TOKENS).status_code == 401
        client.headers["Authorization"] = f"Bearer {made.json()['token']}"
        assert client.post(TOKENS, json={"name": "room", "role": "reader"}).status_code == 201


def test_no_log_has_what_a_token_says(archive: Archive) -> None:
    boss = archive.tokens.create("boss", Role.ADMIN, "test")
    lines = io.StringIO()
    journal = structlog.wrap_logger(
        structlog.PrintLogger(lines), processors=[structlog.processors.JSONRenderer()]
    )
    with TestClient(create_app(archive, journal), BASE) as client:
        client.headers["Authorization"] = f"Bearer {boss}"
        said = client.post(TOKENS, json={"name": "erika", "role": "reader"}).json()["token"]
        client.delete(f"{TOKENS}/erika")
    assert "/api/v1/tokens" in lines.getvalue()
    assert said not in lines.getvalue() and boss not in lines.getvalue()
