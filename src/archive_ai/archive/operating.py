"""What whoever runs the archive as a service wants to know of it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from archive_ai.archive.folder import Folder
from archive_ai.archive.generation import manifest_of
from archive_ai.archive.opening import Opener
from archive_ai.archive.searching import Searching
from archive_ai.catalogue.generations import Generations
from archive_ai.catalogue.operations import Operations
from archive_ai.domain import Failure, JobState
from archive_ai.errors import ArchiveAiError, NothingIndexed


class Operating:
    """Readiness and figures of one archive."""

    def __init__(
        self,
        folder: Folder,
        opener: Opener,
        generations: Generations,
        operations: Operations,
        searching: Searching,
    ) -> None:
        self._folder = folder
        self._opener = opener
        self._generations = generations
        self._operations = operations
        self._searching = searching

    def ready(self) -> bool:
        """Open what answers; return False where nothing is indexed yet.

        Raises what a search would: ArchiveUnusable, ArchiveDamaged, ModelUnusable.
        """
        try:
            self._opener.open()
        except NothingIndexed:
            return False
        return True

    def warm(self) -> None:
        """Answer one question, so that all that is loaded once is loaded; never raises."""
        with suppress(ArchiveAiError):
            self._searching.words("Archiv")

    def failures(self, limit: int, path: str = "", page: int = 0) -> tuple[list[Failure], int]:
        """Return at most ``limit`` failures, those after a ``page`` of ``path``, and how many there
        are in all.
        """
        return self._operations.failures(limit, path, page)

    def figures(self) -> Mapping[str, tuple[int, str]]:
        """Return figures by name, each with what it means."""
        active = self._generations.active()
        rows = manifest_of(self._folder, active).rows if active else 0
        queued, running = (self._operations.jobs(s) for s in (JobState.QUEUED, JobState.RUNNING))
        return {
            "generation": (active.number if active else 0, "The generation that answers; 0: none."),
            "index_vectors": (rows, "Vectors in the generation that answers."),
            "files_failed": (self._operations.failed_files(), "Files that could not be used."),
            "jobs_queued": (queued, "Jobs that wait."),
            "jobs_running": (running, "Jobs at work."),
        }
