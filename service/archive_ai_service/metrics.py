"""What the service counts of itself, for Prometheus: one registry for each application."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import Annotated

from fastapi import Depends, Request
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from archive_ai.archive import Archive
from archive_ai.errors import ArchiveAiError

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
SECONDS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class Metrics:
    """The counters of one application. Their labels take few values: routes, never addresses."""

    def __init__(self, archive: Archive) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "archive_ai_requests",
            "Requests answered.",
            ["method", "route", "status"],
            registry=self._registry,
        )
        self._seconds = Histogram(
            "archive_ai_request_seconds",
            "From a request to the end of its answer.",
            ["route"],
            buckets=SECONDS,
            registry=self._registry,
        )
        self._stages = Histogram(
            "archive_ai_search_stage_seconds",
            "Where the time of a search goes.",
            ["stage"],
            buckets=SECONDS,
            registry=self._registry,
        )
        self._refused = Counter(
            "archive_ai_uploads_refused",
            "Uploads that were not answered.",
            ["status"],
            registry=self._registry,
        )
        self._thumbnails = Counter(
            "archive_ai_thumbnails",
            "Small pictures, by whether they were kept or had to be drawn.",
            ["source"],
            registry=self._registry,
        )
        self._registry.register(_Holdings(archive))

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one request."""
        method = method if method in METHODS else "other"
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def refused_upload(self, status: int) -> None:
        """Count an upload that was not answered."""
        self._refused.labels(str(status)).inc()

    def shown(self, drawn: bool) -> None:
        """Count a small picture."""
        self._thumbnails.labels("drawn" if drawn else "kept").inc()

    def searched(self, milliseconds: Mapping[str, float]) -> None:
        """Count where the time of one search went, by stage."""
        for stage, value in milliseconds.items():
            self._stages.labels(stage).observe(value / 1000)

    def text(self) -> bytes:
        """Return everything in Prometheus' text form."""
        return generate_latest(self._registry)


class _Holdings(Collector):
    """What the archive holds, looked up when it is asked for."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield one value each; nothing while the catalogue does not answer."""
        with suppress(ArchiveAiError):
            for name, (value, said) in self._archive.operating.figures().items():
                yield GaugeMetricFamily(f"archive_ai_{name}", said, value=value)


async def _watch(request: Request) -> Callable[[Mapping[str, float]], None]:
    metrics: Metrics = request.app.state.metrics
    return metrics.searched


Watch = Annotated[Callable[[Mapping[str, float]], None], Depends(_watch)]
"""To be called with a search's milliseconds by stage."""
