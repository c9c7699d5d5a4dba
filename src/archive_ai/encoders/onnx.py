"""Encoders in ONNX files, run without torch.

A folder holds ``image.onnx`` (uint8 pixels (n, size, size, 3) to unit vectors), ``text.onnx``
(int64 tokens (n, length) to unit vectors), ``tokenizer.json`` and ``encoder.json``, which says
how pictures are cut to size.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from archive_ai.domain import EncoderCard, Preprocessing
from archive_ai.errors import ModelUnusable

WEIGHTS = ("image.onnx", "text.onnx", "tokenizer.json")
IMAGES_A_CALL = 16
TEXTS_A_CALL = 64


class OnnxEncoder:
    """Implements ``ports.Encoder`` with ONNX Runtime; sessions are made when first needed."""

    def __init__(self, card: EncoderCard, folder: Path) -> None:
        self._card = card
        self._folder = folder
        self._lock = Lock()

    @property
    def card(self) -> EncoderCard:
        """What it is."""
        return self._card

    @property
    def batch_size(self) -> int:
        """How many pictures a call should hold."""
        return IMAGES_A_CALL

    def encode_images(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Encode ``pixels`` (n, size, size, 3), uint8 sRGB, to (n, width) of unit length."""
        with self._lock:
            session = self._image_session
        return self._run(session, "pixels", pixels, IMAGES_A_CALL)

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encode n texts to (n, width) of unit length."""
        with self._lock:
            session, tokenizer = self._text_session, self._tokenizer
        encodings = tokenizer.encode_batch(list(texts))
        tokens = np.array([encoding.ids for encoding in encodings], np.int64)
        return self._run(
            session, "tokens", tokens.reshape(len(texts), self._card.context_length), TEXTS_A_CALL
        )

    @cached_property
    def _image_session(self) -> Any:
        return self._session("image.onnx")

    @cached_property
    def _text_session(self) -> Any:
        return self._session("text.onnx")

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        tokenizer = Tokenizer.from_file(str(self._folder / "tokenizer.json"))
        tokenizer.enable_truncation(self._card.context_length)
        padding = tokenizer.padding or {}
        tokenizer.enable_padding(
            length=self._card.context_length,
            pad_id=padding.get("pad_id", 0),
            pad_token=padding.get("pad_token", "<pad>"),
        )
        return tokenizer

    def _session(self, name: str) -> Any:
        options = onnxruntime.SessionOptions()
        # Work is spread by calling from several threads, which share the weights.
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            return onnxruntime.InferenceSession(
                str(self._folder / name), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # ONNX Runtime raises its own, undocumented kinds.
            raise ModelUnusable(
                f"{self._folder / name} cannot be loaded as an ONNX model.",
                "Fetch or export the model again.",
            ) from error

    def _run(
        self, session: Any, name: str, values: NDArray[Any], rows_a_call: int
    ) -> NDArray[np.float32]:
        parts = [
            session.run(["embedding"], {name: values[start : start + rows_a_call]})[0]
            for start in range(0, len(values), rows_a_call)
        ]
        if not parts:
            return np.empty((0, self._card.width), np.float32)
        return np.concatenate(parts).astype(np.float32, copy=False)


def open_onnx(reference: str, folder: Path, workers: int) -> OnnxEncoder:
    """Open the ONNX model in ``folder``; raise ModelUnusable if a file is not there or broken."""
    del workers  # any number may call
    try:
        values = json.loads((folder / "encoder.json").read_text("utf-8"))
        weights = hashlib.sha256()
        for name in WEIGHTS:
            with (folder / name).open("rb") as file:
                weights.update(hashlib.file_digest(file, "sha256").digest())
        card = EncoderCard(
            model=reference,
            name=values["name"],
            weights_sha256=weights.hexdigest(),
            runtime="onnx",
            width=values["width"],
            preprocessing=Preprocessing(
                size=values["image_size"],
                resize=values["resize"],
                interpolation=values["interpolation"],
                mean=tuple(values["mean"]),
                std=tuple(values["std"]),
            ),
            context_length=values["context_length"],
            languages=tuple(values["languages"]),
            license=values["license"],
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelUnusable(
            f"The model in {os.fspath(folder)} is not whole ({type(error).__name__}: {error}).",
            "Fetch or export the model again.",
        ) from error
    return OnnxEncoder(card, folder)
