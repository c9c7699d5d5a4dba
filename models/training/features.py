"""Cache what the frozen stages see, so that training takes minutes, not days.

The pictures are kept as they are ("clean") and in several aged views: another part of the
picture each, grey or faded or on a mount. For every set: names, pooled
features [N, 1280] and the frozen stages' output [N, 48, 24, 24]. What is there is not
computed again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

import image_tower
from archive_ai.images.looks import aged, framed_anew
from material import TARS, Material, pictures_in
from squash import SIZE, Pixels, squash

BATCH = 32
VIEWS = 2

Floats = npt.NDArray[np.floating]
Shown = tuple[str, Pixels]


@dataclass(frozen=True)
class Features:
    """Cached features of named pictures; `row[name]` is the position of a picture."""

    names: list[str]
    pooled: npt.NDArray[np.float32]
    stage: npt.NDArray[np.float16]

    @cached_property
    def row(self) -> dict[str, int]:
        """Position of each picture by name."""
        return {name: position for position, name in enumerate(self.names)}


@dataclass(frozen=True)
class Views:
    """The clean set and the aged views of some of its pictures."""

    clean: Features
    aged: list[Features]

    def stages(self, rows: npt.NDArray[np.int64], dice: np.random.Generator) -> Floats:
        """One stage output a picture row, from a view at random; the clean one also mirrored."""
        found = []
        for row in rows:
            name, view = self.clean.names[row], int(dice.integers(len(self.aged) + 1))
            place = self.aged[view - 1].row.get(name) if view else None
            if place is not None:
                found.append(self.aged[view - 1].stage[place])
            else:
                stage = self.clean.stage[row]
                found.append(stage[:, :, ::-1] if dice.random() < 0.5 else stage)
        return np.stack(found).astype(np.float32)

    def pooled(self, rows: npt.NDArray[np.int64], dice: np.random.Generator) -> Floats:
        """Pooled features [N, 1280] of picture rows, each from a view at random."""
        found = self.clean.pooled[rows]
        views = dice.integers(len(self.aged) + 1, size=len(rows))
        for position, (row, view) in enumerate(zip(rows, views, strict=True)):
            place = self.aged[view - 1].row.get(self.clean.names[row]) if view else None
            if place is not None:
                found[position] = self.aged[view - 1].pooled[place]
        return found


def in_batches(shown: Iterable[Shown], size: int = BATCH) -> Iterator[list[Shown]]:
    """The pictures in lists of `size`."""
    iterator = iter(shown)
    while batch := list(islice(iterator, size)):
        yield batch


def compute(shown: Iterable[Shown], graph: Path) -> Iterator[tuple[list[str], Floats, Floats]]:
    """Names, pooled features and stage outputs, batch by batch; pixels are made ahead."""
    session = image_tower.lower_session(graph)
    with ThreadPoolExecutor(1) as ahead:
        batches = in_batches(shown)
        waiting = ahead.submit(next, batches, None)
        while (batch := waiting.result()) is not None:
            waiting = ahead.submit(next, batches, None)
            pixels = np.stack([pixels for _, pixels in batch])
            stage, pooled = session.run(None, {"pixels": pixels})
            yield [name for name, _ in batch], pooled, stage


def cache(name: str, shown: Iterable[Shown], folder: Path) -> Features:
    """Features of the pictures, computed once and kept under `folder/<name>.*`."""
    index, stages = folder / f"{name}.npz", folder / f"{name}.stage.npy"
    if not index.exists():
        folder.mkdir(parents=True, exist_ok=True)
        names: list[str] = []
        pooled: list[Floats] = []
        stage: list[Floats] = []
        for batch_names, batch_pooled, batch_stage in compute(shown, folder / "lower.onnx"):
            names += batch_names
            pooled.append(batch_pooled)
            stage.append(batch_stage.astype(np.float16))
            if len(names) % (BATCH * 32) == 0:
                print(f"features of {name}: {len(names)} pictures", flush=True)
        np.save(stages, np.concatenate(stage))
        partial = folder / f"{name}.partial.npz"
        np.savez(partial, names=np.array(names), pooled=np.concatenate(pooled))
        partial.replace(index)
    stored = np.load(index)
    return Features(stored["names"].tolist(), stored["pooled"], np.load(stages, mmap_mode="r"))


def view(picture: Image.Image, dice: np.random.Generator) -> Pixels:
    """Another part of the picture, as it may have come to an archive."""
    part = framed_anew(picture, dice).resize((SIZE, SIZE), Image.Resampling.BICUBIC)
    return np.asarray(aged(part, dice), dtype=np.uint8)


def _shown(material: Material) -> Iterator[tuple[str, Image.Image]]:
    """The pictures of the training splits, from all sources; no others are looked at."""
    chosen = {c.picture for c in material.flickr("train") + material.old_photos("train")}
    for tar in TARS:
        yield from (
            (name, picture)
            for name, picture in pictures_in(material.folder / tar)
            if name in chosen
        )


def cache_material(material: Path, folder: Path) -> Views:
    """All pictures to be taught, clean and in their aged views."""
    taught = Material(material)
    clean = cache("clean", ((name, squash(picture)) for name, picture in _shown(taught)), folder)
    views = []
    for number in range(1, VIEWS + 1):
        shown = (
            (name, view(picture, np.random.default_rng([number, place])))
            for place, (name, picture) in enumerate(_shown(taught))
        )
        views.append(cache(f"view-{number}", shown, folder))
    return Views(clean, views)


def join(first: Features, second: Features) -> Features:
    """Two sets of features as one."""
    return Features(
        first.names + second.names,
        np.concatenate([first.pooled, second.pooled]),
        np.concatenate([first.stage, second.stage]),
    )
