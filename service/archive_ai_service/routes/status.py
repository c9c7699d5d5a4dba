"""What the archive holds, and whether the process is alive."""

from __future__ import annotations

from fastapi import APIRouter

from archive_ai_service.access import OpenArchive
from archive_ai_service.models import Health, StatusAnswer

router = APIRouter(tags=["status"])
alive = APIRouter(tags=["status"])


@router.get("/status", summary="What the archive holds", response_description="Found")
def status(archive: OpenArchive) -> StatusAnswer:
    """Count photos, files, vectors and tags, and name the model that answers."""
    return StatusAnswer.model_validate(archive.status())


@alive.get("/healthz", summary="Whether the process is alive", response_description="It is")
def healthz() -> Health:
    """Answer without touching the archive."""
    return Health(status="ok")
