"""One picture from chance alone: drawn, aged, mounted, described."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import cast

import numpy as np
from PIL import Image

from archive_ai.sample.ageing import develop, process_for, scanned
from archive_ai.sample.camera import taken
from archive_ai.sample.canvas import Canvas
from archive_ai.sample.dice import Dice
from archive_ai.sample.motif import MOTIFS, Caption, Motif
from archive_ai.sample.mounts import mounted
from archive_ai.sample.trees import framing

Drawer = Callable[[Canvas, int], Caption]

# A scene is drawn somewhat larger than its print, so that edges come out soft.
_OVERSIZE = 1.5
_LARGEST_SCENE = 1040


@dataclass(frozen=True)
class Photograph:
    """A finished picture with its caption and the year it pretends to be from."""

    image: Image.Image
    caption: Caption
    year: int


def draw_picture(
    motif_id: str, rng: np.random.Generator, long_side: int = 448
) -> tuple[Image.Image, str, str]:
    """A picture of a motif with its German and English description, as training needs them."""
    motif = {motif.id: motif for motif in MOTIFS}[motif_id]
    photograph = draw_photograph(motif, Dice(rng), long_side)
    caption = photograph.caption
    return photograph.image, caption.description_de, caption.description_en


def draw_photograph(motif: Motif, dice: Dice, long_side: int) -> Photograph:
    """A picture of a motif whose print is ``long_side`` pixels long, its mount not counted."""
    shape = dice.pick(motif.shapes) * dice.between(0.95, 1.05)
    size = (
        (long_side, round(long_side / shape))
        if shape >= 1
        else (round(long_side * shape), long_side)
    )
    year = dice.count(*motif.years)
    scale = min(_OVERSIZE, _LARGEST_SCENE / long_side)
    canvas = Canvas((round(size[0] * scale), round(size[1] * scale)), dice)
    caption = drawer(motif)(canvas, year)
    if motif.kind == "document":
        return Photograph(scanned(canvas.image, size, dice), caption, year)
    if motif.outdoors and dice.chance(0.3):
        framing(canvas)
    view = taken(canvas.image, size, dice)
    print_ = develop(view, process_for(year, dice), dice)
    return Photograph(mounted(print_, year, dice), caption, year)


def drawer(motif: Motif) -> Drawer:
    """The function that draws a motif."""
    module, _, name = motif.drawer.partition(":")
    return cast(Drawer, getattr(import_module(f"archive_ai.sample.motifs.{module}"), name))
