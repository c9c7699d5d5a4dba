"""The page and the archive take a typed query apart in the same way: one list of examples for both.

The page's own tests hold its half against the same list.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from archive_ai.domain import Query
from archive_ai.errors import UsageError
from archive_ai.searching.parse import parse, written

HERE = Path(__file__).resolve()
LIST = HERE.parents[2] / "service" / "page" / "src" / "query" / "examples.json"
EXAMPLES: list[tuple[str, list[tuple[str, int, float, str]]]] = json.loads(LIST.read_text("utf-8"))
FILTERS = {
    "signatur": "signatures", "ort": "places", "tag": "tags", "sammlung": "collections",
    "art": "kinds", "farbe": "colours", "format": "formats", "status": "statuses",
    "phrase": "phrases",
}  # fmt: skip


def _expected(parts: list[tuple[str, int, float, str]]) -> dict[str, list[Any]]:
    """What the parts mean to the archive; free words are one question wherever they stand."""
    free = [text for kind, sign, weight, text in parts if (kind, sign, weight) == ("words", 1, 1)]
    found: dict[str, list[Any]] = {"words": [(" ".join(free), 1.0)] if free else []}
    for kind, sign, weight, text in parts:
        if kind == "words" and (sign, weight) != (1, 1):
            found["words"].append((text, float(sign * weight)))
        elif kind == "like":
            found.setdefault("examples", []).append((text, float(sign * weight)))
        elif kind == "tag" and sign < 0:
            found.setdefault("without_tags", []).append(text)
        elif kind in FILTERS:
            found.setdefault(FILTERS[kind], []).append(text)
    return found


def _read(query: Query) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {"words": [(one.text, one.weight) for one in query.words]}
    if query.examples:
        found["examples"] = [(str(one.photo), one.weight) for one in query.examples]
    for name in (*FILTERS.values(), "without_tags"):
        if values := getattr(query.filters, name):
            found[name] = list(values)
    return found


@pytest.mark.parametrize(("text", "parts"), EXAMPLES, ids=[text for text, _ in EXAMPLES])
def test_the_archive_reads_what_the_page_shows(
    text: str, parts: list[tuple[str, int, float, str]]
) -> None:
    if any(kind == "unknown" for kind, *_ in parts):
        with pytest.raises(UsageError):
            parse(text)
        return
    read = _read(parse(text).query)
    expected = _expected(parts)
    for values in ("colours", "statuses"):  # the archive has one word for each of their names
        assert len(read.pop(values, [])) == len(expected.pop(values, []))
    assert read == expected
    assert parse(written(parse(text).query)).query == parse(text).query
