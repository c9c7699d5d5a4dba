"""When an approximate index is made beside a generation, and what is told of it."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import numpy as np
from numpy.typing import NDArray

from archive_ai.archive.folder import Folder
from archive_ai.archive.generation import OpenGeneration
from archive_ai.domain import Generation
from archive_ai.ports import Encoder
from archive_ai.settings import bundled
from archive_ai.vectors.approximate import extend, measured, train
from archive_ai.vectors.approximate_files import (
    newest_approximate,
    read_approximate,
    read_figures,
    write_approximate,
)
from archive_ai.vectors.index import ExactIndex
from archive_ai.vocabulary.background import read_background_queries

PHOTOS_ASKED = 200
SEED = 20
"""Of the samples that train and judge: two runs over the same rows come to the same index."""


def approximate(folder: Folder, opened: OpenGeneration, encoder: Encoder, least: int) -> None:
    """Make the approximate index of a generation with ``least`` vectors or more, if not there.

    New photos go into the lists that are there, until there are twice as many as when these were
    trained. How much it finds is measured again each time, with the neutral queries and with
    photos of the archive.
    """
    index, generation = opened.index, opened.generation
    path, count = folder.generation(generation.number), len(opened.index.photos)
    manifest = (generation.manifest, generation.manifest_sha256)
    if count < least or read_approximate(path, *manifest) is not None:
        return
    lists, trained_at = None, count
    known = newest_approximate(path)
    if known is not None and count < 2 * known[1].trained_at:
        lists, trained_at = known[0], known[1].trained_at
        if lists is None:  # it was not good enough then, and would not be now
            with suppress(OSError):
                write_approximate(path, *manifest, None, known[1])
            return
    dice = np.random.default_rng(SEED)
    try:
        lists = extend(train(index, dice) if lists is None else lists, index)
    except ValueError:  # they hold a photo that is not here, as after a catalogue was restored
        lists, trained_at = extend(train(index, dice), index), count
    figures = measured(index, lists, _queries(index, opened, encoder, dice), trained_at)
    # Searching is exact without it; a full disk is no reason to fail.
    with suppress(OSError):
        write_approximate(path, *manifest, lists, figures)


def figures(folder: Folder, generation: Generation) -> dict[str, Any] | None:
    """Return what ``status`` says of an approximate index; None where there is none."""
    path = folder.generation(generation.number)
    found = read_figures(path, generation.manifest, generation.manifest_sha256)
    if found is None:
        return None
    return {
        "used": found.used,
        "recall@10": round(found.recall_10, 4),
        "recall@100": round(found.recall_100, 4),
        "probes": found.probes,
        "lists": found.lists,
    }


def _queries(
    index: ExactIndex, opened: OpenGeneration, encoder: Encoder, dice: np.random.Generator
) -> list[NDArray[np.float32]]:
    """Return queries by words and queries by photos."""
    neutral = read_background_queries(bundled("background") / "queries.txt")
    words = encoder.encode_texts(neutral) - opened.background.mean
    photos = dice.permutation(len(index.photos))[:PHOTOS_ASKED]
    return [words, index.at(np.sort(photos))]
