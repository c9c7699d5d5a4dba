"""``archive-ai dates``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archive_ai.cli.options import archive_option, json_option, open_archive, page_option
from archive_ai.cli.output import csv_output, print_json

if TYPE_CHECKING:
    from archive_ai.tagging.dating import DateModel


@click.group()
def dates() -> None:
    """Estimate when photos were taken, from dated ones of the same archive."""


@dates.command("learn", epilog="Example: archive-ai dates learn dated.csv")
@click.argument("table", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--coverage",
    type=click.FloatRange(0.5, 0.99),
    default=0.9,
    show_default=True,
    help="How many of the dates a range is to hold.",
)
@archive_option
@json_option
def learn_dates(table: Path, coverage: float, archive: Path | None, as_json: bool) -> None:
    """Learn from TABLE (columns path, date; page and series if they are there).

    Dates are years: 1934, 193X, 1930/1939, 1934~. Photos of one series share a date; without the
    column those of one folder are a series.
    """
    with open_archive(archive) as opened:
        model = opened.dating.learn(table, coverage)
    if as_json:
        print_json(_report(model))
        return
    click.echo(
        f"Learned from {model.photos} photos of {model.series} series; ranges are to hold "
        f"{model.coverage:.0%} of the dates."
    )
    click.echo(
        f"A photo of a series that was not seen is missed by {model.error:.1f} years on average; "
        f"without looking at it by {model.error_without_pictures:.1f}."
    )
    if model.error > 0.9 * model.error_without_pictures:
        click.echo("The pictures say little about dates here.")


@dates.command("show", epilog="Example: archive-ai dates show scans/F001_0001.tif")
@click.argument("photo")
@page_option
@archive_option
@json_option
def show_date(photo: str, page: int, archive: Path | None, as_json: bool) -> None:
    """Say from which years PHOTO is, as far as its picture tells."""
    with open_archive(archive) as opened:
        found = opened.dating.of(photo, page)
    years = found.range
    if as_json:
        print_json(
            {"first": years.first, "last": years.last, "coverage": years.coverage}
            | {"learned": _report(found.model)}
        )
        return
    click.echo(
        f"{years.first} to {years.last}: such ranges hold {years.coverage:.0%} of the dates. "
        "An estimate from the picture; nobody has checked it."
    )


@dates.command("export", epilog="Example: archive-ai dates export > dates.csv")
@archive_option
def export_dates(archive: Path | None) -> None:
    """Write the estimated years of every photo as CSV to standard output."""
    with open_archive(archive) as opened:
        opened.dating.export(csv_output())


def _report(model: DateModel) -> dict[str, Any]:
    return {name: value for name, value in model.to_json().items() if name != "folds"}
