"""The one door to every route: where a request comes from, who calls, and how often.

It decides before anything of the request's body is read.
"""

from __future__ import annotations

from functools import partial
from urllib.parse import quote

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from archive_ai.errors import ArchiveAiError, NotAllowed, SignInNeeded
from archive_ai_service.callers import By, Callers, Found, address, is_from_elsewhere
from archive_ai_service.pacing import Pacing, TooOften
from archive_ai_service.pages.sign_in import sign_in_page
from archive_ai_service.permissions import Pace, Permissions, Rule
from archive_ai_service.problems import (
    answer,
    headers_of,
    problem,
    problem_of,
    too_often,
    wants_page,
)

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
NOT_FOUND, NO_SUCH_METHOD = 404, 405


class Entrance:
    """Lets a request in, or answers it with a problem."""

    def __init__(
        self,
        app: ASGIApp,
        permissions: Permissions,
        callers: Callers,
        pacing: Pacing,
    ) -> None:
        self._app = app
        self._permissions = permissions
        self._callers = callers
        self._pacing = pacing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, with its caller in its state."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refused = await self._refusal(Request(scope))
        await (refused or self._app)(scope, receive, send)

    async def _refusal(self, request: Request) -> Response | None:
        found = self._permissions.find(request.method, request.scope["path"])
        if found is None:
            return self._nothing_there(request)
        request.state.template, rule = found
        try:
            caller = await self._caller(request, rule)
            self._admit(request, rule, caller)
            request.state.takes_picture = rule.picture
        except SignInNeeded as error:
            return _sign_in(request, error)
        except ArchiveAiError as error:
            return answer(request, problem_of(error), headers_of(error))
        except TooOften as error:
            return too_often(request, error)
        return None

    async def _caller(self, request: Request, rule: Rule) -> Found | None:
        """Find who calls, where that matters; it is the catalogue that knows."""
        if rule.role is None:
            return None
        try:
            return await to_thread.run_sync(partial(self._callers.find, request))
        except SignInNeeded:
            self._pacing.asked(address(request), rule.pace)
            raise

    def _admit(self, request: Request, rule: Rule, caller: Found | None) -> None:
        """Raise what keeps the caller out; note in the request who it is."""
        if request.method not in SAFE and (caller is None or caller.by is not By.TOKEN):
            self._check_origin(request, with_session=caller is not None and caller.by is By.SESSION)
        if caller is not None:
            request.state.caller = caller.viewer
            if rule.role is not None and not caller.viewer.role.includes(rule.role):
                raise NotAllowed(
                    f"This asks for the role {rule.role.value}.",
                    "Sign in with a token that has it.",
                )
        if rule.pace is not Pace.ANY:
            name = caller.viewer.name if caller else ""
            self._pacing.asked(f"token {name}" if name else address(request), rule.pace)

    def _check_origin(self, request: Request, with_session: bool) -> None:
        """Raise NotAllowed if a page of another site has the browser change something here.

        Browsers say in Sec-Fetch-Site where a request comes from, or at least in Origin; programs
        say neither, but carry no session.
        """
        site = request.headers.get("sec-fetch-site")
        if site is not None:
            own = site in {"same-origin", "none"}
        elif "origin" in request.headers:
            own = not is_from_elsewhere(request)
        else:
            own = not with_session
        if not own:
            raise NotAllowed(
                "This was asked from a page of another site.",
                "Use the pages of this server, or send a token: Authorization: Bearer aai_….",
            )

    def _nothing_there(self, request: Request) -> Response:
        methods = self._permissions.methods(request.scope["path"])
        if methods:
            found = problem(NO_SUCH_METHOD, "This address does not take that method.")
            return answer(request, found, {"Allow": ", ".join(methods)})
        return answer(request, problem(NOT_FOUND, "There is nothing at this address."))


def _sign_in(request: Request, error: SignInNeeded) -> Response:
    """Answer that a sign-in is needed: for a person in a browser with the way to do it."""
    if request.method != "GET" or not wants_page(request):
        return answer(request, problem_of(error), headers_of(error))
    query = request.scope["query_string"].decode("latin-1")
    way_on = quote(request.scope["path"]) + (f"?{query}" if query else "")
    page = sign_in_page(request.query_params.get("lang", ""), way_on)
    return HTMLResponse(page, error.http_status, headers=headers_of(error))
