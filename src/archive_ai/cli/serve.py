"""``archive-ai serve``."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import click

from archive_ai.cli.options import archive_option, model_option

SERVICE = "archive_ai_service.app"
"""The floor above, named and not imported: the command line does not depend on it."""


@click.command(epilog="Example: archive-ai serve --port 8080")
@click.option("--host", help="The address to listen on. Default: 127.0.0.1, this machine only.")
@click.option("--port", type=click.IntRange(1, 65535), help="The port. Default: 8000.")
@model_option
@archive_option
def serve(host: str | None, port: int | None, model: str | None, archive: Path | None) -> None:
    """Serve the page and the API until stopped.

    On an address that others can reach, somebody must be able to sign in: make a token first, with
    archive-ai token create.
    """
    from archive_ai.archive import load  # noqa: PLC0415 (keeps --help light)

    import_module(SERVICE).serve(load(archive=archive, host=host, port=port, model=model))
