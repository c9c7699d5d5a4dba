"""What the tagging benchmark is measured on: vectors of labelled pictures, encoded once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from archive_ai.domain import Labelled
from archive_ai.evaluation import embed_pictures
from archive_ai.exchange.labelled import read_labels
from archive_ai.exchange.pictures import PictureSource
from archive_ai.images import PictureReader
from archive_ai.ports import Encoder


@dataclass(frozen=True)
class Labels:
    """Vectors (n, width) of pictures, and which of them (n, c) belong to which concept."""

    vectors: NDArray[np.float32]
    truth: NDArray[np.bool_]
    concepts: tuple[str, ...]
    names: tuple[str, ...]
    pictures: tuple[str, ...]


def encoded(
    encoder: Encoder, pictures: Sequence[str], tars: Sequence[Path], cache: Path
) -> dict[str, NDArray[np.float32]]:
    """Return the vector of every picture; those in ``cache`` of this model are not read again."""
    path = cache / f"{encoder.card.fingerprint}.npz"
    known: dict[str, NDArray[np.float32]] = {}
    if path.is_file():
        with np.load(path) as stored:
            known = dict(zip(stored["pictures"].tolist(), stored["vectors"], strict=True))
    missing = sorted(set(pictures) - set(known))
    if missing:
        with PictureSource(tars[0].parent, tars) as source:
            found = embed_pictures(encoder, PictureReader(), source.paths(missing), 1)
        known |= dict(zip(found.pictures, found.vectors, strict=True))
        cache.mkdir(parents=True, exist_ok=True)
        np.savez(path, pictures=np.array(list(known)), vectors=np.stack(list(known.values())))
    return {picture: known[picture] for picture in pictures if picture in known}


def scenes(encoder: Encoder, material: Path, split: str, cache: Path) -> Labels:
    """Return a split of scene15: one German concept name a picture."""
    labels = read_labels(material / "scenes.csv", (split,), "scene15")
    return _labels(encoder, labels, [material / "scenes.tar"], cache)


def old_photographs(encoder: Encoder, material: Path, cache: Path) -> Labels:
    """Return the labelled old photographs of the train split: positives only, several a picture."""
    labels = read_labels(material / "oldphotos-concepts.csv", ("train",))
    tars = [material / f"oldphotos-{part}.tar" for part in "ab"]
    return _labels(encoder, labels, tars, cache)


def _labels(
    encoder: Encoder, labels: Sequence[Labelled], tars: Sequence[Path], cache: Path
) -> Labels:
    pictures = tuple(sorted({label.picture for label in labels}))
    vectors = encoded(encoder, pictures, tars, cache)
    pictures = tuple(picture for picture in pictures if picture in vectors)
    place = {picture: row for row, picture in enumerate(pictures)}
    names = {label.concept: label.labels["de"] for label in labels}
    concepts = tuple(sorted(names))
    truth = np.zeros((len(pictures), len(concepts)), np.bool_)
    for label in labels:
        if label.picture in place:
            truth[place[label.picture], concepts.index(label.concept)] = True
    return Labels(
        np.stack([vectors[picture] for picture in pictures]),
        truth,
        concepts,
        tuple(names[concept] for concept in concepts),
        pictures,
    )
