"""How results look on a terminal: tables, one JSON document, and a line of progress."""

from __future__ import annotations

import io
import json
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from archive_ai.domain import HERE, PhotoId, Progress, ReportProgress, SearchResult, Tag

if TYPE_CHECKING:
    from archive_ai.archive import Archive

NARROWEST = 110
TAGS_SHOWN = 2
SECONDS_A_LINE = 5.0


def print_json(document: Mapping[str, Any]) -> None:
    """Print the one document of a command's ``--json``."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))


def csv_output() -> TextIO:
    """Return standard output as tables want it: UTF-8, whatever the console's own encoding is."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="")
    return sys.stdout


def print_table(
    columns: Sequence[str], rows: Sequence[Sequence[str]], title: str = "", numbers: str = ""
) -> None:
    """Print a table; ``numbers`` names the columns that stand right-aligned, comma-separated."""
    from rich.console import Console  # noqa: PLC0415 (slow to import)
    from rich.markup import escape  # noqa: PLC0415 (as above)
    from rich.table import Table  # noqa: PLC0415 (as above)

    table = Table(title=escape(title) or None, title_justify="left", box=None, pad_edge=False)
    right = set(filter(None, numbers.split(",")))
    for name in columns:
        table.add_column(
            name,
            justify="right" if name in right else "left",
            overflow="fold",
            no_wrap=name in right,
        )
    for row in rows:
        table.add_row(*(escape(_printable(cell)) for cell in row))
    console = Console()
    console.width = max(console.width, NARROWEST)
    console.print(table, highlight=False)


def _printable(text: str) -> str:
    """Keep control characters of file names from the terminal."""
    return "".join(one if one.isprintable() else "\ufffd" for one in text)


def print_hits(result: SearchResult, tags: Mapping[PhotoId, Sequence[Tag]], title: str) -> None:
    """Print hits with scores and strengths, and say so when nothing is certain."""
    rows = [
        [
            str(place),
            f"{hit.score:.3f}",
            hit.strength.value,
            shown_path(hit.path, hit.page),
            ", ".join(
                tag.labels.get("de", tag.concept) for tag in tags.get(hit.photo, ())[:TAGS_SHOWN]
            ),
            hit.photo,
        ]
        for place, hit in enumerate(result.hits, 1)
    ]
    columns = ["#", "score", "strength", "file", "tags", "photo"]
    print_table(columns, rows, title, numbers="#,score")
    if result.total_strong:
        counted = f"{result.total_strong} strong and {result.total_weak} weak hit(s)"
        click.echo(f"{counted} in the whole archive.")
    elif result.hits:
        click.echo("Nothing certain: these are merely the nearest.")
    else:
        click.echo("No photo passes the filters.")
    if result.left_out:
        click.echo(f"{result.left_out} photo(s) left out by a minus.")
    if not result.exact:
        click.echo("Found with the approximate index: some photos may be missing.")
    if result.cursor:
        click.echo("More follow: ask for more by -n, or page by the cursor in --json.", err=True)
    for hint in result.hints:
        click.echo(f"{hint.de}\n{hint.en}", err=True)


def shown_path(path: Path, page: int = 1) -> str:
    """Return a path, from here where it lies below; with the page if it is not the first."""
    here = Path.cwd()
    shown = path.relative_to(here) if path.is_relative_to(here) else path
    return str(shown) if page == 1 else f"{shown}, page {page}"


def search_document(result: SearchResult, archive: Archive) -> dict[str, Any]:
    """Return the JSON of ``search`` and ``similar``."""
    photos = [hit.photo for hit in result.hits]
    tags, legends = archive.tags(photos), archive.browsing.legends(HERE, photos)
    return {
        "query": dict(result.query),
        "generation": result.generation,
        "total_strong": result.total_strong,
        "total_weak": result.total_weak,
        "total_below": result.total_below,
        "left_out": result.left_out,
        "exact": result.exact,
        "cursor": result.cursor,
        "hints": [asdict(hint) for hint in result.hints],
        "hits": [
            {
                "photo": hit.photo,
                "path": str(hit.path),
                "page": hit.page,
                "score": hit.score,
                "strength": hit.strength.value,
                "reasons": [asdict(reason) for reason in hit.reasons],
                "duplicates": list(hit.duplicates),
                **asdict(legends[hit.photo]),
                "tags": [tag_document(tag) for tag in tags.get(hit.photo, ())],
            }
            for hit in result.hits
        ],
        "ms": {stage: round(value, 2) for stage, value in result.milliseconds.items()},
    }


def tag_document(tag: Tag) -> dict[str, Any]:
    """Return the JSON of one tag, with its whole provenance."""
    return {
        "concept": tag.concept,
        "label": {language: tag.labels.get(language) for language in ("de", "en")},
        "status": tag.status.value,
        "origin": tag.origin.value,
        "score": tag.score,
        "probability": tag.probability,
        "run": tag.run,
        "model": tag.model,
        "generation": tag.generation,
        "scheme": tag.scheme,
        "scheme_version": tag.scheme_version,
        "by": tag.by,
        "at": tag.at,
    }


@contextmanager
def progress_bar(label: str, unit: str) -> Iterator[ReportProgress]:
    """Show progress with rate and time left on standard error.

    A terminal gets a bar; a log file gets a line every few seconds.
    """
    if not sys.stderr.isatty():
        yield _Lines(label, unit)
        return
    from rich import progress as bars  # noqa: PLC0415 (slow to import)
    from rich.console import Console  # noqa: PLC0415 (as above)

    columns = (
        bars.TextColumn("{task.description}"),
        bars.BarColumn(),
        bars.MofNCompleteColumn(),
        bars.TextColumn("{task.fields[rate]}"),
        bars.TimeRemainingColumn(),
    )
    start = time.perf_counter()
    with bars.Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task(label, total=None, rate="")

        def show(progress: Progress) -> None:
            rate = progress.done / max(time.perf_counter() - start, 1e-9)
            failed = f", {progress.failed} failed" if progress.failed else ""
            shown = f"{rate:.1f} {unit}/s{failed}"
            bar.update(task, completed=progress.done, total=progress.total, rate=shown)

        yield show


class _Lines:
    """Progress as lines of a log."""

    def __init__(self, label: str, unit: str) -> None:
        self._label = label
        self._unit = unit
        self._start = self._last = time.perf_counter()

    def __call__(self, progress: Progress) -> None:
        now = time.perf_counter()
        if now - self._last < SECONDS_A_LINE:
            return
        self._last = now
        rate = progress.done / (now - self._start)
        left = f", {((progress.total or 0) - progress.done) / rate:.0f} s left" if rate else ""
        click.echo(
            f"{self._label}: {progress.done}/{progress.total or '?'}, "
            f"{rate:.1f} {self._unit}/s{left}, {progress.failed} failed",
            err=True,
        )
