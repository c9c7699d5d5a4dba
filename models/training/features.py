"""Cache what the frozen image tower sees, so that training takes minutes, not days.

For every tar: the names of its pictures, pooled features [N, 1280] float32 and the output
of the frozen stages [N, 120, 12, 12] float16. A finished tar is not computed again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from PIL import Image

import image_tower
from crops import crop
from material import TARS, pictures_in

BATCH = 32
Floats = npt.NDArray[np.floating]


@dataclass(frozen=True)
class Features:
    """Cached features of named pictures; `row[name]` is the position of a picture."""

    names: list[str]
    pooled: npt.NDArray[np.float32]
    stage: npt.NDArray[np.float16]

    @property
    def row(self) -> dict[str, int]:
        """Position of each picture by name."""
        return {name: position for position, name in enumerate(self.names)}


def in_batches(
    pictures: Iterable[tuple[str, Image.Image]], size: int = BATCH
) -> Iterator[list[tuple[str, Image.Image]]]:
    """The pictures in lists of `size`."""
    iterator = iter(pictures)
    while batch := list(islice(iterator, size)):
        yield batch


def compute(
    pictures: Iterable[tuple[str, Image.Image]],
) -> Iterator[tuple[list[str], Floats, Floats]]:
    """Names, pooled features [n, 1280] and stage outputs [n, 120, 12, 12], batch by batch."""
    tower = image_tower.load_tower().to(memory_format=torch.channels_last)
    for batch in in_batches(pictures):
        pixels = np.stack([crop(picture) for _, picture in batch])
        with torch.inference_mode():
            stage = image_tower.lower_stages(tower, image_tower.normalise(pixels))
            pooled = image_tower.upper_stages(tower, stage)
        yield [name for name, _ in batch], pooled.numpy(), stage.contiguous().numpy()


def cache(name: str, pictures: Iterable[tuple[str, Image.Image]], folder: Path) -> Features:
    """Features of the pictures, computed once and kept under `folder/<name>.*`."""
    index, stages = folder / f"{name}.npz", folder / f"{name}.stage.npy"
    if not index.exists():
        folder.mkdir(parents=True, exist_ok=True)
        names: list[str] = []
        pooled: list[Floats] = []
        stage: list[Floats] = []
        for batch_names, batch_pooled, batch_stage in compute(pictures):
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


def cache_material(material: Path, folder: Path) -> Features:
    """Features of all pictures of the training material, one tar after the other."""
    parts = [cache(Path(tar).stem, pictures_in(material / tar), folder) for tar in TARS]
    return join(parts)


def join(parts: list[Features]) -> Features:
    """Several sets of features as one."""
    return Features(
        [name for part in parts for name in part.names],
        np.concatenate([part.pooled for part in parts]),
        np.concatenate([part.stage for part in parts]),
    )


if __name__ == "__main__":
    import sys

    cache_material(Path(sys.argv[1]), Path(sys.argv[2]))
