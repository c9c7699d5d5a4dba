"""Two pictures of how good tags are: reliability, and precision over recall, as PNG or SVG.

Colours are of the palette of Okabe & Ito (2008), which people with every kind of colour vision can
tell apart; nothing is told by colour alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from archive_ai.errors import MissingExtra, PathMissing, UsageError
from archive_ai.evaluation.calibration import Bin
from archive_ai.evaluation.tags import Curve, TagReport

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FORMATS = (".png", ".svg")
BLUE, ORANGE, GREY, INK = "#0072B2", "#D55E00", "#999999", "#222222"
DOTS_AN_INCH = 150


def draw_reliability(report: TagReport, path: Path) -> None:
    """Draw what was promised against what was right, over how many tags lie where.

    Raises UsageError where nothing has a probability or the suffix is not .png or .svg,
    MissingExtra without matplotlib, PathMissing where ``path`` cannot be written.
    """
    if not report.reliability:
        raise UsageError(
            "No suggested tag has a probability that can be judged, so there is nothing to draw.",
            "Learn a calibration first, or judge by a complete table.",
        )
    figure = _figure(path, 6.4, 7.4)
    above, below = figure.subplots(2, 1, height_ratios=(3, 1), sharex=True)
    _draw_bins(above, report.reliability)
    above.set_title(
        f"Are probabilities kept?  {report.suggested.n:,} suggested tags on {report.n:,} pictures",
        fontsize=12,
        loc="left",
    )
    _draw_counts(below, report.histogram)
    figure.text(0.01, 0.01, _in_words(report), fontsize=9, color=INK, va="bottom")
    _save(figure, path, bottom=0.06)


def draw_precision_recall(report: TagReport, path: Path) -> None:
    """Draw the curve of all tags, where the concepts' own lie, and where the thresholds stand.

    Raises as :func:`draw_reliability` does.
    """
    curves = [one.curve for one in report.concepts if one.curve is not None]
    if not curves:
        raise UsageError(
            "No concept can be ranked against pictures without it, so there is nothing to draw.",
            "Judge by a complete table, or by one with rows that say no.",
        )
    figure = _figure(path, 7.2, 6.4)
    axes = figure.subplots()
    _draw_middle_half(axes, curves)
    if report.curve is not None:
        axes.plot(report.curve.recall, report.curve.precision, color=BLUE, lw=2.5, label="all tags")
    recall, precision = report.overall["recall"], report.overall["precision"]
    if np.isfinite(recall) and np.isfinite(precision):
        text = f"as suggested now: {precision * 100:.0f} % right, {recall * 100:.0f} % found"
        axes.plot(recall, precision, "o", ms=9, color=ORANGE, mec="white", label=text, zorder=5)
    axes.set(xlim=(0, 1.02), ylim=(0, 1.02))
    axes.set_xlabel("recall: share of what is there that is suggested")
    axes.set_ylabel("precision: share of what is suggested that is right")
    truths = sum(one.n for one in report.concepts)
    axes.set_title(
        f"Precision and recall  {truths:,} tags of people on {report.n:,} pictures", loc="left"
    )
    axes.legend(loc="upper right", frameon=True, framealpha=0.9, fontsize=9)
    figure.text(
        0.01,
        0.01,
        f"Mean average precision over concepts: {report.overall['macro_ap']:.3f}"
        f"{_bounds(report, 'macro_ap')}.",
        fontsize=9,
        color=INK,
    )
    _save(figure, path, bottom=0.03)


def _draw_bins(axes: Axes, bins: Sequence[Bin]) -> None:
    axes.plot([0, 1], [0, 1], "--", color=GREY, lw=1.2, label="probabilities that are kept")
    x, y = [one.probability for one in bins], [one.right for one in bins]
    reach = [[one.right - one.low for one in bins], [one.high - one.right for one in bins]]
    axes.errorbar(
        x, y, yerr=reach, fmt="o-", color=BLUE, ms=6, lw=1.5, capsize=3, label="these tags, 95 %"
    )
    axes.set(xlim=(0, 1), ylim=(0, 1.02))
    axes.set_ylabel("share that is right")
    axes.text(0.97, 0.06, "too sure", ha="right", color=INK, fontsize=10, style="italic")
    axes.text(0.03, 0.8, "not sure enough", color=INK, fontsize=10, style="italic")
    axes.legend(loc="upper left", frameon=False, fontsize=9)


def _draw_counts(axes: Axes, histogram: Sequence[tuple[int, int]]) -> None:
    """Bars of equal width: how many tags, and how many of them are wrong."""
    width = 1 / len(histogram)
    left = [place * width for place in range(len(histogram))]
    right, wrong = [one[0] for one in histogram], [one[1] for one in histogram]
    names = [f"{name}: {sum(counts):,}" for name, counts in (("right", right), ("wrong", wrong))]
    bars: dict[str, Any] = {"align": "edge", "ec": "white"}
    axes.bar(left, right, width, color=BLUE, label=names[0], **bars)
    axes.bar(left, wrong, width, right, color=ORANGE, hatch="//", label=names[1], **bars)
    axes.set_ylabel("tags")
    axes.locator_params(axis="y", integer=True, nbins=5)
    axes.set_xlabel("probability that was promised")
    axes.legend(loc="best", frameon=False, fontsize=9)


def _draw_middle_half(axes: Axes, curves: Sequence[Curve]) -> None:
    """Shade where half of the concepts lie: at each recall the best precision from there on."""
    recall = np.linspace(0, 1, 201)
    heights = np.zeros((len(curves), len(recall)))
    for row, curve in zip(heights, curves, strict=True):
        best = np.maximum.accumulate(curve.precision[::-1])[::-1]
        place = np.searchsorted(curve.recall, recall)
        reached = place < len(best)
        row[reached] = best[place[reached]]
    low, middle, high = np.percentile(heights, [25, 50, 75], axis=0)
    label = f"half of the {len(curves)} concepts lie here"
    axes.fill_between(recall, low, high, color=GREY, alpha=0.3, lw=0, label=label)
    axes.plot(recall, middle, ":", color=INK, lw=1.5, label="the concept in the middle")


def _in_words(report: TagReport) -> str:
    figures = report.suggested
    return (
        f"Mean gap between promise and truth (expected calibration error): {figures.ece:.3f}"
        f"{_bounds(report, 'ece')};\n"
        f"perfect probabilities would show {figures.ece_by_chance:.3f} with as many tags. "
        f"Brier score {figures.brier:.3f}."
    )


def _bounds(report: TagReport, name: str) -> str:
    bounds = report.intervals.get(name)
    return f" (95 %: {bounds[0]:.3f} to {bounds[1]:.3f})" if bounds else ""


def _figure(path: Path, width: float, height: float) -> Figure:
    if path.suffix.lower() not in FORMATS:
        raise UsageError(
            f"{path.name} is no name for a plot.", f"Let it end in {' or '.join(FORMATS)}."
        )
    if find_spec("matplotlib") is None:
        raise MissingExtra(
            "Plots need matplotlib, which this installation does not have.",
            "Install it with: pip install 'archive-ai[plots]'.",
        )
    from matplotlib.figure import Figure  # noqa: PLC0415 (an extra, and slow to load)

    return Figure(figsize=(width, height), dpi=DOTS_AN_INCH)


def _save(figure: Figure, path: Path, bottom: float) -> None:
    for axes in figure.axes:
        axes.spines[["top", "right"]].set_visible(False)
        axes.grid(True, color="#e5e5e5", lw=0.6)
        axes.set_axisbelow(True)
    figure.tight_layout(rect=(0, bottom, 1, 1))
    try:
        figure.savefig(path)
    except OSError as fault:
        raise PathMissing(f"The plot {path} cannot be written: {fault.strerror}.") from fault
