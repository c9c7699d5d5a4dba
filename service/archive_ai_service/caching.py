"""Answers that a browser may keep, and asks for again with an ETag."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping

from fastapi import Request, Response

NOT_MODIFIED = 304


def kept(request: Request, content: bytes, media_type: str, cache_control: str) -> Response:
    """Return ``content``, or 304 where the browser has it already."""
    etag = hashlib.sha256(content).hexdigest()[:32]
    headers = {"Cache-Control": cache_control}
    return kept_by(request, etag, lambda: content, media_type, headers)


def kept_by(
    request: Request,
    etag: str,
    read: Callable[[], bytes],
    media_type: str,
    headers: Mapping[str, str],
) -> Response:
    """Return what ``read`` reads, or without reading it 304 where the browser has it already.

    ``etag`` (without quotes) is another one whenever a byte of the content is.
    """
    quoted = f'"{etag}"'
    named = {"ETag": quoted, **headers}
    if _names(request.headers.get("if-none-match", ""), quoted):
        return Response(status_code=NOT_MODIFIED, headers=named)
    return Response(read(), media_type=media_type, headers=named)


def _names(if_none_match: str, etag: str) -> bool:
    tags = [part.strip().removeprefix("W/") for part in if_none_match.split(",")]
    return "*" in tags or etag in tags
