"""An encoder and a reader whose vectors are known in advance."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from archive_ai.domain import EncoderCard, Picture, Preprocessing
from archive_ai.errors import UnreadablePicture


class KnownEncoder:
    """Gives a text the vector it was told; a picture the first ``width`` of its pixels."""

    batch_size = 4

    def __init__(self, width: int, texts: Mapping[str, Sequence[float]] | None = None) -> None:
        self.card = EncoderCard("known", "known", "0" * 64, "test", width, Preprocessing(4), 16)
        self.texts = texts or {}
        self.asked: list[str] = []
        self.batches: list[int] = []

    def encode_images(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        self.batches.append(len(pixels))
        return pixels.reshape(len(pixels), -1)[:, : self.card.width].astype(np.float32)

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked += texts
        return np.array([self.texts[text] for text in texts], dtype=np.float32)


class NumberReader:
    """A file named ``7.jpg`` is a picture of sevens; other names cannot be read."""

    def reads(self, path: Path) -> bool:
        return True

    def pages(self, path: Path) -> int:
        return 1

    def read(self, path: Path, page: int, preprocessing: Preprocessing) -> Picture:
        if not path.stem.isdigit():
            raise UnreadablePicture(f"{path} is no picture.", "Scan it again.")
        shape = (preprocessing.size, preprocessing.size, 3)
        pixels = np.zeros(shape, np.uint8)
        pixels.reshape(-1)[int(path.stem) % 8] = 9
        return Picture(pixels, 4, 4, "jpeg")


@pytest.fixture
def known() -> Callable[..., KnownEncoder]:
    return KnownEncoder


@pytest.fixture
def reader() -> NumberReader:
    return NumberReader()
