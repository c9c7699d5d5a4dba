"""Whether the archive can answer, looked up once a second at most.

Anybody may ask, as often as they like: it must not be a way to keep the catalogue busy.
"""

from __future__ import annotations

import math
import time
from threading import Lock

from archive_ai.archive import Archive
from archive_ai.errors import ArchiveAiError

SECONDS_KEPT = 1.0


class Readiness:
    """What the archive said last, kept for ``seconds``; safe in several threads."""

    def __init__(self, archive: Archive, seconds: float = SECONDS_KEPT) -> None:
        self._operating = archive.operating
        self._seconds = seconds
        self._lock = Lock()
        self._until = -math.inf
        self._found: bool | ArchiveAiError = False

    def ready(self) -> bool:
        """Return False where nothing is indexed yet; raise what a search would."""
        with self._lock:
            if time.monotonic() >= self._until:
                self._found = self._look()
                self._until = time.monotonic() + self._seconds
            found = self._found
        if isinstance(found, ArchiveAiError):
            # Each asker gets one of their own: an error that is raised again grows a longer trace.
            raise type(found)(found.what, found.advice)
        return found

    def _look(self) -> bool | ArchiveAiError:
        try:
            return self._operating.ready()
        except ArchiveAiError as error:
            return error.with_traceback(None)
