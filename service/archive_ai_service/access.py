"""What a route may reach of the archive, by who is calling.

A route for readers takes a ``View``, which knows nothing of what is closed; one for archivists or
admins takes the archive itself. Who calls was found out before: see
:mod:`archive_ai_service.entrance`.

What a route depends on is ``async`` here though it awaits nothing: FastAPI hands each plain
function to a thread, and a request would stand in line behind all others once for each of them.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable
from typing import Annotated

from fastapi import Depends, Path, Query, Request

from archive_ai.archive import LONGEST_QUERY, THUMBNAIL_SIZES, Archive, View
from archive_ai.domain import PHOTO_ID_LENGTH, Role, Sensitivity, Viewer
from archive_ai.errors import NotAllowed, SignInNeeded, UnknownPhoto, UsageError

PHOTO_ID = re.compile(r"p_[a-z2-7]{20}")


def _archive_of(request: Request) -> Archive:
    archive: Archive = request.app.state.archive
    return archive


async def _archive(request: Request) -> Archive:
    return _archive_of(request)


async def _caller(request: Request) -> Viewer:
    found: Viewer | None = getattr(request.state, "caller", None)
    if found is None:
        raise SignInNeeded("Nobody is signed in.", "Sign in at /sign-in.")
    return found


Caller = Annotated[Viewer, Depends(_caller)]


async def _view(request: Request, caller: Caller) -> View:
    return _archive_of(request).seen_by(caller)


def _at_least(role: Role) -> Callable[[Request, Viewer], Awaitable[Archive]]:
    async def archive(request: Request, caller: Caller) -> Archive:
        if not caller.role.includes(role):
            raise NotAllowed(
                f"This asks for the role {role.value}.", "Sign in with a token that has it."
            )
        return _archive_of(request)

    return archive


def signer(caller: Viewer, said: str) -> str:
    """Return under which name something is written down.

    Whoever signed in is called as their token is, and cannot write under another name; on the
    archive's own machine people say who they are. Raises NotAllowed or UsageError.
    """
    if caller.name:
        if said.strip() not in {"", caller.name}:
            raise NotAllowed(
                f"You are signed in as {caller.name} and cannot write as somebody else.",
                "Leave by empty, or sign in with a token of that name.",
            )
        return caller.name
    if not said.strip():
        raise UsageError("A decision needs a name.", "Say in by who decides.")
    return said.strip()


def refuse_sensitive(archive: Archive, concepts: Iterable[str], scheme: str) -> None:
    """Refuse what asks for review first: not even its conflicts may be told."""
    for concept in concepts:
        _, known = archive.vocabularies.concept(concept, scheme)
        if known.sensitivity is Sensitivity.REVIEW_FIRST:
            raise UsageError(
                f"{concept} is shown to nobody over the network before it was reviewed.",
                "Work on it at the archive's own machine: archive-ai review, tag, learn.",
            )


def named_photo(photo: str) -> str:
    """Let ids pass and nothing else: ``Archive`` takes paths of this machine as well."""
    if len(photo) != PHOTO_ID_LENGTH or PHOTO_ID.fullmatch(photo) is None:
        raise UnknownPhoto(
            "This archive holds no photo of that name.",
            "Give an id as a search returns it: p_ and 20 letters and digits.",
        )
    return photo


async def _photo(
    photo_id: Annotated[
        str, Path(description="The photo's id.", examples=["p_abcdefghijklmnopqrst"])
    ],
) -> str:
    return named_photo(photo_id)


Seen = Annotated[View, Depends(_view)]
"""The archive as the caller may see it."""
WholeArchive = Annotated[Archive, Depends(_archive)]
"""For the few routes that tell nothing of what the archive holds: signing in, watchdogs."""
ForArchivists = Annotated[Archive, Depends(_at_least(Role.ARCHIVIST))]
ForAdmins = Annotated[Archive, Depends(_at_least(Role.ADMIN))]
KnownPhoto = Annotated[str, Depends(_photo)]
Words = Annotated[
    str,
    Query(
        max_length=LONGEST_QUERY,
        description="What to look for, in German or English.",
        examples=["Kirche am Fluss"],
    ),
]
Limit = Annotated[int, Query(ge=1, le=1000, description="How many hits to return.")]
Size = Annotated[
    int,
    Query(
        description="The longest side in pixels.",
        json_schema_extra={"enum": list(THUMBNAIL_SIZES)},
    ),
]
