from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive_ai.domain import Chosen, ConceptCalibration, Examples, Mode
from archive_ai.tagging.calibrate import logits, zero_shot
from archive_ai.tagging.gain import average_precision, calibration_error
from archive_ai.tagging.learn import learn, learn_concept
from archive_ai.tagging.logistic import fit_logistic, reduced, sigmoid
from made_vectors import MadeArchive, made_archive


def prior(made: MadeArchive, column: int = 0) -> ConceptCalibration:
    return zero_shot(made.scheme, made.scheme.concepts, made.words, made.sample).concepts[column]


def nameless(made: MadeArchive) -> ConceptCalibration:
    concepts = [replace(one, mode=Mode.EXAMPLES) for one in made.scheme.concepts]
    return zero_shot(made.scheme, concepts, made.words, made.sample).concepts[0]


def examples(made: MadeArchive, rows: np.ndarray, chosen: Chosen) -> Examples:
    return Examples(made.photos[rows], made.truth[rows, 0], (chosen,) * len(rows))


def precision_of(made: MadeArchive, one: ConceptCalibration, without: np.ndarray) -> float:
    anchor = made.sample.anchors(made.words)[0]
    rest = np.setdiff1d(np.arange(len(made.photos)), without)
    odds = logits(made.photos[rest], anchor, one)
    return average_precision(odds, made.truth[rest, 0], np.ones(len(rest)))


def test_reviews_make_a_concept_better_and_it_says_by_how_much() -> None:
    made = made_archive(astray=0.3, seed=3)
    rows = np.random.default_rng(2).permutation(len(made.photos))[:200]
    learned = learn_concept(
        prior(made),
        made.sample.anchors(made.words)[0],
        examples(made, rows, Chosen.RANDOM),
        made.sample,
    )
    assert learned.kept and learned.gain is not None
    before = precision_of(made, prior(made), rows)
    assert precision_of(made, learned.calibration, rows) > before + 0.2
    low, high = learned.gain.interval
    assert low <= learned.gain.average_precision <= high
    assert f"{learned.gain.after.average_precision:.2f}" in learned.reason
    assert learned.gain.after.brier is not None
    assert learned.calibration.accepted + learned.calibration.rejected == 200


def test_probabilities_after_reviews_mean_something() -> None:
    made = made_archive(astray=0.3)
    rows = np.random.default_rng(2).permutation(len(made.photos))[:200]
    anchors = made.sample.anchors(made.words)
    given_ = {
        one.id: Examples(made.photos[rows], made.truth[rows, column], (Chosen.RANDOM,) * 200)
        for column, one in enumerate(made.scheme.concepts)
    }
    first = zero_shot(made.scheme, made.scheme.concepts, made.words, made.sample)
    found, learned = learn(first, anchors, given_, made.sample)
    assert set(learned) == set(given_)
    odds = [
        logits(made.photos, anchor, one)
        for anchor, one in zip(anchors, found.concepts, strict=True)
    ]
    error = calibration_error(sigmoid(np.stack(odds, axis=1)).ravel(), made.truth.ravel())
    assert error <= 0.05
    for one, share in zip(found.concepts, made.truth.mean(axis=0), strict=True):
        assert one.prevalence == pytest.approx(share, abs=0.05)


def test_a_name_that_no_words_tell_is_found_from_five_references_alone() -> None:
    made = made_archive(shares=(0.02, 0.1, 0.2))
    rows = np.flatnonzero(made.truth[:, 0])[:5]
    start = nameless(made)
    assert start.held_back
    learned = learn_concept(
        start,
        made.sample.anchors(made.words)[0],
        examples(made, rows, Chosen.ACCEPTED),
        made.sample,
    )
    assert learned.kept
    assert learned.calibration.held_back == ""
    assert precision_of(made, learned.calibration, rows) > 10 * made.truth[:, 0].mean()
    # A handful of accepted pictures must not make it look frequent.
    assert learned.calibration.prevalence < 0.1
    found = sigmoid(logits(made.photos, made.sample.anchors(made.words)[0], learned.calibration))
    suggested = found >= learned.calibration.threshold
    assert suggested.any()
    assert made.truth[suggested, 0].mean() > 2 * made.truth[:, 0].mean()


def test_examples_that_teach_nothing_leave_the_words_alone() -> None:
    made = made_archive()
    rows = np.random.default_rng(3).permutation(len(made.photos))[:60]
    noise = Examples(
        made.photos[rows],
        np.random.default_rng(4).random(60) < 0.5,
        (Chosen.ACCEPTED,) * 60,
    )
    learned = learn_concept(prior(made), made.sample.anchors(made.words)[0], noise, made.sample)
    assert not learned.kept
    assert learned.calibration.direction == ()
    assert "words stay" in learned.reason
    assert learned.gain is not None and learned.gain.average_precision <= learned.gain.interval[1]


def test_copies_of_one_picture_are_one_example() -> None:
    made = made_archive()
    one = np.flatnonzero(made.truth[:, 0])[:1]
    copies = Examples(
        np.repeat(made.photos[one], 6, axis=0), np.ones(6, np.bool_), (Chosen.ACCEPTED,) * 6
    )
    learned = learn_concept(prior(made), made.sample.anchors(made.words)[0], copies, made.sample)
    assert not learned.kept
    assert learned.gain is None
    assert "too few" in learned.reason
    assert learned.calibration.direction == ()


def test_rejected_pictures_alone_teach_no_direction() -> None:
    made = made_archive()
    rows = np.flatnonzero(~made.truth[:, 0])[:20]
    learned = learn_concept(
        prior(made),
        made.sample.anchors(made.words)[0],
        examples(made, rows, Chosen.QUEUE),
        made.sample,
    )
    assert not learned.kept
    assert learned.calibration.rejected == 20


def test_the_same_examples_teach_the_same() -> None:
    made = made_archive(count=600)
    given_ = examples(made, np.arange(80), Chosen.QUEUE)
    anchor = made.sample.anchors(made.words)[0]
    first, second = (learn_concept(prior(made), anchor, given_, made.sample) for _ in range(2))
    assert first.calibration == second.calibration


def test_held_out_probabilities_belong_to_the_examples() -> None:
    made = made_archive(count=600)
    given_ = examples(made, np.arange(80), Chosen.QUEUE)
    learned = learn_concept(prior(made), made.sample.anchors(made.words)[0], given_, made.sample)
    assert learned.held_out.shape == (80,)
    right = learned.held_out[given_.labels].mean()
    assert right > learned.held_out[~given_.labels].mean()


@settings(max_examples=25, deadline=None)  # the machine may be busy
@given(st.integers(0, 10_000), st.integers(2, 40), st.integers(1, 6))
def test_the_fit_is_where_the_loss_is_flat(seed: int, rows: int, columns: int) -> None:
    dice = np.random.default_rng(seed)
    features, offsets = dice.standard_normal((rows, columns)), dice.standard_normal(rows)
    targets, weights = dice.random(rows), dice.random(rows) + 0.1
    penalties = dice.random(columns) + 0.1
    found = fit_logistic(features, targets, weights, offsets, penalties)
    expected = sigmoid(offsets + features @ found)
    slope = features.T @ (weights * (expected - targets)) + penalties * found
    assert np.abs(slope).max() < 1e-2


@settings(deadline=None)  # the machine may be busy
@given(st.integers(0, 1000), st.integers(1, 12))
def test_a_reduced_fit_stands_for_the_same_rows(seed: int, count: int) -> None:
    rows = np.random.default_rng(seed).standard_normal((count, 30))
    features, basis = reduced(rows)
    assert np.allclose(features @ basis, rows, atol=1e-6)
    assert np.allclose(basis @ basis.T, np.eye(len(basis)), atol=1e-8)
