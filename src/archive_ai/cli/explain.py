"""``archive-ai explain``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from archive_ai.cli.options import archive_option, json_option, open_archive, page_option
from archive_ai.cli.output import print_json, print_table


@click.command(epilog="Example: archive-ai explain scans/F001_0001.tif bruecke --map why.png")
@click.argument("photo")
@click.argument("concept")
@page_option
@click.option(
    "--map",
    "heat",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Draw which parts of the picture speak for it (orange) and against it (blue).",
)
@click.option("--scheme", default="", help="Which vocabulary. Default: the starter.")
@archive_option
@json_option
def explain(photo: str, concept: str, page: int, heat: Path | None, **given: Any) -> None:
    """Say why CONCEPT is, or is not, suggested for PHOTO: which words, which examples."""
    from archive_ai.archive.explaining import write_heat_map  # noqa: PLC0415 (keeps --help light)

    with open_archive(given["archive"]) as opened:
        found = opened.explain(photo, concept, page, given["scheme"])
    if heat is not None:
        write_heat_map(found, heat)
        click.echo(f"Map: {heat}", err=True)
    if given["as_json"]:
        print_json(found.to_json())
        return
    if found.measures is not None:
        said = "not found" if found.score is None else f"found, at {found.score:.1f}"
        click.echo(f"{found.concept} on {found.photo}: measured on the pixels; {said}.")
        measures = [[name, _plain(value)] for name, value in found.measures.to_json().items()]
        print_table(["measure", "value"], measures)
        return
    click.echo(
        f"{found.concept} on {found.photo}: probability {found.probability:.2f}, suggested from "
        f"{found.threshold:.2f}; by {'what was learned' if found.source == 'learned' else 'words'}."
    )
    for title, rows in (("nearest words", found.texts), ("nearest examples", found.examples)):
        if rows:
            table = [[one.name, f"{one.cosine:.3f}"] for one in rows]
            print_table([title, "cosine"], table, numbers="cosine")


def _plain(value: Any) -> str:
    return (
        f"{value:.1f}" if isinstance(value, float) else "in doubt" if value is None else str(value)
    )
