"""``archive-ai import`` and ``records``: descriptions come in, and are shown."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archive_ai.cli.options import archive_option, json_option, open_archive, page_option
from archive_ai.cli.output import print_json, print_table

if TYPE_CHECKING:
    from archive_ai.archive.describing import Imported
    from archive_ai.domain import Record

KEYS_SHOWN = 10


@click.command(
    "import",
    epilog="Examples: archive-ai import --format csv descriptions.csv · "
    "archive-ai import --format csv export.csv --mapping augias.toml --dry-run",
)
@click.argument("table", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--format", "form", type=click.Choice(["csv"]), required=True, help="What TABLE is.")
@click.option(
    "--mapping",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A TOML file that says what the columns mean. Default: by their names.",
)
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@archive_option
@json_option
def import_table(
    table: Path, form: str, mapping: Path | None, dry_run: bool, archive: Path | None, as_json: bool
) -> None:
    """Take over the descriptions in TABLE, all of them or, if one row is faulty, none.

    Rows are known by signature or by path; importing again replaces what was written before
    in the columns that TABLE has. A row whose scan is not there yet waits for it.
    """
    del form  # the only one so far
    with open_archive(archive) as opened:
        done = opened.describing.import_table(table, mapping, dry_run)
    if as_json:
        print_json(_document(done, dry_run))
        return
    _tell(done, dry_run)


def _document(done: Imported, dry_run: bool) -> dict[str, Any]:
    changes = done.changes
    return {
        "dry_run": dry_run,
        "records": {
            "new": changes.new,
            "changed": changes.changed,
            "unchanged": changes.unchanged,
        },
        "photos": changes.photos,
        "opened": changes.opened,
        "waiting": list(changes.waiting),
        "unreadable_dates": [{"line": line, "date": text} for line, text in done.unreadable_dates],
        "ignored_columns": list(done.ignored),
    }


def _tell(done: Imported, dry_run: bool) -> None:
    changes = done.changes
    click.echo(
        f"{changes.new} new, {changes.changed} changed, {changes.unchanged} unchanged; they "
        f"describe {changes.photos} photos."
    )
    if changes.opened:
        verb = "would open" if dry_run else "opened"
        click.echo(f"This {verb} {changes.opened} records that were closed.")
    if changes.waiting:
        some = ", ".join(changes.waiting[:KEYS_SHOWN])
        more = ", …" if len(changes.waiting) > KEYS_SHOWN else ""
        click.echo(f"{len(changes.waiting)} wait for a scan: {some}{more}")
    for line, text in done.unreadable_dates:
        click.echo(f"Line {line}: the date {text!r} was kept as text.")
    if done.ignored:
        click.echo(f"Columns that were left out: {', '.join(done.ignored)}")
    if dry_run:
        click.echo("Nothing was changed: this was a dry run.")


@click.command(epilog="Example: archive-ai records scans/F001_0001.tif")
@click.argument("photo")
@page_option
@archive_option
@json_option
def records(photo: str, page: int, archive: Path | None, as_json: bool) -> None:
    """Show what is written about PHOTO (an id or a path), and where that is from."""
    with open_archive(archive) as opened:
        details = opened.photo(photo, page)
    if as_json:
        print_json({"photo": details.photo.id, "records": [_shown(one) for one in details.records]})
        return
    for record in details.records:
        rows = [[name, str(value)] for name, value in _rows(record) if value]
        print_table(["field", "text"], rows, f"{record.key} ({record.source.value})")
    if not details.records:
        click.echo("No descriptions.")


def _shown(record: Record) -> dict[str, Any]:
    return asdict(record) | {"other": dict(record.other)}


def _rows(record: Record) -> list[tuple[str, Any]]:
    shown = _shown(record)
    other = shown.pop("other")
    return [(name, shown[name]) for name in shown if name not in ("key", "source")] + list(
        other.items()
    )
