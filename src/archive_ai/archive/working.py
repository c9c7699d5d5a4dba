"""The worker: takes jobs one by one, says how far they are, and stops when it is told."""

from __future__ import annotations

import math
import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from archive_ai.archive.archive import Archive
from archive_ai.archive.jobs import check_without_links
from archive_ai.archive.learning import report_of
from archive_ai.domain import Job, JobState, Progress, ReportProgress
from archive_ai.errors import ArchiveAiError, ArchiveLocked, ArchiveUnusable

SECONDS_A_LOOK = 0.2
SECONDS_A_NOTE = 1.0
"""How far a job has come is written this often at most."""
PATIENCE = 10
"""Looks at a lock that is held: it may be held for a moment only, by who notes what went down."""

Work = Callable[[Archive, Job, ReportProgress], Mapping[str, Any]]


class _Stopped(BaseException):  # not an Exception: no handler of failures may swallow it
    """Somebody wants the job, or the worker, to stop."""

    def __init__(self, state: JobState) -> None:
        super().__init__(state)
        self.state = state


class Worker:
    """Works on an archive's jobs; only one process does so at a time."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._stopping = False

    def stop(self) -> None:
        """Come to an end soon; the job that runs is interrupted. May be called by a signal."""
        self._stopping = True

    def work(self, until_idle: bool = False) -> int:
        """Do what waits until told to stop, or until nothing waits; return how many jobs ended.

        While another process works on jobs this one waits, or with ``until_idle`` leaves them to
        that one, which looks for new ones once more after it let go of the lock.
        """
        jobs, ended, refused = self._archive.jobs, 0, 0
        while not self._stopping:
            with jobs.alone() as alone:
                if alone:
                    ended += self._all_that_waits()
            refused = 0 if alone else refused + 1
            if until_idle and (not jobs.waiting() or refused == PATIENCE):
                break
            if refused or not jobs.waiting():
                time.sleep(SECONDS_A_LOOK)
        return ended

    def _all_that_waits(self) -> int:
        ended = 0
        while not self._stopping:
            job = self._archive.jobs.catalogue.take()
            if job is None:
                break
            self._do(job)
            ended += 1
        return ended

    def _do(self, job: Job) -> None:
        jobs = self._archive.jobs.catalogue
        try:
            outcome = self._unlocked(job)
        except _Stopped as stopped:
            jobs.end(job.number, stopped.state, None)
        except ArchiveAiError as error:
            jobs.end(job.number, JobState.FAILED, _told(error))
        except OSError as error:
            jobs.end(job.number, JobState.FAILED, _told(_of_the_disk(error)))
        except Exception:
            traceback.print_exc()  # A fault of the program: the log has it, other jobs go on.
            fault = ArchiveAiError("Something went wrong in the program.", "The log says what.")
            jobs.end(job.number, JobState.FAILED, _told(fault))
        else:
            jobs.end(job.number, JobState.DONE, outcome)

    def _unlocked(self, job: Job) -> Mapping[str, Any]:
        """Do a job; while another run writes to the archive, wait: nothing was begun then."""
        reporter = _Reporter(self._archive, job.number, lambda: self._stopping)
        while True:
            try:
                return WORK[job.kind](self._archive, job, reporter)
            except ArchiveLocked:
                reporter.look()
                time.sleep(SECONDS_A_LOOK)


class _Reporter:
    """Writes how far a job is, and ends it where somebody wants that."""

    def __init__(self, archive: Archive, number: int, stopping: Callable[[], bool]) -> None:
        self._jobs = archive.jobs.catalogue
        self._number = number
        self._stopping = stopping
        self._noted = -math.inf

    def __call__(self, progress: Progress) -> None:
        self._end_if_stopping()
        now = time.monotonic()
        if now - self._noted >= SECONDS_A_NOTE or progress.done == progress.total:
            self._noted = now
            if self._jobs.note(self._number, progress):
                raise _Stopped(JobState.STOPPED)

    def look(self) -> None:
        """End the job if somebody wants that, without news of how far it is."""
        self._end_if_stopping()
        if self._jobs.stop_wanted(self._number):
            raise _Stopped(JobState.STOPPED)

    def _end_if_stopping(self) -> None:
        if self._stopping():
            raise _Stopped(JobState.INTERRUPTED)


def _index(archive: Archive, job: Job, report: ReportProgress) -> Mapping[str, Any]:
    asked = job.arguments
    if asked.get("without_links"):
        check_without_links(asked["paths"])
    paths = [Path(path) for path in asked["paths"]]
    collection, checksum = asked.get("collection", ""), asked.get("checksum", False)
    return archive.index(paths, collection, checksum, report).to_json()


def _tag(archive: Archive, job: Job, report: ReportProgress) -> Mapping[str, Any]:
    asked = job.arguments
    concept, scheme = asked.get("concept", ""), asked.get("scheme", "")
    return archive.tagging.tag(concept, scheme, report=report, apply=True).to_json(applied=True)


def _learn(archive: Archive, job: Job, report: ReportProgress) -> Mapping[str, Any]:
    asked = job.arguments
    taught = archive.teaching.learn(
        asked["concept"], job.by, scheme=asked.get("scheme", ""), report=report
    )
    return report_of(taught)


def _map(archive: Archive, job: Job, report: ReportProgress) -> Mapping[str, Any]:
    return archive.map.draw(job.arguments.get("again", False), report)


def _verify(archive: Archive, _job: Job, _report: ReportProgress) -> Mapping[str, Any]:
    checked, problems = archive.verify()
    return {"ok": not problems, "checked": checked, "problems": [asdict(one) for one in problems]}


WORK: Mapping[str, Work] = {
    "index": _index,
    "tag": _tag,
    "learn": _learn,
    "map": _map,
    "verify": _verify,
}
"""How each kind of ``archive.jobs.KINDS`` is done; the outcome is what the command prints."""


def _told(error: ArchiveAiError) -> Mapping[str, Any]:
    return {"error": {"code": error.code, "what": error.what, "advice": error.advice}}


def _of_the_disk(error: OSError) -> ArchiveUnusable:
    place = f"{error.filename}: " if error.filename else ""
    return ArchiveUnusable(
        f"{place}{error.strerror or error}.",
        "Check the free space and the permissions of that disk, then ask again.",
    )
