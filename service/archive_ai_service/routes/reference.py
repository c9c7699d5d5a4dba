"""The API's reference for people, made of ``/openapi.json``; nothing is loaded from elsewhere."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from archive_ai_service.pages.reference import reference_page
from archive_ai_service.problems import known_problems

router = APIRouter(tags=["pages"])


@router.get(
    "/docs",
    summary="This reference as a page",
    response_class=HTMLResponse,
    response_description="A page",
)
def reference(request: Request) -> HTMLResponse:
    """List every route and every problem."""
    return HTMLResponse(reference_page(request.app.openapi(), known_problems()))
