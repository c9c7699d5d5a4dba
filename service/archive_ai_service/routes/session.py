"""Signing in with a token, and out again: over the API, and on a page."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel, Field

from archive_ai.domain import Role, Viewer
from archive_ai.errors import SignInNeeded
from archive_ai_service.access import Caller, WholeArchive
from archive_ai_service.callers import COOKIE, address
from archive_ai_service.pacing import Pacing, TooOften
from archive_ai_service.pages.sign_in import sign_in_page
from archive_ai_service.problems import TOO_MANY, headers_of, possible

router = APIRouter(prefix="/session", tags=["session"])
pages = APIRouter(tags=["pages"], default_response_class=HTMLResponse)

SEE_OTHER = 303
_LOCAL = re.compile(r"/(?![/\\])[^\x00-\x20\x7f\\]*")
LONGEST_TOKEN = 200


class TokenSent(BaseModel):
    """A token to sign in with."""

    token: str = Field(min_length=1, max_length=LONGEST_TOKEN, examples=["aai_…"])


class SessionAnswer(BaseModel):
    """Who is signed in."""

    name: str = Field(
        examples=["erika"], description="the token's name; empty where nobody had to sign in"
    )
    role: Role
    expires_at: str | None = Field(default=None, description="when this session ends, UTC")


@router.post(
    "",
    summary="Sign in",
    response_description="Signed in",
    responses={**possible(401, 429), 200: {"description": "A cookie holds the session"}},
)
def sign_in(
    archive: WholeArchive, sent: TokenSent, request: Request, response: Response
) -> SessionAnswer:
    """Begin a session: for browsers. Programs send their token with each request instead."""
    viewer, end = _begin(archive, request, response, sent.token)
    return SessionAnswer(name=viewer.name, role=viewer.role, expires_at=end.isoformat())


@router.get("", summary="Who is signed in", response_description="Found")
def who(caller: Caller) -> SessionAnswer:
    """Tell who calls, and as what."""
    return SessionAnswer(name=caller.name, role=caller.role)


@router.delete("", summary="Sign out", status_code=204, response_description="Signed out")
def sign_out(archive: WholeArchive, request: Request) -> Response:
    """End the session, here and on the server; what the browser kept is dropped."""
    response = Response(status_code=204)
    _end(archive, request, response)
    return response


Language = Annotated[str, Query(description="de or en; German where it is neither.")]


@pages.get("/sign-in", summary="The page to sign in", response_description="A page")
def page(
    archive: WholeArchive,
    request: Request,
    lang: Language = "",
    way_on: Annotated[str, Query(description="A page of this server to show afterwards.")] = "/",
) -> HTMLResponse:
    """Show the form, or who is signed in."""
    secret = request.cookies.get(COOKIE)
    viewer = archive.tokens.viewer_of_session(secret) if secret else None
    return HTMLResponse(sign_in_page(lang, _local(way_on), name=viewer.name if viewer else ""))


@pages.post(
    "/sign-in",
    summary="Sign in on the page",
    status_code=SEE_OTHER,
    response_class=RedirectResponse,
    response_description="Leads to the page that was wanted",
    responses=possible(401, 422, 429),
)
def sign_in_on_page(
    archive: WholeArchive,
    request: Request,
    token: Annotated[str, Form(max_length=LONGEST_TOKEN)],
    way_on: Annotated[str, Form()] = "/",
    lang: Language = "",
) -> Response:
    """Begin a session and go on to where the person wanted to go."""
    way_on = _local(way_on)
    response = RedirectResponse(way_on, SEE_OTHER)
    try:
        _begin(archive, request, response, token.strip())
    except SignInNeeded as error:
        page = sign_in_page(lang, way_on, failure=error.code)
        return HTMLResponse(page, error.http_status, headers=headers_of(error))
    except TooOften as error:
        page = sign_in_page(lang, way_on, failure="too-many-requests")
        return HTMLResponse(page, TOO_MANY, headers={"Retry-After": str(error.seconds)})
    return response


@pages.post(
    "/sign-out",
    summary="Sign out on the page",
    status_code=SEE_OTHER,
    response_class=RedirectResponse,
    response_description="Leads to the page to sign in",
)
def sign_out_on_page(archive: WholeArchive, request: Request, lang: Language = "") -> Response:
    """End the session and show the page to sign in."""
    response = RedirectResponse(f"/sign-in?lang={'en' if lang == 'en' else 'de'}", SEE_OTHER)
    _end(archive, request, response)
    return response


def _begin(
    archive: WholeArchive, request: Request, response: Response, token: str
) -> tuple[Viewer, datetime]:
    """Put a session's cookie on the response; raise SignInNeeded or TooOften."""
    pacing: Pacing = request.app.state.pacing
    where = address(request)
    pacing.may_try(where)
    try:
        secret, end, viewer = archive.tokens.sign_in(token)
    except SignInNeeded:
        pacing.failed(where)
        raise
    response.set_cookie(
        COOKIE,
        secret,
        max_age=max(1, int((end - datetime.now(UTC)).total_seconds())),
        path="/",
        secure=request.scope["scheme"] == "https",
        httponly=True,
        samesite="strict",
    )
    return viewer, end


def _end(archive: WholeArchive, request: Request, response: Response) -> None:
    secret = request.cookies.get(COOKIE)
    if secret:
        archive.tokens.sign_out(secret)
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="strict")
    # Pictures that were seen must not be shown from the browser's memory to whoever comes next.
    response.headers["Clear-Site-Data"] = '"cache"'


def _local(way_on: str) -> str:
    """Return an address on this server, and nothing that leads elsewhere."""
    return way_on if _LOCAL.fullmatch(way_on) else "/"
