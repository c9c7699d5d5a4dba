"""Answers that a browser may keep, and asks for again with an ETag."""

from __future__ import annotations

import hashlib

from fastapi import Request, Response

NOT_MODIFIED = 304


def kept(request: Request, content: bytes, media_type: str, cache_control: str) -> Response:
    """Return ``content``, or 304 where the browser has it already."""
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    headers = {"ETag": etag, "Cache-Control": cache_control}
    if _names(request.headers.get("if-none-match", ""), etag):
        return Response(status_code=NOT_MODIFIED, headers=headers)
    return Response(content, media_type=media_type, headers=headers)


def _names(if_none_match: str, etag: str) -> bool:
    tags = [part.strip().removeprefix("W/") for part in if_none_match.split(",")]
    return "*" in tags or etag in tags
