"""``archive-ai tag``, ``tags`` and ``runs``."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from archive_ai.cli.options import (
    archive_option,
    json_option,
    model_option,
    open_archive,
    page_option,
)
from archive_ai.cli.output import print_json, print_table, progress_bar, tag_document


@click.command(epilog="Examples: archive-ai tag · archive-ai tag --concept weinlese")
@click.option("--concept", default="", help="Suggest this one concept only, by its id.")
@model_option
@archive_option
@json_option
def tag(concept: str, model: str | None, archive: Path | None, as_json: bool) -> None:
    """Suggest concepts of the starter vocabulary for every photo, as one run.

    Suggestions come from stored vectors and are suggestions only: each names its run, and a whole
    run can be withdrawn.
    """
    with (
        open_archive(archive, model=model) as opened,
        progress_bar("Tagging", "photos") as report,
    ):
        run = opened.tag(concept, report)
    if as_json:
        print_json(asdict(run))
    else:
        click.echo(
            f"Run {run.number}: {run.suggestions} suggestions with {run.model}, "
            f"scheme {run.scheme} {run.scheme_version}."
        )


@click.command(epilog="Example: archive-ai tags scans/F001_0001.tif")
@click.argument("photo")
@page_option
@archive_option
@json_option
def tags(photo: str, page: int, archive: Path | None, as_json: bool) -> None:
    """Show the tags of PHOTO (an id or a path) with where each comes from."""
    with open_archive(archive) as opened:
        details = opened.photo(photo, page)
    if as_json:
        print_json({"photo": details.photo.id, "tags": [tag_document(t) for t in details.tags]})
        return
    rows = [
        [
            one.labels.get("de", one.concept),
            one.labels.get("en", ""),
            one.status.value,
            one.origin.value,
            "" if one.score is None else f"{one.score:.2f}",
            "" if one.run is None else f"run {one.run}, {one.model}, generation {one.generation}",
        ]
        for one in details.tags
    ]
    columns = ["Deutsch", "English", "status", "origin", "score", "from"]
    print_table(columns, rows, details.photo.id, numbers="score")
    if not rows:
        click.echo("No tags.")


@click.group()
def runs() -> None:
    """List tagging runs, or withdraw one."""


@runs.command("list")
@archive_option
@json_option
def list_runs(archive: Path | None, as_json: bool) -> None:
    """List the tagging runs, the newest first."""
    with open_archive(archive) as opened:
        found = opened.runs()
    if as_json:
        print_json({"runs": [asdict(run) for run in found]})
        return
    rows = [
        [
            str(run.number),
            run.started_at,
            run.model,
            f"{run.scheme} {run.scheme_version}",
            str(run.suggestions),
            f"withdrawn {run.withdrawn_at}" if run.withdrawn_at else "stands",
        ]
        for run in found
    ]
    columns = ["run", "started", "model", "scheme", "suggestions", "state"]
    print_table(columns, rows, numbers="run,suggestions")


@runs.command("withdraw")
@click.argument("run", type=click.IntRange(1, 2**31))
@archive_option
@json_option
def withdraw_run(run: int, archive: Path | None, as_json: bool) -> None:
    """Withdraw all suggestions of RUN; the run before it speaks again."""
    with open_archive(archive) as opened:
        opened.withdraw(run)
    if as_json:
        print_json({"run": run, "withdrawn": True})
    else:
        click.echo(f"Run {run} is withdrawn.")
