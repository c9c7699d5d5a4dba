"""Train student and heads together, with the teacher still in the loop.

The distillation loss keeps the student's sense of words while the captions, concepts and
class names pull it towards what pictures show.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

import distil
import student
import teacher as tutor
from heads import Heads
from teaching import Recipe, Teacher, train
from tokenizer import PAD_ID

RATE = 3e-4
RECIPE = Recipe(steps=300, rate=1e-3, drawn=128, drawn_weight=0.2, prior_every=3)
DISTIL_WEIGHT = 2.0
PARTS = 6  # groups of similar length, so that little is padded


def texts_of(tower: Any, ids: student.Ids) -> Callable[[list[int]], Tensor]:
    """Student vectors [M, 512] of text rows, computed in groups of similar length."""
    lengths = (ids != PAD_ID).sum(axis=1)

    def encode(rows: list[int]) -> Tensor:
        chosen = np.array(rows)
        order = np.argsort(lengths[chosen], kind="stable")
        parts = []
        with torch.autocast("cpu", torch.bfloat16, enabled=tower.training):
            for part in np.array_split(chosen[order], PARTS):
                if len(part):
                    cut = torch.from_numpy(ids[part][:, : lengths[part].max()])
                    parts.append(student.encode(tower, cut).float())
        back = torch.from_numpy(np.argsort(order, kind="stable"))
        return torch.cat(parts)[back]

    return encode


def keep_language(
    tower: Any, ids: student.Ids, wanted: tutor.Vectors, tokens: int = 4_000
) -> Callable[[], Tensor]:
    """The distillation loss of a fresh batch at every call."""
    lengths = (ids != PAD_ID).sum(axis=1)
    order = distil.batches(lengths, tokens, seed=11)

    def loss() -> Tensor:
        rows = next(order)
        cut = torch.from_numpy(ids[rows][:, : lengths[rows[0]]])
        with torch.autocast("cpu", torch.bfloat16):
            given = student.encode(tower, cut)
        return DISTIL_WEIGHT * distil.loss_of(given, torch.from_numpy(wanted[rows]).float())

    return loss


def run(
    tower: Any,
    heads: Heads,
    teacher: Teacher,
    language: Callable[[], Tensor],
    checkpoint: Path,
) -> None:
    """Train tower and heads in place; the teacher says its texts through `texts_of(tower)`."""
    tower.train()
    train(teacher, heads, [(tower, RATE)], language, "joint", report=10, checkpoint=checkpoint)
    tower.eval()
