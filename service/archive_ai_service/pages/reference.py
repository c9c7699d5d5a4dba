"""The API's reference, made of its OpenAPI document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from archive_ai_service.pages.frame import frame
from archive_ai_service.pages.markup import Markup, element
from archive_ai_service.pages.words import ENGLISH


def reference_page(document: Mapping[str, Any], problems: Mapping[str, str]) -> str:
    """Return a page that lists every route, its parameters and answers, and every problem."""
    routes = [
        _route(method, path, operation)
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
    ]
    listed = [
        element("tr", element("th", element("code", code), scope="row", id=code), element("td", it))
        for code, it in problems.items()
    ]
    info = document["info"]
    return frame(
        ENGLISH,
        f"{info['title']} {info['version']}: reference",
        "/",
        element("h1", f"{info['title']} {info['version']}"),
        element("p", info["description"]),
        element("p", element("a", "/openapi.json", href="/openapi.json")),
        *routes,
        element("h2", "Problems"),
        element("table", *listed),
    )


def _route(method: str, path: str, operation: Mapping[str, Any]) -> Markup:
    rows = [
        element(
            "tr",
            element("th", element("code", one["name"]), scope="row"),
            element("td", f"{one['in']}{', required' if one.get('required') else ''}"),
            element("td", one.get("description", "")),
        )
        for one in operation.get("parameters", [])
    ]
    role = operation.get("x-role", "")
    sent = operation.get("requestBody", {}).get("content", {})
    answers = [
        element("li", element("code", status), " ", what["description"])
        for status, what in sorted(operation["responses"].items())
    ]
    return element(
        "section",
        element("h2", element("code", f"{method.upper()} {path}")),
        element("p", operation.get("description") or operation.get("summary", "")),
        element("p", "For the role ", element("code", role)) if role else "",
        element("table", *rows) if rows else "",
        element("p", "Sent as ", element("code", ", ".join(sent))) if sent else "",
        element("ul", *answers),
        class_="route",
    )
