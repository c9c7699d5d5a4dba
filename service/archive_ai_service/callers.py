"""Who is calling: found from a token, a session, or from where the service listens."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request

from archive_ai.archive import Archive, Settings
from archive_ai.domain import HERE, Role, Viewer
from archive_ai.errors import SignInNeeded
from archive_ai_service.pacing import Pacing

COOKIE = "archive_ai_session"
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
# fmt: off
FORWARDED = (
    "forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip",
)
# fmt: on


class By(StrEnum):
    """How a caller was known."""

    TOKEN = "token"
    SESSION = "session"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Found:
    """A caller, and how they were known."""

    viewer: Viewer
    by: By


class Callers:
    """Finds who is calling one archive.

    While no token exists, whoever can reach the loopback address works at the archive's own
    machine and may do everything; but not who comes through a web server, calls the machine by
    another name, or asks from a script of another site: that may be anybody.
    """

    def __init__(self, archive: Archive, pacing: Pacing) -> None:
        settings = archive.settings
        self._tokens = archive.tokens
        self._pacing = pacing
        self._local = not for_others(settings)
        self._anonymous = settings.anonymous_role == Role.READER.value

    def find(self, request: Request) -> Found:
        """Return who calls; raise SignInNeeded, or TooOften after many wrong tokens."""
        said = bearer(request)
        if said is not None:
            return Found(self._by_token(said, address(request)), By.TOKEN)
        secret = request.cookies.get(COOKIE)
        viewer = self._tokens.viewer_of_session(secret) if secret else None
        if viewer is not None:
            return Found(viewer, By.SESSION)
        if self._is_here(request) and not self._tokens.needed():
            return Found(HERE, By.PLACE)
        if self._anonymous:
            return Found(Viewer("", Role.READER), By.PLACE)
        raise SignInNeeded(
            "Nobody is signed in, or no longer.",
            "Sign in at /sign-in, or send a token: Authorization: Bearer aai_….",
        )

    def may_still(self, request: Request, role: Role) -> bool:
        """Whether whoever sent a request, perhaps long ago, still has a role; counts nothing."""
        said = bearer(request)
        if said is not None:
            viewer = self._tokens.viewer(said)
            return viewer is not None and viewer.role.includes(role)
        try:
            return self.find(request).viewer.role.includes(role)
        except SignInNeeded:
            return False

    def _is_here(self, request: Request) -> bool:
        return (
            self._local
            and host_name(request.headers) in LOOPBACK
            and not is_forwarded(request)
            and not is_from_elsewhere(request)
        )

    def _by_token(self, said: str, where: str) -> Viewer:
        viewer = self._tokens.viewer(said)
        if viewer is None:
            self._pacing.failed(where)
            raise SignInNeeded(
                "This token is unknown, has run out or was revoked.",
                "Check that it was copied whole, or ask whoever runs the archive for a new one.",
            )
        return viewer


def for_others(settings: Settings) -> bool:
    """Whether a service is meant for others than who works at its own machine.

    It is where it listens on another address than that of the machine alone, or has a name, which
    only a web server in front can give it there.
    """
    return settings.host not in LOOPBACK or bool(settings.hosts or settings.public_url)


def host_name(headers: Headers) -> str:
    """Return the Host header without its port, lower-case."""
    host = headers.get("host", "").lower()
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0]


def bearer(request: Request) -> str | None:
    """Return the token that a request carries; other kinds of Authorization are not ours."""
    kind, _, said = request.headers.get("authorization", "").partition(" ")
    return said.strip() if kind.lower() == "bearer" else None


def is_forwarded(request: Request) -> bool:
    """Whether a web server passed the request on, as far as it says so."""
    return any(name in request.headers for name in FORWARDED)


def is_from_elsewhere(request: Request) -> bool:
    """Whether a browser says that a page of another site asks."""
    origin = request.headers.get("origin")
    if origin is None:
        return False
    try:
        return urlsplit(origin).netloc.lower() != request.headers.get("host", "").lower()
    except ValueError:
        return True


def address(request: Request) -> str:
    """Return where a request comes from; of an IPv6 address the part that one subscriber has."""
    host = request.client.host if request.client else ""
    try:
        found = ipaddress.ip_address(host)
    except ValueError:
        return host
    if found.version == 6:
        return str(ipaddress.ip_network((found, 64), strict=False))
    return host
