"""What the tagging benchmark is measured on: vectors of labelled pictures, encoded once."""

from __future__ import annotations

import csv
import gzip
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from archive_ai.archive.learning import seen_in_looks
from archive_ai.domain import Labelled
from archive_ai.evaluation import embed_pictures
from archive_ai.exchange.labelled import read_labels
from archive_ai.exchange.pictures import PictureSource
from archive_ai.images import PictureReader
from archive_ai.ports import Encoder
from archive_ai.sample import MOTIFS, draw_picture
from archive_ai.sample.views import STANDING, draw_views

BUILDINGS, NAMED, VIEWS, OTHERS = 10, 4, 12, 3


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


def pictured(encoder: Encoder, material: Path, cache: Path, concept: Mapping[str, str]) -> Labels:
    """Return all old photographs, and which of them show what ``concept`` names by picture."""
    with gzip.open(material / "oldphotos.csv.gz", "rt", encoding="utf-8", newline="") as file:
        names = sorted(row["picture"] for row in csv.DictReader(file) if row["kind"] == "photo")
    tars = [material / f"oldphotos-{part}.tar" for part in "ab"]
    vectors = encoded(encoder, names, tars, cache)
    pictures = tuple(name for name in names if name in vectors)
    concepts = tuple(sorted(set(concept.values())))
    truth = np.array([[concept.get(p) == one for one in concepts] for p in pictures], np.bool_)
    return Labels(np.stack([vectors[p] for p in pictures]), truth, concepts, concepts, pictures)


def disturbed(
    encoder: Encoder, material: Path, pictures: Sequence[str]
) -> dict[str, NDArray[np.float32]]:
    """Return by how much the vectors of some old photographs change with their look."""
    tars = [material / f"oldphotos-{part}.tar" for part in "ab"]
    reader, how = PictureReader(), encoder.card.preprocessing
    with PictureSource(material, tars) as source:
        return {
            name: seen_in_looks(reader.read(path, 1, how).pixels, encoder)[1]
            for name, path in source.paths(pictures)
        }


def drawn_buildings(encoder: Encoder, cache: Path) -> tuple[Labels, dict[int, NDArray[np.float32]]]:
    """Return drawn buildings as concepts, each in several views, beside other drawn pictures.

    With them by row by how much those that are concepts change with their look.

    Only the first ``NAMED`` of each kind are concepts; the others stand by, as do pictures of all
    other motifs. The seeds are not those of the sample archive.
    """
    kinds = [(motif, building) for motif in STANDING for building in range(BUILDINGS)]
    names = [f"{motif}-{building}" for motif, building in kinds for _ in range(VIEWS)]
    others = [motif.id for motif in MOTIFS if motif.id not in STANDING]
    stored = cache / f"buildings-{encoder.card.fingerprint}.npz"
    if not stored.is_file():
        cache.mkdir(parents=True, exist_ok=True)
        vectors, rows, looks = _draw(encoder, kinds, others)
        np.savez(stored, vectors=vectors, rows=rows, looks=looks)
    with np.load(stored) as found:
        vectors = found["vectors"]
        disturbances = dict(zip(found["rows"].tolist(), found["looks"], strict=True))
    names += [""] * (len(vectors) - len(names))
    concepts = tuple(f"{motif}-{building}" for motif in STANDING for building in range(NAMED))
    truth = np.array([[name == concept for concept in concepts] for name in names], np.bool_)
    return Labels(vectors, truth, concepts, concepts, tuple(names)), disturbances


def _draw(
    encoder: Encoder, kinds: Sequence[tuple[str, int]], others: Sequence[str]
) -> tuple[NDArray[np.float32], NDArray[np.int64], NDArray[np.float32]]:
    """Return the vectors of all views of all buildings, then those of the other pictures.

    Beside them the rows of the buildings that are concepts, and their disturbances.
    """
    drawn = [view for motif, number in kinds for view in draw_views(motif, number, VIEWS, seed=77)]
    for place, motif in enumerate(others):
        for number in range(OTHERS):
            drawn.append(draw_picture(motif, np.random.default_rng([78, place, number]))[0])
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{number:04d}.png" for number in range(len(drawn))]
        for picture, path in zip(drawn, paths, strict=True):
            picture.save(path)
        named = [(path.name, path) for path in paths]
        vectors = embed_pictures(encoder, PictureReader(), named, 1).vectors
        rows = [
            VIEWS * place + view
            for place, (_, building) in enumerate(kinds)
            if building < NAMED
            for view in range(VIEWS)
        ]
        reader, how = PictureReader(), encoder.card.preprocessing
        looks = [seen_in_looks(reader.read(paths[row], 1, how).pixels, encoder)[1] for row in rows]
    return vectors, np.array(rows), np.stack(looks)
