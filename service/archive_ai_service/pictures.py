"""Small pictures as answers: in the form that the caller takes, kept by its browser alone."""

from __future__ import annotations

from fastapi import Request, Response

from archive_ai.archive import Form, View
from archive_ai_service.caching import kept_by

ASK_AGAIN = "private, no-cache"
"""No cache that people share keeps a picture, and a browser asks each time whether it may still
show it: what is closed today must not be seen from yesterday's memory."""


def chosen_form(accept: str) -> Form:
    """Return WebP where an Accept header names it and does not refuse it, else JPEG.

    A wildcard does not count: programs that send nothing else often cannot read WebP.
    """
    for part in accept.lower().split(","):
        media_type, *parameters = (one.strip() for one in part.split(";"))
        if media_type == Form.WEBP:
            return Form.JPEG if _weight(parameters) == 0 else Form.WEBP
    return Form.JPEG


def small_picture(
    request: Request, view: View, photo: str, size: int, form: Form | None = None
) -> Response:
    """Answer with a small picture of a photo, or 304 where the browser has it already.

    Without a ``form`` the Accept header decides.
    """
    headers = {"Cache-Control": ASK_AGAIN}
    if form is None:
        form = chosen_form(request.headers.get("accept", ""))
        headers["Vary"] = "Accept"
    picture = view.picture(photo, size, form)
    request.app.state.metrics.shown(picture.drawn)
    return kept_by(request, picture.etag, picture.read, picture.form.value, headers)


def _weight(parameters: list[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return float(value)
            except ValueError:
                return 1.0
    return 1.0
