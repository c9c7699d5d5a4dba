"""The plain search page for a person in a browser; later a richer one takes its place."""

from __future__ import annotations

from importlib.resources import files
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import HTMLResponse

from archive_ai.archive.questions import Sent
from archive_ai.errors import ArchiveAiError
from archive_ai_service.access import Limit, Seen, named_photo
from archive_ai_service.caching import NOT_MODIFIED, kept
from archive_ai_service.metrics import Watch
from archive_ai_service.pages.failure import failure_page
from archive_ai_service.pages.search import Asked, results_page, start_page
from archive_ai_service.problems import Problem, answer, headers_of, possible, problem, problem_of
from archive_ai_service.routes.search import with_tags
from archive_ai_service.uploads import SentPicture, sent_file, sent_name

router = APIRouter(tags=["pages"], default_response_class=HTMLResponse)

A_PAGE = 24
FILES = {"style.css": "text/css; charset=utf-8", "icon.svg": "image/svg+xml"}

Language = Annotated[str, Query(description="de or en; German where it is neither.")]
Text = Annotated[str, Query(max_length=1000, description="What to look for.")]
Like = Annotated[str, Query(description="The id of a photo to find others like.")]


@router.get("/", summary="The search page", response_description="A page")
def search(
    seen: Seen,
    watch: Watch,
    q: Text = "",
    like: Like = "",
    lang: Language = "",
    limit: Limit = A_PAGE,
) -> HTMLResponse:
    """Show the search form, and hits where something is asked."""
    asked = Asked(lang, text=" ".join(q.split()), like=like, limit=limit)
    if not asked.text and not like:
        return HTMLResponse(start_page(asked, seen.holdings()))
    try:
        result = seen.similar(named_photo(like), limit) if like else seen.search(asked.text, limit)
        return HTMLResponse(results_page(asked, with_tags(seen, result, watch)))
    except ArchiveAiError as error:
        return _failed(asked, error)


@router.post(
    "/",
    summary="The search page, for a picture that is sent",
    response_description="A page",
    responses=possible(413),
)
def search_by_picture(
    seen: Seen, watch: Watch, picture: SentPicture, lang: Language = "", limit: Limit = A_PAGE
) -> HTMLResponse:
    """Show photos like a picture that is sent; it is not kept."""
    asked = Asked(lang, picture=sent_name(picture), limit=limit)
    try:
        with sent_file(picture) as path:
            result = seen.search("", limit, sent=[Sent(path, sent_name(picture))])
        return HTMLResponse(results_page(asked, with_tags(seen, result, watch)))
    except ArchiveAiError as error:
        return _failed(asked, error)


@router.get(
    "/static/{name}",
    summary="What the pages are dressed in",
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


def _failed(asked: Asked, error: ArchiveAiError) -> HTMLResponse:
    found = problem_of(error)
    return HTMLResponse(
        failure_page(asked.language, found.code, str(error), asked.text),
        found.status,
        headers_of(error),
    )
