"""The application: routes, guards and problems joined around one open archive."""

from __future__ import annotations

from threading import Event, Thread

import structlog
from anyio import CapacityLimiter
from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware

import archive_ai
from archive_ai.archive import Archive, Settings
from archive_ai.errors import UsageError
from archive_ai_service import problems
from archive_ai_service.callers import Callers, for_others
from archive_ai_service.entrance import Entrance
from archive_ai_service.heads import HeadAsGet
from archive_ai_service.journal import standard_journal
from archive_ai_service.metrics import Metrics
from archive_ai_service.openapi import describe
from archive_ai_service.pacing import Pacing
from archive_ai_service.permissions import API, RULES, Permissions
from archive_ai_service.protection import (
    SECURITY_HEADERS,
    BodyLimit,
    HostCheck,
    SecurityHeaders,
    allowed_hosts,
)
from archive_ai_service.readiness import Readiness
from archive_ai_service.recording import Recording
from archive_ai_service.routes import (
    browse,
    duplicates,
    failures,
    folders,
    iiif,
    jobs,
    mapping,
    models,
    page,
    photos,
    queries,
    reference,
    review,
    runs,
    search,
    session,
    status,
    tokens,
    vocabulary,
    watching,
)
from archive_ai_service.server import run
from archive_ai_service.streams import Streams
from archive_ai_service.workers import Workers

DESCRIPTION = (
    "Search an archive's photographs by words or by a picture, in German and English, and read "
    "the tags that a machine suggests. Errors are problem details (RFC 9457) with stable codes."
)
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


def create_app(archive: Archive, journal: structlog.stdlib.BoundLogger | None = None) -> FastAPI:
    """Make the web application over ``archive``, which stays the caller's to close."""
    app = FastAPI(
        title="archive-ai",
        version=archive_ai.__version__,
        description=DESCRIPTION,
        docs_url=None,  # FastAPI's own page loads scripts from elsewhere
        redoc_url=None,
        responses={"default": {"model": problems.Problem, "description": "Another problem"}},
    )
    app.state.archive = archive
    app.state.settings = archive.settings
    app.state.pacing = Pacing(archive.settings)
    app.state.callers = Callers(archive, app.state.pacing)
    app.state.metrics = Metrics(archive)
    app.state.readiness = Readiness(archive)
    app.state.streams = Streams()
    app.state.stopping = Event()
    app.state.tile_makers = CapacityLimiter(iiif.TILE_MAKERS)
    app.state.workers = Workers(archive.settings)
    for routes in (
        search,
        queries,
        browse,
        photos,
        duplicates,
        review,
        vocabulary,
        mapping,
        jobs,
        status,
        session,
        tokens,
        runs,
        failures,
        folders,
        models,
    ):
        app.include_router(routes.router, prefix=API)
    for pages in (watching.router, iiif.router, page.router, session.pages, reference.router):
        app.include_router(pages)
    problems.install(app, SECURITY_HEADERS)
    _guard(app, archive, journal)
    describe(app, RULES, archive.settings.anonymous_role == "reader")
    return app


def _guard(app: FastAPI, archive: Archive, journal: structlog.stdlib.BoundLogger | None) -> None:
    """Put what guards every route around the application; the last is the first to see one."""
    settings, permissions, pacing = archive.settings, Permissions(RULES), app.state.pacing
    app.add_middleware(HeadAsGet)
    app.add_middleware(BodyLimit, megabytes=settings.upload_megabytes)
    app.add_middleware(
        Entrance,
        permissions=permissions,
        callers=app.state.callers,
        pacing=pacing,
    )
    if settings.allowed_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.allowed_origins,
            allow_methods=METHODS,
            allow_headers=("Authorization", "Content-Type", problems.REQUEST_ID),
            expose_headers=("ETag", "Retry-After", problems.REQUEST_ID),
        )
    hosts = allowed_hosts(settings)
    if hosts is not None:
        app.add_middleware(HostCheck, hosts=hosts)
    app.add_middleware(SecurityHeaders, hsts=settings.hsts, shared=bool(settings.allowed_origins))
    app.add_middleware(
        Recording,
        metrics=app.state.metrics,
        permissions=permissions,
        journal=journal,
        log_queries=settings.log_queries,
    )


def serve(settings: Settings) -> None:
    """Open the archive that ``settings`` name and serve it until stopped.

    Raises what ``Archive.open`` raises, and UsageError where the address cannot be had or is
    one that others can reach while nobody could sign in.
    """
    with Archive.open(settings) as archive:
        if for_others(settings) and not archive.tokens.any_valid():
            name = settings.public_url or next(iter(settings.hosts), settings.host)
            raise UsageError(
                f"{name} can be reached by others, and nobody could sign in: there is no token.",
                "Make one first: archive-ai token create NAME --role admin.",
            )
        # The first question of somebody must not wait for all that is loaded once.
        warming = Thread(target=archive.operating.warm, daemon=True)
        warming.start()
        try:
            run(create_app(archive, standard_journal(settings)), settings)
        finally:
            # A process that ends while native code still runs in a thread is aborted.
            warming.join()
