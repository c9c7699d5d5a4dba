"""``archive-ai search`` and ``archive-ai similar``."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

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
from archive_ai.cli.output import print_hits, print_json, print_table, search_document
from archive_ai.domain import SearchResult
from archive_ai.errors import UsageError
from archive_ai.exchange.tables import write_hits_csv
from archive_ai.searching.parse import parse

if TYPE_CHECKING:
    from archive_ai.archive import Archive

Command = Callable[..., Any]

cursor_option = click.option(
    "--cursor", default="", help="From --json of the answer before: print the hits that follow."
)


@dataclass(frozen=True, slots=True)
class Output:
    """How hits are wanted."""

    sheet: Path | None
    as_csv: bool
    as_json: bool


def output_options(command: Command) -> Command:
    """Give a command the options of how hits are printed, as one ``output``."""

    @sheet_option
    @csv_option
    @json_option
    @wraps(command)
    def with_output(
        *args: Any, sheet: Path | None, as_csv: bool, as_json: bool, **kwargs: Any
    ) -> Any:
        return command(*args, output=Output(sheet, as_csv, as_json), **kwargs)

    return with_output


class QueryCommand(click.Command):
    """A command whose text may hold a minus before a word, which is no option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Write such a minus as one that no option begins with; the query reads both alike."""
        shown = [f"\N{MINUS SIGN}{one[1:]}" if _NOT_THIS.fullmatch(one) else one for one in args]
        return super().parse_args(ctx, shown)


_NOT_THIS = re.compile(r"-(?!-|n\d*$).{2,}", re.DOTALL)


@click.command(
    cls=QueryCommand,
    epilog="Examples: archive-ai search Kirche am Fluss -n 5 · archive-ai search Markt -Auto "
    "jahr:1930..1950 · archive-ai search Hafen --like p_… --unlike p_…",
)
@click.argument("text", nargs=-1)
@click.option("--like", multiple=True, help="A photo to look like: id, path or picture file.")
@click.option("--unlike", multiple=True, help="One not to look like.")
@limit_option
@cursor_option
@click.option("--save", is_flag=True, help="Keep the query under an id that can be cited.")
@click.option("--facets", is_flag=True, help="Print how the hits fall into kinds instead.")
@model_option
@archive_option
@output_options
def search(
    text: tuple[str, ...], like: tuple[str, ...], unlike: tuple[str, ...], **given: Any
) -> None:
    """Find photos by words, in German or English, by pictures, or by both.

    -WORD: not this. "EXACT PHRASE", signatur:, ort:, tag:, jahr:1930..1950, sammlung:, art:,
    farbe:, format:, status:, sichtbarkeit: filter exactly. Strong hits stand out from what this
    archive answers to questions that mean nothing; below the weak ones is noise.
    """
    from archive_ai.archive.searching import Asking  # noqa: PLC0415 (keeps --help light)

    if not (text or like or unlike):
        raise UsageError("The query is empty.", "Say what a picture shows, or give one by --like.")
    with open_archive(given["archive"], model=given["model"]) as opened:
        if given["facets"] or given["save"]:
            _about(opened, " ".join(text), bool(like or unlike), given)
        if given["facets"]:
            return
        examples = [(one, 1.0) for one in like] + [(one, -1.0) for one in unlike]
        asking = Asking(limit=given["limit"], cursor=given["cursor"])
        result = opened.searching.mixed(" ".join(text), examples, asking)
        _show(opened, result, given["output"])


@click.command(epilog="Examples: archive-ai query q_… · archive-ai query q_… --json")
@click.argument("query_id", metavar="ID")
@limit_option
@cursor_option
@model_option
@archive_option
@output_options
def query(
    query_id: str,
    limit: int,
    cursor: str,
    model: str | None,
    archive: Path | None,
    output: Output,
) -> None:
    """Ask a saved query again, and say what answered it when it was saved."""
    from archive_ai.archive.searching import Asking  # noqa: PLC0415 (keeps --help light)

    with open_archive(archive, model=model) as opened:
        saved = opened.citing.get(query_id)
        click.echo(
            f"Saved by {saved.by or 'somebody'} at {saved.at}; answered by generation "
            f"{saved.generation} ({saved.fingerprint}) with {saved.answer['total_strong']} strong "
            f"and {saved.answer['total_weak']} weak hit(s) that readers may see.",
            err=True,
        )
        result = opened.citing.again(query_id, Asking(limit=limit, cursor=cursor))
        _show(opened, result, output)


@click.command(epilog="Examples: archive-ai similar p_… · archive-ai similar ~/picture.jpg")
@click.argument("photo")
@page_option
@limit_option
@cursor_option
@model_option
@archive_option
@output_options
def similar(
    photo: str,
    page: int,
    limit: int,
    cursor: str,
    model: str | None,
    archive: Path | None,
    output: Output,
) -> None:
    """Find photos like PHOTO: an id, a path in the archive, or any picture file."""
    from archive_ai.archive.searching import Asking  # noqa: PLC0415 (keeps --help light)

    with open_archive(archive, model=model) as opened:
        result = opened.searching.similar(photo, page, Asking(limit=limit, cursor=cursor))
        _show(opened, result, output)


def _about(opened: Archive, text: str, with_pictures: bool, given: dict[str, Any]) -> None:
    """Save a query, or count what it finds by kinds."""
    if with_pictures:
        raise UsageError(
            "--like and --unlike do not go with --save and --facets.",
            "Write photos of the archive into the query: like:p_…",
        )
    output = given["output"]
    if given["facets"] and (output.as_csv or output.sheet or given["cursor"]):
        raise UsageError("--facets prints a table or JSON.", "Leave --csv, --sheet, --cursor out.")
    if given["save"]:
        saved = opened.citing.save(parse(text).query, opened.settings.person)
        click.echo(f"Saved as {saved.id}: archive-ai query {saved.id}", err=True)
    if given["facets"]:
        found = opened.searching.facets(text)
        if given["output"].as_json:
            print_json(asdict(found))
            return
        rows = [
            [name, one.value, one.labels.get("de", ""), str(one.photos)]
            for name, values in found.by.items()
            for one in values
        ]
        title = f"{found.photos} photos"
        print_table(["field", "value", "label", "photos"], rows, title, numbers="photos")


def _show(opened: Archive, result: SearchResult, output: Output) -> None:
    title = ", ".join(str(one) for one in result.query.values())
    if output.sheet is not None:
        opened.write_sheet(output.sheet, title, [(title, result)])
        click.echo(f"Contact sheet: {output.sheet}", err=True)
    if output.as_json:
        print_json(search_document(result, opened))
    elif output.as_csv:
        write_hits_csv(sys.stdout, result)
    else:
        tags = opened.tags([hit.photo for hit in result.hits])
        print_hits(result, tags, title)
