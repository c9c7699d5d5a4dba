"""The group of all commands, and the one place where errors become sentences and exit statuses."""

from __future__ import annotations

import json
import sys

import click

import archive_ai
from archive_ai.cli.dates import dates
from archive_ai.cli.demo import demo
from archive_ai.cli.describe import import_table, records
from archive_ai.cli.duplicates import duplicates
from archive_ai.cli.evaluate import evaluate
from archive_ai.cli.explain import explain
from archive_ai.cli.export import export
from archive_ai.cli.index import index
from archive_ai.cli.jobs import jobs, worker
from archive_ai.cli.mapping import draw_map
from archive_ai.cli.review import learn, review
from archive_ai.cli.search import query, search, similar
from archive_ai.cli.serve import serve
from archive_ai.cli.status import status, verify
from archive_ai.cli.tag import runs, tag, tags
from archive_ai.cli.token import token
from archive_ai.cli.vocabulary import vocabulary
from archive_ai.errors import ArchiveAiError, ArchiveUnusable, UsageError

INTERRUPTED = 130


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="A first try: archive-ai demo. Your own scans: archive-ai index FOLDER, then "
    "archive-ai search 'Kirche am Fluss'.",
)
@click.version_option(archive_ai.__version__, prog_name="archive-ai")
def cli() -> None:
    """See what is in an archive's photographs.

    Index folders of scans, search them by words (German or English) or by a picture, and let a
    machine suggest tags. Scans are only ever read.
    """


for command in (
    *(index, search, similar, query, duplicates, tag, tags, runs, review, learn, explain, dates),
    *(vocabulary, export, import_table, records, draw_map),
    *(status, verify, evaluate, serve, token, jobs, worker, demo),
):
    cli.add_command(command)


def main() -> None:
    """Run the command line and end the process with its exit status."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command and return its exit status: see docs/commands.md."""
    try:
        status_code = cli.main(arguments, prog_name="archive-ai", standalone_mode=False)
    except ArchiveAiError as error:
        return _say(error, "--json" in arguments)
    except click.ClickException as error:
        if "--json" in arguments:
            _print_error(UsageError.code, error.format_message(), "")
        error.show()
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo("Stopped. What was done is kept; run the command again to go on.", err=True)
        return INTERRUPTED
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        said = ArchiveUnusable(
            f"{place}{error.strerror or error}.",
            "Check the free space and the permissions of that disk, then try again; what was "
            "committed is kept.",
        )
        return _say(said, "--json" in arguments)
    return status_code if isinstance(status_code, int) else 0


def _say(error: ArchiveAiError, as_json: bool) -> int:
    """Print an error for people, and for scripts where they asked; return the exit status."""
    if as_json:
        _print_error(error.code, error.what, error.advice)
    click.echo(f"Error: {error.what}", err=True)
    if error.advice:
        click.echo(error.advice, err=True)
    return error.exit_status


def _print_error(code: str, what: str, advice: str) -> None:
    document = {"code": code, "what": what, "advice": advice}
    click.echo(json.dumps({"error": document}, ensure_ascii=False))
