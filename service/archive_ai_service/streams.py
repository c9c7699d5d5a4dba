"""Answers that stay open: only so many at once for each caller."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Mapping

from starlette.requests import Request
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from archive_ai_service.pacing import TooOften
from archive_ai_service.problems import too_often

MOST_STREAMS = 8
SECONDS_TO_WAIT = 5
EVENTS = "text/event-stream"


class Streams:
    """Counts the open answers of each caller. It is used in the one thread of the event loop."""

    def __init__(self) -> None:
        self._open: Counter[str] = Counter()

    def take(self, who: str) -> bool:
        """Note one more for a caller; return False where that would be one too many."""
        if self._open[who] >= MOST_STREAMS:
            return False
        self._open[who] += 1
        return True

    def leave(self, who: str) -> None:
        """Note that one has ended."""
        self._open[who] -= 1
        if not self._open[who]:
            del self._open[who]

    def count(self) -> int:
        """Return how many are open."""
        return self._open.total()


class StreamOf(StreamingResponse):
    """Server-sent events for the caller ``who``, or a refusal where they have enough already."""

    def __init__(
        self, streams: Streams, who: str, told: AsyncIterator[bytes], headers: Mapping[str, str]
    ) -> None:
        super().__init__(told, media_type=EVENTS, headers=headers)
        self._streams = streams
        self._who = who

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer."""
        if not self._streams.take(self._who):
            said = TooOften(f"More than {MOST_STREAMS} streams are open.", SECONDS_TO_WAIT)
            await too_often(Request(scope), said)(scope, receive, send)
            return
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._streams.leave(self._who)
