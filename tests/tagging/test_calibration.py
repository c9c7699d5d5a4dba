from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive_ai.domain import (
    Calibration,
    Chosen,
    ConceptCalibration,
    Examples,
    Mode,
)
from archive_ai.errors import ArchiveDamaged
from archive_ai.tagging.calibrate import (
    hold_back_frequent,
    logits,
    threshold_at,
    with_decisions,
    zero_shot,
)
from archive_ai.tagging.gain import calibration_error
from archive_ai.tagging.logistic import sigmoid
from archive_ai.tagging.scores import score_scale
from made_vectors import MadeArchive, made_archive


def start(made: MadeArchive) -> Calibration:
    return zero_shot(made.scheme, made.scheme.concepts, made.words, made.sample)


def probabilities(made: MadeArchive, found: Calibration) -> np.ndarray:
    anchors = made.sample.anchors(made.words)
    columns = [
        sigmoid(logits(made.photos, anchor, one))
        for anchor, one in zip(anchors, found.concepts, strict=True)
    ]
    return np.stack(columns, axis=1)


def reviewed(made: MadeArchive, count: int, chosen: Chosen, seed: int = 5) -> dict[str, Examples]:
    rows = np.random.default_rng(seed).permutation(len(made.photos))[:count]
    return {
        one.id: Examples(made.photos[rows], made.truth[rows, column], (chosen,) * count)
        for column, one in enumerate(made.scheme.concepts)
    }


def test_probabilities_mean_something_before_any_decision() -> None:
    made = made_archive()
    found = probabilities(made, start(made))
    assert calibration_error(found.ravel(), made.truth.ravel()) <= 0.1
    assert made.truth[found >= 0.6].mean() > 0.6
    assert made.truth[found <= 0.05].mean() < 0.1


def test_decisions_bring_a_wrong_level_right() -> None:
    made = made_archive()
    wrong = start(made)
    wrong = replace(
        wrong, concepts=tuple(replace(one, offset=one.offset + 3) for one in wrong.concepts)
    )
    before = calibration_error(probabilities(made, wrong).ravel(), made.truth.ravel())
    anchors = made.sample.anchors(made.words)
    after = with_decisions(wrong, anchors, reviewed(made, 100, Chosen.RANDOM), made.sample)
    error = calibration_error(probabilities(made, after).ravel(), made.truth.ravel())
    assert before > 0.08
    assert error < before / 2


def test_what_was_picked_because_it_shows_the_concept_moves_no_level() -> None:
    made = made_archive()
    first = start(made)
    rows = np.flatnonzero(made.truth[:, 0])[:50]
    accepted = {"c0": Examples(made.photos[rows], made.truth[rows, 0], (Chosen.ACCEPTED,) * 50)}
    after = with_decisions(first, made.sample.anchors(made.words), accepted, made.sample)
    for moved, one in zip(after.concepts, first.concepts, strict=True):
        assert moved.slope == pytest.approx(one.slope)
        assert moved.offset == pytest.approx(one.offset)


def test_a_decision_alone_moves_little_and_keeps_the_order() -> None:
    made = made_archive()
    first = start(made)
    one = {"c0": Examples(made.photos[:1], ~made.truth[:1, 0], (Chosen.RANDOM,))}
    after = with_decisions(first, made.sample.anchors(made.words), one, made.sample)
    before, moved = probabilities(made, first)[:, 0], probabilities(made, after)[:, 0]
    assert np.abs(moved - before).max() < 0.3
    assert (np.argsort(before, kind="stable") == np.argsort(moved, kind="stable")).all()


def test_a_concept_whose_words_fit_nearly_everything_is_held_back() -> None:
    made = made_archive()
    words = np.array(made.words)
    words[0] = made.photos.mean(axis=0) / np.linalg.norm(made.photos.mean(axis=0))
    found = zero_shot(made.scheme, made.scheme.concepts, words, made.sample)
    assert "a tag on most pictures is no finding" in found.concepts[0].held_back
    assert found.concepts[1].held_back == ""


def test_a_concept_that_would_stand_on_most_photos_is_held_back() -> None:
    one = ConceptCalibration("c", 1.0, 0.0, 0.5, 0.9)
    assert "60%" in hold_back_frequent(one, np.array([0.9] * 6 + [0.1] * 4)).held_back
    assert hold_back_frequent(one, np.array([0.9] * 4 + [0.1] * 6)) == one


@pytest.mark.parametrize("mode", [Mode.EXAMPLES, Mode.MANUAL, Mode.MEASURED])
def test_what_is_not_tagged_by_words_is_held_back(mode: Mode) -> None:
    made = made_archive()
    concepts = [replace(one, mode=mode) for one in made.scheme.concepts]
    found = zero_shot(made.scheme, concepts, made.words, made.sample)
    assert all(one.held_back for one in found.concepts)


def test_the_scale_of_a_sigmoid_model_is_its_slope() -> None:
    made = made_archive()
    scale = score_scale(made.words, made.sample, logit_scale=20.0)
    assert np.allclose(scale.slopes, 20.0)
    odds = made.sample.rows @ made.sample.anchors(made.words).T * scale.slopes + scale.offsets
    assert calibration_error(sigmoid(odds).ravel(), made.truth.ravel()) <= 0.1


def test_scores_of_a_concept_that_lies_nearer_to_everything_mean_the_same() -> None:
    made = made_archive()
    shifted = np.array(made.words)
    shifted[0] += 0.5 * made.photos.mean(axis=0)
    first, moved = score_scale(made.words, made.sample), score_scale(shifted, made.sample)
    rows, anchors = made.sample.rows, made.sample.anchors(made.words)
    before = rows @ anchors[0] * first.slopes[0] + first.offsets[0]
    after = rows @ made.sample.anchors(shifted)[0] * moved.slopes[0] + moved.offsets[0]
    assert np.abs(before.mean() - after.mean()) < 0.6


def test_a_calibration_comes_back_from_json() -> None:
    made = made_archive(count=300)
    found = start(made)
    taught = replace(found.concepts[0], direction=(0.1, -0.25), accepted=7, rejected=2)
    found = replace(found, concepts=(taught, *found.concepts[1:]))
    assert Calibration.from_json(json.loads(json.dumps(found.to_json()))) == found


def test_a_calibration_of_another_model_or_vocabulary_is_refused() -> None:
    found = Calibration("model-a", "scheme", "v1", ())
    found.require("model-a", "v1")
    with pytest.raises(ArchiveDamaged, match="model-a"):
        found.require("model-b", "v1")
    with pytest.raises(ArchiveDamaged, match="v1"):
        found.require("model-a", "v2")


@pytest.mark.parametrize("broken", [{}, {"concepts": [{"nonsense": 1}]}, {"concepts": 3}])
def test_a_broken_calibration_is_refused_with_advice(broken: dict[str, object]) -> None:
    with pytest.raises(ArchiveDamaged, match="Tag again"):
        Calibration.from_json({"fingerprint": "f", "scheme": "s", "scheme_version": "v", **broken})


def test_the_threshold_reaches_the_wished_precision_on_the_rest() -> None:
    made = made_archive(count=4000)
    found = probabilities(made, start(made))[:, 0]
    rows = np.argsort(-found)[:600:3]
    threshold = threshold_at(0.8, found[rows], made.truth[rows, 0], found)
    rest = np.setdiff1d(np.arange(4000), rows)
    suggested = rest[found[rest] >= threshold.value]
    low, high = threshold.interval
    assert low <= threshold.precision <= high
    assert len(suggested) > 50
    assert made.truth[suggested, 0].mean() >= 0.7


def test_decisions_where_the_queue_looked_most_do_not_pull_the_threshold() -> None:
    archive = np.concatenate([np.full(900, 0.4), np.full(100, 0.9)])
    reviewed_at = np.concatenate([np.full(10, 0.4), np.full(40, 0.9)])
    labels = np.concatenate([np.zeros(10, np.bool_), np.ones(40, np.bool_)])
    # 40 of 50 decisions are right, but of the archive's photos from 0.4 on only one in ten is.
    assert threshold_at(0.8, reviewed_at, labels, archive).value > 0.4


def test_without_decisions_the_threshold_is_what_the_calibration_expects() -> None:
    archive = np.linspace(0, 1, 1001)
    nobody = np.empty(0)
    threshold = threshold_at(0.9, nobody, nobody.astype(np.bool_), archive)
    assert threshold.value == pytest.approx(0.8, abs=0.02)
    assert (threshold.interval, threshold.reviewed) == ((0.0, 1.0), 0)


@settings(deadline=None)  # the machine may be busy
@given(st.floats(-50, 50), st.floats(-50, 50))
def test_probabilities_stay_inside_and_rise_with_the_score(one: float, other: float) -> None:
    low, high = sigmoid(np.array(sorted((one, other))))
    assert 0 < low <= high < 1
