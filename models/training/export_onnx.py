"""Write the same weights as two ONNX files that run without torch.

Weights stay float16 with a Cast behind each, which ONNX Runtime folds once at loading.
Normalisation of the pixels and of the vectors is inside the graphs.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from open_clip.model import CustomTextCLIP
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

import image_tower
from squash import SIZE
from tokenizer import CONTEXT_LENGTH

OPSET = 20
SMALL = 64  # tensors of fewer numbers stay float32


class Picture(nn.Module):
    """uint8 pixels [N, S, S, 3] to unit vectors [N, D]."""

    def __init__(self, model: CustomTextCLIP) -> None:
        super().__init__()
        self.visual = model.visual

    def forward(self, pixels: Tensor) -> Tensor:
        """Normalise, encode, scale to length one."""
        images = pixels.permute(0, 3, 1, 2).float()
        mean = torch.tensor(image_tower.MEAN).view(1, 3, 1, 1) * 255.0
        std = torch.tensor(image_tower.STD).view(1, 3, 1, 1) * 255.0
        return functional.normalize(self.visual((images - mean) / std), dim=1)


class Text(nn.Module):
    """Token ids [N, L] to unit vectors [N, D]."""

    def __init__(self, model: CustomTextCLIP) -> None:
        super().__init__()
        self.text = model.text

    def forward(self, tokens: Tensor) -> Tensor:
        """Encode, scale to length one."""
        return functional.normalize(self.text(tokens), dim=1)


def _export(module: nn.Module, example: Tensor, name: str, path: Path) -> None:
    batch = torch.export.Dim("batch", min=1)
    program = torch.onnx.export(
        module.eval(),
        (example,),
        dynamo=True,
        opset_version=OPSET,
        input_names=[name],
        output_names=["unit"],
        dynamic_shapes=({0: batch},),
    )
    if program is None:
        raise RuntimeError(f"torch gave no ONNX program for {path}")
    shrunk = halve(program.model_proto)
    # The exporter itself calls the rows of the piece table "embedding".
    rename(shrunk, {"embedding": "pieces", "unit": "embedding"})
    forget_origin(shrunk)
    onnx.checker.check_model(shrunk)
    onnx.save(shrunk, path)


def halve(model: Any) -> Any:
    """Keep large float32 weights as float16 with a Cast to float32 in front of their users."""
    graph = model.graph
    casts = []
    for tensor in graph.initializer:
        values = numpy_helper.to_array(tensor)
        if values.dtype == np.float32 and values.size >= SMALL:
            half = f"{tensor.name}.half"
            casts.append(helper.make_node("Cast", [half], [tensor.name], to=TensorProto.FLOAT))
            tensor.CopyFrom(numpy_helper.from_array(values.astype(np.float16), half))
    nodes = casts + list(graph.node)
    del graph.node[:], graph.value_info[:]
    graph.node.extend(nodes)
    return model


def forget_origin(model: Any) -> None:
    """Drop the exporter's notes: they hold paths of the machine that trained, and weigh."""
    del model.metadata_props[:], model.functions[:], model.graph.metadata_props[:]
    graph = model.graph
    for part in [*graph.node, *graph.initializer, *graph.input, *graph.output]:
        del part.metadata_props[:]
        part.doc_string = ""


def rename(model: Any, names: dict[str, str]) -> None:
    """Give values of the graph other names."""
    for node in model.graph.node:
        for values in (node.input, node.output):
            for position, value in enumerate(values):
                values[position] = names.get(value, value)
    for output in model.graph.output:
        output.name = names.get(output.name, output.name)


def write(
    model: CustomTextCLIP, tokenizer: Tokenizer, folder: Path, licence: str, source: str
) -> None:
    """image.onnx, text.onnx, tokenizer.json and encoder.json.

    The model's weights are first rounded to float16, as the open_clip folder stores them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with torch.no_grad():
        for parameter in [*model.parameters(), *model.buffers()]:
            if parameter.is_floating_point():
                parameter.copy_(parameter.half().float())
    size = SIZE
    pixels = torch.randint(0, 256, (2, size, size, 3), dtype=torch.uint8)
    _export(Picture(model), pixels, "pixels", folder / "image.onnx")
    tokens = torch.ones((2, CONTEXT_LENGTH), dtype=torch.int64)
    _export(Text(model), tokens, "tokens", folder / "text.onnx")
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    card = {
        "name": "archive-mini",
        "version": "2",
        "width": model.visual.head.proj.out_features,
        "image_size": size,
        "resize": "squash",
        "interpolation": "bicubic",
        "mean": list(image_tower.MEAN),
        "std": list(image_tower.STD),
        "context_length": CONTEXT_LENGTH,
        "logit_scale": round(float(model.logit_scale.detach().exp()), 4),
        "languages": ["de", "en"],
        "license": licence,
        "source": source,
    }
    (folder / "encoder.json").write_text(
        json.dumps(card, indent=2, ensure_ascii=False) + "\n", "utf-8"
    )
