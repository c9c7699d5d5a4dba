"""``archive-ai jobs`` and ``archive-ai worker``."""

from __future__ import annotations

import signal
from collections.abc import Mapping
from pathlib import Path
from types import FrameType
from typing import Any

import click

from archive_ai.cli.options import archive_option, json_option, model_option, open_archive
from archive_ai.cli.output import print_json, print_table
from archive_ai.domain import Job

number_argument = click.argument("number", type=click.IntRange(1, 2**31))


@click.group()
def jobs() -> None:
    """Ask for long work, and see how far it is; archive-ai worker does it."""


@jobs.command("list", epilog="Example: archive-ai jobs list")
@click.option("-n", "limit", type=click.IntRange(1, 1000), default=20, show_default=True)
@archive_option
@json_option
def list_jobs(limit: int, archive: Path | None, as_json: bool) -> None:
    """List jobs, the newest first."""
    with open_archive(archive) as opened:
        found = opened.jobs.newest(limit)
    if as_json:
        print_json({"jobs": [job.to_json() for job in found]})
        return
    rows = [
        [str(job.number), job.kind, job.state.value, _how_far(job), job.by, job.created_at]
        for job in found
    ]
    columns = ["job", "kind", "state", "done", "by", "asked for"]
    print_table(columns, rows, numbers="job")
    if not rows:
        click.echo("No jobs.")


@jobs.command(epilog="Example: archive-ai jobs show 3")
@number_argument
@archive_option
@json_option
def show(number: int, archive: Path | None, as_json: bool) -> None:
    """Show one job with what came of it."""
    with open_archive(archive) as opened:
        _show(opened.jobs.get(number), as_json)


@jobs.command(epilog="Example: archive-ai jobs stop 3")
@number_argument
@archive_option
@json_option
def stop(number: int, archive: Path | None, as_json: bool) -> None:
    """Stop a job; what it has done is kept."""
    with open_archive(archive) as opened:
        _show(opened.jobs.stop(number), as_json)


@jobs.command(epilog="Example: archive-ai jobs again 3")
@number_argument
@archive_option
@json_option
def again(number: int, archive: Path | None, as_json: bool) -> None:
    """Ask once more for what an ended job did; indexing goes on where it was."""
    with open_archive(archive) as opened:
        _show(opened.jobs.again(number, opened.settings.person), as_json)


@jobs.group()
def run() -> None:
    """Ask for work that a worker does later."""


@run.command(epilog="Example: archive-ai jobs run index scans/ --collection Postkarten")
@click.argument("paths", nargs=-1, required=True)
@click.option("--collection", default="", help="The holding that these files belong to.")
@click.option("--checksum", is_flag=True, help="Read every file again, whatever its size and time.")
@archive_option
@json_option
def index(
    paths: tuple[str, ...], collection: str, checksum: bool, archive: Path | None, as_json: bool
) -> None:
    """Index files and folders."""
    asked = {"paths": list(paths), "collection": collection, "checksum": checksum}
    _ask("index", asked, archive, as_json)


@run.command(epilog="Example: archive-ai jobs run tag --concept kirche")
@click.option("--concept", default="", help="Suggest this one concept only, by its id.")
@click.option("--scheme", default="", help="Which vocabulary. Default: the starter.")
@archive_option
@json_option
def tag(concept: str, scheme: str, archive: Path | None, as_json: bool) -> None:
    """Suggest concepts for every photo, as one run."""
    _ask("tag", {"concept": concept, "scheme": scheme}, archive, as_json)


@run.command(epilog="Example: archive-ai jobs run learn kirche")
@click.argument("concept")
@click.option("--scheme", default="", help="Which vocabulary. Default: the starter.")
@archive_option
@json_option
def learn(concept: str, scheme: str, archive: Path | None, as_json: bool) -> None:
    """Learn CONCEPT from what was decided about it."""
    _ask("learn", {"concept": concept, "scheme": scheme}, archive, as_json)


@run.command("map", epilog="Example: archive-ai jobs run map --again")
@click.option("--again", is_flag=True, help="Lay it out anew, whatever map there is.")
@archive_option
@json_option
def draw_map(again: bool, archive: Path | None, as_json: bool) -> None:
    """Draw the map of the archive."""
    _ask("map", {"again": again}, archive, as_json)


@run.command(epilog="Example: archive-ai jobs run verify")
@archive_option
@json_option
def verify(archive: Path | None, as_json: bool) -> None:
    """Check the invariants."""
    _ask("verify", {}, archive, as_json)


@click.command(epilog="Examples: archive-ai worker · archive-ai worker --until-idle")
@click.option("--until-idle", is_flag=True, help="End when no job waits.")
@model_option
@archive_option
def worker(until_idle: bool, model: str | None, archive: Path | None) -> None:
    """Do jobs one by one until stopped; nothing is held while none waits.

    When it is stopped (Ctrl-C, SIGTERM), the job that runs is interrupted and can be asked for
    again. serve starts a worker by itself when a job is posted.
    """
    from archive_ai.archive import Worker  # noqa: PLC0415 (keeps --help light)

    with open_archive(archive, model=model) as opened:
        working = Worker(opened)

        def stop_working(_number: int, _frame: FrameType | None) -> None:
            working.stop()

        before = {n: signal.signal(n, stop_working) for n in (signal.SIGINT, signal.SIGTERM)}
        try:
            ended = working.work(until_idle)
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
    click.echo(f"Stopped after {ended} job(s).", err=True)


def _ask(kind: str, arguments: Mapping[str, Any], archive: Path | None, as_json: bool) -> None:
    given = {name: value for name, value in arguments.items() if value}
    with open_archive(archive) as opened:
        _show(opened.jobs.post(kind, given, opened.settings.person), as_json)


def _show(job: Job, as_json: bool) -> None:
    if as_json:
        print_json(job.to_json())
        return
    rows = [
        ["job", f"{job.number}, {job.kind}"],
        ["state", job.state.value],
        ["done", _how_far(job)],
        *([name, str(value)] for name, value in job.arguments.items()),
        ["by", f"{job.by}, {job.created_at}"],
        *([name, str(value)] for name, value in (job.outcome or {}).items()),
    ]
    print_table(["", ""], rows)


def _how_far(job: Job) -> str:
    total = job.progress["total"]
    return f"{job.progress['done']} of {'?' if total is None else total}"
