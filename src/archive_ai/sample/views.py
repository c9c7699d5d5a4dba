"""One building in many photographs: as it stands, in other views, light, tones and on other mounts.

What a motif draws at its own distance is the building; so there, and wherever a kind is picked, the
same chance comes up in every view. Where the photographer stood, the sky, people, process and mount
are new each time. Only motifs whose building is drawn that way can be photographed again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar
from zlib import crc32

import numpy as np
from PIL import Image

from archive_ai.sample.ageing import develop, process_for
from archive_ai.sample.camera import taken
from archive_ai.sample.canvas import Canvas, Point
from archive_ai.sample.dice import Dice
from archive_ai.sample.motif import MOTIFS
from archive_ai.sample.mounts import mounted
from archive_ai.sample.photograph import drawer
from archive_ai.sample.trees import framing

STANDING = ("church", "tower", "windmill")
T = TypeVar("T")


class _SettingDice(Dice):
    """New chance for how much and how many; for which one and whether, that of the building."""

    def __init__(self, generator: np.random.Generator, building: Sequence[int]) -> None:
        super().__init__(generator)
        self.building = building

    def pick(self, choices: Sequence[T]) -> T:
        """The same one of the same choices for the same building."""
        return self._own(repr(choices)).pick(choices)

    def chance(self, share: float) -> bool:
        """The same answer to the same share for the same building."""
        return self._own(f"chance {share}").chance(share)

    def _own(self, question: str) -> Dice:
        return Dice(np.random.default_rng([*self.building, crc32(question.encode())]))


class _Site(Canvas):
    """A canvas on which everything at a distance of its own is drawn from the building's chance."""

    def __init__(self, size: tuple[int, int], dice: Dice, building: Sequence[int]) -> None:
        super().__init__(size, dice)
        self._building = building

    @contextmanager
    def resized(self, factor: float, about: Point) -> Iterator[None]:
        """Draws the building."""
        outside, self.dice = self.dice, Dice(np.random.default_rng([*self._building, 0]))
        with super().resized(factor, about):
            yield
        self.dice = outside


def draw_views(
    motif_id: str, building: int, count: int, seed: int = 1, long_side: int = 448
) -> list[Image.Image]:
    """Draws ``count`` photographs of building number ``building`` of a motif of ``STANDING``.

    The same numbers give the same pictures; another ``seed`` gives other views of the same
    building.
    """
    motif = {motif.id: motif for motif in MOTIFS}[motif_id]
    own = [crc32(motif_id.encode()), building]
    shape = Dice(np.random.default_rng([*own, 1])).pick(motif.shapes)
    views = []
    for number in range(count):
        dice = Dice(np.random.default_rng([seed, *own, number]))
        wide = shape * dice.between(0.95, 1.05)
        size = (
            (long_side, round(long_side / wide))
            if wide >= 1
            else (round(long_side * wide), long_side)
        )
        year = dice.count(*motif.years)
        scene = _Site((round(size[0] * 1.5), round(size[1] * 1.5)), dice, own)
        scene.dice = _SettingDice(dice.generator, own)
        drawer(motif)(scene, year)
        scene.dice = dice
        if motif.outdoors and dice.chance(0.3):
            framing(scene)
        print_ = develop(taken(scene.image, size, dice), process_for(year, dice), dice)
        views.append(mounted(print_, year, dice))
    return views
