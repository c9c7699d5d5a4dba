"""A million vectors searched exactly and approximately, side by side: time, memory, recall.

The vectors are a mixture: topics, motifs within them of very different sizes, photos within these;
or, with ``--archive``, the vectors of an archive again and again, each time jittered by as much as
a photo differs from its nearest neighbour. Queries are of two kinds: photos that are not in the
index, and words, which lie further off. One thread.
"""

from __future__ import annotations

import argparse
import os
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from archive_ai.archive import Archive, load
from archive_ai.domain import Manifest, PhotoId
from archive_ai.vectors.approximate import ApproximateIndex, extend, measured, train
from archive_ai.vectors.approximate_files import write_approximate
from archive_ai.vectors.index import ExactIndex
from archive_ai.vectors.segments import SegmentWriter

Floats = NDArray[np.float32]
Draw = Callable[[int, np.random.Generator], Floats]
AT_ONCE, QUERIES, TIMED = 50_000, 400, 200


def unit(rows: Floats) -> Floats:
    """Scale rows (n, width) to unit length."""
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def mixture(width: int) -> tuple[Draw, Draw]:
    """Return what draws photos and what draws words: 300 topics, 20,000 motifs, Zipf's sizes."""
    dice = np.random.default_rng(1)
    topics = unit(dice.standard_normal((300, width)).astype(np.float32))
    of_topic = dice.integers(0, 300, 20_000)
    motifs = unit(topics[of_topic] + _around(20_000, width, 0.8, dice))
    sizes = 1 / np.arange(1, 20_001) ** 0.8
    gap = unit(dice.standard_normal((1, width)).astype(np.float32))

    def photos(count: int, dice: np.random.Generator) -> Floats:
        chosen = dice.choice(20_000, count, p=sizes / sizes.sum())
        return unit(motifs[chosen] + _around(count, width, 0.7, dice))

    def words(count: int, dice: np.random.Generator) -> Floats:
        chosen = dice.choice(20_000, count, p=sizes / sizes.sum())
        asked = unit(motifs[chosen] + topics[of_topic[chosen]] + gap) - gap / 2
        return np.asarray(asked, np.float32)

    return photos, words


def jittered(archive: Path) -> tuple[Draw, Draw, int]:
    """Return the same of an archive's own vectors and background, and their width."""
    with Archive.open(load(archive=archive)) as opened:
        generation, encoder = opened._opener.open()
        real = generation.index.block(0, len(generation.index.photos))
        mean = generation.background.mean
    nearest = np.sort(real[:500] @ real.T, axis=1)[:, -2]
    off = float(np.sqrt(np.median(1 / np.maximum(nearest, 0.1) ** 2 - 1)))
    print(f"{len(real)} vectors of {encoder.card.name}, jittered by {off:.2f} of their length")
    texts = encoder.encode_texts(WORDS) - mean

    def photos(count: int, dice: np.random.Generator) -> Floats:
        return unit(real[dice.integers(0, len(real), count)] + _around(count, 0, off, dice, real))

    def words(count: int, dice: np.random.Generator) -> Floats:
        pairs = texts[dice.integers(0, len(texts), (count, 2))]
        return np.asarray(pairs.mean(axis=1), dtype=np.float32)

    return photos, words, real.shape[1]


WORDS = (
    "Kirche am Fluss", "Marktplatz mit Ständen", "Weinberg im Herbst", "Dampflokomotive",
    "zerstörte Häuser", "Kinder vor der Schule", "Brücke", "Hafen mit Schiffen", "Festzug",
    "Fabrik mit Schornsteinen", "town hall", "a ruined castle", "portrait of a woman",
    "soldiers marching", "an old map", "interior of a church", "horse-drawn cart", "tower",
    "fountain in a square", "a street with trams", "mountains and lake", "windmill", "a poster",
)  # fmt: skip


def _around(
    count: int, width: int, off: float, dice: np.random.Generator, real: Floats | None = None
) -> Floats:
    """Noise of about the length ``off``; along the directions of ``real`` where it is given."""
    if real is None:
        noise = dice.standard_normal((count, width)) * off / width**0.5
        return np.asarray(noise, np.float32)
    pairs = real[dice.integers(0, len(real), (2, count))]
    apart = pairs[0] - pairs[1]
    return np.asarray(apart * (off / np.sqrt((apart**2).sum(axis=1).mean())), np.float32)


def rows(draw: Draw, count: int) -> Iterator[Floats]:
    """Yield ``count`` drawn rows in parts."""
    for start in range(0, count, AT_ONCE):
        yield draw(min(AT_ONCE, count - start), np.random.default_rng([2, start]))


def build(folder: Path, draw: Draw, count: int, width: int) -> ExactIndex:
    """Write the rows as a sealed generation and open it."""
    start = 0
    with SegmentWriter(folder, Manifest(1, "f" * 16, width, ()), {}) as writer:
        for part in rows(draw, count):
            ids = [PhotoId(f"p_{number:020d}") for number in range(start, start + len(part))]
            writer.append(ids, part)
            start += len(part)
        manifest = writer.seal()
    began, before = time.perf_counter(), memory()
    index = ExactIndex(folder, manifest)
    print(
        f"exact: opened in {time.perf_counter() - began:.1f} s, {memory() - before:.0f} MiB of "
        f"which vectors {count * width * 2 / 2**20:.0f}, peak {peak():.0f} MiB"
    )
    return index


def latency(search: Callable[[Floats, int], object], queries: Floats) -> str:
    """Time single queries for 20 hits."""
    times = []
    for query in queries[:TIMED]:
        start = time.perf_counter()
        search(query[None], 20)
        times.append(1000 * (time.perf_counter() - start))
    return f"{np.median(times):.1f} ms, at 95 % {np.quantile(times, 0.95):.1f}"


def memory() -> float:
    """Return the memory in use, in MiB."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def peak() -> float:
    """Return the most memory that was ever in use, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Build, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1_000_000)
    parser.add_argument("--width", type=int, default=256)
    parser.add_argument("--archive", type=Path, help="jitter the vectors of this archive")
    options = parser.parse_args()
    if options.archive:
        photos, words, width = jittered(options.archive)
    else:
        (photos, words), width = mixture(options.width), options.width
    kinds = [draw(QUERIES, np.random.default_rng(3)) for draw in (photos, words)]
    print(f"{options.count} vectors of {width}")
    with tempfile.TemporaryDirectory() as name:
        exact = build(Path(name), photos, options.count, width)
        start, before = time.perf_counter(), memory()
        lists = train(exact, np.random.default_rng(20))
        trained = time.perf_counter()
        lists = extend(lists, exact)
        added = time.perf_counter()
        figures = measured(exact, lists, kinds, options.count)
        print(
            f"approximate: trained in {trained - start:.0f} s, filled in {added - trained:.0f} s, "
            f"measured in {time.perf_counter() - added:.0f} s; {memory() - before:.0f} MiB more, "
            f"peak {peak():.0f} MiB"
        )
        print(figures)
        index = ApproximateIndex(exact, lists, figures)
        for kind, queries in zip(("photos", "words"), kinds, strict=True):
            wanted = exact.search(queries[1::2], 100)[1]
            found = index.search(queries[1::2], 100)[1]
            shares = [
                np.mean([len(np.intersect1d(one[:k], other[:k])) / k for one, other in both])
                for k in (10, 100)
                for both in [list(zip(wanted, found, strict=True))]
            ]
            print(f"  {kind}: recall@10 {shares[0]:.4f}, recall@100 {shares[1]:.4f}")
            print(f"  {kind}: exact {latency(exact.search, queries)}")
            print(f"  {kind}: approximate {latency(index.search, queries)}")
        start = time.perf_counter()
        write_approximate(Path(name), "manifest-000001.json", "0" * 64, lists, figures)
        size = sum(path.stat().st_size for path in Path(name).glob("approximate-*")) / 2**20
        print(f"written in {time.perf_counter() - start:.1f} s: {size:.0f} MiB")


if __name__ == "__main__":
    main()
