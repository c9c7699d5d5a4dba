"""``archive-ai evaluate retrieval``, ``zero-shot`` and ``tags``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from archive_ai.cli.options import archive_option, json_option, model_option, open_archive
from archive_ai.cli.output import print_json, print_table, progress_bar
from archive_ai.domain import EncoderCard

if TYPE_CHECKING:
    from archive_ai.evaluation import RetrievalReport, ZeroShotReport

SOME_FAILED = 3
# Written out, so that --help needs no image library; a test holds them to `images.looks`.
LOOKS = ("grey", "sepia", "faded", "grainy", "mounted", "film", "halftone")
RECALLS = ("recall@1", "recall@5", "recall@10")
Command = TypeVar("Command", bound=Callable[..., Any])


def _table_options(command: Command) -> Command:
    """Add the options that say which rows and pictures count."""
    for option in (
        json_option,
        model_option,
        click.option(
            "--look",
            type=click.Choice(LOOKS),
            help="Make the pictures look like an archive's before they are judged.",
        ),
        click.option("--dataset", help="Keep the rows of this dataset."),
        click.option("--split", "splits", multiple=True, help="Keep this split. Repeatable."),
        click.option(
            "--pictures",
            "tars",
            multiple=True,
            type=click.Path(path_type=Path),
            help="A tar file that holds pictures of the table. Repeatable.",
        ),
        click.argument("table", type=click.Path(path_type=Path)),
    ):
        command = option(command)
    return command


@click.group()
def evaluate() -> None:
    """Measure a model on labelled pictures (CSV, also gzipped)."""


@evaluate.command(
    epilog="Example: archive-ai evaluate retrieval captions.csv.gz --pictures p.tar --split test"
)
@_table_options
def retrieval(table: Path, model: str | None, as_json: bool, **given: Any) -> int:
    """Ask for each caption's picture among all; TABLE has picture, lang, caption."""
    from archive_ai.archive import evaluating, load  # noqa: PLC0415 (keeps --help light)

    material = evaluating.Material(table, **_rows(given))
    with progress_bar("Measuring", "pictures") as report:
        found, card = evaluating.retrieval(load(model=model), material, report)
    if as_json:
        print_json({**found.to_json(), **_model(card)})
    else:
        _print_retrieval(found, card)
    return _status(found.failed)


@evaluate.command(
    "zero-shot",
    epilog="Example: archive-ai evaluate zero-shot scenes.csv --pictures scenes.tar --split test",
)
@_table_options
@click.option(
    "--gallery", type=click.Path(path_type=Path), help="A table that names the pictures to rank."
)
@click.option(
    "--minimum", default=8, show_default=True, help="Judge classes with at least so many pictures."
)
def zero_shot(table: Path, model: str | None, as_json: bool, **given: Any) -> int:
    """Find classes by their names; TABLE has picture, class, label_de, label_en."""
    from archive_ai.archive import evaluating, load  # noqa: PLC0415 (keeps --help light)

    material = evaluating.Material(table, **_rows(given))
    with progress_bar("Measuring", "pictures") as report:
        found, card = evaluating.zero_shot(
            load(model=model), material, given["gallery"], given["minimum"], report
        )
    if as_json:
        print_json({**found.to_json(), **_model(card)})
    else:
        _print_zero_shot(found, card)
    return _status(found.failed)


@evaluate.command(epilog="Example: archive-ai evaluate tags labelled.csv --plots plots")
@click.argument("table", type=click.Path(path_type=Path))
@click.option("--scheme", default="", help="Which vocabulary. Default: the starter.")
@click.option(
    "--incomplete",
    is_flag=True,
    help="A concept without a row may be there all the same: only rows with present=no count as "
    "wrong.",
)
@click.option(
    "--plots",
    type=click.Path(path_type=Path, file_okay=False),
    help="Draw reliability and precision over recall into this folder.",
)
@model_option
@archive_option
@json_option
def tags(table: Path, scheme: str, incomplete: bool, plots: Path | None, **given: Any) -> None:
    """Judge the archive's own tags; TABLE has path, concept: one row a concept that is there."""
    with open_archive(given["archive"], model=given["model"]) as opened:
        found = opened.judge_tags(table, scheme, not incomplete)
    if plots is not None:
        from archive_ai.evaluation import (  # noqa: PLC0415 (keeps --help light)
            draw_precision_recall,
            draw_reliability,
        )

        plots.mkdir(parents=True, exist_ok=True)
        draw_reliability(found, plots / "reliability.png")
        draw_precision_recall(found, plots / "precision-recall.png")
        click.echo(f"Plots: {plots}", err=True)
    if given["as_json"]:
        print_json(found.to_json())
        return
    rows = [
        [one.id, str(one.n), *(f"{value:.3f}" for value in (one.ap, one.precision, one.recall))]
        for one in found.concepts
    ]
    columns = ["concept", "n", "AP", "precision", "recall"]
    title = f"{found.n} pictures; calibration error {found.suggested.ece:.3f} of what is suggested"
    print_table(columns, rows, title, numbers="n,AP,precision,recall")
    whole = [[name.replace("_", " "), f"{value:.3f}"] for name, value in found.overall.items()]
    print_table(["whole", "value"], whole, numbers="value")


def _rows(given: dict[str, Any]) -> dict[str, Any]:
    """What the shared options say of rows and pictures."""
    return {name: given[name] for name in ("tars", "splits", "dataset", "look")}


def _print_retrieval(found: RetrievalReport, card: EncoderCard) -> None:
    rows = [
        [
            language,
            str(found.queries[language]),
            *(_with_interval(values[name], found.intervals[language][name]) for name in RECALLS),
            f"{values['median_rank']:.0f}",
        ]
        for language, values in found.figures.items()
    ]
    columns = ["language", "queries", *RECALLS, "median rank"]
    title = f"{card.name} ({card.fingerprint}), {found.n} pictures; 95 % intervals"
    print_table(columns, rows, title, numbers="queries,median rank")


def _print_zero_shot(found: ZeroShotReport, card: EncoderCard) -> None:
    accuracy = found.summary.accuracy
    rows = [
        [one.id, str(one.n), *_pair(one.ap), *_pair(one.lift if accuracy is None else one.accuracy)]
        for one in found.classes
    ]
    last = "lift" if accuracy is None else "accuracy"
    columns = ["class", "n", "AP de", "AP en", f"{last} de", f"{last} en"]
    title = f"{card.name} ({card.fingerprint}), {found.n} pictures"
    print_table(columns, rows, title, numbers=",".join(columns[1:]))
    whole = [
        ["mean average precision", *_pair(found.summary.macro_ap)],
        ["… at 95 %", *_bounds(found, "macro_ap")],
        ["… by the bare name", *_pair(found.alone.macro_ap)],
        ["median lift of precision@20", *_pair(found.summary.lift)],
        ["… at 95 %", *_bounds(found, "lift")],
    ]
    if accuracy is not None:
        whole.append(["accuracy", *_pair(accuracy)])
        whole.append(["… at 95 %", *_bounds(found, "accuracy")])
        whole.append(["… by the bare name", *_pair(found.alone.accuracy or {})])
    print_table(["whole", "de", "en"], whole, numbers="de,en")


def _with_interval(value: float, interval: tuple[float, float]) -> str:
    return f"{value:.3f} ({interval[0]:.3f}–{interval[1]:.3f})"


def _bounds(found: ZeroShotReport, measure: str) -> list[str]:
    bounds = [found.intervals.get(language, {}).get(measure) for language in ("de", "en")]
    return [f"{low_high[0]:.3f}–{low_high[1]:.3f}" if low_high else "" for low_high in bounds]


def _pair(values: Mapping[str, float]) -> list[str]:
    return [f"{values[language]:.3f}" if language in values else "" for language in ("de", "en")]


def _model(card: EncoderCard) -> dict[str, str]:
    return {"model": card.name, "fingerprint": card.fingerprint}


def _status(failed: int) -> int:
    if failed:
        click.echo(f"{failed} pictures could not be read and are left out.", err=True)
    return SOME_FAILED if failed else 0
