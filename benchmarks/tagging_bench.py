"""What every part of the tagging benchmark works with: the model, and learning as archives do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tagging_material import Labels

from archive_ai.archive.learning import UNSEEN
from archive_ai.domain import Calibration, Learned
from archive_ai.encoders.opening import open_encoder
from archive_ai.ports import Encoder
from archive_ai.settings import bundled
from archive_ai.tagging.calibrating import calibrate
from archive_ai.tagging.learning import FEWEST, Examples, Prior, learn
from archive_ai.vocabulary import read_background_queries

Vectors = NDArray[np.float32]


@dataclass(frozen=True)
class Start:
    """A calibration from words alone, about the concepts of some labels."""

    calibration: Calibration
    rows: Vectors


@dataclass(frozen=True)
class Bench:
    """The model, its neutral questions, where material and cache lie, how often it is drawn."""

    encoder: Encoder
    neutral: Vectors
    material: Path = Path()
    cache: Path = Path()
    seeds: int = 1

    def start(self, labels: Labels) -> Start:
        """Calibrate the concepts of ``labels`` by their names on its pictures, without a label."""
        fingerprint = self.encoder.card.fingerprint
        words = self.encoder.encode_texts(list(labels.names))
        found = calibrate(labels.concepts, words, self.neutral, labels.vectors, fingerprint)
        return Start(found, labels.vectors)


def open_bench(model: str) -> Bench:
    """Open a model as a benchmark uses it: one thread."""
    encoder = open_encoder(model, bundled("models"), 1)
    queries = read_background_queries(bundled("background") / "queries.txt")
    return Bench(encoder, encoder.encode_texts(queries))


def taught(
    start: Start,
    place: int,
    vectors: Vectors,
    rows: NDArray[np.int64],
    shown: NDArray[np.bool_],
    disturbances: Vectors | None = None,
) -> Learned | None:
    """Learn the concept at ``place`` from decided ``rows`` as ``archive-ai learn`` does.

    None where too few show it. What nobody looked at are other rows of ``vectors``.
    ``disturbances`` are those of reference pictures.
    """
    if shown.sum() < FEWEST:
        return None
    others = np.setdiff1d(np.arange(len(vectors)), rows)
    unseen = np.random.default_rng(0).permutation(others)[:UNSEEN]
    prior = Prior(start.calibration.directions[place], float(start.calibration.offsets[place]))
    examples = Examples(vectors[rows], shown, vectors[unseen], disturbances)
    return learn(start.calibration.concepts[place], examples, prior)


def chance_of(log_odds: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return probabilities for log-odds."""
    found: NDArray[np.float64] = 0.5 * (1 + np.tanh(0.5 * log_odds.astype(np.float64)))
    return found


def average(values: Iterable[float]) -> float:
    """Return the mean."""
    return float(np.mean(list(values)))
