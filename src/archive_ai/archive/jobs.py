"""Long work that waits its turn: asked for, looked at, stopped, asked for again."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from archive_ai.archive.folder import Folder
from archive_ai.catalogue.jobs import Jobs
from archive_ai.domain import Job
from archive_ai.errors import NotAllowed, UnknownJob, UsageError

KINDS: Mapping[str, tuple[str, ...]] = {
    "index": ("paths", "collection", "checksum", "without_links"),
    "tag": ("concept", "scheme"),
    "learn": ("concept", "scheme"),
    "map": ("again",),
    "verify": (),
}
"""What can be done as a job, and the arguments that it takes.

``without_links`` refuses paths that lead elsewhere by the time that they are indexed: whether they
may be was asked of where they led when the job was posted.
"""

SHOWN = 20
"""How many jobs are listed unless more are asked for."""


class JobQueue:
    """The jobs of one archive; :class:`archive_ai.archive.Worker` does them."""

    def __init__(self, folder: Folder, jobs: Jobs) -> None:
        self._folder = folder
        self.catalogue = jobs

    def post(self, kind: str, arguments: Mapping[str, Any], by: str) -> Job:
        """Ask for work; raise UsageError for a kind or an argument that there is none of."""
        if kind not in KINDS:
            raise UsageError(f"There is no job called {kind}.", f"There are: {', '.join(KINDS)}.")
        unknown = sorted(set(arguments) - set(KINDS[kind]))
        if unknown:
            raise UsageError(
                f"The job {kind} takes no {unknown[0]}.",
                f"It takes: {', '.join(KINDS[kind]) or 'nothing'}.",
            )
        if kind == "learn" and not arguments.get("concept"):
            raise UsageError("Nothing to learn was named.", "Name a concept by its id.")
        if kind == "index":
            if not arguments.get("paths"):
                raise UsageError("Nothing to index was named.", "Name a folder.")
            arguments = {**arguments, "paths": [os.path.abspath(p) for p in arguments["paths"]]}  # noqa: PTH100 (no ..)
        return self.catalogue.add(kind, arguments, by)

    def get(self, number: int) -> Job:
        """Return a job; raise UnknownJob."""
        found = self.catalogue.get(number)
        if found is None:
            raise UnknownJob(f"There is no job {number}.", "See: archive-ai jobs list.")
        return found

    def newest(self, limit: int = SHOWN, before: int | None = None) -> list[Job]:
        """Return at most ``limit`` jobs, the newest first, of those below the number ``before``."""
        return self.catalogue.newest(limit, before)

    def stop(self, number: int) -> Job:
        """Stop a job that waits at once, and one that runs as soon as it looks up; return it.

        One that has ended stays as it is. Raises UnknownJob.
        """
        self.get(number)
        self.recover()
        self.catalogue.want_stop(number)
        return self.get(number)

    def again(self, number: int, by: str, arguments: Mapping[str, Any] | None = None) -> Job:
        """Ask once more for what a job did; raise UnknownJob, or UsageError while it has not ended.

        What was interrupted goes on where it was: what is indexed already is passed over.
        ``arguments`` are looked through by :meth:`post` and stand in place of the job's own.
        """
        self.recover()
        before = self.get(number)
        if not before.state.ended:
            raise UsageError(
                f"Job {number} has not ended yet.", f"Stop it first: archive-ai jobs stop {number}."
            )
        return self.post(before.kind, before.arguments if arguments is None else arguments, by)

    def waiting(self) -> bool:
        """Tell whether any job waits to be taken."""
        return self.catalogue.waiting()

    def recover(self) -> None:
        """Note as interrupted what is said to run although no process works on jobs."""
        with self.alone():
            pass

    @contextmanager
    def alone(self) -> Iterator[bool]:
        """Be the one process that works on jobs; yield False if another one is.

        Whoever is alone knows that what is said to run went down with its process.
        """
        with self._folder.working() as alone:
            if alone:
                self.catalogue.interrupt()
            yield alone


def permitted(paths: Sequence[str], roots: Sequence[str]) -> list[Path]:
    """Return ``paths`` without links, each at or below one of ``roots``; raise NotAllowed.

    Whether something lies elsewhere on the machine is not told.
    """
    real_roots = [Path(os.path.realpath(root)) for root in roots]
    found = []
    for path in paths:
        real = _without_links(path)
        if real is None or not any(real.is_relative_to(root) for root in real_roots):
            raise NotAllowed(
                "This server may not index that folder.",
                "Name one below a root of the setting folders, or index on the machine itself.",
            )
        found.append(real)
    return found


def check_without_links(paths: Sequence[str]) -> None:
    """Raise NotAllowed unless each of ``paths``, which held no link once, still holds none."""
    for path in paths:
        if os.path.realpath(path) != path:
            raise NotAllowed(
                "A folder on the way was replaced by a link after the job was posted.",
                "Post the job again.",
            )


def _without_links(path: str) -> Path | None:
    """Return where an absolute path leads; None where it is none, or no path at all."""
    try:
        return Path(os.path.realpath(path)) if Path(path).is_absolute() else None
    except ValueError:
        return None
