"""Fine-tune the upper stages of the image tower against the teacher's text vectors.

The lower stages never change, so their cached output is the input here; batch norm keeps its
statistics, and depthwise kernels stay as they are: their gradient alone would take more time
than all else. Checkpoints let an interrupted run go on.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

import image_tower
from features import Views
from heads import Heads
from teaching import Recipe, Teacher, train

RATE = 5e-4
CHUNK = 32  # pictures at a time through the stages: more would not fit the processor's cache
RECIPE = Recipe(rate=1e-3, dropout=0.4, modern=400, labelled=256, old=192)
# The first round leaves out the concepts that are held out, the second teaches them too.
FIRST, SECOND = replace(RECIPE, steps=90, seed=5), replace(RECIPE, steps=50, rate=7e-4, seed=6)


class Upper(nn.Module):
    """The trainable stages of a tower, from stage outputs [N, 48, 24, 24] to [N, 1280]."""

    def __init__(self, tower: Any) -> None:
        super().__init__()
        self.tower = tower.to(memory_format=torch.channels_last)
        above = tuple(f"blocks.{i}." for i in range(image_tower.FROZEN_BLOCKS, len(tower.blocks)))
        for name, parameter in tower.named_parameters():
            moves = name.startswith((*above, "conv_head", "bn2")) and "conv_dw" not in name
            parameter.requires_grad = moves

    def forward(self, stage: Tensor) -> Tensor:
        """Features [N, 1280], batch norm frozen."""
        self.tower.eval()
        stage = stage.contiguous(memory_format=torch.channels_last)
        with torch.autocast("cpu", torch.bfloat16, enabled=self.training):
            parts = [
                image_tower.upper_stages(self.tower, part) for part in torch.split(stage, CHUNK)
            ]
        return torch.cat(parts).float()


def run(
    upper: Upper,
    heads: Heads,
    teacher: Teacher,
    views: Views,
    checkpoint: Path,
) -> None:
    """Train upper stages and heads in place; the teacher's pictures are seen through `upper`."""
    dice = np.random.default_rng(teacher.recipe.seed)
    teacher.pictures_of = lambda rows: upper(torch.from_numpy(views.stages(rows.numpy(), dice)))
    upper.train()
    train(teacher, heads, [(upper, RATE)], title="fine-tune", report=5, checkpoint=checkpoint)
    upper.eval()


def recompute(upper: Upper, views: Views, folder: Path) -> Views:
    """All pooled features anew by the fine-tuned stages, kept in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    session: Any = None
    made = []
    for number, found in enumerate((views.clean, *views.aged)):
        path = folder / f"pooled-{number}.npy"
        if not path.exists():
            session = session or image_tower.upper_session(upper.tower, folder / "upper.onnx")
            np.save(path, _pooled(session, found.stage))
        made.append(replace(found, pooled=np.load(path)))
    return Views(made[0], made[1:])


def _pooled(session: Any, stage: npt.NDArray[np.float16]) -> npt.NDArray[np.float32]:
    parts = [
        session.run(None, {"stage": stage[start : start + CHUNK].astype(np.float32)})[0]
        for start in range(0, len(stage), CHUNK)
    ]
    return np.concatenate(parts)
