"""Pictures to read, made by Pillow or byte by byte, and what must be seen of them."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from archive_ai.domain import Preprocessing

SQUARE = Preprocessing(size=64)


def scene(width: int = 400, height: int = 300) -> Image.Image:
    """A picture without symmetry: every turn and every swapped channel shows."""
    x = np.linspace(0.0, 1.0, width)[None, :]
    y = np.linspace(0.0, 1.0, height)[:, None]
    red = 40 + 190 * x + 0 * y
    green = 30 + 180 * y + 0 * x
    blue = 128 + 100 * np.sin(9 * x + 5 * y)
    pixels = np.stack([red, green, blue], axis=-1)
    pixels[: height // 4, : width // 4] = (230, 20, 30)
    pixels[height // 2 : height // 2 + height // 8, width // 3 : width // 2] = (20, 220, 40)
    return Image.fromarray(pixels.astype(np.uint8))


def seen(image: Image.Image, size: int = 64) -> NDArray[np.uint8]:
    """What open_clip's transform gives: bicubic, long side rounded down, centre crop."""
    image = image.convert("RGB")
    width, height = image.size
    if width <= height:
        scaled = (size, int(size * height / width))
    else:
        scaled = (int(size * width / height), size)
    image = image.resize(scaled, Image.Resampling.BICUBIC)
    left, top = round((scaled[0] - size) / 2.0), round((scaled[1] - size) / 2.0)
    return np.asarray(image.crop((left, top, left + size, top + size)))


def difference(one: NDArray[np.uint8], two: NDArray[np.uint8]) -> float:
    """Mean absolute difference in grey levels."""
    return float(np.abs(one.astype(np.int16) - two.astype(np.int16)).mean())


Make = Callable[..., Path]
"""Writes a file and returns its path."""

Tags = dict[int, tuple[int, int]]
"""Tag: (field type, value)."""


def tiff_bytes(pages: list[tuple[NDArray[np.generic], Tags]]) -> bytes:
    """A little-endian TIFF with one strip a page, just as the tags say."""
    data = bytearray(b"II*\0\0\0\0\0")
    pointer = 4
    for pixels, more in pages:
        height, width = pixels.shape[:2]
        samples = 1 if pixels.ndim == 2 else pixels.shape[2]
        bits = pixels.dtype.itemsize * 8
        start = len(data)
        data += pixels.tobytes() + b"\0" * (pixels.nbytes % 2)
        depths = len(data)
        data += struct.pack("<4H", bits, bits, bits, bits)
        tags: dict[int, tuple[int, int, int]] = {
            256: (4, 1, width),
            257: (4, 1, height),
            258: (3, samples, depths if samples > 2 else bits | (bits << 16)),
            259: (3, 1, 1),
            262: (3, 1, 1 if samples < 3 else 2),
            273: (4, 1, start),
            277: (3, 1, samples),
            278: (4, 1, height),
            279: (4, 1, pixels.nbytes),
        }
        if pixels.dtype.kind != "u":
            tags[339] = (3, 1, 3 if pixels.dtype.kind == "f" else 2)
        tags |= {tag: (kind, 1, value) for tag, (kind, value) in more.items()}
        data[pointer : pointer + 4] = struct.pack("<I", len(data))
        data += struct.pack("<H", len(tags))
        for tag in sorted(tags):
            data += struct.pack("<HHII", tag, *tags[tag])
        pointer = len(data)
        data += b"\0\0\0\0"
    return bytes(data)
