"""A small deterministic encoder in the ONNX form, without trained weights.

Pictures become a fixed projection of their 8 x 8 thumbnail, texts the mean of fixed vectors of
their words: enough to index, search and tag by, and made anew for each test session.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, models, pre_tokenizers

SIZE, WIDTH, WORDS, LENGTH = 64, 32, 257, 16


def write_tiny_model(folder: Path, seed: int = 0, name: str = "tiny") -> Path:
    """Write the model; another seed gives another fingerprint."""
    folder.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(seed)
    _write_image(folder / "image.onnx", random)
    _write_text(folder / "text.onnx", random)
    vocabulary = {"<pad>": 0, **{f"w{number}": number for number in range(1, WORDS)}}
    # Words are told apart by their letters: a byte-level model with a fixed table.
    letters = {chr(0x20 + n): n + 1 for n in range(95)}
    tokenizer = Tokenizer(models.WordLevel({**vocabulary, **letters}, unk_token="<pad>"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split(_any_letter(), "isolated")
    tokenizer.save(str(folder / "tokenizer.json"))
    values = {
        "name": name,
        "version": "1",
        "width": WIDTH,
        "image_size": SIZE,
        "resize": "shortest",
        "interpolation": "bicubic",
        "mean": [0.5, 0.5, 0.5],
        "std": [0.5, 0.5, 0.5],
        "context_length": LENGTH,
        "languages": ["de", "en"],
        "license": "CC0-1.0",
    }
    (folder / "encoder.json").write_text(json.dumps(values))
    return folder


def _any_letter() -> object:
    from tokenizers import Regex

    return Regex(".")


def _write_image(path: Path, random: np.random.Generator) -> None:
    weights = random.standard_normal((3 * 64, WIDTH)).astype(np.float32)
    nodes = [
        helper.make_node("Cast", ["pixels"], ["float"], to=TensorProto.FLOAT),
        helper.make_node("Sub", ["float", "grey"], ["centred"]),
        helper.make_node("Transpose", ["centred"], ["planes"], perm=[0, 3, 1, 2]),
        helper.make_node("AveragePool", ["planes"], ["small"], kernel_shape=[8, 8], strides=[8, 8]),
        helper.make_node("Flatten", ["small"], ["flat"]),
        helper.make_node("MatMul", ["flat", "weights"], ["raw"]),
        helper.make_node("LpNormalization", ["raw"], ["embedding"], axis=1, p=2),
    ]
    graph = helper.make_graph(
        nodes,
        "image",
        [helper.make_tensor_value_info("pixels", TensorProto.UINT8, ["n", SIZE, SIZE, 3])],
        [helper.make_tensor_value_info("embedding", TensorProto.FLOAT, ["n", WIDTH])],
        [
            numpy_helper.from_array(weights, "weights"),
            numpy_helper.from_array(np.float32(127.3), "grey"),
        ],
    )
    _save(graph, path)


def _write_text(path: Path, random: np.random.Generator) -> None:
    table = random.standard_normal((WORDS, WIDTH)).astype(np.float32)
    nodes = [
        helper.make_node("Gather", ["table", "tokens"], ["vectors"]),
        helper.make_node("ReduceMean", ["vectors", "axes"], ["raw"], keepdims=0),
        helper.make_node("LpNormalization", ["raw"], ["embedding"], axis=1, p=2),
    ]
    graph = helper.make_graph(
        nodes,
        "text",
        [helper.make_tensor_value_info("tokens", TensorProto.INT64, ["n", LENGTH])],
        [helper.make_tensor_value_info("embedding", TensorProto.FLOAT, ["n", WIDTH])],
        [
            numpy_helper.from_array(table, "table"),
            numpy_helper.from_array(np.array([1], np.int64), "axes"),
        ],
    )
    _save(graph, path)


def _save(graph: onnx.GraphProto, path: Path) -> None:
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)])
    model.ir_version = 9
    onnx.checker.check_model(model)
    onnx.save(model, str(path))
