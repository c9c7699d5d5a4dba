"""Pictures and names become vectors once, before anything is measured with them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from archive_ai.domain import Failure, Picture, Progress, ReportProgress, silent
from archive_ai.errors import UnreadablePicture
from archive_ai.ports import Encoder, Reader

TEXTS_AT_ONCE = 128
OPERATION = "evaluate"

Floats = NDArray[np.float32]
Named = tuple[str, Path]


@dataclass(frozen=True, slots=True)
class Embedded:
    """Unit vectors (n, width) of the n pictures named in the same order, and what failed.

    ``path`` of a failure is the picture's name in the table.
    """

    pictures: tuple[str, ...]
    vectors: Floats
    failures: tuple[Failure, ...] = ()


def embed_pictures(
    encoder: Encoder,
    reader: Reader,
    pictures: Sequence[Named],
    threads: int = 2,
    report: ReportProgress = silent,
) -> Embedded:
    """Read the first page of every (name, path) and encode it.

    ``threads`` decode ahead while the encoder works; at most a batch and two pictures a thread
    are held as pixels. A picture that cannot be decoded becomes a failure and the run goes on.
    Raises UnreadablePicture where none could be read.
    """
    names: list[str] = []
    rows: list[Floats] = []
    failures: list[Failure] = []
    waiting: list[tuple[str, NDArray[np.uint8]]] = []

    def flush() -> None:
        if waiting:
            rows.append(encoder.encode_images(np.stack([pixels for _, pixels in waiting])))
            names.extend(name for name, _ in waiting)
            waiting.clear()

    size = max(1, encoder.batch_size)
    for name, found in _decoded(encoder, reader, pictures, max(1, threads)):
        if isinstance(found, Failure):
            failures.append(found)
        else:
            waiting.append((name, found.pixels))
        if len(waiting) >= size:
            flush()
            report(Progress(OPERATION, len(names), len(pictures), len(failures)))
    flush()
    report(Progress(OPERATION, len(names), len(pictures), len(failures)))
    if not names:
        raise UnreadablePicture(
            f"None of the {len(pictures)} pictures could be read.",
            failures[0].cause if failures else "The table names no picture.",
        )
    return Embedded(tuple(names), unit(np.concatenate(rows)), tuple(failures))


def _decoded(
    encoder: Encoder, reader: Reader, pictures: Iterable[Named], threads: int
) -> Iterator[tuple[str, Picture | Failure]]:
    preprocessing = encoder.card.preprocessing

    def decode(name: str, path: Path) -> Picture | Failure:
        try:
            return reader.read(path, 1, preprocessing)
        except UnreadablePicture as fault:
            return Failure(Path(name), 1, fault.what, fault.advice)

    with ThreadPoolExecutor(threads) as pool:
        ahead: deque[tuple[str, Future[Picture | Failure]]] = deque()
        try:
            for name, path in pictures:
                ahead.append((name, pool.submit(decode, name, path)))
                if len(ahead) > 2 * threads:
                    first, future = ahead.popleft()
                    yield first, future.result()
            while ahead:
                first, future = ahead.popleft()
                yield first, future.result()
        finally:
            for _, future in ahead:
                future.cancel()


def embed_texts(encoder: Encoder, texts: Sequence[str]) -> Floats:
    """Encode n texts to unit vectors (n, width); a text that stands twice is encoded once."""
    different = list(dict.fromkeys(texts))
    if not different:
        return np.zeros((0, encoder.card.width), dtype=np.float32)
    rows = np.concatenate(
        [
            encoder.encode_texts(different[start : start + TEXTS_AT_ONCE])
            for start in range(0, len(different), TEXTS_AT_ONCE)
        ]
    )
    place = {text: row for row, text in enumerate(different)}
    return unit(rows[[place[text] for text in texts]])


def embed_names(encoder: Encoder, names: Sequence[str], templates: Sequence[str]) -> Floats:
    """Return a unit vector (n, width) a name: the mean over ``templates``, each holding ``{}``."""
    layers = [
        embed_texts(encoder, [template.replace("{}", name) for name in names])
        for template in templates
    ]
    return unit(np.mean(layers, axis=0, dtype=np.float32))


def unit(rows: Floats) -> Floats:
    """Return the rows scaled to length one; a row of zeros stays."""
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    scaled: Floats = (rows / np.where(length > 0, length, 1)).astype(np.float32)
    return scaled
