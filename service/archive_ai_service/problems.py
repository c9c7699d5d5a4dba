"""Every error as RFC 9457 problem details, or as a page for a person in a browser.

The type of a problem is an address on this server: ``/docs#CODE``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from archive_ai.errors import (
    ArchiveAiError,
    Busy,
    NotAllowed,
    NothingIndexed,
    SignInNeeded,
    UnreadablePicture,
)
from archive_ai_service.pacing import TooOften
from archive_ai_service.pages.failure import failure_page

REQUEST_ID = "X-Request-ID"
MEDIA_TYPE = "application/problem+json"
INTERNAL = 500
NOT_FOUND = 404
INVALID = 422
TOO_MANY = 429

MOST_FAULTS = 20
LONGEST_PART = 100
"""Of what is wrong with a request so much is told: whoever sends nonsense gets no flood of it."""

HTTP_CODES = {
    400: ("bad-request", "A request that cannot be read"),
    404: ("not-found", "An address that leads nowhere"),
    405: ("method-not-allowed", "A method that this address does not have"),
    413: ("too-large", "More was sent than this server takes"),
    421: ("wrong-host", "A Host header that is not this server's"),
    429: ("too-many-requests", "More requests or failed sign-ins than a caller may make"),
    422: ("invalid-request", "A parameter that is missing or not as it must be"),
    500: ("internal", "A fault of the program"),
}
"""Status → code and title of what is no ArchiveAiError."""

HEADERS = {
    SignInNeeded.code: {"WWW-Authenticate": 'Bearer realm="archive-ai"'},
    Busy.code: {"Retry-After": "5"},
}
"""What goes with a problem, by its code."""


class Fault(BaseModel):
    """One parameter that is not as it must be."""

    where: str = Field(examples=["query.limit"])
    what: str = Field(examples=["Input should be greater than or equal to 1"])


class Problem(BaseModel):
    """What happened, to what, and what to do (RFC 9457)."""

    type: str = Field(examples=["/docs#unknown-photo"])
    title: str = Field(examples=["A photo id or path that this archive does not hold"])
    status: int = Field(examples=[404])
    detail: str = Field(examples=["This archive holds no photo of that name."])
    code: str = Field(description="stable", examples=["unknown-photo"])
    advice: str = Field(default="", description="what to do")
    errors: list[Fault] = Field(default=[], description="of code invalid-request")


def problem(status: int, detail: str, advice: str = "", errors: tuple[Fault, ...] = ()) -> Problem:
    """Describe an error that is not the archive's."""
    code, title = HTTP_CODES.get(status, HTTP_CODES[400 if status < INTERNAL else INTERNAL])
    return _problem(code, title, status, detail, advice).model_copy(update={"errors": list(errors)})


def problem_of(error: ArchiveAiError) -> Problem:
    """Describe one of the archive's errors; the one mapping of that family."""
    return _problem(error.code, _title(type(error)), error.http_status, error.what, error.advice)


def headers_of(error: ArchiveAiError) -> dict[str, str]:
    """Return the headers that go with an error."""
    return dict(HEADERS.get(error.code, {}))


def wants_page(request: Request) -> bool:
    """Whether a person in a browser asks, and not a program."""
    accept = request.headers.get("accept", "")
    return "text/html" in accept and not request.scope["path"].startswith("/api/")


def answer(request: Request, found: Problem, headers: Mapping[str, str] | None = None) -> Response:
    """Answer with a problem: a page where a browser asks for one, else problem+json."""
    if wants_page(request):
        language = request.query_params.get("lang", "")
        page = failure_page(language, found.code, f"{found.detail} {found.advice}".strip())
        return HTMLResponse(page, found.status, headers=headers)
    content = found.model_dump(mode="json", exclude_defaults=True)
    return JSONResponse(content, found.status, headers, media_type=MEDIA_TYPE)


def too_often(request: Request, error: TooOften) -> Response:
    """Answer who asks too often, with when they may again."""
    found = problem(TOO_MANY, error.what, f"Wait {error.seconds} seconds.")
    return answer(request, found, {"Retry-After": str(error.seconds)})


def known_problems() -> dict[str, str]:
    """Return every code that this server may answer with, and what it means."""
    family = {error.code: _title(error) for error in _family(ArchiveAiError)}
    return dict(sorted({**family, **dict(HTTP_CODES.values())}.items()))


def install(app: FastAPI, headers: dict[str, str]) -> None:
    """Have ``app`` answer every error so; ``headers`` go on an unexpected one, which alone
    passes by the middleware. The server logs it with its traceback.
    """

    async def from_archive(request: Request, error: Exception) -> Response:
        assert isinstance(error, ArchiveAiError)
        return answer(request, problem_of(error), headers_of(error))

    async def from_http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        response = answer(request, problem(error.status_code, str(error.detail)))
        response.headers.update(error.headers or {})
        return response

    async def from_haste(request: Request, error: Exception) -> Response:
        assert isinstance(error, TooOften)
        return too_often(request, error)

    async def from_validation(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        faults = tuple(_fault(one) for one in error.errors()[:MOST_FAULTS])
        said = "; ".join(f"{one.where}: {one.what}" for one in faults)
        return answer(request, problem(INVALID, said, "See /docs.", faults))

    async def from_fault(request: Request, _error: Exception) -> Response:
        found = problem(
            INTERNAL, "Something went wrong in the program.", "The server's log says what."
        )
        response = answer(request, found)
        response.headers.update(headers)
        response.headers[REQUEST_ID] = getattr(request.state, "request_id", "")
        return response

    app.add_exception_handler(ArchiveAiError, from_archive)
    app.add_exception_handler(TooOften, from_haste)
    app.add_exception_handler(HTTPException, from_http)
    app.add_exception_handler(RequestValidationError, from_validation)
    app.add_exception_handler(Exception, from_fault)


def possible(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return what a route tells OpenAPI of its problems."""
    own = {
        error.http_status: _title(error)
        for error in (UnreadablePicture, NothingIndexed, SignInNeeded, NotAllowed, Busy)
    }
    own[NOT_FOUND] = "Nothing of that name, or nothing that the caller may see"
    meant = {status: title for status, (_, title) in HTTP_CODES.items()} | own
    return {one: {"model": Problem, "description": meant[one]} for one in statuses}


def also(status: int, said: str) -> dict[int | str, dict[str, Any]]:
    """Return what a route tells OpenAPI of a problem of its own."""
    return {status: {"model": Problem, "description": said}}


def _problem(code: str, title: str, status: int, detail: str, advice: str) -> Problem:
    kind = f"/docs#{code}"
    return Problem(type=kind, title=title, status=status, detail=detail, code=code, advice=advice)


def _title(error: type[ArchiveAiError]) -> str:
    return (error.__doc__ or error.code).splitlines()[0].rstrip(".")


def _family(error: type[ArchiveAiError]) -> Iterator[type[ArchiveAiError]]:
    yield error
    for child in error.__subclasses__():
        yield from _family(child)


def _fault(error: dict[str, Any]) -> Fault:
    where = ".".join(str(part)[:LONGEST_PART] for part in error.get("loc", ()))
    return Fault(where=where, what=str(error.get("msg", "not as it must be")))
