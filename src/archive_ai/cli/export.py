"""``archive-ai export``."""

from __future__ import annotations

from pathlib import Path

import click

from archive_ai.cli.options import archive_option, open_archive
from archive_ai.cli.output import csv_output


@click.command(
    epilog="Examples: archive-ai export --format csv > tags.csv · "
    "archive-ai export --format csv --out tags.csv --language en"
)
@click.option("--format", "form", type=click.Choice(["csv"]), required=True, help="What to write.")
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="Default: standard output."
)
@click.option("--all-scores", is_flag=True, help="Also what lies below the threshold.")
@click.option(
    "--language", default="de", show_default=True, help="Which labels: de, en or another."
)
@click.option("--scheme", default="", help="Whose scores with --all-scores. Default: the starter.")
@archive_option
def export(
    form: str,
    out: Path | None,
    all_scores: bool,
    language: str,
    scheme: str,
    archive: Path | None,
) -> None:
    """Write the tags that may be told, one row a tag, with the whole provenance of each.

    What is sensitive and was not accepted by a person is left out, with --all-scores too.
    """
    del form  # the only one so far
    with open_archive(archive) as opened:
        if out is None:
            opened.exporting.tags(csv_output(), language, all_scores, scheme)
            return
        count = opened.exporting.write_tags(out, language, all_scores, scheme)
    click.echo(f"{out}: {count} tags.", err=True)
