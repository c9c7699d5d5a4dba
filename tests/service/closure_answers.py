"""Answers without what another background may change: ids of requests, times, scores, strengths."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

from httpx2 import Response

PHOTO = re.compile(r"p_[a-z2-7]{20}")
HEADERS = ("content-type", "cache-control", "vary", "location", "allow", "retry-after")
LEFT_OUT = {"score", "strength", "rank", "ms", "at", "id", "total_strong", "total_weak"}
_WEIGHT = re.compile(r"=[-.0-9]+")
TOTALS = ("total_strong", "total_weak", "total_below")


def comparable(answer: Response) -> object:
    """Return status, headers and content as two archives must have them in common.

    Where the line between strong and weak lies is another in each archive, so that only the sum
    of both and of all below is compared, and hits by their photos. So is where the points of a map
    lie, of which the number is compared.
    """
    headers = {name: answer.headers.get(name) for name in HEADERS}
    kept = "etag" in answer.headers
    return answer.status_code, headers, kept, _content(answer)


def _content(answer: Response) -> object:
    kind = answer.headers.get("content-type", "").partition(";")[0]
    if kind.endswith("json"):
        return _told(answer.json())
    if kind == "text/csv":
        rows = [_told(row) for row in csv.DictReader(io.StringIO(answer.text))]
        return sorted(
            json.dumps(row | {"reasons": _WEIGHT.sub("", row["reasons"])}) for row in rows
        )
    if kind == "text/html" and answer.url.query:
        return sorted(PHOTO.findall(answer.text))
    if kind == "application/octet-stream":
        return len(answer.content)
    return answer.content


def _is_of_the_hashes(duplicate: Any) -> bool:
    """What is merely alike is judged by the cosines of the whole archive."""
    return isinstance(duplicate, str) or duplicate["kind"] != "alike"


def _told(document: Any) -> Any:
    if isinstance(document, list):
        return [_told(one) for one in document]
    if not isinstance(document, dict):
        return document
    found = {key: _told(value) for key, value in document.items() if key not in LEFT_OUT}
    if isinstance(found.get("duplicates"), list):
        found["duplicates"] = [one for one in found["duplicates"] if _is_of_the_hashes(one)]
    if "bounds" in found or "legend" in found:  # a map
        for name in ("bounds", "version", "drawn_at"):
            found.pop(name, None)
    if isinstance(found.get("photos"), list) and "q" in found:
        found["photos"].sort()
    if isinstance(found.get("hits"), list):
        found["photos"] = sum(document[name] for name in TOTALS)
        found.pop("total_below")
        found["hits"].sort(key=lambda hit: hit["photo"])
        found["cursor"] = bool(found["cursor"])
    return found
