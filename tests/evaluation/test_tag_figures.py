"""Tags judged by a table: every figure against an answer that can be told by hand."""

from __future__ import annotations

import json
from math import isnan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive_ai.domain import LabelledTag, PhotoId, Suggestion
from archive_ai.errors import UsageError
from archive_ai.evaluation import ScoredTags, evaluate_tags, scored_tags
from archive_ai.evaluation.hierarchy import closed, judgeable

BROADER = {"church": ["building"], "tower": ["building"], "building": ["thing"], "river": ["thing"]}
CONCEPTS = ("building", "church", "river", "thing", "tower")


def _said(*rows: tuple[str, str, float, float | None]) -> ScoredTags:
    suggestions = [Suggestion(PhotoId(photo), *rest) for photo, *rest in rows]  # type: ignore[arg-type]  # the rest of a row
    return scored_tags(("a", "b", "c", "d"), CONCEPTS, suggestions)


def _table(*rows: str) -> list[LabelledTag]:
    """``a church`` says yes, ``a -church`` says no, ``a`` that it was looked at."""
    split = [row.partition(" ")[::2] for row in rows]
    return [LabelledTag(a, b.removeprefix("-"), not b.startswith("-")) for a, b in split]


SAID = _said(
    ("a", "church", 0.9, 0.9),
    ("b", "church", 0.8, 0.7),
    ("c", "church", 0.7, 0.6),
    ("c", "river", 0.4, 0.5),
    ("d", "tower", 0.5, 0.5),
)


def test_precision_recall_and_average_precision_of_a_complete_table() -> None:
    table = _table("a church", "b", "c church", "c river", "d river")
    report = evaluate_tags(SAID, table, {}, True)
    church, river = report.concepts
    assert (church.id, church.n, church.negatives, church.suggested) == ("church", 2, 2, 3)
    assert (church.precision, church.recall) == (pytest.approx(2 / 3), 1)
    assert church.ap == pytest.approx((1 + 2 / 3) / 2)
    # c is found first; d, about which nothing was said, comes in with a and b: 2 of 4.
    assert (river.precision, river.recall) == (1, 0.5)
    assert river.ap == pytest.approx((1 + 2 / 4) / 2)
    assert report.overall["macro_ap"] == pytest.approx((church.ap + river.ap) / 2)
    assert (report.overall["precision"], report.overall["recall"]) == (0.75, 0.75)
    assert report.n == 4


def test_a_concept_that_the_table_does_not_name_is_not_judged() -> None:
    report = evaluate_tags(SAID, _table("a church", "d"), {}, True)
    assert [one.id for one in report.concepts] == ["church"]
    assert report.overall["precision"] == 1
    assert evaluate_tags(SAID, _table("a church", "z church", "z"), {}, True).outside == 2


def test_an_incomplete_table_has_only_the_negatives_that_it_says() -> None:
    silent = evaluate_tags(SAID, _table("a church", "b river"), {})
    assert isnan(silent.overall["macro_ap"])
    assert isnan(silent.overall["precision"])
    assert isnan(silent.suggested.ece)
    assert silent.overall["recall"] == 0.5
    assert silent.to_json()["macro_ap"] is None
    spoken = evaluate_tags(SAID, _table("a church", "b -church", "c river"), {})
    church, river = spoken.concepts
    assert (church.n, church.negatives, church.precision, church.recall) == (1, 1, 0.5, 1)
    assert isnan(river.precision)
    assert spoken.overall["macro_ap"] == church.ap == 1
    assert spoken.suggested.n == 2


def test_a_broader_concept_of_a_label_is_neither_right_nor_wrong() -> None:
    said = _said(("a", "building", 0.9, 0.9), ("c", "building", 0.8, 0.8))
    table = _table("a church", "b building", "c river")
    building = evaluate_tags(said, table, BROADER, True).concepts[0]
    assert (building.n, building.negatives, building.suggested) == (1, 1, 1)
    assert building.precision == 0
    assert evaluate_tags(said, table, {}, True).concepts[0].negatives == 2


def test_part_credit_for_a_broader_concept() -> None:
    said = _said(("a", "building", 0.9, None), ("b", "tower", 0.8, None), ("c", "river", 0.8, None))
    report = evaluate_tags(said, _table("a church", "b church", "c river"), BROADER, True)
    # Of church and building, a has building; b has building of tower and building, but tower is
    # not named; c has river. The root is given to nobody.
    assert report.overall["hierarchical_precision"] == 1
    assert report.overall["hierarchical_recall"] == pytest.approx(3 / 5)
    assert report.overall["hierarchical_f1"] == pytest.approx(6 / 8)
    assert report.overall["recall"] == pytest.approx(1 / 3)
    wrong = evaluate_tags(
        _said(("a", "river", 0.9, None)), _table("a church", "b river"), BROADER, True
    )
    assert wrong.overall["hierarchical_precision"] == 0


def test_only_what_stands_above_everything_is_a_root() -> None:
    assert judgeable(["church", "river"], BROADER) == {"church", "river", "building"}
    assert judgeable(["church", "tower"], BROADER) == {"church", "tower"}
    assert judgeable(["thing"], BROADER) == {"thing"}
    assert closed(["a"], {"a": ["b"], "b": ["a"]}) == {"a", "b"}


def test_scores_below_the_threshold_rank_but_are_not_suggested() -> None:
    below = [Suggestion(PhotoId("b"), "church", 0.1, 0.1)]
    above = [Suggestion(PhotoId("a"), "church", 0.9, 0.9), Suggestion(PhotoId("x"), "church", 1)]
    said = scored_tags(("a", "b", "c"), CONCEPTS, above, below)
    report = evaluate_tags(said, _table("a church", "b church", "c"), {}, True)
    church = report.concepts[0]
    assert (church.ap, church.recall, church.suggested) == (1, 0.5, 1)
    assert (report.suggested.n, report.everything.n) == (1, 2)


def test_a_table_that_judges_nothing_is_refused() -> None:
    with pytest.raises(UsageError, match="No picture of the table has been tagged"):
        evaluate_tags(SAID, _table("z church"), {})
    with pytest.raises(UsageError, match="names no concept"):
        evaluate_tags(SAID, _table("a", "b"), {}, True)


def test_the_shape_that_scripts_rely_on() -> None:
    report = evaluate_tags(SAID, _table("a church", "b", "c unknown"), {}, True)
    found = json.loads(json.dumps(report.to_json(), allow_nan=False))
    assert {"macro_ap", "ece", "concepts", "n", "ci", "calibration", "complete"} <= found.keys()
    assert {"id", "ap", "precision", "recall", "n"} <= found["concepts"][0].keys()
    unknown = found["concepts"][1]
    assert (unknown["precision"], unknown["recall"], unknown["ap"]) == (
        None,
        0,
        pytest.approx(1 / 3),
    )


@settings(max_examples=20, deadline=None)  # each example draws a thousand resamples
@given(st.integers(0, 2**32 - 1), st.booleans())
def test_figures_are_shares_within_their_bounds(seed: int, complete: bool) -> None:
    dice = np.random.default_rng(seed)
    photos = tuple(f"{number}" for number in range(40))
    truth = dice.random((40, 3)) < 0.3
    scores = np.clip(dice.normal(0.35 + 0.3 * truth, 0.15), 0, 1).astype(np.float32)
    said = ScoredTags(photos, ("x", "y", "z"), scores, scores, scores > 0.5)
    table = [
        LabelledTag(photo, concept, bool(truth[row, column]))
        for row, photo in enumerate(photos)
        for column, concept in enumerate(said.concepts)
        if truth[row, column] or dice.random() < 0.7
    ]
    report = evaluate_tags(said, table, {"x": ["y"]}, complete)
    values = {**report.overall, "ece": report.suggested.ece}
    for name, (low, high) in report.intervals.items():
        assert 0 <= low <= high <= 1
        # A percentile interval is of other pictures; it need not hold the figure, but nearly.
        assert low - 0.15 <= values[name] <= high + 0.15
    again = evaluate_tags(said, table, {"x": ["y"]}, complete)
    assert again.to_json() == report.to_json()
