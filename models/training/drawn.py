"""Drawn pictures of the sample archive's motifs, as a small share of the lessons.

They come from `archive_ai.sample`, with random numbers that neither the demo nor any
evaluation uses, and are kept as cached features only; the pictures are thrown away.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image

import features
from archive_ai.sample import MOTIFS, draw_picture
from features import Features
from lessons import PHRASES, Named, Names, Texts
from squash import squash

FIRST_SEED = 1_000_000  # far from the seeds of archives, which count from 1
LONG_SIDES = (448, 560, 720, 900)
NAMES_AGAIN = 10  # so that names are heard as often as descriptions


def _draw(each: int, captions: dict[str, list[str]]) -> Iterator[tuple[str, Image.Image]]:
    """`each` pictures of every motif, in rounds; their descriptions go into `captions`."""
    for number in range(each):
        for place, motif in enumerate(MOTIFS):
            dice = np.random.default_rng([FIRST_SEED + number, place])
            image, de, en = draw_picture(motif.id, dice, int(dice.choice(LONG_SIDES)))
            name = f"drawn-{motif.id}-{number}"
            captions[name] = [motif.id, de, en]
            yield name, image.convert("RGB")


def cache(each: int, folder: Path) -> Features:
    """Features of the drawn pictures; drawn once, and their descriptions kept beside."""
    captions: dict[str, list[str]] = {}
    found = features.cache(
        "drawn", ((name, squash(picture)) for name, picture in _draw(each, captions)), folder
    )
    if captions:
        (folder / "drawn.json").write_text(json.dumps(captions, ensure_ascii=False), "utf-8")
    return found


def named(folder: Path, row: dict[str, int], texts: Texts) -> Named:
    """Every drawn picture with its motif, and the motifs' names and questions."""
    captions: dict[str, list[str]] = json.loads((folder / "drawn.json").read_text("utf-8"))
    number = {motif.id: i for i, motif in enumerate(MOTIFS)}
    names: Names = {"de": [], "en": []}
    for motif in MOTIFS:
        for lang, words in (
            ("de", (motif.label_de, motif.query_de)),
            ("en", (motif.label_en, motif.query_en)),
        ):
            phrases = [phrase.format(word) for word in words for phrase in PHRASES[lang]]
            names[lang].append([texts.row(phrase) for phrase in phrases * NAMES_AGAIN])
    for motif_id, de, en in captions.values():
        if motif_id in number:
            names["de"][number[motif_id]].append(texts.row(de))
            names["en"][number[motif_id]].append(texts.row(en))
    shown = [name for name in captions if name in row and captions[name][0] in number]
    return Named(
        [row[name] for name in shown],
        [[number[captions[name][0]]] for name in shown],
        names,
        list(number),
    )
