"""The page for people in a browser: built from ``service/page``, and what it is made of.

The document is the same at the address of each view and holds nothing of the archive; its script
asks the API for what the caller may see.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import HTMLResponse

from archive_ai_service.access import KnownPhoto
from archive_ai_service.caching import NOT_MODIFIED, kept
from archive_ai_service.problems import Problem, answer, possible, problem

router = APIRouter(tags=["pages"])

VIEWS = ("/", "/map", "/review", "/numbers", "/jobs", "/settings")
FILES = {"style.css": "text/css; charset=utf-8", "icon.svg": "image/svg+xml"}
ASSETS = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
}
# The name of an asset holds a hash of its content: it never changes.
FOR_EVER = "public, max-age=31536000, immutable"
NOT_BUILT = 503


def _view(request: Request) -> Response:
    """Show a view of the page; what it shows is in the rest of the address."""
    document = _built() / "index.html"
    if not document.is_file():
        return answer(
            request,
            problem(NOT_BUILT, "The page was not built.", "Build it: make page. The API answers."),
        )
    return kept(request, document.read_bytes(), "text/html; charset=utf-8", "no-cache")


def _photo_view(request: Request, photo_id: KnownPhoto) -> Response:  # noqa: ARG001 (for the docs)
    """Show a photo's view."""
    return _view(request)


_SHOWN: dict[str, Any] = {
    "response_class": HTMLResponse,
    "response_description": "A page",
    "responses": {**possible(503), NOT_MODIFIED: {"description": "The caller has it already"}},
}
for _path in VIEWS:
    _name = _path.strip("/") or "search"
    router.get(_path, summary=f"The page: {_name}", operation_id=f"page_{_name}", **_SHOWN)(_view)
router.get("/photo/{photo_id}", summary="The page: a photo", **_SHOWN)(_photo_view)


@router.get(
    "/assets/{name}",
    summary="What the page is made of",
    response_class=Response,
    responses={
        404: {"model": Problem, "description": "There is no such file"},
        200: {
            "description": "A script, a style sheet or a picture",
            "content": {kind.partition(";")[0]: {} for kind in ASSETS.values()},
        },
        NOT_MODIFIED: {"description": "The caller has it already"},
    },
)
def asset(
    request: Request,
    name: Annotated[str, Path(description="The file.", examples=["index-0123abcd.js"])],
) -> Response:
    """Return one of the files that the page names."""
    found = _assets().get(name)
    if found is None:
        return answer(request, problem(404, "There is no such file."))
    return kept(request, found.read_bytes(), ASSETS[_suffix(name)], FOR_EVER)


@router.get(
    "/static/{name}",
    summary="What the pages without a script are dressed in",
    response_class=Response,
    responses={
        404: {"model": Problem, "description": "There is no such file"},
        200: {
            "description": "A style sheet or an icon",
            "content": {"text/css": {}, "image/svg+xml": {}},
        },
        NOT_MODIFIED: {"description": "The caller has it already"},
    },
)
def static(
    request: Request,
    name: Annotated[str, Path(description="The file.", json_schema_extra={"enum": [*FILES]})],
) -> Response:
    """Return one of the files that the pages name."""
    if name not in FILES:
        return answer(request, problem(404, "There is no such file."))
    content = (files("archive_ai_service") / "static" / name).read_bytes()
    return kept(request, content, FILES[name], "no-cache")


def _built() -> Traversable:
    return files("archive_ai_service") / "page"


@cache
def _assets() -> dict[str, Traversable]:
    """Return the files by name, so that no name that is asked for ever becomes a path."""
    folder = _built() / "assets"
    if not folder.is_dir():
        return {}
    return {one.name: one for one in folder.iterdir() if _suffix(one.name) in ASSETS}


def _suffix(name: str) -> str:
    return f".{name.rpartition('.')[2]}"
