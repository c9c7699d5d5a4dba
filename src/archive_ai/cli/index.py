"""``archive-ai index``."""

from __future__ import annotations

from pathlib import Path

import click

from archive_ai.cli.options import archive_option, json_option, model_option, open_archive
from archive_ai.cli.output import print_json, print_table, progress_bar
from archive_ai.domain import Failure, IndexReport

SOME_FAILED = 3
FAILURES_SHOWN = 10


def _named(
    _context: click.Context, _argument: click.Parameter, paths: tuple[str, ...]
) -> tuple[Path, ...]:
    """Refuse an empty name, which an unset variable leaves: it would mean this very folder."""
    if "" in paths:
        raise click.BadParameter("A path is empty.")
    return tuple(Path(path) for path in paths)


@click.command(epilog="Examples: archive-ai index scans/ · archive-ai index scans/ --checksum")
@click.argument("paths", nargs=-1, required=True, callback=_named)
@click.option("--collection", default="", help="The holding that these files belong to.")
@click.option("--checksum", is_flag=True, help="Read every file again, whatever its size and time.")
@click.option("--workers", type=click.IntRange(1, 256), help="Files decoded and encoded at once.")
@model_option
@archive_option
@json_option
def index(
    paths: tuple[Path, ...],
    collection: str,
    checksum: bool,
    workers: int | None,
    model: str | None,
    archive: Path | None,
    as_json: bool,
) -> int:
    """Index files and folders: decode, encode, remember. Files are only read.

    What has not changed is skipped, and a run that was stopped goes on where it was. A file that
    cannot be used is listed with its cause (exit status 3) and the run goes on.
    """
    with open_archive(archive, index=paths, model=model, workers=workers) as opened:
        if not as_json:
            click.echo(f"Archive: {opened.settings.archive}", err=True)
        with progress_bar("Indexing", "files") as report:
            result = opened.index(paths, collection, checksum, report)
    if as_json:
        print_json(result.to_json())
    else:
        print_index(result)
    return SOME_FAILED if result.failed else 0


def print_index(result: IndexReport) -> None:
    """Print what a run did, and the first failures."""
    click.echo(
        f"{result.seen} files seen: {result.indexed} photos indexed, {result.unchanged} files "
        f"unchanged, {result.moved} moved, {result.failed} failed, {result.missing} missing, "
        f"{result.ignored} ignored; {result.seconds:.1f} s, "
        f"{result.images_per_second:.1f} photos/s."
    )
    if not result.activated:
        click.echo(
            "These vectors are kept as a generation of their own; searching still uses the other "
            "model, which covers more photos. Name this one with --model."
        )
    print_failures(result.failures[:FAILURES_SHOWN])
    if len(result.failures) > FAILURES_SHOWN:
        click.echo("All of them: archive-ai status --failures")


def print_failures(failures: tuple[Failure, ...] | list[Failure]) -> None:
    """Print failures with cause and advice."""
    if failures:
        rows = [
            [str(f.path) + (f", page {f.page}" if f.page else ""), f"{f.cause} {f.advice}"]
            for f in failures
        ]
        print_table(["failed", "why, and what to do"], rows)
