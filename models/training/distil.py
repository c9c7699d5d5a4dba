"""Distil the teacher's sense of language into the student text tower.

Batches hold texts of one length, so that nothing is padded; the loss asks for the teacher's
vector and for telling the batch's texts apart. Checkpoints let an interrupted run go on.
"""

from __future__ import annotations

import math
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

import student
import teacher
from tokenizer import PAD_ID

CONTRAST, TEMPERATURE = 0.1, 0.05


@dataclass(frozen=True)
class Schedule:
    """How long and how fast to learn."""

    steps: int
    tokens: int = 6_000  # in a batch
    rate: float = 1.5e-3
    warm_up: int = 100
    seed: int = 7
    checkpoint: int = 200

    def rate_at(self, step: int) -> float:
        """Learning rate of a step: a short rise, then half a cosine."""
        if step < self.warm_up:
            return self.rate * (step + 1) / self.warm_up
        done = (step - self.warm_up) / max(1, self.steps - self.warm_up)
        return self.rate * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * min(1.0, done))))


def batches(lengths: np.ndarray, tokens: int, seed: int) -> Iterator[np.ndarray]:
    """Row numbers of texts of one length, about `tokens` tokens each; endless epochs."""
    dice = random.Random(seed)
    shuffler = np.random.default_rng(seed)
    while True:
        epoch = []
        for length in np.unique(lengths):
            rows = shuffler.permutation(np.flatnonzero(lengths == length))
            size = max(64, tokens // int(length))
            epoch += [rows[i : i + size] for i in range(0, len(rows), size)]
        epoch = [rows for rows in epoch if len(rows) >= 32]
        dice.shuffle(epoch)
        yield from epoch


def loss_of(given: Tensor, wanted: Tensor) -> Tensor:
    """Distance to the teacher's unit vectors [N, 512], and confusion between the texts."""
    unit = functional.normalize(given.float(), dim=1)
    distance = (1.0 - (unit * wanted).sum(dim=1)).mean()
    logits = unit[:512] @ wanted[:512].T / TEMPERATURE
    confusion = functional.cross_entropy(logits, torch.arange(len(logits)))
    return distance + CONTRAST * confusion


def run(
    tower: Any, ids: student.Ids, wanted: teacher.Vectors, schedule: Schedule, checkpoint: Path
) -> None:
    """Train the tower in place on ids [N, 32] and the teacher's vectors [N, 512]."""
    optimiser = torch.optim.AdamW(tower.parameters(), lr=schedule.rate, weight_decay=0.01)
    first = _resume(tower, optimiser, checkpoint)
    lengths = (ids != PAD_ID).sum(axis=1)
    order = batches(lengths, schedule.tokens, schedule.seed + first)
    begun, shown, seen = time.monotonic(), [], 0
    for step in range(first, schedule.steps):
        rows = next(order)
        optimiser.param_groups[0]["lr"] = schedule.rate_at(step)
        given_ids = torch.from_numpy(ids[rows][:, : lengths[rows[0]]])
        target = torch.from_numpy(wanted[rows].astype(np.float32))
        with torch.autocast("cpu", torch.bfloat16):
            given = student.encode(tower, given_ids)
        loss = loss_of(given, target)
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
        torch.nn.utils.clip_grad_norm_(tower.parameters(), 1.0)
        optimiser.step()
        shown.append(loss.item())
        seen += len(rows)
        if (step + 1) % 50 == 0:
            pace = seen / (time.monotonic() - begun)
            print(f"distil {step + 1}: loss {np.mean(shown):.4f}, {pace:.0f} texts/s", flush=True)
            shown = []
        if (step + 1) % schedule.checkpoint == 0 or step + 1 == schedule.steps:
            _keep(tower, optimiser, step + 1, checkpoint)


def _keep(tower: Any, optimiser: torch.optim.Optimizer, step: int, path: Path) -> None:
    partial = path.with_suffix(".partial")
    state = {"tower": tower.state_dict(), "optimiser": optimiser.state_dict(), "step": step}
    torch.save(state, partial)
    partial.replace(path)


def _resume(tower: Any, optimiser: torch.optim.Optimizer, path: Path) -> int:
    """Take up where a checkpoint left off; the step to go on with."""
    if not path.exists():
        return 0
    state = torch.load(path, weights_only=True)
    tower.load_state_dict(state["tower"])
    optimiser.load_state_dict(state["optimiser"])
    return int(state["step"])
