"""A query as JSON, to keep and to send; the way there and back changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from archive_ai.domain.measures import Colour
from archive_ai.domain.query import Example, Filters, Query, Words
from archive_ai.domain.records import Visibility
from archive_ai.domain.scans import PhotoId
from archive_ai.domain.tags import Status

_KINDS = {"statuses": Status, "colours": Colour}


def query_to_json(query: Query) -> dict[str, Any]:
    """Return a query as plain values; filters that demand nothing are left out."""
    filters: dict[str, Any] = {}
    for field in fields(Filters):
        value = getattr(query.filters, field.name)
        if value is not None and value != ():
            filters[field.name] = list(value) if isinstance(value, tuple) else value
    return {
        "words": [{"text": one.text, "weight": one.weight} for one in query.words],
        "examples": [{"photo": one.photo, "weight": one.weight} for one in query.examples],
        "filters": filters,
    }


def query_from_json(document: Mapping[str, Any]) -> Query:
    """Return the query that :func:`query_to_json` wrote."""
    given = dict(document["filters"])
    values: dict[str, Any] = {
        name: tuple(_KINDS[name](one) if name in _KINDS else one for one in value)
        for name, value in given.items()
        if name != "visibility"
    }
    if "visibility" in given:
        values["visibility"] = Visibility(given["visibility"])
    return Query(
        tuple(Words(one["text"], one["weight"]) for one in document["words"]),
        tuple(Example(PhotoId(one["photo"]), one["weight"]) for one in document["examples"]),
        Filters(**values),
    )
