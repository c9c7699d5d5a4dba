"""``archive-ai serve``."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import click

from archive_ai.cli.options import archive_option, model_option
from archive_ai.errors import UsageError

SERVICE = "archive_ai_service.app"
"""The floor above, named and not imported: the command line does not depend on it."""

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


@click.command(epilog="Example: archive-ai serve --port 8080")
@click.option("--host", help="The address to listen on. Default: 127.0.0.1, this machine only.")
@click.option("--port", type=click.IntRange(1, 65535), help="The port. Default: 8000.")
@click.option(
    "--open-to-network",
    is_flag=True,
    help="Listen on an address other than this machine's own, although nobody has to sign in.",
)
@model_option
@archive_option
def serve(
    host: str | None,
    port: int | None,
    open_to_network: bool,
    model: str | None,
    archive: Path | None,
) -> None:
    """Serve the search page and the API until stopped."""
    from archive_ai.archive import load  # noqa: PLC0415 (keeps --help light)

    settings = load(archive=archive, host=host, port=port, model=model)
    if settings.host not in LOOPBACK and not open_to_network:
        raise UsageError(
            f"{settings.host} can be reached by others, and nobody has to sign in yet.",
            "Add --open-to-network if the network is yours and everything in the archive may be "
            "seen there.",
        )
    import_module(SERVICE).serve(settings)
