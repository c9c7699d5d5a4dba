"""For watchdogs: whether the process is alive, whether it can answer, and what it counts."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from archive_ai.errors import ArchiveUnusable
from archive_ai_service.access import ForAdmins
from archive_ai_service.metrics import Metrics
from archive_ai_service.models import Health
from archive_ai_service.problems import possible

router = APIRouter(tags=["status"])

PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8"


@router.get("/healthz", summary="Whether the process is alive", response_description="It is")
def healthz() -> Health:
    """Answer without touching the archive."""
    return Health(status="ok")


@router.get(
    "/readyz",
    summary="Whether questions can be answered",
    response_description="They can; or nothing is indexed yet",
    responses=possible(503),
)
def readyz(request: Request) -> Health:
    """Ask the catalogue and open the generation that answers, once a second at most.

    503 while the service stops.
    """
    if request.app.state.stopping.is_set():
        raise ArchiveUnusable("The service is about to stop.", "Ask another one, or wait.")
    return Health(status="ready" if request.app.state.readiness.ready() else "empty")


@router.get(
    "/metrics",
    summary="Counters for Prometheus",
    response_class=Response,
    responses={200: {"description": "Prometheus' text form", "content": {"text/plain": {}}}},
)
def metrics(_archive: ForAdmins, request: Request) -> Response:
    """Return latencies, requests by status, and what the archive holds."""
    found: Metrics = request.app.state.metrics
    return Response(found.text(), media_type=PROMETHEUS)
