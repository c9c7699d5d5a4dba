"""``archive-ai map``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from archive_ai.cli.options import archive_option, json_option, open_archive
from archive_ai.cli.output import print_json, progress_bar


@click.command("map", epilog="Examples: archive-ai map · archive-ai map --again")
@click.option("--again", is_flag=True, help="Lay it out anew, whatever map there is.")
@archive_option
@json_option
def draw_map(again: bool, archive: Path | None, as_json: bool) -> None:
    """Draw the map of the archive: alike pictures lie near each other.

    Where there is one, photos that are not on it yet are placed and no other moves; index does so
    by itself.
    """
    with open_archive(archive) as opened, progress_bar("Mapping", "steps") as report:
        found = opened.map.draw(again, report)
    if as_json:
        print_json(found)
    else:
        click.echo(told(found))


def told(found: Mapping[str, Any]) -> str:
    """Say in a sentence what came of drawing."""
    what = "Drawn" if found["drawn"] else "Already drawn; what was new is on it"
    learned = f"laid out by {found['landmarks']} of {found['photos']} photo(s)"
    stale = " It has outgrown its layout: archive-ai map --again." if found["stale"] else ""
    return f"{what}: a map {learned}, in {found['seconds']:.1f} s.{stale}"
