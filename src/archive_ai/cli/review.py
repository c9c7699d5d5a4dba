"""``archive-ai review`` and ``learn``."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archive_ai.cli.options import archive_option, json_option, model_option, open_archive
from archive_ai.cli.output import csv_output, print_json, print_table, progress_bar

if TYPE_CHECKING:
    from archive_ai.archive.queues import Queue
    from archive_ai.domain import Decided

by_option = click.option(
    "--by", help="Who decides. Default: ARCHIVE_AI_PERSON, else the name you are logged in with."
)
scheme_option = click.option("--scheme", default="", help="Which vocabulary. Default: the starter.")


@click.command(
    epilog="Examples: archive-ai review bruecke --csv > queue.csv · "
    "archive-ai review --from queue.csv · archive-ai review bruecke --accept a.tif --reject b.tif "
    "· archive-ai review --undo"
)
@click.argument("concept", required=False)
@click.option(
    "--from",
    "table",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Take decisions from a table: path, concept, decision (accept or reject).",
)
@click.option("--accept", multiple=True, help="A photo (path or id) that shows CONCEPT.")
@click.option("--reject", multiple=True, help="A photo that does not show CONCEPT.")
@click.option("--undo", is_flag=True, help="Take your newest batch of decisions back.")
@click.option("--batch", type=click.IntRange(1, 2**31), help="With --undo: this batch.")
@click.option(
    "--order",
    type=click.Choice(["teach", "sure", "sample", "second"]),
    default="teach",
    show_default=True,
    help="teach: what teaches most; sure: the most probable; sample: at random, to estimate how "
    "many are right; second: what one other person decided.",
)
@click.option("-n", "limit", type=click.IntRange(1, 5_000), default=50, show_default=True)
@click.option("--csv", "as_csv", is_flag=True, help="Print the queue as a table to fill in.")
@by_option
@scheme_option
@archive_option
@json_option
def review(concept: str | None, **given: Any) -> None:
    """Decide on suggestions of CONCEPT: list what to look at, accept, reject, take back.

    Decisions are kept for ever with who made them and when; no machine changes what they say.
    """
    scheme, as_json = given["scheme"], given["as_json"]
    with open_archive(given["archive"], person=given["by"]) as opened:
        person = opened.settings.person
        if given["table"] is not None:
            _say(opened.reviewing.from_table(given["table"], person, scheme), as_json)
        elif given["undo"]:
            _say(opened.reviewing.undo(person, given["batch"] or 0), as_json)
        elif concept is None:
            raise click.UsageError("Name a concept, or give --from FILE or --undo.")
        elif given["accept"] or given["reject"]:
            chosen = {"accepted": given["accept"], "rejected": given["reject"]}
            _say(opened.reviewing.decide_named(concept, chosen, person, scheme), as_json)
        else:
            order, limit = given["order"], given["limit"]
            queue = opened.queues.queue(concept, scheme, order, limit, person)
            _list(queue, order, "csv" if given["as_csv"] else "json" if as_json else "")


def _say(decided: Decided, as_json: bool) -> None:
    if as_json:
        print_json(asdict(decided))
        return
    click.echo(
        f"Batch {decided.batch}: {decided.written} written, {decided.unchanged} stood already."
    )
    for one in decided.conflicts:
        click.echo(
            f"{one.photo}: {one.by} has {one.verdict.value} {one.concept} since ({one.at}); "
            "yours was not written.",
            err=True,
        )


def _list(queue: Queue, order: str, form: str) -> None:
    from archive_ai.exchange.reviews import write_queue  # noqa: PLC0415 (keeps --help light)

    if form == "csv":
        write_queue(csv_output(), queue.rows)
        return
    if form == "json":
        document = {
            "concept": queue.concept,
            "order": order,
            "waiting": queue.waiting,
            "estimate": queue.estimate,
            "rows": [asdict(row) for row in queue.rows],
        }
        print_json(document)
        return
    rows = [
        [
            str(row.group),
            "" if row.probability is None else f"{row.probability:.2f}",
            row.path,
            row.photo,
        ]
        for row in queue.rows
    ]
    title = f"{queue.concept}: {len(rows)} shown, {queue.waiting} suggested and undecided"
    print_table(["group", "probable", "file", "photo"], rows, title, numbers="group,probable")
    if queue.estimate:
        click.echo(queue.estimate["sentence"])


@click.command(
    epilog="Examples: archive-ai learn bruecke · "
    "archive-ai learn kilianskirche --from ~/kilianskirche"
)
@click.argument("concept")
@click.option(
    "--from",
    "folder",
    type=click.Path(path_type=Path),
    help="A folder of reference pictures that show it; they need not be in the archive.",
)
@click.option(
    "--precision",
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    default=0.9,
    show_default=True,
    help="How many of its suggestions shall be right.",
)
@by_option
@scheme_option
@model_option
@archive_option
@json_option
def learn(concept: str, folder: Path | None, precision: float, **given: Any) -> None:
    """Learn CONCEPT from what was decided about it, and from reference pictures.

    It is used from the next tagging run on if it finds more than the words alone, on pictures
    that it was not taught with.
    """
    from archive_ai.archive.learning import report_of  # noqa: PLC0415 (keeps --help light)

    with (
        open_archive(given["archive"], person=given["by"], model=given["model"]) as opened,
        progress_bar("Learning", "pictures") as report,
    ):
        person, scheme = opened.settings.person, given["scheme"]
        taught = opened.teaching.learn(concept, person, folder, scheme, precision, report)
    document = report_of(taught)
    if given["as_json"]:
        print_json(document)
        return
    ranking = document["average_precision"]
    used = (
        "It is used from the next run on: archive-ai tag"
        if document["kept"]
        else "It is not better than the words alone; what was learned before stays in use."
        if document["earlier_in_use"]
        else "It is not better than the words alone and not used."
    )
    click.echo(
        f"{document['concept']}: from {document['accepted']} pictures that show it "
        f"({document['references']} references) and {document['rejected']} that do not. Average "
        f"precision on pictures it was not taught with: {ranking['learned']:.2f}, by words "
        f"{ranking['words']:.2f}. {used}"
    )
    for sentence in document["unreadable"]:
        click.echo(sentence, err=True)
