"""The application: routes, guards and problems joined around one open archive."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI

import archive_ai
from archive_ai.archive import Archive, Settings
from archive_ai_service import problems
from archive_ai_service.protection import (
    SECURITY_HEADERS,
    BodyLimit,
    HostCheck,
    SecurityHeaders,
    allowed_hosts,
)
from archive_ai_service.routes import duplicates, page, photos, reference, review, search, status
from archive_ai_service.server import run

API = "/api/v1"
DESCRIPTION = (
    "Search an archive's photographs by words or by a picture, in German and English, and read "
    "the tags that a machine suggests. Errors are problem details (RFC 9457) with stable codes."
)


def create_app(archive: Archive) -> FastAPI:
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
    for routes in (search, photos, duplicates, review, status):
        app.include_router(routes.router, prefix=API)
    for pages in (status.alive, page.router, reference.router):
        app.include_router(pages)
    problems.install(app, SECURITY_HEADERS)
    # The last one added is the first to see a request.
    app.add_middleware(BodyLimit, megabytes=archive.settings.upload_megabytes)
    hosts = allowed_hosts(archive.settings.host)
    if hosts is not None:
        app.add_middleware(HostCheck, hosts=hosts)
    app.add_middleware(SecurityHeaders)
    _describe(app)
    return app


def serve(settings: Settings) -> None:
    """Open the archive that ``settings`` name and serve it until stopped.

    Raises what ``Archive.open`` raises, and UsageError where the address cannot be had.
    """
    with Archive.open(settings) as archive:
        run(create_app(archive), settings.host, settings.port)


def _describe(app: FastAPI) -> None:
    made = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            problems.with_problem_media_type(made())
        return made()

    app.openapi = openapi  # type: ignore[method-assign]  # the way FastAPI documents
