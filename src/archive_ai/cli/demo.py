"""``archive-ai demo``: the sample archive, drawn, indexed, tagged and searched."""

from __future__ import annotations

from pathlib import Path

import click

from archive_ai.cli.index import print_index
from archive_ai.cli.mapping import told
from archive_ai.cli.options import open_archive
from archive_ai.cli.output import print_hits, print_table, progress_bar
from archive_ai.domain import Progress
from archive_ai.errors import UsageError

QUERIES = (
    "Dampflokomotive am Bahnhof",
    "Brücke über den Fluss",
    "Weinberg am Hang",
    "tram in a street",
    "ruins after the war",
    "Gruppenbild",
)
HITS = 5


@click.command(epilog="Example: archive-ai demo --folder demo --seed 7")
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("demo"),
    show_default=True,
    help="Where pictures, archive and contact sheet go.",
)
@click.option(
    "--seed",
    type=click.IntRange(0),
    default=1,
    show_default=True,
    help="Another seed draws other pictures.",
)
def demo(folder: Path, seed: int) -> None:
    """Draw a sample archive of some 120 pictures, then index, tag, search and map it.

    The pictures are drawn by this program, since nothing of others can be shipped; one file is
    broken on purpose.
    """
    from archive_ai.sample import draw_archive  # noqa: PLC0415 (keeps --help light)
    from archive_ai.sample.archive import (  # noqa: PLC0415 (as above)
        DESCRIPTIONS_FILE,
        FINDING_AID_FILE,
    )

    pictures = folder / "pictures"
    if (
        pictures.exists()
        and any(pictures.iterdir())
        and not (pictures / DESCRIPTIONS_FILE).exists()
    ):
        raise UsageError(
            f"{pictures} holds files that this program did not draw.",
            "Choose another folder with --folder; nothing was changed.",
        )
    click.echo(f"Drawing the sample archive in {pictures} …")
    with progress_bar("Drawing", "pictures") as report:
        drawn = draw_archive(
            pictures, seed, lambda done, total: report(Progress("draw", done, total))
        )
    click.echo(f"{len(drawn)} pictures drawn.")
    with open_archive(folder / "archive", index=[pictures]) as opened:
        with progress_bar("Indexing", "files") as report:
            print_index(opened.index([pictures], "sample", report=report))
        with progress_bar("Tagging", "photos") as report:
            run = opened.tag(report=report)
        click.echo(f"Tagging run {run.number}: {run.suggestions} suggestions.")
        described = opened.describing.import_table(pictures / FINDING_AID_FILE).changes
        click.echo(f"Descriptions of three of five fonds: {described.new} records.")
        answers = [(query, opened.search(query, HITS)) for query in QUERIES]
        first = answers[0][1].hits[0]
        answers.append((f"like {first.path.name}", opened.similar(first.photo, limit=HITS)))
        for title, result in answers:
            click.echo()
            print_hits(result, opened.tags([hit.photo for hit in result.hits]), title)
        click.echo()
        with progress_bar("Mapping", "steps") as report:
            click.echo(told(opened.map.draw(report=report)))
        sheet = folder / "index.html"
        opened.write_sheet(sheet, "archive-ai: sample archive", answers)
    click.echo()
    print_table(
        ["what next", ""],
        [
            ["look at the hits", str(sheet)],
            ["open the page", f"archive-ai serve --archive {folder / 'archive'}"],
            ["", "and in a browser: http://127.0.0.1:8000"],
            ["your own scans", "archive-ai index FOLDER, then: archive-ai search 'Kirche'"],
        ],
    )
