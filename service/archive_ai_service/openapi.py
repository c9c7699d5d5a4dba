"""The description of the API for programs: what each route asks of its caller is part of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI

from archive_ai_service.callers import COOKIE
from archive_ai_service.permissions import Rule, documented
from archive_ai_service.problems import MEDIA_TYPE, possible

SCHEMES = {
    "token": {
        "type": "http",
        "scheme": "bearer",
        "description": "A token as archive-ai token create prints it.",
    },
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": COOKIE,
        "description": "What a browser gets when it signs in.",
    },
}
PAGE = "text/html"
PROBLEM = {"$ref": "#/components/schemas/Problem"}


def describe(app: FastAPI, rules: Mapping[tuple[str, str], Rule], anonymous: bool) -> None:
    """Have ``app`` say who may call each route; ``anonymous``: readers need not sign in."""
    made = app.openapi
    rules = {(method, documented(template)): rule for (method, template), rule in rules.items()}

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            _complete(made(), rules, anonymous)
        return made()

    app.openapi = openapi  # type: ignore[method-assign]  # the way FastAPI documents


def _complete(
    document: dict[str, Any], rules: Mapping[tuple[str, str], Rule], anonymous: bool
) -> None:
    document.setdefault("components", {})["securitySchemes"] = SCHEMES
    # The description names parameters without the way in which they are matched.
    told = {(method, path.replace(":path}", "}")): rule for (method, path), rule in rules.items()}
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            rule = told.get((method.upper(), path))
            if rule is not None:
                _say_who_may(operation, rule, anonymous)
            for response in operation["responses"].values():
                _as_problem(response, also_as_page=not path.startswith("/api/"))


def _say_who_may(operation: dict[str, Any], rule: Rule, anonymous: bool) -> None:
    if rule.role is None:
        operation["security"] = []
        statuses: tuple[int, ...] = (403, 429)
    else:
        signed_in: list[dict[str, list[str]]] = [{"token": []}, {"session": []}]
        free: list[dict[str, list[str]]] = [{}] if anonymous and rule.role == "reader" else []
        operation["security"] = [*signed_in, *free]
        operation["x-role"] = rule.role.value
        statuses = (401, 403, 429)
    for status, said in possible(*statuses).items():
        content = {"application/json": {"schema": PROBLEM}}
        described = {"description": said["description"], "content": content}
        operation["responses"].setdefault(str(status), described)


def _as_problem(response: dict[str, Any], also_as_page: bool) -> None:
    """Say that problems come as problem+json, to a browser as a page; FastAPI says that they come
    as what the route answers.
    """
    content = response.get("content", {})
    for kind in ("application/json", PAGE):
        if content.get(kind, {}).get("schema", {}).get("$ref", "").endswith("/Problem"):
            content[MEDIA_TYPE] = content.pop(kind)
            if also_as_page:
                content[PAGE] = {"schema": {"type": "string"}}
