"""What turns pictures and words into embeddings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from archive_ai.domain import EncoderCard


class Encoder(Protocol):
    """A model that maps pictures and texts into one space.

    Implementations may be called from several threads at once.
    """

    @property
    def card(self) -> EncoderCard:
        """What it is; vectors of two encoders compare only if the fingerprints are equal."""

    @property
    def batch_size(self) -> int:
        """How many pictures a call should hold on this device."""

    def encode_images(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Encode ``pixels`` (n, size, size, 3), uint8 sRGB, to (n, width) of unit length."""

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encode n texts to (n, width) of unit length."""
