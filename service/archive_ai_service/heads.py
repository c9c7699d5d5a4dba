"""HEAD: what GET answers, without the body, for every route.

An answer that has no end of its own must look at ``is_head``, and end at once.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_HEAD = "archive_ai.head"


def is_head(request: Request) -> bool:
    """Whether only the head of the answer is wanted."""
    return _HEAD in request.scope


class HeadAsGet:
    """Answer a HEAD request as GET would, and keep the body back."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return

        async def send_without_body(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self._app({**scope, "method": "GET", _HEAD: True}, receive, send_without_body)
