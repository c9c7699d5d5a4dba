"""Pictures that strangers send: decoded in a process of its own, with limits."""

from __future__ import annotations

from pathlib import Path

from archive_ai.domain import Picture, Preprocessing
from archive_ai.engines.guarded import Guard, GuardedEngine, WorkLost
from archive_ai.errors import UnreadablePicture
from archive_ai.images import apart
from archive_ai.images.formats import is_picture_name
from archive_ai.settings import Settings

_MEGA = 1_000_000
_MEBI = 1024 * 1024


class SentReader:
    """Implements ``ports.Reader`` for files that nobody here vouches for.

    Beside UnreadablePicture its methods raise Busy where too many wait.
    """

    def __init__(self, settings: Settings) -> None:
        self._most_pixels = settings.upload_megapixels * _MEGA
        guard = Guard(
            seconds=settings.upload_seconds,
            memory=settings.upload_memory_megabytes * _MEBI,
            workers=settings.upload_workers,
            waiting=settings.upload_waiting,
        )
        self._engine = GuardedEngine(apart.answer, guard)

    def reads(self, path: Path) -> bool:
        """Tell by the name alone whether this is a kind of file to try."""
        return is_picture_name(path)

    def pages(self, path: Path) -> int:
        """Count the pictures in a file; raise UnreadablePicture."""
        return apart.pages_in(self._run(apart.question(path, 1, None, self._most_pixels)))

    def read(self, path: Path, page: int, preprocessing: Preprocessing) -> Picture:
        """Decode ``page`` to the square that an encoder wants; raise UnreadablePicture."""
        asked = apart.question(path, page, preprocessing, self._most_pixels)
        return apart.picture_in(self._run(asked), preprocessing.size)

    def close(self) -> None:
        """End the processes."""
        self._engine.close()

    def _run(self, asked: bytes) -> bytes:
        try:
            return self._engine.run(asked)
        except WorkLost as lost:
            raise UnreadablePicture(
                f"The picture could not be decoded. {lost.why}",
                "Send a smaller copy, or one as JPEG.",
            ) from None
