"""What guards every route: the Host header, the size of what is sent, and security headers.

Who calls is found out elsewhere: :mod:`archive_ai_service.entrance`.

Host: a page of another site that has its name point to 127.0.0.1 (DNS rebinding) must not read the
archive through a visitor's browser.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from archive_ai.archive import Settings
from archive_ai_service.callers import LOOPBACK, host_name
from archive_ai_service.problems import answer, problem

WRONG_HOST = 421
TOO_LARGE = 413
FORM_BYTES = 64 * 1024
"""Room for what a form sends around its picture."""
JSON_BYTES = 2 * 1024 * 1024
"""Room for everything that is no picture: as it is read in one piece, by the one thread that all
requests share. 10,000 decisions of up to 200 bytes fit.
"""
PATIENCE = 16
"""How many times the limit is read and thrown away, so that the sender gets to see the answer."""

SECURITY_HEADERS = {
    # Scripts and styles are files of this server and nothing that stands in a page; pictures may
    # also be those that a person drops on the page (blob).
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' blob:; connect-src 'self'; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    # With no-referrer browsers would call the origin of our own forms null.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), "
    "payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
HSTS = {"Strict-Transport-Security": "max-age=31536000"}
VARY = ("Authorization", "Cookie")
"""What one caller gets no cache may hand to another, not even that of one browser."""


class SecurityHeaders:
    """Put the security headers on every answer; over https also HSTS, where it is wanted.

    ``shared``: viewers on other sites that are allowed here may show pictures of manifests.
    """

    def __init__(self, app: ASGIApp, hsts: bool = False, shared: bool = False) -> None:
        self._app = app
        self._hsts = hsts
        self._shared = shared

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        secure = self._hsts and scope.get("scheme") == "https"
        shown_elsewhere = self._shared and scope.get("path", "").startswith("/iiif/")

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                given = SECURITY_HEADERS | (HSTS if secure else {})
                if shown_elsewhere:
                    given["Cross-Origin-Resource-Policy"] = "cross-origin"
                for name, value in given.items():
                    headers.setdefault(name, value)
                for name in VARY:
                    headers.add_vary_header(name)
                headers.setdefault("Cache-Control", "private, no-cache")
            await send(message)

        await self._app(scope, receive, send_guarded)


class HostCheck:
    """Refuse a request whose Host header is not one of ``hosts``."""

    def __init__(self, app: ASGIApp, hosts: Collection[str]) -> None:
        self._app = app
        self._hosts = frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] == "http" and host_name(Headers(scope=scope)) not in self._hosts:
            refused = problem(
                WRONG_HOST,
                "This server is called by another name.",
                "Open it by the address that archive-ai serve printed, or add the name to the "
                "setting hosts.",
            )
            await answer(Request(scope), refused)(scope, receive, send)
            return
        await self._app(scope, receive, send)


class BodyLimit:
    """Stop reading a request that is larger than its route takes, or than a form where nobody
    knows who sends it. A picture may have ``megabytes``.
    """

    def __init__(self, app: ASGIApp, megabytes: int) -> None:
        self._app = app
        self._picture_bytes = megabytes * 1024 * 1024 + FORM_BYTES

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        most = self._most(scope.get("state", {}))
        declared = Headers(scope=scope).get("content-length", "")
        too_large = declared.isdecimal() and int(declared) > most
        received = 0

        async def receive_limited() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if too_large or received > most:
                await _throw_away(message, receive, PATIENCE * most)
                raise HTTPException(TOO_LARGE, f"More than {most // 1024} kilobytes were sent.")
            return message

        await self._app(scope, receive_limited, send)

    def _most(self, state: Mapping[str, Any]) -> int:
        if "caller" not in state:
            return FORM_BYTES
        return self._picture_bytes if state.get("takes_picture") else JSON_BYTES


async def _throw_away(message: Message, receive: Receive, most: int) -> None:
    thrown = 0
    while message.get("more_body") and thrown < most:
        message = await receive()
        thrown += len(message.get("body", b""))


def allowed_hosts(settings: Settings) -> frozenset[str] | None:
    """Return the names that the service answers to; None: any, on a network where none is set."""
    if settings.host not in LOOPBACK and not settings.hosts:
        return None
    return LOOPBACK | {host.lower() for host in settings.hosts}
