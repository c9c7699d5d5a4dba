"""Plots: files that are pictures; and what is said where one cannot be drawn."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from archive_ai.domain import LabelledTag
from archive_ai.errors import MissingExtra, PathMissing, UsageError
from archive_ai.evaluation import (
    ScoredTags,
    TagReport,
    draw_precision_recall,
    draw_reliability,
    evaluate_tags,
)


@pytest.fixture(scope="module")
def report() -> TagReport:
    dice = np.random.default_rng(3)
    photos = tuple(map(str, range(200)))
    truth = dice.random((200, 4)) < 0.3
    chance = np.clip(dice.normal(0.3 + 0.4 * truth, 0.2), 0, 1).astype(np.float32)
    said = ScoredTags(photos, ("v", "x", "y", "z"), chance, chance, chance > 0.4)
    table = [LabelledTag(photos[row], said.concepts[column]) for row, column in np.argwhere(truth)]
    table += [LabelledTag(photo, "") for photo in photos]
    return evaluate_tags(said, table, {}, complete=True)


@pytest.mark.parametrize("draw", [draw_reliability, draw_precision_recall])
def test_a_plot_is_a_legible_picture(tmp_path: Path, report: TagReport, draw: type) -> None:
    draw(report, tmp_path / "plot.png")
    with Image.open(tmp_path / "plot.png") as picture:
        assert min(picture.size) >= 900
    draw(report, tmp_path / "plot.svg")
    assert (tmp_path / "plot.svg").read_text("utf-8").rstrip().endswith("</svg>")


def test_what_cannot_be_drawn_is_said(tmp_path: Path, report: TagReport) -> None:
    with pytest.raises(UsageError, match=r"plot\.jpg is no name for a plot"):
        draw_reliability(report, tmp_path / "plot.jpg")
    with pytest.raises(PathMissing, match="cannot be written"):
        draw_reliability(report, tmp_path / "none" / "plot.png")
    said = ScoredTags(("a",), ("x",), *np.zeros((2, 1, 1), np.float32), np.ones((1, 1), bool))
    bare = evaluate_tags(said, [LabelledTag("a", "x")], {})
    for draw in (draw_reliability, draw_precision_recall):
        with pytest.raises(UsageError, match="nothing to draw"):
            draw(bare, tmp_path / "plot.png")
    assert list(tmp_path.iterdir()) == []


def test_without_the_extra_it_says_what_to_install(
    tmp_path: Path, report: TagReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archive_ai.evaluation.plots.find_spec", lambda name: None)
    with pytest.raises(MissingExtra, match=r"archive-ai\[plots\]"):
        draw_reliability(report, tmp_path / "plot.png")
