"""Requests to one server, and its problems as errors of the family."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from email.message import Message
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import IO, Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from archive_ai.errors import ArchiveAiError, UsageError

API = "/api/v1"

Value = str | int | float | bool | None


class Unreachable(ArchiveAiError):
    """A server that does not answer."""

    code = "unreachable"
    http_status = 503


class Refused(ArchiveAiError):
    """A problem that is none of the archive's own; ``problem`` and ``status`` say which."""

    code = "refused"

    def __init__(self, what: str, advice: str, problem: str, status: int) -> None:
        super().__init__(what, advice)
        self.problem = problem
        self.status = status


class Connection:
    """Sends requests to one server, as whoever has ``token``."""

    def __init__(self, address: str, token: str, timeout: float) -> None:
        if urlsplit(address).scheme not in {"http", "https"}:
            raise UsageError(f"{address} is no server's address.", "Give one as https://…")
        self._address = address.rstrip("/")
        self._token = token
        self._timeout = timeout
        self._opener = build_opener(_NoRedirect)

    def get(self, path: str, parameters: Mapping[str, Any] | None = None) -> Any:
        """Return the JSON that lies at a path."""
        return self.ask("GET", path, parameters)

    def post(self, path: str, sent: Mapping[str, Any]) -> Any:
        """Send a JSON document and return the answer's."""
        body = json.dumps(sent).encode()
        return self.ask("POST", path, None, body, "application/json")

    def ask(
        self,
        method: str,
        path: str,
        parameters: Mapping[str, Any] | None = None,
        body: bytes | None = None,
        kind: str = "",
    ) -> Any:
        """Send a request and return the JSON of its answer."""
        headers = {"Content-Type": kind} if kind else {}
        with self.open(method, path, parameters, body, headers) as answer:
            return json.loads(answer.read())

    @contextmanager
    def open(
        self,
        method: str,
        path: str,
        parameters: Mapping[str, Any] | None = None,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Iterator[HTTPResponse]:
        """Send a request and yield its answer; parameters that are None are left out."""
        given = {name: value for name, value in (parameters or {}).items() if value is not None}
        query = urlencode({name: _written(value) for name, value in given.items()}, doseq=True)
        address = f"{self._address}{API}{path}" + (f"?{query}" if query else "")
        sent = {"Accept": "application/json", **(headers or {})}
        if self._token:
            sent["Authorization"] = f"Bearer {self._token}"
        request = Request(address, body, sent, method=method)
        try:
            with self._opener.open(request, timeout=self._timeout) as answer:
                yield answer
        except HTTPError as error:
            with error:
                raise _problem(error) from None
        except (URLError, HTTPException, OSError) as error:
            reason = getattr(error, "reason", error)
            raise Unreachable(
                f"{self._address} does not answer ({reason}).",
                "Check the address, and whether archive-ai serve runs there.",
            ) from None


class _NoRedirect(HTTPRedirectHandler):
    """Follow no redirect: the token would go with it."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> None:
        """Return nothing, so that the redirect is an error."""


def _written(value: Value | Sequence[Value]) -> Any:
    return str(value).lower() if isinstance(value, bool) else value


def form_with(picture: Path) -> tuple[bytes, str]:
    """Return a form with the one field ``picture``, and its media type."""
    boundary = uuid.uuid4().hex
    name = quote(picture.name, safe=" ()'.,-_")
    head = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="picture"; filename="{name}"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n"
    )
    body = head.encode() + picture.read_bytes() + f"\r\n--{boundary}--\r\n".encode()
    return body, f"multipart/form-data; boundary={boundary}"


def _problem(error: HTTPError) -> ArchiveAiError:
    """Return what a problem document says as an error of the family."""
    try:
        found = json.loads(error.read())
        what, advice = str(found["detail"]), str(found.get("advice", ""))
        code = str(found["code"])
    except (ValueError, KeyError, TypeError):
        what, advice, code = f"The server answered {error.code}.", "", ""
    known = {one.code: one for one in _family(ArchiveAiError) if one is not Refused}
    if code in known:
        return known[code](what, advice)
    return Refused(what, advice, code, error.code)


def _family(error: type[ArchiveAiError]) -> Iterator[type[ArchiveAiError]]:
    yield error
    for child in error.__subclasses__():
        yield from _family(child)
