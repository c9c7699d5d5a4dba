"""``archive-ai duplicates``."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from archive_ai.cli.options import archive_option, json_option, open_archive, page_option
from archive_ai.cli.output import csv_output, print_json, print_table, shown_path
from archive_ai.domain import HERE, Duplicate

COLUMNS = ("group", "kind", "cosine", "width", "height", "path", "page", "photo")


@click.command(
    epilog="Examples: archive-ai duplicates · archive-ai duplicates --csv > twice.csv · "
    "archive-ai duplicates scans/F001_0001.tif"
)
@click.argument("photo", required=False, default="")
@page_option
@click.option(
    "-n", "limit", type=click.IntRange(1), help="How many groups, or duplicates of PHOTO, to print."
)
@click.option("--csv", "as_csv", is_flag=True, help="Print a row for every photo as CSV.")
@archive_option
@json_option
def duplicates(
    photo: str, page: int, limit: int | None, as_csv: bool, archive: Path | None, as_json: bool
) -> None:
    """List pictures that the archive holds more than once, or what PHOTO duplicates.

    Identical: the same at the same size and in the same tones. Same: at another size, in other
    tones, cut or scanned anew. Alike, only with PHOTO: another picture that looks much like it.
    """
    with open_archive(archive) as opened:
        if photo:
            known = opened.photo(photo, page).photo.id
            found = opened.duplicates.of(known, HERE, limit or 20)
            listed = [("", one) for one in found]
            document: dict[str, Any] = {
                "photo": known,
                "duplicates": [_document(one) for one in found],
            }
        else:
            groups = opened.duplicates.all(HERE, limit=limit)
            listed = [(group.id, one) for group in groups for one in group.members]
            document = {
                "groups": [
                    {"group": group.id, "photos": [_document(one) for one in group.members]}
                    for group in groups
                ]
            }
    if as_json:
        print_json(document)
    elif as_csv:
        table = csv.writer(csv_output(), lineterminator="\n")
        table.writerow(COLUMNS)
        table.writerows(_rows(listed))
    elif listed:
        print_table(COLUMNS, list(_rows(listed)), numbers="cosine,width,height")
    else:
        click.echo("No duplicates.")


def _document(one: Duplicate) -> dict[str, Any]:
    return {
        "photo": one.photo,
        "kind": one.kind.value,
        "cosine": one.cosine,
        "path": str(one.path),
        "page": one.page,
        "width": one.width,
        "height": one.height,
    }


def _rows(listed: Sequence[tuple[str, Duplicate]]) -> Iterator[list[str]]:
    for group, one in listed:
        yield [
            group,
            one.kind.value,
            f"{one.cosine:.3f}",
            str(one.width),
            str(one.height),
            shown_path(one.path),
            str(one.page),
            one.photo,
        ]
