"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from archive_ai.archive import Archive

archive_option = click.option(
    "--archive",
    type=click.Path(path_type=Path, file_okay=False),
    help="The archive's folder. Default: ARCHIVE_AI_ARCHIVE, else the user's data folder.",
)
json_option = click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON document and nothing else."
)
model_option = click.option(
    "--model",
    help="archive-mini (bundled), local-dir:FOLDER, or an open_clip model with its pretrained "
    "tag, as in ViT-B-32/laion2b_s34b_b79k.",
)
limit_option = click.option(
    "-n", "limit", default=20, show_default=True, help="How many hits to print."
)
page_option = click.option(
    "--page",
    type=click.IntRange(1, 1_000_000),
    default=1,
    show_default=True,
    help="The page, where a file has several.",
)


def _sheet(_context: click.Context, _option: click.Parameter, path: Path | None) -> Path | None:
    """Refuse a name that is no page's: it might be a scan's."""
    if path is not None and path.suffix.lower() not in {".html", ".htm"}:
        raise click.BadParameter(f"{path} does not end in .html.")
    return path


sheet_option = click.option(
    "--sheet",
    type=click.Path(path_type=Path, dir_okay=False),
    callback=_sheet,
    help="Write the hits with thumbnails as a page to open in a browser.",
)
csv_option = click.option("--csv", "as_csv", is_flag=True, help="Print the hits as CSV.")


def open_archive(
    archive: Path | None, index: Sequence[Path] | None = None, **given: Any
) -> Archive:
    """Open the archive that the options name; see ``settings.load`` for what ``given`` may be.

    With paths to ``index`` it is made if it is not there.
    """
    from archive_ai.archive import Archive, load  # noqa: PLC0415 (keeps --help light)

    settings = load(archive=archive, **given)
    return Archive.open(settings) if index is None else Archive.create(settings, index)
