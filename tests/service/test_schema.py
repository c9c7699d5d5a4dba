"""Whatever is sent to whatever route, it answers as its description in OpenAPI says.

How many requests of each route are made up is the variable ``ARCHIVE_AI_SCHEMA_EXAMPLES``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from archive_ai.archive import Archive, load
from archive_ai.domain import Role
from archive_ai_service.app import create_app
from archive_ai_service.permissions import RULES, documented
from made_scans import write_picture

EXAMPLES = int(os.environ.get("ARCHIVE_AI_SCHEMA_EXAMPLES", "5"))
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
HOST = {"Host": "127.0.0.1"}
# A stream has no end while its job waits; what it sends is tested with jobs.
STREAMS = {"/api/v1/jobs/{number}/events"}


class _NobodyWorks:
    """In place of processes: jobs that are posted wait for ever."""

    def wake(self) -> None:
        """Start nothing."""

    def stop(self) -> None:
        """Stop nothing."""


@pytest.fixture(scope="module")
def served(
    tmp_path_factory: pytest.TempPathFactory, tiny_model: str
) -> Iterator[tuple[Any, dict[Role, str]]]:
    root = tmp_path_factory.mktemp("schema")
    for number in range(4):
        write_picture(root / "scans" / f"{number}.png", number)
    given_settings = load(
        archive=root / "archive", model=tiny_model, workers=1, requests_per_minute=0,
        pictures_per_minute=0, failed_sign_ins=100_000, upload_megabytes=1,
    )  # fmt: skip
    with Archive.create(given_settings) as archive:
        archive.index([root / "scans"])
        archive.tag("kirche")
        roles = (Role.READER, Role.ADMIN)
        tokens = {role: archive.tokens.create(role.value, role, "test") for role in roles}
        app = create_app(archive)
        app.state.workers = _NobodyWorks()
        yield schemathesis.openapi.from_asgi("/openapi.json", app, headers=HOST), tokens


PATHS = sorted({documented(path) for _, path in RULES} - {"/openapi.json"} - STREAMS)
ROUTES = sorted({(method, documented(path)) for method, path in RULES if documented(path) in PATHS})


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_a_route_answers_as_it_is_described(
    method: str, path: str, served: tuple[Any, dict[Role, str]]
) -> None:
    schema, tokens = served
    operation = schema[path][method]

    @settings(
        max_examples=EXAMPLES, deadline=None, database=None, derandomize=EXAMPLES == 5,
        phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy(), role=st.sampled_from(sorted(tokens)))
    def ask(case: Any, role: Role) -> None:
        headers = {**HOST, "Authorization": f"Bearer {tokens[role]}"}
        case.call_and_validate(
            base_url="http://127.0.0.1", headers=headers, checks=CHECKS, allow_redirects=False
        )

    ask()
