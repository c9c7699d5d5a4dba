"""``archive-ai search`` and ``archive-ai similar``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive_ai.cli.options import (
    archive_option,
    csv_option,
    json_option,
    limit_option,
    model_option,
    open_archive,
    page_option,
    sheet_option,
)
from archive_ai.cli.output import print_hits, print_json, search_document
from archive_ai.domain import SearchResult
from archive_ai.exchange.tables import write_hits_csv

if TYPE_CHECKING:
    from archive_ai.archive import Archive


@click.command(epilog="Examples: archive-ai search Kirche · archive-ai search steam engine -n 5")
@click.argument("text", nargs=-1, required=True)
@limit_option
@sheet_option
@csv_option
@model_option
@archive_option
@json_option
def search(
    text: tuple[str, ...],
    limit: int,
    sheet: Path | None,
    as_csv: bool,
    model: str | None,
    archive: Path | None,
    as_json: bool,
) -> None:
    """Find photos by words, in German or English.

    Strong hits stand out from what this archive answers to questions that mean nothing; below the
    weak ones is noise.
    """
    words = " ".join(text)
    with open_archive(archive, model=model) as opened:
        _show(opened, opened.search(words, limit), words, sheet, as_csv, as_json)


@click.command(epilog="Examples: archive-ai similar p_… · archive-ai similar ~/picture.jpg")
@click.argument("photo")
@page_option
@limit_option
@sheet_option
@model_option
@archive_option
@json_option
def similar(
    photo: str,
    page: int,
    limit: int,
    sheet: Path | None,
    model: str | None,
    archive: Path | None,
    as_json: bool,
) -> None:
    """Find photos like PHOTO: an id, a path in the archive, or any picture file."""
    with open_archive(archive, model=model) as opened:
        result = opened.similar(photo, page, limit)
        _show(opened, result, f"like {photo}", sheet, False, as_json)


def _show(
    opened: Archive,
    result: SearchResult,
    title: str,
    sheet: Path | None,
    as_csv: bool,
    as_json: bool,
) -> None:
    if sheet is not None:
        opened.write_sheet(sheet, title, [(title, result)])
        click.echo(f"Contact sheet: {sheet}", err=True)
    if as_json:
        print_json(search_document(result, opened))
    elif as_csv:
        write_hits_csv(sys.stdout, result)
    else:
        tags = opened.tags([hit.photo for hit in result.hits])
        print_hits(result, tags, title)
