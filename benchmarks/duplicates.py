"""By which hash and which thresholds the same picture is told from another one.

``--material`` names the training material of the bundled model, ``--pictures`` a folder with more
JPEG pictures. Variants (other sizes, tones, qualities, cut, framed, askew, in halftone) are made of
some pictures and compared with their originals and with all others. Thresholds are chosen on
``--split train`` and judged on ``--split others``, which holds other books, colour snapshots,
printed pages, drawings and the folder. Originals that are accepted as the same are listed: whether
they are, only looking tells.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
from duplicate_material import (
    OTHER_TONES,
    SAME_FILE,
    VARIANTS,
    documents,
    drawings,
    old_photographs,
    pictures_in,
    seen,
    snapshots,
)
from numpy.typing import NDArray
from PIL import Image

from archive_ai.domain import HASH_BYTES
from archive_ai.encoders.opening import open_encoder
from archive_ai.images.hashing import perceptual_hash
from archive_ai.images.measures import measure
from archive_ai.searching.duplicates import (
    FAR_BITS,
    FAR_SHARE,
    FLAT,
    IDENTICAL_BITS,
    IDENTICAL_TONES,
    NEAR_BITS,
    NEAR_SHARE,
)
from archive_ai.settings import BUNDLED_MODEL, bundled
from archive_ai.vectors.hashes import FlatHashIndex

Floats = NDArray[np.float32]
Bytes = NDArray[np.uint8]
Named = Iterator[tuple[str, Image.Image]]
BITS = (10, 15, 20, 25, 30, 36, 42, 48, 54, 60)
SHARES = (0.9, 0.99, 0.999, 0.9995, 0.9999)
AT_ONCE = 64


def difference_hash(cells: int) -> Callable[[Bytes], Bytes]:
    """Return dHash with ``cells`` comparisons a side, in two directions."""

    def made(pixels: Bytes) -> Bytes:
        grid = _small(pixels, cells + 1)
        across = grid[:cells, 1:] > grid[:cells, :-1]
        down = grid[1:, :cells] > grid[:-1, :cells]
        return np.packbits(np.concatenate([across.ravel(), down.ravel()]))

    return made


def cosine_hash(bits: int, ranked: bool) -> Callable[[Bytes], Bytes]:
    """Return pHash: signs of the ``bits`` lowest frequencies, of tones or of their ranks."""
    steps = np.arange(32)
    waves = np.cos(np.pi * steps[:, None] * (2 * steps[None] + 1) / 64)
    order = np.argsort((steps[:, None] ** 2 + steps[None] ** 2).ravel(), kind="stable")

    def made(pixels: Bytes) -> Bytes:
        grid = _small(pixels, 32)
        if ranked:
            grid = grid.ravel().argsort().argsort().reshape(32, 32).astype(np.float32)
        coefficients = (waves @ grid @ waves.T).ravel()[order[1 : bits + 1]]
        return np.packbits(coefficients > (0 if ranked else np.median(coefficients)))

    return made


HASHES: dict[str, Callable[[Bytes], Bytes]] = {
    "dHash 72": difference_hash(6),
    "dHash 128": difference_hash(8),
    "dHash 242 (used)": lambda pixels: np.frombuffer(perceptual_hash(pixels), np.uint8),
    "pHash 64": cosine_hash(64, ranked=False),
    "pHash 64 of ranks": cosine_hash(64, ranked=True),
    "pHash 128 of ranks": cosine_hash(128, ranked=True),
    "pHash 256 of ranks": cosine_hash(256, ranked=True),
}


def _small(pixels: Bytes, side: int) -> Floats:
    light = pixels.astype(np.float32) @ np.array([0.299, 0.587, 0.114], np.float32)
    small = Image.fromarray(light).resize((side, side), Image.Resampling.BOX)
    return np.asarray(small, dtype=np.float32)


@dataclass(frozen=True)
class Seen:
    """Pictures as indexing has them: hashes (n, bytes), vectors (n, width), tones (n, 3)."""

    names: list[str]
    pixels: list[Bytes]
    hashes: Bytes
    vectors: Floats
    tones: Floats
    blank: NDArray[np.bool_]


def look_at(pictures: Named) -> Seen:
    """Measure and encode pictures as indexing does."""
    encoder = open_encoder(BUNDLED_MODEL, bundled("models"))
    names, pixels = [], []
    for name, picture in pictures:
        names.append(name)
        pixels.append(seen(picture))
    parts = [
        encoder.encode_images(np.stack(pixels[start : start + AT_ONCE]))
        for start in range(0, len(pixels), AT_ONCE)
    ]
    found = [measure(one) for one in pixels]
    tones = np.array([(one.tint, one.chroma, one.detail) for one in found], np.float32)
    hashes = np.array([np.frombuffer(one.hash, np.uint8) for one in found])
    blank = np.array([one.blank for one in found])
    return Seen(names, pixels, hashes, np.concatenate(parts), tones, blank)


def apart(one: Bytes, other: Bytes) -> NDArray[np.int64]:
    """Return by how many bits hashes (n, bytes) or (bytes,) differ."""
    return np.asarray(np.bitwise_count(one ^ other).sum(axis=-1), dtype=np.int64)


def told(one: Bytes, other: Bytes, bits: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell of which pairs the hashes are not too flat to say that they are near."""
    return FLAT * bits <= np.minimum(apart(one, one * 0), apart(other, other * 0))


def others(seen: Seen, least: int) -> tuple[NDArray[np.int64], Floats, NDArray[np.int64], Floats]:
    """Return pairs of originals within ``least`` bits, their cosines and bits, and a sample."""
    pairs, sample = [], []
    for row in range(1, len(seen.names)):
        bits = apart(seen.hashes[:row], seen.hashes[row])
        sure = told(seen.hashes[:row], seen.hashes[row], bits)
        near = np.flatnonzero((bits <= least) & sure & ~seen.blank[:row] & ~seen.blank[row])
        pairs.append(np.stack([np.full(len(near), row), near, bits[near]], axis=1))
        if row % max(len(seen.names) // 1024, 1) == 0:
            sample.append((seen.vectors[:row] @ seen.vectors[row])[bits > FAR_BITS])
    found = np.concatenate(pairs)
    cosines = (seen.vectors[found[:, 0]] * seen.vectors[found[:, 1]]).sum(axis=1)
    return found[:, :2], cosines, found[:, 2], np.concatenate(sample)


def print_hashes(originals: Seen, variants: dict[str, Seen], rows: NDArray[np.int64]) -> None:
    """Print how many variants each hash finds at one wrong pair of originals in 100,000."""
    reprints = {tuple(pair) for pair in others(originals, 20)[0].tolist()}
    print("hash: share of variants found where one of 100,000 pairs of others is near, too")
    for name, make in HASHES.items():
        hashes = np.array([make(one) for one in originals.pixels])
        counts = np.zeros(8 * hashes.shape[1] + 1, np.int64)
        for row in range(1, len(hashes)):
            counts += np.bincount(apart(hashes[:row], hashes[row]), minlength=len(counts))
        for row, near in reprints:
            counts[apart(hashes[row], hashes[near])] -= 1
        limit = int(np.searchsorted(np.cumsum(counts) / counts.sum(), 1e-5, side="right")) - 1
        found = [
            (apart(np.array([make(p) for p in one.pixels]), hashes[rows]) <= limit).mean()
            for one in variants.values()
        ]
        print(f"  {name}: {limit} bits, {np.mean(found):.3f}", flush=True)


def print_grid(originals: Seen, variants: dict[str, Seen], rows: NDArray[np.int64]) -> None:
    """Print for thresholds how many variants are found and how many pairs of originals."""
    _, cosines, bits, sample = others(originals, max(BITS))
    distances = [apart(one.hashes, originals.hashes[rows]) for one in variants.values()]
    alike = [(one.vectors * originals.vectors[rows]).sum(axis=1) for one in variants.values()]
    print("bits: variants found (pairs of originals), by the quantile that cosines must reach")
    print("  bits " + "".join(f"{share:>16}" for share in SHARES))
    for limit in BITS:
        cells = []
        for share in SHARES:
            least = np.quantile(sample, share)
            pairs = zip(distances, alike, strict=True)
            found = np.mean([((far <= limit) & (one >= least)).mean() for far, one in pairs])
            accepted = np.count_nonzero((bits <= limit) & (cosines >= least))
            cells.append(f"{found:>9.3f} ({accepted:>4})")
        print(f"  {limit:>4} " + "".join(cells))


def print_judged(originals: Seen, variants: dict[str, Seen], rows: NDArray[np.int64]) -> None:
    """Print what the thresholds in use find of each variant, and list originals they join."""
    pairs, cosines, bits, sample = others(originals, FAR_BITS)
    near, far = np.quantile(sample, (NEAR_SHARE, FAR_SHARE))
    print(f"thresholds of cosines here: near {near:.3f}, far {far:.3f}")
    for kind, one in variants.items():
        distance = apart(one.hashes, originals.hashes[rows])
        alike = (one.vectors * originals.vectors[rows]).sum(axis=1)
        least = np.where(distance <= NEAR_BITS, near, far)
        same = (distance <= FAR_BITS) & (alike >= least)
        same &= told(one.hashes, originals.hashes[rows], distance)
        tones = np.abs(one.tones - originals.tones[rows]) <= IDENTICAL_TONES
        copies = (distance <= IDENTICAL_BITS) & tones.all(axis=1)
        said = f", told to be identical {copies.mean():.3f}"
        shown = said if kind in (*SAME_FILE, *OTHER_TONES) else ""
        print(f"  {kind}: found {same.mean():.3f}{shown}")
    accepted = (cosines >= np.where(bits <= NEAR_BITS, near, far)) & (bits <= FAR_BITS)
    count = len(originals.names)
    print(f"{accepted.sum()} of {count * (count - 1) // 2} pairs of originals are joined:")
    for place in np.flatnonzero(accepted):
        one, other = (originals.names[row] for row in pairs[place])
        print(f"  {bits[place]} bits, cosine {cosines[place]:.2f}: {one} · {other}")


def print_speed(count: int) -> None:
    """Print how long it takes to compare ``count`` hashes that mean nothing with each other."""
    dice = np.random.default_rng(1)
    index = FlatHashIndex(dice.integers(0, 256, (count, HASH_BYTES), dtype=np.uint8))
    start, cpu = time.perf_counter(), time.process_time()
    found = sum(len(rows) for _, rows in index.within(np.arange(count), FAR_BITS))
    print(
        f"{count} hashes with each other: {time.perf_counter() - start:.0f} s, "
        f"{time.process_time() - cpu:.0f} CPU s, {found - count} near"
    )


def main() -> None:
    """Look, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--material", type=Path)
    parser.add_argument("--pictures", type=Path)
    parser.add_argument("--speed", type=int, metavar="N", help="only time N hashes")
    parser.add_argument("--split", choices=("train", "others"), default="others")
    parser.add_argument("--count", type=int, default=250, help="pictures to make variants of")
    parser.add_argument("--originals", type=int, default=4000, help="old photographs at most")
    options = parser.parse_args()
    if options.speed:
        print_speed(options.speed)
        return
    if options.split == "train":
        pictures: list[Named] = [old_photographs(options.material, "train", options.originals)]
    else:
        pictures = [
            old_photographs(options.material, "test", options.originals),
            snapshots(options.material, 500),
            documents(options.material),
            drawings(),
        ]
        if options.pictures:
            pictures.append(pictures_in(options.pictures))
    kept: list[tuple[str, Image.Image]] = list(chain(*pictures))
    originals = look_at(iter(kept))
    dice = np.random.default_rng(23)
    rows = np.sort(dice.permutation(np.flatnonzero(~originals.blank))[: options.count])
    variants = {}
    for kind, make in VARIANTS.items():
        made = ((kept[n][0], make(kept[n][1], n, np.random.default_rng([5, n]))) for n in rows)
        variants[kind] = look_at(made)
    print(
        f"{options.split}: {len(kept)} originals, {len(rows)} of them in {len(variants)} variants"
    )
    if options.split == "train":
        print_hashes(originals, variants, rows)
        print_grid(originals, variants, rows)
    print_judged(originals, variants, rows)


if __name__ == "__main__":
    main()
