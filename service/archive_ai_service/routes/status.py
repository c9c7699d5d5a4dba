"""What the archive holds."""

from __future__ import annotations

from fastapi import APIRouter

from archive_ai_service.access import Seen
from archive_ai_service.models import ReaderStatusAnswer, StatusAnswer

router = APIRouter(tags=["status"])


@router.get("/status", summary="What the archive holds", response_description="Found")
def status(seen: Seen) -> StatusAnswer | ReaderStatusAnswer:
    """Count photos, files, vectors and tags, and name the model that answers.

    Readers are told the numbers of what they may see, and nothing else.
    """
    model = StatusAnswer if seen.viewer.sees_closed else ReaderStatusAnswer
    return model.model_validate(seen.status())
