"""Every request gets a number, is counted, and leaves one line in the log.

The line names the route by its template: neither words that were searched for nor addresses of
callers are kept, unless the setting ``log_queries`` is on.
"""

from __future__ import annotations

import re
import time
import uuid

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from archive_ai_service.metrics import Metrics
from archive_ai_service.permissions import Pace, Permissions
from archive_ai_service.problems import REQUEST_ID

UNKNOWN = "unknown"
FAULT = 500
REFUSED = 400
_SOUND_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


class Recording:
    """Counts and logs what passes."""

    def __init__(
        self,
        app: ASGIApp,
        metrics: Metrics,
        permissions: Permissions,
        journal: structlog.stdlib.BoundLogger | None = None,
        log_queries: bool = False,
    ) -> None:
        self._app = app
        self._metrics = metrics
        self._permissions = permissions
        self._journal = journal
        self._log_queries = log_queries

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope).get(REQUEST_ID, "")
        number = given if _SOUND_ID.fullmatch(given) else uuid.uuid4().hex
        scope.setdefault("state", {})["request_id"] = number
        start, status = time.perf_counter(), FAULT

        async def send_noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[REQUEST_ID] = number
            await send(message)

        try:
            await self._app(scope, receive, send_noted)
        finally:
            self._note(scope, status, time.perf_counter() - start)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        found = self._permissions.find(scope["method"], scope["path"])
        route = found[0] if found else UNKNOWN
        self._metrics.answered(scope["method"], route, status, seconds)
        kind = Headers(scope=scope).get("content-type", "")
        if kind.startswith("multipart/") and status >= REFUSED:
            self._metrics.refused_upload(status)
        watchdog = found is not None and found[1].pace is Pace.ANY
        if self._journal is None or (watchdog and status < FAULT):
            return
        caller = scope["state"].get("caller")
        line = {
            "request_id": scope["state"]["request_id"],
            "method": scope["method"],
            "route": route,
            "status": status,
            "milliseconds": round(seconds * 1000, 1),
            "role": caller.role.value if caller else None,
        }
        if self._log_queries:
            line["query"] = scope["query_string"].decode("latin-1")
        if status >= FAULT:
            self._journal.error("request", **line)
        else:
            self._journal.info("request", **line)
