"""Bring German and English together in the teacher's space, before anything is distilled.

A small residual network learns from pairs of the glossary that both sides of a translation
lie in one place, and carries that over to words that no pair holds; elsewhere it keeps the
teacher's vectors nearly as they are. Pairs that are known then share one vector.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.nn import functional

from glossary import Pair
from teacher import WIDTH, Vectors

HIDDEN, BATCH, STEPS = 1024, 1024, 500
TEMPERATURE = 0.05
KEEP = 3.0  # how much staying where the teacher put it counts beside the translations
OFTEN = 0.5  # share of steps on the pairs as they stand, not on phrases made of them
SEED = 20261126
APART = -1e4  # takes a text out of a softmax

Rows = npt.NDArray[np.int64]


class Alignment(nn.Module):
    """Unit vectors [N, 512] of either language to unit vectors of one common sense."""

    def __init__(self) -> None:
        super().__init__()
        last = nn.Linear(HIDDEN, WIDTH)
        nn.init.zeros_(last.weight)
        nn.init.zeros_(last.bias)
        self.moved = nn.Sequential(nn.Linear(WIDTH, HIDDEN), nn.GELU(), nn.Dropout(0.1), last)

    def forward(self, vectors: Tensor) -> Tensor:
        """The same texts, a little moved."""
        return functional.normalize(vectors + self.moved(vectors), dim=1)


@dataclass(frozen=True)
class Known:
    """Rows of the German and the English text of pairs; the first `plain` are single entries."""

    german: Rows
    english: Rows
    plain: int


def known(texts: list[str], entries: list[Pair], pairs: list[Pair]) -> Known:
    """Where the pairs stand among the texts; those that do not, or are one text, are left out."""
    row = {text: i for i, text in enumerate(texts)}

    def rows(given: list[Pair]) -> list[tuple[int, int]]:
        both = [(row[a], row[b]) for a, b in given if a in row and b in row]
        return [(a, b) for a, b in both if a != b]

    found = rows(entries) + rows(pairs)
    german, english = np.array(found, dtype=np.int64).reshape(-1, 2).T
    return Known(german, english, len(rows(entries)))


def learnt(vectors: Vectors, pairs: Known, path: Path) -> Alignment:
    """The alignment for these vectors [N, 512]; learnt once and kept."""
    torch.manual_seed(SEED)
    network = Alignment()
    if not path.exists():
        _learn(network, vectors, pairs)
        torch.save(network.state_dict(), path)
    network.load_state_dict(torch.load(path, weights_only=True))
    return network.eval()


def _learn(network: Alignment, vectors: Vectors, pairs: Known) -> None:
    rate = 1e-3
    optimiser = torch.optim.AdamW(network.parameters(), lr=rate, weight_decay=0.01)
    cycle = torch.optim.lr_scheduler.OneCycleLR(optimiser, rate, total_steps=STEPS)
    dice = np.random.default_rng(SEED)

    def taken(rows: Rows) -> Tensor:
        return torch.from_numpy(vectors[rows].astype(np.float32))

    for step in range(STEPS):
        count = pairs.plain if dice.random() < OFTEN else len(pairs.german)
        chosen = dice.integers(count, size=BATCH)
        german, english = pairs.german[chosen], pairs.english[chosen]
        left, right = network(taken(german)), network(taken(english))
        logits = (left @ right.T / TEMPERATURE).masked_fill(_same(german, english), APART)
        target = torch.arange(BATCH)
        loss = 0.5 * (
            functional.cross_entropy(logits, target) + functional.cross_entropy(logits.T, target)
        )
        others = taken(dice.integers(len(vectors), size=BATCH))
        loss = loss + KEEP * (1.0 - (network(others) * others).sum(dim=1)).mean()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        cycle.step()
        if (step + 1) % 100 == 0:
            print(f"alignment {step + 1}: loss {loss.item():.3f}", flush=True)


def _same(german: Rows, english: Rows) -> Tensor:
    """Where two pairs of a batch share a text: they must not be told apart."""
    same = (german[:, None] == german[None]) | (english[:, None] == english[None])
    np.fill_diagonal(same, val=False)
    return torch.from_numpy(same)


def aligned(network: Alignment, vectors: Vectors, chunk: int = 20_000) -> Vectors:
    """All vectors, moved."""
    moved = np.empty_like(vectors)
    with torch.inference_mode():
        for start in range(0, len(vectors), chunk):
            part = torch.from_numpy(vectors[start : start + chunk].astype(np.float32))
            moved[start : start + chunk] = network(part).numpy()
    return moved


def brought_together(vectors: Vectors, pairs: Known) -> Vectors:
    """Unit vectors [N, 512] with both texts of a pair in one place.

    An English text moves to the middle between itself and its German partners, and every
    German text to the mean of those middles.
    """
    partners: dict[int, list[int]] = {}
    for german, english in zip(pairs.german.tolist(), pairs.english.tolist(), strict=True):
        partners.setdefault(english, []).append(german)
    moved = vectors.copy()
    sums: dict[int, npt.NDArray[np.float32]] = {}
    for english, german_rows in partners.items():
        others = vectors[german_rows].astype(np.float32).mean(axis=0)
        middle = vectors[english].astype(np.float32) + others
        middle /= np.linalg.norm(middle)
        moved[english] = middle
        for german in german_rows:
            sums[german] = sums.get(german, np.zeros_like(middle)) + middle
    for german, total in sums.items():
        moved[german] = total / np.linalg.norm(total)
    return moved
