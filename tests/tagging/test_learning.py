"""Learning one concept: better with examples, kept only if it is, and honest about how sure."""

from __future__ import annotations

import numpy as np
import pytest

from archive_ai.domain import Learned
from archive_ai.errors import UsageError
from archive_ai.tagging.learning import Examples, Prior, alike, learn
from archive_ai.tagging.logistic import platt_without_rejections, sigmoid

WIDTH = 48


def _unit(rows: np.ndarray) -> np.ndarray:
    return (rows / np.linalg.norm(rows, axis=-1, keepdims=True)).astype(np.float32)


class World:
    """Photos of which some show a thing whose word points a little beside it."""

    def __init__(self, beside: float = 1.0, seed: int = 0) -> None:
        self.dice = np.random.default_rng(seed)
        self.thing = _unit(self.dice.standard_normal(WIDTH))
        word = _unit(self.thing + beside * _unit(self.dice.standard_normal(WIDTH)))
        self.prior = Prior(6 * word, -3.0)

    def photos(self, count: int, shown: bool) -> np.ndarray:
        noise = self.dice.standard_normal((count, WIDTH)) / np.sqrt(WIDTH)
        return _unit(noise + 0.8 * shown * self.thing)

    def examples(self, accepted: int, rejected: int) -> Examples:
        vectors = np.concatenate([self.photos(accepted, True), self.photos(rejected, False)])
        shown = np.arange(accepted + rejected) < accepted
        return Examples(vectors, shown, self.photos(300, False))

    def precision_at_30(self, direction: np.ndarray) -> float:
        vectors = np.concatenate([self.photos(30, True), self.photos(1_000, False)])
        first = np.argsort(-(vectors @ direction))[:30]
        return float((first < 30).mean())


@pytest.mark.parametrize(("accepted", "mostly"), [(5, 8), (20, 11), (60, 12)])
def test_it_finds_more_than_the_words(accepted: int, mostly: int) -> None:
    kept = 0
    for seed in range(12):
        world = World(beside=1.5, seed=seed)
        learned = learn("x", world.examples(accepted, accepted), world.prior)
        if learned.kept:
            kept += 1
            before = world.precision_at_30(world.prior.direction)
            assert world.precision_at_30(learned.direction) > before
            ranking = learned.report["average_precision"]
            assert ranking["learned"] > ranking["words"]
    assert kept >= mostly


def test_reference_pictures_alone_are_enough() -> None:
    world = World(beside=2.0)
    learned = learn("x", world.examples(10, 0), world.prior)
    assert learned.kept
    assert world.precision_at_30(learned.direction) > world.precision_at_30(world.prior.direction)
    # Nothing was rejected, so no precision was measured: what is likely is shown to be reviewed.
    assert 0 < learned.threshold <= 0.5

    def suggested(shown: bool) -> float:
        vectors = world.photos(1_000, shown).astype(np.float64)
        probable = sigmoid(vectors @ learned.direction + learned.offset)
        return float((probable >= learned.threshold).mean())

    assert suggested(True) > 0.3
    assert suggested(False) < 0.05


def test_examples_that_have_nothing_in_common_are_hardly_ever_kept() -> None:
    kept = 0
    for seed in range(20):
        world = World(beside=0.0, seed=seed)
        examples = world.examples(0, 16)
        nonsense = Examples(examples.vectors, np.arange(16) < 8, examples.unseen)
        kept += learn("x", nonsense, world.prior).kept
    assert kept <= 4


def test_probabilities_hold_on_photos_it_was_not_taught_with() -> None:
    world = World(beside=1.5)
    vectors = np.concatenate([world.photos(40, True), world.photos(160, False)])
    examples = Examples(vectors, np.arange(200) < 40, world.photos(300, False))
    learned = learn("x", examples, world.prior)
    fresh = np.concatenate([world.photos(400, True), world.photos(1_600, False)])
    shows = np.arange(2_000) < 400
    found = 1 / (1 + np.exp(-(fresh @ learned.direction + learned.offset)))
    for low in (0.0, 0.25, 0.5, 0.75):
        inside = (found >= low) & (found <= low + 0.25)
        if inside.sum() >= 40:
            assert found[inside].mean() == pytest.approx(shows[inside].mean(), abs=0.15)


def test_the_threshold_reaches_the_precision_that_was_asked_for() -> None:
    world = World(beside=1.0)
    for wanted in (0.7, 0.95):
        learned = learn("x", world.examples(60, 240), world.prior, wanted)
        interval = learned.report["precision"]
        assert interval["value"] >= wanted
        assert interval["low"] <= interval["value"] <= interval["high"]
    assert learned.report["accepted"] == 60


def test_near_duplicates_are_one_group() -> None:
    world = World()
    first = world.photos(5, True)
    noise = 0.02 * world.dice.standard_normal(first.shape) / np.sqrt(WIDTH)
    groups = alike(np.concatenate([first, _unit(first + noise)]))
    assert groups[:5].tolist() == groups[5:].tolist() == [0, 1, 2, 3, 4]


def test_the_same_picture_many_times_proves_nothing() -> None:
    world = World(beside=0.0)
    one = np.repeat(world.photos(1, False), 12, axis=0)
    examples = Examples(one, np.ones(12, np.bool_), world.photos(300, False))
    # Held back whole, the one picture cannot be found by having been taught.
    learned = learn("x", examples, world.prior)
    assert learned.report["average_precision"]["learned"] < 0.5


def test_too_few_are_refused_with_what_to_do() -> None:
    world = World()
    with pytest.raises(UsageError, match="2 pictures that show it; 3 are needed"):
        learn("x", world.examples(2, 50), world.prior)


def test_it_is_the_same_again_and_survives_being_stored() -> None:
    world = World()
    examples = world.examples(8, 8)
    first, second = (learn("x", examples, world.prior) for _ in range(2))
    np.testing.assert_array_equal(first.direction, second.direction)
    stored = Learned.from_json(first.to_json())
    np.testing.assert_array_equal(stored.direction, first.direction)
    assert (stored.offset, stored.threshold) == (first.offset, first.threshold)


def test_without_rejections_probabilities_are_level_with_what_there_is() -> None:
    dice = np.random.default_rng(5)
    shown = dice.random(4_000) < 0.04
    scores = dice.standard_normal(4_000) + 3 * shown
    accepted = 3 + dice.standard_normal(30)
    slope, shift = platt_without_rejections(accepted, scores, 0.04)
    found = sigmoid(slope * scores + shift)
    assert found.mean() == pytest.approx(0.04, abs=0.005)
    sure = found >= 0.5
    assert shown[sure].mean() == pytest.approx(found[sure].mean(), abs=0.1)


def test_what_a_reference_changes_with_its_look_counts_for_less() -> None:
    dice = np.random.default_rng(6)
    thing, tone = np.eye(WIDTH)[:2]

    def photos(count: int, shown: bool, toned: bool) -> np.ndarray:
        noise = dice.standard_normal((count, WIDTH)) / np.sqrt(WIDTH)
        return _unit(noise + 0.8 * shown * thing + 1.5 * toned * tone)

    # All references happen to have one tone, which other photos of the archive have too.
    references, beside = photos(5, True, True), photos(60, False, True)
    unseen = np.concatenate([beside, photos(240, False, False)])
    looks = np.outer(dice.standard_normal(64), tone).astype(np.float32)
    prior = Prior(np.zeros(WIDTH, np.float32), -3.0)
    shown = np.ones(5, np.bool_)
    plain = learn("x", Examples(references, shown, unseen), prior).direction
    told = learn("x", Examples(references, shown, unseen, looks), prior).direction
    assert told[0] / np.linalg.norm(told) > plain[0] / np.linalg.norm(plain)
    assert abs(told[1]) / np.linalg.norm(told) < abs(plain[1]) / np.linalg.norm(plain)
