"""Every route is in docs/api.md and says in OpenAPI what it does, takes and answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from archive_ai.archive import Archive
from archive_ai_service.app import create_app
from archive_ai_service.permissions import RULES, documented

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = (ROOT / "docs" / "api.md").read_text("utf-8")
NAMED_BY_FASTAPI = "Successful Response"


@pytest.fixture
def document(open_archive: Callable[..., Archive]) -> dict[str, Any]:
    found: dict[str, Any] = create_app(open_archive()).openapi()
    return found


def operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, ways in document["paths"].items():
        for method, operation in ways.items():
            yield f"{method.upper()} {path}", operation


def test_the_reference_names_just_the_routes_that_there_are() -> None:
    lines = [line for line in REFERENCE.splitlines() if line.startswith("| `")]
    cells = [line.split(" | ")[0] for line in lines]
    named = [one for cell in cells for one in re.findall(r"`([A-Z]+ /[^`]*)`", cell)]
    assert sorted(named) == sorted({f"{method} {documented(path)}" for method, path in RULES})


def test_the_reference_says_for_whom_each_route_is() -> None:
    role_of = {f"{method} {documented(path)}": rule.role for (method, path), rule in RULES.items()}
    for line in REFERENCE.splitlines():
        if line.startswith("| `"):
            first, role, _ = line.removeprefix("| ").split(" | ")
            for name in re.findall(r"`([A-Z]+ /[^`]*)`", first):
                needed = role_of[name]
                assert role == ("everybody" if needed is None else f"{needed.value}s"), name


def test_every_route_says_what_it_does_and_answers(document: dict[str, Any]) -> None:
    silent = []
    for name, operation in operations(document):
        silent += [f"{name}: {part}" for part in ("summary", "description", "tags")
                   if not operation.get(part)]  # fmt: skip
        for status, response in operation["responses"].items():
            if response.get("description", "") in {"", NAMED_BY_FASTAPI}:
                silent.append(f"{name}: answer {status}")
    assert silent == []


def test_every_parameter_is_described(document: dict[str, Any]) -> None:
    silent = [
        f"{name}: {parameter['name']}"
        for name, operation in operations(document)
        for parameter in operation.get("parameters", [])
        if not parameter.get("description")
    ]
    assert silent == []


def test_every_body_that_is_sent_or_answered_has_an_example(document: dict[str, Any]) -> None:
    bare = []
    for name, operation in operations(document):
        bodies = [("sent", operation.get("requestBody", {}))]
        bodies += [(k, v) for k, v in operation["responses"].items() if k.startswith("2")]
        for what, body in bodies:
            found = body.get("content", {}).get("application/json", {})
            if "schema" in found and not _has_example(found, document):
                bare.append(f"{name}: {what}")
    assert bare == []


def _has_example(content: dict[str, Any], document: dict[str, Any]) -> bool:
    return bool(content.get("examples")) or _exemplified(content["schema"], document)


def _exemplified(schema: dict[str, Any], document: dict[str, Any]) -> bool:
    """Whether a schema has an example, or a part that has; of alternatives all must."""
    if "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]]
    if schema.get("examples"):
        return True
    if alternatives := schema.get("oneOf") or schema.get("anyOf"):
        return all(_exemplified(one, document) for one in alternatives if one != {"type": "null"})
    parts = [*schema.get("properties", {}).values(), schema.get("items", {})]
    return any(_exemplified(part, document) for part in parts if part)
