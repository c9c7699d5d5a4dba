"""A map of vectors: a layout is learned of landmarks, all others find their place among these.

Places depend on the landmarks and on the vector alone. So photos that are added move no other, and
a million are placed at the speed at which their nearest landmarks are found.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from archive_ai.ports import Landmarks, Tell

MOST_LANDMARKS = 10_000
FEWEST_TO_LEARN = 12
"""Of fewer there is nothing to learn: their two principal directions are the map."""

NEIGHBOURS = 10
SHARPNESS = 3.0
"""The last of the neighbours weighs e^-3 of the first."""

REACH = 0.1
"""How far apart on the map neighbours may lie to speak for one place (a Gaussian's width)."""

MARGIN = 0.98
"""The layout fills so much of [-1, 1]; the rest is room for what is strewn."""

_LETTERS, _DIGITS = 32, 5
"""Ids are of base32; so many letters make a number."""

Positions = NDArray[np.float32]


def landmarks_of(count: int) -> NDArray[np.int64]:
    """Choose rows evenly among ``count``, at most ``MOST_LANDMARKS``.

    Rows are in the order of the photos' ids, which are hashes: every k-th is a fair sample.
    """
    if count <= MOST_LANDMARKS:
        return np.arange(count)
    return np.linspace(0, count - 1, MOST_LANDMARKS).round().astype(np.int64)


def draw(
    vectors: NDArray[np.float32], ids: NDArray[np.bytes_], landmarks: Landmarks, tell: Tell
) -> Positions:
    """Return positions (n, 2) in [-1, 1] of landmarks: their vectors (n, width) and ids (n,)."""
    found = _principal(vectors)
    if len(vectors) >= FEWEST_TO_LEARN and found.any():
        found = landmarks.lay_out(1e-4 * found, tell)
    return _strewn(MARGIN * _framed(found), ids, _gap(len(found)) / 8)


def place(
    vectors: NDArray[np.float32],
    ids: NDArray[np.bytes_],
    landmarks: Landmarks,
    positions: Positions,
) -> Positions:
    """Return positions (m, 2) of vectors (m, width) among landmarks that lie at ``positions``.

    Each lies where most of its nearest landmarks are, weighted by how near they are. Neighbours
    that lie elsewhere count little: between two groups there is nothing that belongs to neither.
    """
    if not len(positions) or not len(vectors):
        return np.zeros((len(vectors), 2), np.float32)
    cosines, places = landmarks.nearest(vectors, min(NEIGHBOURS, len(positions)))
    spread = np.maximum((cosines[:, :1] - cosines[:, -1:]) / SHARPNESS, 1e-6)
    weights = np.exp((cosines - cosines[:, :1]) / spread)
    around = positions[places]
    apart = ((around[:, :, None] - around[:, None]) ** 2).sum(axis=-1)
    together = np.exp(-apart / REACH**2)
    leading = np.argmax(np.einsum("mij,mj->mi", together, weights), axis=1)
    weights = weights * together[np.arange(len(places)), leading]
    found = (around * weights[:, :, None]).sum(axis=1) / weights.sum(axis=1, keepdims=True)
    return _strewn(found, ids, _gap(len(positions)) / 4)


def _principal(vectors: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return the two principal directions of vectors, (n, 2), the first of deviation 1."""
    if not len(vectors):
        return np.zeros((0, 2))
    centred = vectors.astype(np.float64) - vectors.mean(axis=0, dtype=np.float64)
    values, directions = np.linalg.eigh(centred.T @ centred)
    directions = directions[:, np.argsort(-values)[:2]]
    # Which way a direction points is left open by algebra, and must not be by us.
    directions *= np.where(directions[np.abs(directions).argmax(axis=0), [0, 1]] < 0, -1, 1)
    found = centred @ directions
    deviation = float(found[:, 0].std())
    flat: NDArray[np.float64] = found / deviation if deviation > 1e-6 else np.zeros_like(found)
    return flat


def _framed(positions: NDArray[np.float64]) -> NDArray[np.float64]:
    """Move and scale positions so that they just fit into [-1, 1]; both ways by the same."""
    if not len(positions):
        return positions
    low, high = positions.min(axis=0), positions.max(axis=0)
    half = float((high - low).max()) / 2
    framed: NDArray[np.float64] = (positions - (low + high) / 2) / (half or 1.0)
    return framed


def _gap(count: int) -> float:
    """Return half of how far apart ``count`` points would lie that fill the frame evenly."""
    return float(1 / max(count, 1) ** 0.5)


def _strewn(positions: NDArray[np.floating], ids: NDArray[np.bytes_], radius: float) -> Positions:
    """Move each point by at most ``radius``, as its id says, so that none hides another."""
    if not len(positions):
        return np.zeros((0, 2), np.float32)
    letters = np.frombuffer(ids.tobytes(), np.uint8).reshape(len(ids), -1)[:, 2:]
    digits = np.where(letters >= ord("a"), letters - ord("a"), letters - ord("2") + 26)
    # The last letters: those at the front are alike for photos that follow each other.
    scale = _LETTERS ** -np.arange(1.0, _DIGITS + 1)
    angle = 2 * np.pi * (digits[:, -2 * _DIGITS : -_DIGITS] @ scale)
    far = radius * np.sqrt(digits[:, -_DIGITS:] @ scale)
    moved = positions + np.stack([far * np.cos(angle), far * np.sin(angle)], axis=1)
    strewn: Positions = np.clip(moved, -1.0, 1.0).astype(np.float32)
    return strewn
