"""An archive's folder: made, opened, locked, and refused when a newer program wrote it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from archive_ai.errors import (
    ArchiveDamaged,
    ArchiveLocked,
    ArchiveMissing,
    ArchiveTooNew,
    PathMissing,
)
from archive_ai.settings import ARCHIVE_FILE, FORMAT
from archive_ai.vectors.durable import make_folder, write_whole


class Folder:
    """Where the parts of one archive lie."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.catalogue = path / "catalogue.sqlite"
        self.thumbnails = path / "thumbnails"

    @property
    def made(self) -> tuple[Path, ...]:
        """The folders that the program makes inside; nothing in them is a scan."""
        return (self.thumbnails, self.path / "generations")

    def has_vectors(self) -> bool:
        """Tell whether a generation was ever sealed here."""
        return any(self.path.glob("generations/*/manifest-*.json"))

    def generation(self, number: int) -> Path:
        """Return the folder of a generation."""
        return self.path / "generations" / str(number)

    def exists(self) -> bool:
        """Tell whether there is an archive, sound or not."""
        return (self.path / ARCHIVE_FILE).exists()

    def create(self) -> None:
        """Make the folder an archive if it is none yet."""
        try:
            make_folder(self.path)
            if not self.exists():
                write_whole(self.path / ARCHIVE_FILE, f"format = {FORMAT}\n\n[settings]\n".encode())
        except OSError as error:
            raise PathMissing(
                f"The archive folder {self.path} cannot be made ({error.strerror}).",
                "Choose another with --archive, or mend its permissions.",
            ) from error

    def check(self) -> None:
        """Raise ArchiveMissing, ArchiveTooNew or ArchiveDamaged if it cannot be opened."""
        file = self.path / ARCHIVE_FILE
        try:
            found = tomllib.loads(file.read_text("utf-8")).get("format")
        except (FileNotFoundError, NotADirectoryError):
            raise ArchiveMissing(
                f"There is no archive in {self.path}.",
                "Make one with: archive-ai index FOLDER, or name another with --archive.",
            ) from None
        except (OSError, ValueError) as error:
            raise ArchiveDamaged(f"{file} cannot be read ({error}).", "Mend the file.") from error
        if not isinstance(found, int):
            raise ArchiveDamaged(f"{file} does not say the archive's format.", "Mend the file.")
        if found > FORMAT:
            raise ArchiveTooNew(
                f"The archive in {self.path} was written by a newer version of archive-ai "
                f"(format {found}, this program knows {FORMAT}).",
                "Update archive-ai, or open the archive with the version that wrote it.",
            )

    @contextmanager
    def working(self) -> Iterator[bool]:
        """Be the one process that works on jobs; yield False at once if another one is.

        The lock goes with the process, however it ends: whoever holds it knows that no job runs.
        """
        lock = FileLock(self.path / "worker.lock", timeout=0)
        try:
            lock.acquire()
        except Timeout:
            yield False
            return
        try:
            yield True
        finally:
            lock.release()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the archive's one write lock; raise ArchiveLocked at once if another run has it.

        The lock goes with the process, however it ends.
        """
        lock = FileLock(self.path / "archive.lock", timeout=0)
        try:
            with lock:
                yield
        except Timeout:
            raise ArchiveLocked(
                f"Another run of archive-ai is writing to the archive {self.path}.",
                "Wait until it is done, or stop it; then try again.",
            ) from None
