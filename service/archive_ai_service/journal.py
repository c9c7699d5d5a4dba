"""The log of the service: a line an event, for programs or people, without what is asked."""

from __future__ import annotations

import logging
import sys
from typing import TextIO

import structlog
from structlog.typing import Processor

from archive_ai.archive import Settings


def open_journal(settings: Settings, stream: TextIO) -> structlog.stdlib.BoundLogger:
    """Have the whole process log to ``stream`` in the form that the settings name."""
    form = settings.log_format
    if form == "auto":
        form = "console" if stream.isatty() else "json"
    shared: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last: list[Processor] = (
        [structlog.dev.ConsoleRenderer(colors=stream.isatty())]
        if form == "console"
        else [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    )
    handler: logging.Handler = logging.StreamHandler(stream)
    if form == "none":
        handler = logging.NullHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
        )
    )
    logger = logging.getLogger("archive_ai_service")
    for one in (logger, logging.getLogger("uvicorn")):
        one.handlers[:] = [handler]
        one.propagate = False
        one.setLevel(logging.INFO if one is logger else logging.WARNING)
    found: structlog.stdlib.BoundLogger = structlog.wrap_logger(
        logger,
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    return found


def standard_journal(settings: Settings) -> structlog.stdlib.BoundLogger:
    """Log to standard error."""
    return open_journal(settings, sys.stderr)
