"""``archive-ai tag``, ``tags`` and ``runs``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive_ai.cli.options import (
    archive_option,
    json_option,
    model_option,
    open_archive,
    page_option,
)
from archive_ai.cli.output import print_json, print_table, progress_bar, tag_document

if TYPE_CHECKING:
    from archive_ai.domain import Decision, RunDifference, TaggingRun


@click.command(
    epilog="Examples: archive-ai tag · archive-ai tag --concept weinlese · "
    "archive-ai tag --scheme gnd --preview"
)
@click.option("--concept", default="", help="Suggest this one concept only, by its id.")
@click.option("--scheme", default="", help="Which vocabulary. Default: the starter.")
@click.option(
    "--threshold",
    type=click.FloatRange(0, 1),
    default=0.0,
    help="Suggest nothing less probable. Default: each concept's own.",
)
@click.option("--preview", is_flag=True, help="Leave the run waiting: see runs diff, runs apply.")
@model_option
@archive_option
@json_option
def tag(
    concept: str,
    scheme: str,
    threshold: float,
    preview: bool,
    model: str | None,
    archive: Path | None,
    as_json: bool,
) -> None:
    """Suggest concepts of a vocabulary for every photo, as one run.

    Suggestions come from stored vectors and are suggestions only: each names its run, and a whole
    run can be withdrawn. What a person decided stays as it is.
    """
    with (
        open_archive(archive, model=model) as opened,
        progress_bar("Tagging", "photos") as report,
    ):
        tagged = opened.tagging.tag(concept, scheme, threshold, report, apply=not preview)
        run = tagged.run
    if as_json:
        print_json(tagged.to_json(applied=not preview))
        return
    click.echo(
        f"Run {run.number}: {run.suggestions} suggestions with {run.model}, "
        f"scheme {run.scheme} {run.scheme_version}."
    )
    click.echo(_sentence(tagged.difference))
    for one in tagged.held_back:
        click.echo(
            f"{one.concept} holds itself back: it would be on {one.share:.0%} of the photos."
        )
    if preview:
        click.echo(f"It waits. To let it speak: archive-ai runs apply {run.number}")


def _sentence(difference: RunDifference) -> str:
    return f"{difference.new} new, {difference.gone} gone, {difference.same} as before."


@click.command(epilog="Example: archive-ai tags scans/F001_0001.tif")
@click.argument("photo")
@page_option
@click.option("--history", is_flag=True, help="List every decision ever made on its tags.")
@archive_option
@json_option
def tags(photo: str, page: int, history: bool, archive: Path | None, as_json: bool) -> None:
    """Show the tags of PHOTO (an id or a path) with where each comes from."""
    with open_archive(archive) as opened:
        details = opened.photo(photo, page)
        decisions = opened.reviewing.history(details.photo.id) if history else []
    if as_json:
        document = {"photo": details.photo.id, "tags": [tag_document(t) for t in details.tags]}
        if history:
            document["decisions"] = [asdict(one) for one in decisions]
        print_json(document)
        return
    if history:
        _print_history(details.photo.id, decisions)
        return
    rows = [
        [
            one.labels.get("de", one.concept),
            one.labels.get("en", ""),
            one.status.value,
            one.origin.value,
            "" if one.probability is None else f"{one.probability:.2f}",
            "" if one.run is None else f"run {one.run}, {one.model}, generation {one.generation}",
        ]
        for one in details.tags
    ]
    columns = ["Deutsch", "English", "status", "origin", "probable", "from"]
    print_table(columns, rows, details.photo.id, numbers="probable")
    if not rows:
        click.echo("No tags.")


def _print_history(photo: str, decisions: Sequence[Decision]) -> None:
    rows = [
        [str(one.number), one.at, one.by, one.concept, one.verdict.value, one.note, str(one.batch)]
        for one in decisions
    ]
    columns = ["decision", "at", "by", "concept", "verdict", "note", "batch"]
    print_table(columns, rows, photo, numbers="decision,batch")


@click.group()
def runs() -> None:
    """List tagging runs, see what one would change, apply or withdraw it."""


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
            _state(run),
        ]
        for run in found
    ]
    columns = ["run", "started", "model", "scheme", "suggestions", "state"]
    print_table(columns, rows, numbers="run,suggestions")


def _state(run: TaggingRun) -> str:
    if run.withdrawn_at:
        return f"withdrawn {run.withdrawn_at}"
    if not run.written_at:
        return "broken off"
    return "stands" if run.applied_at else "waits"


@runs.command("diff")
@click.argument("run", type=click.IntRange(1, 2**31))
@archive_option
@json_option
def diff_run(run: int, archive: Path | None, as_json: bool) -> None:
    """Say what RUN, which waits, would change: suggestions that are new, gone, and the same."""
    with open_archive(archive) as opened:
        difference = opened.tagging.difference(run)
    if as_json:
        print_json({"run": run, "difference": asdict(difference)})
    else:
        click.echo(_sentence(difference))


@runs.command("apply")
@click.argument("run", type=click.IntRange(1, 2**31))
@archive_option
@json_option
def apply_run(run: int, archive: Path | None, as_json: bool) -> None:
    """Let RUN, which waits, speak in place of the one before."""
    with open_archive(archive) as opened:
        opened.tagging.apply(run)
    if as_json:
        print_json({"run": run, "applied": True})
    else:
        click.echo(f"Run {run} speaks.")


@runs.command("withdraw")
@click.argument("run", type=click.IntRange(1, 2**31))
@archive_option
@json_option
def withdraw_run(run: int, archive: Path | None, as_json: bool) -> None:
    """Withdraw all suggestions of RUN; the run before it speaks again."""
    with open_archive(archive) as opened:
        opened.tagging.withdraw(run)
    if as_json:
        print_json({"run": run, "withdrawn": True})
    else:
        click.echo(f"Run {run} is withdrawn.")
