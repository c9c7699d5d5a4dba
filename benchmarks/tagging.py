"""What tagging shows: calibration, learning, queues, buildings, samples, and a million vectors.

``--material DIR`` holds scenes.csv, scenes.tar, oldphotos-concepts.csv and oldphotos-*.tar. Vectors
are kept in ``--cache``, by the model's fingerprint. ``--only PART`` (repeatable) runs one part.
``--seeds`` is how many times it is drawn anew what is reviewed.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tagging_material import Labels, drawn_buildings, old_photographs, scenes
from tagging_million import million
from tagging_samples import simulated_reviews

from archive_ai.domain import (
    Calibration,
    Chosen,
    Concept,
    ConceptCalibration,
    Examples,
    Mode,
    Scheme,
)
from archive_ai.encoders.opening import open_encoder
from archive_ai.ports import Encoder
from archive_ai.settings import BUNDLED_MODEL, bundled
from archive_ai.tagging.calibrate import logits, with_decisions, zero_shot
from archive_ai.tagging.gain import average_precision, calibration_error
from archive_ai.tagging.grouping import near_duplicates
from archive_ai.tagging.learn import learn, learn_concept
from archive_ai.tagging.logistic import sigmoid
from archive_ai.tagging.queue import most_informative
from archive_ai.tagging.scores import ArchiveSample
from archive_ai.vocabulary import read_background_queries

Floats = NDArray[np.float64]
Vectors = NDArray[np.float32]

CALIBRATION_BINS = 15
REVIEWS = 200
DECISIONS, AT_ONCE, FIRST, CONCEPTS = 100, 20, 50, 10
REFERENCES = 5


@dataclass(frozen=True)
class Bench:
    """The model, its neutral queries, and where material and cache lie."""

    encoder: Encoder
    neutral: Vectors
    material: Path
    cache: Path
    seeds: int

    def start(self, labels: Labels, mode: Mode = Mode.ZERO_SHOT) -> Start:
        """Calibrate the concepts of ``labels`` by their names, without any decision."""
        concepts = tuple(
            Concept(one, one, {"de": name}, mode=mode)
            for one, name in zip(labels.concepts, labels.names, strict=True)
        )
        vectors = self.encoder.encode_texts(list(labels.names))
        sample = ArchiveSample(self.encoder.card.fingerprint, labels.vectors, self.neutral)
        scheme = Scheme("benchmark", "benchmark", "1", concepts)
        return Start(zero_shot(scheme, concepts, vectors, sample), sample, sample.anchors(vectors))


@dataclass(frozen=True)
class Start:
    """A zero-shot calibration with the anchors (c, width) of its concepts."""

    calibration: Calibration
    sample: ArchiveSample
    anchors: Vectors


def judge(
    what: str, rows: Labels, anchors: Vectors, found: Sequence[ConceptCalibration]
) -> tuple[float, float]:
    """Print and return macro average precision and calibration error over all pairs."""
    odds = np.stack(
        [logits(rows.vectors, anchor, one) for anchor, one in zip(anchors, found, strict=True)], 1
    )
    weights = np.ones(len(odds))
    macro = float(
        np.mean(
            [average_precision(odds[:, k], rows.truth[:, k], weights) for k in range(len(found))]
        )
    )
    probabilities = sigmoid(odds)
    error = calibration_error(probabilities.ravel(), rows.truth.ravel(), CALIBRATION_BINS)
    best = probabilities.argmax(axis=1)
    right = rows.truth[np.arange(len(best)), best]
    top = calibration_error(probabilities.max(axis=1), right, CALIBRATION_BINS)
    sure = probabilities >= 0.7
    said = (
        f"{rows.truth[sure].mean():.2f} of {int(sure.sum())} at a mean of "
        f"{probabilities[sure].mean():.2f}"
        if sure.any()
        else "none"
    )
    print(
        f"{what:44s} macro AP {macro:.3f}  ECE {error:.4f}  ECE of the best {top:.3f}  "
        f"right from 0.7 on: {said}",
        flush=True,
    )
    return macro, error


def scene15(bench: Bench) -> None:
    """Reviews from the train split, judged on the test split."""
    train = scenes(bench.encoder, bench.material, "train", bench.cache)
    test = scenes(bench.encoder, bench.material, "test", bench.cache)
    start = bench.start(train)
    judge("scene15, zero-shot", test, start.anchors, start.calibration.concepts)
    for seed in range(bench.seeds):
        dice = np.random.default_rng(seed)
        pictures = dice.permutation(len(train.vectors))[:REVIEWS]
        pairs = dice.permutation(train.truth.size)[:REVIEWS]
        whole = {
            one: _examples(train, column, pictures, Chosen.RANDOM)
            for column, one in enumerate(train.concepts)
        }
        single = {
            one: _examples(
                train, column, pairs[pairs % len(whole) == column] // len(whole), Chosen.RANDOM
            )
            for column, one in enumerate(train.concepts)
        }
        for name, given in (("200 decisions", single), ("200 pictures, all concepts", whole)):
            after = with_decisions(start.calibration, start.anchors, given, start.sample)
            judge(f"calibrated by {name}", test, start.anchors, after.concepts)
        _judge_learning("200 pictures, all concepts", start, test, whole)
        for count in (10, 50):
            accepted = {
                one: _examples(
                    train,
                    column,
                    dice.permutation(np.flatnonzero(train.truth[:, column]))[:count],
                    Chosen.ACCEPTED,
                )
                for column, one in enumerate(train.concepts)
            }
            _judge_learning(f"{count} accepted a concept", start, test, accepted)


def _examples(labels: Labels, column: int, rows: NDArray[np.int64], chosen: Chosen) -> Examples:
    return Examples(labels.vectors[rows], labels.truth[rows, column], (chosen,) * len(rows))


def _judge_learning(what: str, start: Start, test: Labels, given: dict[str, Examples]) -> None:
    found, learned = learn(start.calibration, start.anchors, given, start.sample)
    kept = sum(one.kept for one in learned.values())
    judge(f"learned: {what}; {kept} kept", test, start.anchors, found.concepts)


def queues(bench: Bench) -> None:
    """Old photographs: 100 decisions in queue order or at random, judged on the other half."""
    labels = old_photographs(bench.encoder, bench.material, bench.cache)
    start = bench.start(labels)
    frequent = np.argsort(-labels.truth.sum(axis=0), kind="stable")[:CONCEPTS]
    wins = listed = 0
    for column in sorted(frequent.tolist()):
        found: dict[str, list[tuple[float, float, int, float]]] = {"queue": [], "random": []}
        for seed in range(bench.seeds):
            dice = np.random.default_rng(seed)
            groups = near_duplicates(labels.vectors)
            half = dice.permutation(int(groups.max()) + 1) % 2
            mine = half[groups] == 0
            for order, figures in found.items():
                figures.append(_reviewed(start, labels, column, (mine, order, seed)))
        means = {order: np.mean(figures, axis=0) for order, figures in found.items()}
        wins += bool(means["queue"][1] > means["random"][1])
        listed += bool(means["queue"][3] > means["random"][3])
        said = "; ".join(
            f"{order} {value[1]:.2f} (before {value[0]:.2f}), {value[2]:.0f} accepted, "
            f"list {value[3]:.2f}"
            for order, value in means.items()
        )
        print(f"{labels.names[column]:24s} {labels.truth[:, column].sum():4d} pictures: {said}")
    print(
        f"precision@{FIRST}: on pictures never in the queue it wins {wins} of {CONCEPTS}, on the "
        f"concept's own list, decided pictures included, {listed} of {CONCEPTS}"
    )


def _reviewed(
    start: Start, labels: Labels, column: int, how: tuple[NDArray[np.bool_], str, int]
) -> tuple[float, float, int, float]:
    """Return precision@50 on the other half before and after, accepted ones, and with them."""
    mine, order, seed = how
    dice = np.random.default_rng(seed)
    rows, theirs = np.flatnonzero(mine), np.flatnonzero(~mine)
    one, anchor = start.calibration.concepts[column], start.anchors[column]
    vectors, truth = labels.vectors[rows], labels.truth[rows, column]
    sample = replace(start.sample, rows=vectors)
    decided, found = np.zeros(len(rows), np.bool_), one
    while decided.sum() < DECISIONS:
        if order == "random":
            picked = dice.permutation(np.flatnonzero(~decided))[:AT_ONCE]
        else:
            probabilities = sigmoid(logits(vectors, anchor, found))
            picked = most_informative(probabilities, vectors, decided, one.threshold, AT_ONCE)
        decided[picked] = True
        if order == "queue" or decided.sum() >= DECISIONS:
            chosen = (Chosen.QUEUE if order == "queue" else Chosen.RANDOM,) * int(decided.sum())
            given = Examples(vectors[decided], truth[decided], chosen)
            found = learn_concept(one, anchor, given, sample).calibration
    before, after = (
        _first(logits(labels.vectors[theirs], anchor, each), labels.truth[theirs, column])
        for each in (one, found)
    )
    # As a person sees the concept: accepted first, rejected never, then the most probable.
    odds = logits(vectors, anchor, found)
    odds[decided] = np.where(truth[decided], np.inf, -np.inf)
    return before, after, int(truth[decided].sum()), _first(odds, truth)


def _first(odds: Floats, truth: NDArray[np.bool_]) -> float:
    return float(truth[np.argsort(-odds, kind="stable")[:FIRST]].mean())


def buildings(bench: Bench) -> None:
    """Drawn buildings: five references, found again among others in new views and tones."""
    labels = drawn_buildings(bench.encoder, bench.cache)
    start = bench.start(labels, Mode.EXAMPLES)
    names = np.array(labels.pictures)
    first = np.append(names[1:] != names[:-1], True) | (names == "")
    figures = []
    for column, one in enumerate(start.calibration.concepts):
        shown = np.flatnonzero(labels.truth[:, column])
        for seed in range(bench.seeds):
            references = np.random.default_rng(seed).permutation(shown)[:REFERENCES]
            rest = np.setdiff1d(np.arange(len(labels.vectors)), references)
            given = _examples(labels, column, references, Chosen.ACCEPTED)
            sample = replace(start.sample, rows=labels.vectors[rest])
            learned = learn_concept(one, start.anchors[column], given, sample, seed)
            odds = logits(labels.vectors[rest], start.anchors[column], learned.calibration)
            truth = labels.truth[rest, column]
            nearest = (labels.vectors[rest] @ labels.vectors[references].T).max(axis=1)
            weights = np.ones(len(odds))
            seldom = (truth | first[rest]).astype(np.float64)
            suggested = sigmoid(odds) >= learned.calibration.threshold
            figures.append(
                (
                    average_precision(odds, truth, weights),
                    average_precision(np.asarray(nearest, np.float64), truth, weights),
                    float(suggested.sum()),
                    float((suggested & truth).sum()),
                    float(truth.sum()),
                    float(learned.kept),
                    average_precision(odds, truth, seldom),
                )
            )
        mean = np.mean(figures[-bench.seeds :], axis=0)
        print(
            f"{one.concept:12s} AP {mean[0]:.3f} (nearest reference {mean[1]:.3f}; others with one "
            f"view each {mean[6]:.3f}); suggested "
            f"{mean[2]:.1f}, right {mean[3]:.1f} of {mean[4]:.0f}; kept {mean[5]:.2f}",
            flush=True,
        )
    means = np.mean(figures, axis=0)
    print(
        f"{REFERENCES} references: mean AP {means[0]:.3f}, nearest reference {means[1]:.3f}; where "
        f"other buildings have one view each {means[6]:.3f}"
    )


PARTS: dict[str, Callable[[Bench], None]] = {
    "scenes": scene15,
    "queue": queues,
    "buildings": buildings,
    "sampling": lambda bench: simulated_reviews(bench.seeds),
    "million": lambda bench: million(bench.encoder.card.width),
}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--material", type=Path, required=True)
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "tagging-cache")
    parser.add_argument("--model", default=BUNDLED_MODEL)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--only", action="append", choices=PARTS)
    options = parser.parse_args()
    encoder = open_encoder(options.model, bundled("models"), 1)
    queries = read_background_queries(bundled("background") / "queries.txt")
    neutral = encoder.encode_texts(queries)
    bench = Bench(encoder, neutral, options.material, options.cache, options.seeds)
    for part in options.only or PARTS:
        print(f"-- {part}", flush=True)
        PARTS[part](bench)


if __name__ == "__main__":
    main()
