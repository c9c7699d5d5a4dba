"""Long work: asked for, watched while it goes on, stopped."""

from __future__ import annotations

import asyncio
import hashlib
import itertools
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Annotated, Any, Literal

from fastapi import APIRouter, FastAPI, Header, Path, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse
from fastapi.sse import format_sse_event
from pydantic import BaseModel, ConfigDict, Field, JsonValue

from archive_ai.archive import Archive, permitted
from archive_ai.domain import Job, JobState, Role, Viewer
from archive_ai.errors import NotAllowed
from archive_ai_service.access import Caller, ForArchivists, refuse_sensitive
from archive_ai_service.callers import Callers, address
from archive_ai_service.heads import is_head
from archive_ai_service.problems import possible
from archive_ai_service.streams import EVENTS, StreamOf

SECONDS_A_LOOK = 0.5
LOOKS_A_HEARTBEAT = 30
LOOKS_A_CHECK = 10
"""After so many looks it is asked whether the caller still may see what is told."""
ACCEPTED = 202
NO_CONTENT = 204

_JOB: dict[str, JsonValue] = {
    "number": 7,
    "kind": "index",
    "arguments": {"paths": ["/scans/F001"], "collection": "Postkarten"},
    "state": "running",
    "progress": {"done": 512, "total": 1840, "failed": 1},
    "outcome": None,
    "by": "erika",
    "created_at": "2026-11-25T16:00:00+00:00",
    "started_at": "2026-11-25T16:00:01+00:00",
    "finished_at": None,
}


@asynccontextmanager
async def _with_workers(app: FastAPI) -> AsyncIterator[None]:
    """Go on with what waits when the server starts, and take the worker down with it."""
    archive: Archive = app.state.archive
    await run_in_threadpool(archive.jobs.recover)
    if await run_in_threadpool(archive.jobs.waiting):
        app.state.workers.wake()
    yield
    await run_in_threadpool(app.state.workers.stop)


router = APIRouter(prefix="/jobs", tags=["jobs"], lifespan=_with_workers)


class ProgressAnswer(BaseModel):
    """How far a job is."""

    done: int
    total: int | None = Field(description="null while it is not known")
    failed: int


class JobAnswer(BaseModel):
    """One job, as ``archive-ai jobs show`` prints it."""

    model_config = ConfigDict(json_schema_extra={"examples": [_JOB]})

    number: int
    kind: str
    arguments: dict[str, JsonValue]
    state: JobState
    progress: ProgressAnswer
    outcome: dict[str, JsonValue] | None = Field(
        description="what the same command prints with --json, or {'error': …}"
    )
    by: str
    created_at: str
    started_at: str | None
    finished_at: str | None

    @classmethod
    def of(cls, job: Job) -> JobAnswer:
        """Show a job."""
        return cls.model_validate(job.to_json())


class JobsAnswer(BaseModel):
    """Jobs, the newest first."""

    jobs: list[JobAnswer]
    cursor: str = Field(description="send it back for older ones; empty: there are none")


Text = Annotated[str, Field(max_length=200)]


class IndexSent(BaseModel):
    """Index folders: only below the roots that the setting ``folders`` names."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["index"]
    paths: list[Annotated[str, Field(min_length=1, max_length=4096)]] = Field(
        min_length=1, max_length=100, examples=[["/scans/F001"]]
    )
    collection: Text = ""
    checksum: bool = False


class TagSent(BaseModel):
    """Suggest concepts for every photo, and let the run speak."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["tag"] = Field(examples=["tag"])
    concept: Text = Field(default="", description="this one only; empty: all", examples=["kirche"])
    scheme: Text = ""


class LearnSent(BaseModel):
    """Learn a concept from what was decided about it."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["learn"]
    concept: Text = Field(min_length=1, examples=["kirche"])
    scheme: Text = ""


class MapSent(BaseModel):
    """Draw the map; where there is one, place what is not on it yet."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["map"] = Field(examples=["map"])
    again: bool = Field(default=False, description="lay it out anew")


class VerifySent(BaseModel):
    """Check the invariants."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["verify"] = Field(examples=["verify"])


JobSent = Annotated[
    IndexSent | TagSent | LearnSent | MapSent | VerifySent,
    Field(discriminator="kind", title="JobSent"),
]
Number = Annotated[int, Path(ge=1, le=2**31, description="The job's number.", examples=[7])]

FOR_ARCHIVISTS = frozenset({"tag", "learn", "map"})
"""Kinds of jobs that archivists may start and stop; the others are for admins."""


@router.get("", summary="Jobs", response_description="The newest", responses=possible(403, 422))
def jobs(
    archive: ForArchivists,
    cursor: Annotated[
        str, Query(pattern="^[0-9]{0,9}$", description="From the answer before: older ones.")
    ] = "",
    limit: Annotated[int, Query(ge=1, le=1000, description="How many jobs to return.")] = 20,
) -> JobsAnswer:
    """List jobs, the newest first."""
    found = archive.jobs.newest(limit + 1, int(cursor) if cursor else None)
    shown = found[:limit]
    more = len(found) > limit
    return JobsAnswer(
        jobs=[JobAnswer.of(job) for job in shown], cursor=str(shown[-1].number) if more else ""
    )


@router.post(
    "",
    summary="Ask for long work",
    status_code=ACCEPTED,
    response_description="It waits for the worker, which is started if there is none",
    responses=possible(403, 404, 422),
)
def post(request: Request, archive: ForArchivists, caller: Caller, sent: JobSent) -> JobAnswer:
    """Post a job. Archivists may tag, learn and map; indexing and verifying are for admins.
    What asks for review first is tagged and learned at the archive itself, unless all concepts are
    tagged.

    While another run writes to the archive, the job waits for it.
    """
    _allow(caller, sent.kind)
    asked: dict[str, Any] = sent.model_dump(exclude={"kind"}, exclude_defaults=True)
    if isinstance(sent, IndexSent):
        asked |= _without_links(sent.paths, archive)
    elif isinstance(sent, TagSent | LearnSent):
        _refuse_sensitive(asked, archive)
    job = archive.jobs.post(sent.kind, asked, _name(caller, archive))
    request.app.state.workers.wake()
    return JobAnswer.of(job)


@router.get(
    "/{number}", summary="A job", response_description="Found", responses=possible(403, 404)
)
def job(archive: ForArchivists, number: Number) -> JobAnswer:
    """Return a job with how far it is, or what came of it."""
    return JobAnswer.of(archive.jobs.get(number))


@router.delete(
    "/{number}",
    summary="Stop a job",
    status_code=ACCEPTED,
    response_description="It will stop, or has ended",
    responses=possible(403, 404),
)
def stop(archive: ForArchivists, caller: Caller, number: Number) -> JobAnswer:
    """Wish for a job to stop; what it has done is kept. One that has ended stays as it is."""
    _allow(caller, archive.jobs.get(number).kind)
    return JobAnswer.of(archive.jobs.stop(number))


@router.post(
    "/{number}/again",
    summary="Ask once more for what a job did",
    status_code=ACCEPTED,
    response_description="A new job waits",
    responses=possible(403, 404, 422),
)
def again(request: Request, archive: ForArchivists, caller: Caller, number: Number) -> JobAnswer:
    """Post a job like one that has ended; indexing passes over what is indexed already."""
    before = archive.jobs.get(number)
    _allow(caller, before.kind)
    asked = dict(before.arguments)
    if before.kind == "index":
        asked |= _without_links(asked["paths"], archive)
    elif before.kind in FOR_ARCHIVISTS:
        _refuse_sensitive(asked, archive)
    made = archive.jobs.again(number, _name(caller, archive), asked)
    request.app.state.workers.wake()
    return JobAnswer.of(made)


@router.get(
    "/{number}/events",
    summary="A job while it goes on",
    response_class=StreamingResponse,
    responses={
        **possible(403, 404, 429),
        200: {
            "description": "Server-sent events named job, each with the job as it stands then; "
            "the last one has ended",
            "content": {"text/event-stream": {"schema": {"type": "string"}}},
        },
        NO_CONTENT: {"description": "The caller has seen its end"},
    },
)
def events(
    request: Request,
    archive: ForArchivists,
    caller: Caller,
    number: Number,
    last_event_id: Annotated[
        str, Header(description="The id of the last event that the caller has seen.")
    ] = "",
) -> Response:
    """Tell of every change of a job until it has ended, with a comment now and then to keep the
    connection. Who comes back with ``Last-Event-ID`` is told only what is new. It ends as soon as
    the caller may not see it any more.
    """
    job = archive.jobs.get(number)
    if job.state.ended and _id(job) == last_event_id:
        return Response(status_code=NO_CONTENT)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    if is_head(request):
        return Response(headers=headers, media_type=EVENTS)  # the stream has no end to wait for
    told = _told(request, archive, number, last_event_id)
    who = f"token {caller.name}" if caller.name else address(request)
    return StreamOf(request.app.state.streams, who, told, headers)


async def _told(request: Request, archive: Archive, number: int, seen: str) -> AsyncIterator[bytes]:
    callers: Callers = request.app.state.callers
    quiet = 0
    for look in itertools.count():
        if await request.is_disconnected():
            return
        if look % LOOKS_A_CHECK == LOOKS_A_CHECK - 1 and not await run_in_threadpool(
            callers.may_still, request, Role.ARCHIVIST
        ):
            return
        job = await run_in_threadpool(archive.jobs.get, number)
        if _id(job) != seen:
            seen, quiet = _id(job), 0
            content = json.dumps(job.to_json(), ensure_ascii=False)
            yield format_sse_event(data_str=content, event="job", id=seen)
        if job.state.ended or request.app.state.stopping.is_set():
            return
        quiet += 1
        if quiet % LOOKS_A_HEARTBEAT == 0:
            yield format_sse_event(comment="still there")
        await asyncio.sleep(SECONDS_A_LOOK)


def _id(job: Job) -> str:
    """Name a job as it stands: another name whenever anything about it is another."""
    content = json.dumps(job.to_json(), sort_keys=True).encode()
    return hashlib.sha256(content).hexdigest()[:16]


def _name(caller: Viewer, archive: Archive) -> str:
    """Return who asks: whoever signed in, or who works at the archive's own machine."""
    return caller.name or archive.settings.person


def _without_links(paths: Sequence[str], archive: Archive) -> dict[str, Any]:
    """Return what a job is to index: folders that must hold no link when it comes to be done."""
    found = permitted(paths, archive.settings.folders)
    return {"paths": [str(path) for path in found], "without_links": True}


def _refuse_sensitive(asked: Mapping[str, Any], archive: Archive) -> None:
    """Refuse work on a concept that asks for review first, as deciding about it is refused."""
    if asked.get("concept"):
        refuse_sensitive(archive, [asked["concept"]], asked.get("scheme", ""))


def _allow(caller: Viewer, kind: str) -> None:
    if kind not in FOR_ARCHIVISTS and not caller.role.includes(Role.ADMIN):
        raise NotAllowed(f"The job {kind} is for admins.", "Ask somebody who is one.")
