"""What tagging shows: probabilities, learning, queues, buildings, samples, and a million vectors.

``--material DIR`` holds scenes.csv, scenes.tar, oldphotos-concepts.csv, oldphotos.csv.gz and
oldphotos-*.tar. Vectors are kept in ``--cache``, by the model's fingerprint. ``--only PART``
(repeatable) runs one part. ``--seeds`` is how often what is reviewed is drawn anew.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tagging_bench import Bench, Start, average, chance_of, open_bench, taught
from tagging_buildings import drawn, real
from tagging_material import Labels, old_photographs, scenes
from tagging_million import million
from tagging_samples import simulated_reviews

from archive_ai.domain import Calibration, Learned
from archive_ai.evaluation.calibration import calibration_error, equal_mass, equal_width
from archive_ai.settings import BUNDLED_MODEL
from archive_ai.tagging.learning import alike
from archive_ai.tagging.measures import average_precision
from archive_ai.tagging.queues import most_taught
from archive_ai.tagging.recalibrating import recalibrate
from archive_ai.tagging.suggest import with_learned

Floats = NDArray[np.floating]

REVIEWS = 200
DECISIONS, AT_ONCE, FIRST, CONCEPTS, POOL = 100, 20, 50, 10, 2_000
SHOWN = 0.5


@dataclass(frozen=True)
class Judged:
    """Macro average precision and calibration errors on the test split."""

    precision: float
    all_pairs: float
    equal_width: float
    shown: float
    best: float

    @classmethod
    def of(cls, log_odds: Floats, truth: NDArray[np.bool_]) -> Judged:
        """Judge log-odds (n, c) of pictures by what is true of them (n, c)."""
        found = chance_of(log_odds)
        each = found.ravel()
        right = truth.ravel()
        shown = each >= SHOWN
        best, best_right = found.max(axis=1), truth[np.arange(len(found)), found.argmax(axis=1)]
        return cls(
            average(average_precision(log_odds[:, k], truth[:, k]) for k in range(truth.shape[1])),
            calibration_error(each, right, equal_mass(each)),
            calibration_error(each, right, equal_width(each)),
            calibration_error(each[shown], right[shown], equal_mass(each[shown])),
            calibration_error(best, best_right, equal_mass(best)),
        )


def say(what: str, figures: Sequence[Judged], note: str = "") -> None:
    """Print the means of some runs."""
    names = ("precision", "all_pairs", "equal_width", "shown", "best")
    ap, pairs, width, shown, best = (average(getattr(f, name) for f in figures) for name in names)
    print(
        f"{what:38s} macro AP {ap:.3f}  ECE all pairs {pairs:.3f} (equal width {width:.3f}), "
        f"shown tags {shown:.3f}, best class {best:.3f}  {note}",
        flush=True,
    )


def scene15(bench: Bench) -> None:
    """Reviews from the train split, judged on the test split; names are German."""
    train = scenes(bench.encoder, bench.material, "train", bench.cache)
    test = scenes(bench.encoder, bench.material, "test", bench.cache)
    start = bench.start(train)
    say("zero-shot", [Judged.of(start.calibration.log_odds(test.vectors), test.truth)])
    figures: dict[str, list[Judged]] = {}
    kept: dict[str, list[int]] = {}
    for seed in range(bench.seeds):
        for name, given in _reviewed_scenes(train, seed).items():
            level = _level(start, train, given)
            learned = _learn_all(replace(start, calibration=level), train, given)
            after = with_learned(level, learned)
            judged = Judged.of(after.log_odds(test.vectors), test.truth)
            figures.setdefault(name, []).append(judged)
            kept.setdefault(name, []).append(len(learned))
    for name, found in figures.items():
        say(name, found, f"{np.mean(kept[name]):.1f} of {len(train.concepts)} learned and kept")


def _reviewed_scenes(train: Labels, seed: int) -> Mapping[str, list[NDArray[np.int64]]]:
    """Return by kind of review the rows decided for each concept."""
    dice = np.random.default_rng(seed)
    count = len(train.concepts)
    pictures = dice.permutation(len(train.vectors))[:REVIEWS]
    pairs = dice.permutation(train.truth.size)[:REVIEWS]
    shows = [dice.permutation(np.flatnonzero(train.truth[:, k])) for k in range(count)]
    return {
        f"{REVIEWS} single decisions": [pairs[pairs % count == k] // count for k in range(count)],
        f"{REVIEWS} pictures, every concept": [pictures] * count,
        "10 accepted a concept": [rows[:10] for rows in shows],
        "50 accepted a concept": [rows[:50] for rows in shows],
    }


def _level(start: Start, train: Labels, given: Sequence[NDArray[np.int64]]) -> Calibration:
    """Bring the words to the level of what was decided, as an archive does before it learns."""
    concepts = np.repeat(np.arange(len(given)), [len(rows) for rows in given])
    rows = np.concatenate(given)
    shown = train.truth[rows, concepts]
    return recalibrate(start.calibration, concepts, train.vectors[rows], shown)


def _learn_all(
    start: Start, train: Labels, given: Sequence[NDArray[np.int64]]
) -> dict[str, Learned]:
    """Learn each concept from its rows of ``train``; return those that are kept."""
    found = {}
    for place, rows in enumerate(given):
        one = taught(start, place, train.vectors, rows, train.truth[rows, place])
        if one is not None and one.kept:
            found[train.concepts[place]] = one
    return found


def queues(bench: Bench) -> None:
    """Old photographs: 100 decisions in queue order or at random, judged on the other half."""
    labels = old_photographs(bench.encoder, bench.material, bench.cache)
    start = bench.start(labels)
    frequent = np.argsort(-labels.truth.sum(axis=0), kind="stable")[:CONCEPTS]
    groups = alike(labels.vectors)
    tally = {"unseen": [0, 0], "list": [0, 0]}
    for column in sorted(frequent.tolist()):
        found: dict[str, list[tuple[float, ...]]] = {"queue": [], "random": []}
        for seed in range(bench.seeds):
            half = np.random.default_rng(seed).permutation(int(groups.max()) + 1) % 2
            mine = half[groups] == 0
            for order, figures in found.items():
                figures.append(_reviewed(start, labels, column, (mine, order, seed)))
        mean = {order: np.mean(figures, axis=0) for order, figures in found.items()}
        for place, judged in ((1, "unseen"), (3, "list")):
            tally[judged][0] += bool(mean["queue"][place] > mean["random"][place])
            tally[judged][1] += bool(mean["queue"][place] < mean["random"][place])
        said = "; ".join(
            f"{order} {value[1]:.2f}, {value[2]:.0f} accepted, list {value[3]:.2f}"
            for order, value in mean.items()
        )
        count, before = labels.truth[:, column].sum(), mean["queue"][0]
        print(f"{labels.names[column]:26s} {count:4d} pictures, before {before:.2f}: {said}")
    for judged, (won, lost) in tally.items():
        print(f"precision@{FIRST}, {judged}: the queue wins {won} of {CONCEPTS}, loses {lost}")


def _reviewed(
    start: Start, labels: Labels, column: int, how: tuple[NDArray[np.bool_], str, int]
) -> tuple[float, float, int, float]:
    """Return precision@50 on the other half before and after, how many accepted, own list."""
    mine, order, seed = how
    dice = np.random.default_rng(seed)
    rows, theirs = np.flatnonzero(mine), np.flatnonzero(~mine)
    vectors, truth = labels.vectors[rows], labels.truth[rows, column]
    before = now = start.calibration
    decided = np.zeros(len(rows), np.bool_)
    while decided.sum() < DECISIONS:
        odds = now.log_odds(vectors)[:, column]
        if order == "random":
            picked = dice.permutation(np.flatnonzero(~decided))[:AT_ONCE]
        else:
            open_ = np.flatnonzero(~decided)
            pool = open_[np.argsort(-odds[open_], kind="stable")][:POOL]
            picked = pool[most_taught(vectors[pool], odds[pool], AT_ONCE)]
        decided[picked] = True
        if order == "random" and decided.sum() < DECISIONS:
            continue  # its order does not ask what was learned so far
        chosen = np.flatnonzero(decided)
        one = taught(start, column, vectors, chosen, truth[chosen])
        now = with_learned(before, {one.concept: one}) if one is not None and one.kept else before
    judged = [
        _first(which.log_odds(labels.vectors[theirs])[:, column], labels.truth[theirs, column])
        for which in (before, now)
    ]
    # As a person sees the concept: accepted first, rejected never, then the most probable.
    odds = now.log_odds(vectors)[:, column].astype(np.float64)
    odds[decided] = np.where(truth[decided], np.inf, -np.inf)
    return judged[0], judged[1], int(truth[decided].sum()), _first(odds, truth)


def _first(odds: Floats, truth: NDArray[np.bool_]) -> float:
    return float(truth[np.argsort(-odds, kind="stable")[:FIRST]].mean())


PARTS: Mapping[str, Callable[[Bench], None]] = {
    "scenes": scene15,
    "queue": queues,
    "drawn-buildings": drawn,
    "real-buildings": real,
    "sampling": lambda bench: simulated_reviews(bench.seeds),
    "million": lambda bench: million(bench.encoder.card.width),
}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--material", type=Path, required=True)
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "tagging-cache")
    parser.add_argument("--model", default=BUNDLED_MODEL)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--only", action="append", choices=PARTS)
    options = parser.parse_args()
    bench = replace(open_bench(options.model), material=options.material, cache=options.cache)
    bench = replace(bench, seeds=options.seeds)
    for part in options.only or PARTS:
        print(f"-- {part}", flush=True)
        PARTS[part](bench)


if __name__ == "__main__":
    main()
