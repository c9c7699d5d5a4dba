"""The command line: one thin face of the archive."""

from archive_ai.cli.app import main

__all__ = ["main"]
