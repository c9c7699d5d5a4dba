"""Who may do what: one table of every route with the least role that it needs.

What is not in the table cannot be reached, whatever the application has: see
:mod:`archive_ai_service.entrance`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from starlette.routing import compile_path

from archive_ai.domain import Role

API = "/api/v1"


class Pace(StrEnum):
    """By which limit the requests to a route are counted."""

    USUAL = "usual"
    PICTURES = "pictures"
    SAVING = "saving"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Rule:
    """What a route asks of its caller; ``role`` None: nobody has to sign in for it.

    ``picture``: the body may be as large as a picture that is sent to search by.
    """

    role: Role | None
    pace: Pace = Pace.USUAL
    picture: bool = False


WATCHDOGS = Rule(None, Pace.ANY)
EVERYBODY = Rule(None)
READERS = Rule(Role.READER)
PICTURES = Rule(Role.READER, Pace.PICTURES)
UPLOADS = Rule(Role.READER, picture=True)
ARCHIVISTS = Rule(Role.ARCHIVIST)
ADMINS = Rule(Role.ADMIN)

RULES: Mapping[tuple[str, str], Rule] = {
    ("GET", "/healthz"): WATCHDOGS,
    ("GET", "/readyz"): WATCHDOGS,
    ("GET", "/metrics"): ADMINS,
    ("GET", "/docs"): EVERYBODY,
    ("GET", "/openapi.json"): EVERYBODY,
    ("GET", "/static/{name}"): Rule(None, Pace.PICTURES),
    ("GET", "/sign-in"): EVERYBODY,
    ("POST", "/sign-in"): EVERYBODY,
    ("POST", "/sign-out"): EVERYBODY,
    ("GET", "/"): READERS,
    ("GET", "/map"): READERS,
    ("GET", "/review"): READERS,
    ("GET", "/numbers"): READERS,
    ("GET", "/jobs"): READERS,
    ("GET", "/settings"): READERS,
    ("GET", "/photo/{photo_id}"): READERS,
    ("GET", "/assets/{name}"): Rule(None, Pace.PICTURES),
    ("POST", f"{API}/session"): EVERYBODY,
    ("GET", f"{API}/session"): READERS,
    ("DELETE", f"{API}/session"): EVERYBODY,
    ("GET", f"{API}/status"): READERS,
    ("GET", f"{API}/search"): READERS,
    ("POST", f"{API}/search"): READERS,
    ("POST", f"{API}/search/picture"): UPLOADS,
    ("GET", f"{API}/search.csv"): READERS,
    ("GET", f"{API}/facets"): READERS,
    ("POST", f"{API}/queries"): Rule(Role.READER, Pace.SAVING),
    ("GET", f"{API}/queries/{{query_id}}"): READERS,
    ("GET", f"{API}/queries/{{query_id}}/hits"): READERS,
    ("GET", f"{API}/photos"): READERS,
    ("GET", f"{API}/collections"): READERS,
    ("GET", f"{API}/collections/{{name:path}}"): READERS,
    ("GET", f"{API}/duplicates"): READERS,
    ("GET", f"{API}/vocabulary"): READERS,
    ("GET", f"{API}/vocabulary/{{scheme}}"): READERS,
    ("GET", f"{API}/vocabulary/{{scheme}}/{{concept}}"): READERS,
    ("GET", f"{API}/photos/{{photo_id}}"): READERS,
    ("GET", f"{API}/photos/{{photo_id}}/duplicates"): READERS,
    ("GET", f"{API}/photos/{{photo_id}}/similar"): READERS,
    ("GET", f"{API}/photos/{{photo_id}}/thumbnail"): PICTURES,
    ("GET", f"{API}/photos/{{photo_id}}/tags"): READERS,
    ("GET", f"{API}/photos/{{photo_id}}/metadata"): READERS,
    ("GET", f"{API}/photos/{{photo_id}}/why/{{concept}}"): ARCHIVISTS,
    ("GET", f"{API}/photos/{{photo_id}}/decisions"): ARCHIVISTS,
    ("GET", f"{API}/review"): ARCHIVISTS,
    ("GET", f"{API}/review/{{concept}}"): ARCHIVISTS,
    ("GET", f"{API}/review/{{concept}}/progress"): ARCHIVISTS,
    ("POST", f"{API}/review"): ARCHIVISTS,
    ("POST", f"{API}/review/undo"): ARCHIVISTS,
    ("GET", f"{API}/jobs"): ARCHIVISTS,
    ("POST", f"{API}/jobs"): ARCHIVISTS,  # and ADMINS for all but tagging and learning
    ("GET", f"{API}/jobs/{{number}}"): ARCHIVISTS,
    ("DELETE", f"{API}/jobs/{{number}}"): ARCHIVISTS,
    ("POST", f"{API}/jobs/{{number}}/again"): ARCHIVISTS,
    ("GET", f"{API}/jobs/{{number}}/events"): ARCHIVISTS,
    ("GET", f"{API}/tokens"): ADMINS,
    ("POST", f"{API}/tokens"): ADMINS,
    ("DELETE", f"{API}/tokens/{{name:path}}"): ADMINS,
    ("GET", f"{API}/runs"): ARCHIVISTS,
    ("GET", f"{API}/runs/{{number}}/difference"): ARCHIVISTS,
    ("POST", f"{API}/runs/{{number}}/apply"): ADMINS,
    ("POST", f"{API}/runs/{{number}}/withdraw"): ADMINS,
    ("GET", f"{API}/failures"): ARCHIVISTS,
    ("GET", "/iiif/collection"): READERS,
    ("GET", "/iiif/collection/{name:path}"): READERS,
    ("GET", "/iiif/photo/{photo_id}/manifest"): READERS,
    ("GET", "/iiif/record/{number}/manifest"): READERS,
    ("GET", "/iiif/image/{photo_id}"): PICTURES,
    ("GET", "/iiif/image/{photo_id}/info.json"): PICTURES,
    ("GET", "/iiif/image/{photo_id}/full/{size}/0/default.jpg"): PICTURES,
}
"""Method and template of every route, as FastAPI has them. HEAD counts as GET."""


def documented(template: str) -> str:
    """Return a template as OpenAPI knows it, which does not say that a name may hold slashes."""
    return template.replace(":path}", "}")


class Permissions:
    """Finds what the table says of a request."""

    def __init__(self, rules: Mapping[tuple[str, str], Rule]) -> None:
        methods: dict[str, dict[str, Rule]] = {}
        for (method, template), rule in rules.items():
            methods.setdefault(template, {})[method] = rule
        # Of several templates that match, the one with the fewest parameters is meant.
        ordered = sorted(methods.items(), key=lambda one: one[0].count("{"))
        self._known: list[tuple[re.Pattern[str], str, dict[str, Rule]]] = [
            (compile_path(template)[0], template, rules) for template, rules in ordered
        ]

    def find(self, method: str, path: str) -> tuple[str, Rule] | None:
        """Return template and rule of a request; None if the table has none."""
        method = "GET" if method == "HEAD" else method
        for pattern, template, rules in self._known:
            if method in rules and pattern.match(path):
                return template, rules[method]
        return None

    def methods(self, path: str) -> list[str]:
        """Return the methods by which there is something at ``path``."""
        return sorted({m for one, _, rules in self._known if one.match(path) for m in rules})
