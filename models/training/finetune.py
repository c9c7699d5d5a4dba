"""Fine-tune the last stages of the image tower against the teacher's text vectors.

The lower stages never change, so their cached output is the input here; batch norm keeps
its statistics. Afterwards all features are computed anew from the cached stages.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

import image_tower
from features import Features
from heads import Heads
from lessons import Lessons
from teaching import Recipe, Teacher, train

RATE = 4e-4
RECIPE = Recipe(steps=80, dropout=0.3, modern=224, old=128, labelled=224, drawn=64, prior_every=2)


class Upper(nn.Module):
    """The trainable stages of a tower, from stage outputs [N, 120, 12, 12] to [N, 1280]."""

    def __init__(self, tower: Any) -> None:
        super().__init__()
        self.tower = tower
        for name, parameter in tower.named_parameters():
            parameter.requires_grad = name.startswith(("blocks.5", "blocks.6", "conv_head", "bn2"))

    def forward(self, stage: Tensor) -> Tensor:
        """Features [N, 1280], batch norm frozen."""
        self.tower.eval()
        with torch.autocast("cpu", torch.bfloat16, enabled=self.training):
            pooled = image_tower.upper_stages(self.tower, stage)
        return pooled.float()


def stages_of(found: Features, rows: Tensor, dice: np.random.Generator | None) -> Tensor:
    """Stage outputs of picture rows as float32, mirrored at random where dice are given."""
    stage = np.stack([found.stage[int(row)] for row in rows]).astype(np.float32)
    if dice is not None:
        mirrored = dice.random(len(stage)) < 0.5
        stage[mirrored] = stage[mirrored, :, :, ::-1]
    return torch.from_numpy(stage).contiguous(memory_format=torch.channels_last)


def run(
    upper: Upper, heads: Heads, lessons: Lessons, found: Features, prior: Tensor, texts: Tensor
) -> None:
    """Train upper stages and heads in place; `texts` are the teacher's vectors [T, 512]."""
    dice = np.random.default_rng(RECIPE.seed)
    teacher = Teacher(
        lessons,
        prior,
        lambda rows: upper(stages_of(found, rows, dice)),
        lambda rows: texts[rows],
        RECIPE,
    )
    upper.train()
    train(teacher, heads, [(upper, RATE)], title="fine-tune", report=5)
    upper.eval()


def recompute(upper: Upper, found: Features, batch: int = 64) -> npt.NDArray[np.float32]:
    """Features of all pictures by the fine-tuned stages, [N, 1280]."""
    rows = torch.arange(len(found.names))
    with torch.inference_mode():
        parts = [upper(stages_of(found, part, None)).numpy() for part in torch.split(rows, batch)]
    return np.concatenate(parts)
