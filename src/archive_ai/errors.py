"""One family of errors: what happened, to what, what to do, a stable code, an exit status.

    ArchiveAiError
    ├── UsageError            wrong usage of a command or call           exit 2
    │   ├── UnknownModel
    │   ├── UnknownPhoto
    │   ├── UnknownConcept
    │   ├── UnknownCollection
    │   ├── UnknownQuery
    │   ├── UnknownJob
    │   ├── UnknownToken
    │   └── UnknownRun
    ├── SignInNeeded          nobody is signed in, or no longer
    ├── NotAllowed            a role that is missing
    ├── LastAdmin             nobody could run the archive over the network any more
    ├── PathMissing           a folder or file that is not there
    ├── UnreadablePicture     a file that cannot be decoded
    ├── ArchiveMissing        no archive in this folder
    ├── ArchiveTooNew         written by a newer version
    ├── ArchiveLocked         another run is writing
    ├── ArchiveDamaged        an invariant does not hold
    ├── Busy                  too much of one kind of work at once
    ├── ArchiveUnusable       the disk under it is full or does not answer
    ├── ModelUnusable         weights that are missing, damaged or another model's
    ├── MissingExtra          an optional install that this needs
    ├── NothingIndexed        a question before there is anything to ask
    └── BadTable              a CSV or vocabulary with a fault, by line

Every door (command line, API) maps this family once and no other error on purpose.
"""

from __future__ import annotations

from typing import ClassVar


class ArchiveAiError(Exception):
    """Base of every error that is meant for people.

    ``what`` is one sentence on what happened and to what; ``advice`` is one sentence on what
    to do, and may be empty.
    """

    code: ClassVar[str] = "error"
    exit_status: ClassVar[int] = 1
    http_status: ClassVar[int] = 500

    def __init__(self, what: str, advice: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.what} {self.advice}".strip()


class UsageError(ArchiveAiError):
    """The command or call was not made as it must be."""

    code = "usage"
    exit_status = 2
    http_status = 422


class UnknownModel(UsageError):
    """A model name that means nothing here."""

    code = "unknown-model"


class UnknownPhoto(UsageError):
    """A photo id or path that this archive does not hold."""

    code = "unknown-photo"
    http_status = 404


class UnknownConcept(UsageError):
    """A concept or scheme that this archive does not know."""

    code = "unknown-concept"
    http_status = 404


class UnknownCollection(UsageError):
    """A collection that this archive does not hold."""

    code = "unknown-collection"
    http_status = 404


class UnknownQuery(UsageError):
    """A query that nobody saved here."""

    code = "unknown-query"
    http_status = 404


class UnknownJob(UsageError):
    """A job that this archive does not know."""

    code = "unknown-job"
    http_status = 404


class UnknownToken(UsageError):
    """A token that this archive does not know, or that was revoked."""

    code = "unknown-token"
    http_status = 404


class UnknownRun(UsageError):
    """A tagging run that this archive does not know."""

    code = "unknown-run"
    http_status = 404


class SignInNeeded(ArchiveAiError):
    """Nobody is signed in, or with a token or session that does not count any more."""

    code = "sign-in-needed"
    http_status = 401


class NotAllowed(ArchiveAiError):
    """Something that whoever asks may not do or see."""

    code = "not-allowed"
    http_status = 403


class LastAdmin(ArchiveAiError):
    """What would leave nobody who runs the archive over the network."""

    code = "last-admin"
    http_status = 409


class PathMissing(ArchiveAiError):
    """A folder or file that is not there or may not be read."""

    code = "path-missing"
    http_status = 404


class UnreadablePicture(ArchiveAiError):
    """A file that holds no picture that can be decoded."""

    code = "unreadable-picture"
    http_status = 415


class ArchiveMissing(ArchiveAiError):
    """A folder that is no archive."""

    code = "archive-missing"
    http_status = 503


class ArchiveTooNew(ArchiveAiError):
    """An archive written by a newer version of the program."""

    code = "archive-too-new"
    http_status = 503


class ArchiveLocked(ArchiveAiError):
    """Another process is writing to the archive."""

    code = "archive-locked"
    http_status = 503


class ArchiveDamaged(ArchiveAiError):
    """Something that must hold does not: see ``archive-ai verify``."""

    code = "archive-damaged"
    http_status = 503


class Busy(ArchiveAiError):
    """Too much of one kind of work at once; the same will be answered a little later."""

    code = "busy"
    http_status = 503


class ArchiveUnusable(ArchiveAiError):
    """The catalogue or the disk under it cannot be read or written just now."""

    code = "archive-unusable"
    http_status = 503


class ModelUnusable(ArchiveAiError):
    """A model whose files are missing, damaged, or not those the vectors were made with."""

    code = "model-unusable"
    http_status = 503


class MissingExtra(ArchiveAiError):
    """An optional part of the installation that this needs."""

    code = "missing-extra"
    http_status = 501


class NothingIndexed(ArchiveAiError):
    """A question to an archive in which nothing is indexed yet."""

    code = "nothing-indexed"
    http_status = 409


class BadTable(ArchiveAiError):
    """A CSV file or vocabulary with a fault, named by line."""

    code = "bad-table"
    http_status = 422
