"""Old paper."""

from __future__ import annotations

from archive_ai.sample.canvas import Canvas, Colour, darker, lighter

PAPERS: tuple[Colour, ...] = ((236, 226, 202), (228, 214, 184), (240, 234, 218), (222, 206, 172))


def sheet(canvas: Canvas, tone: Colour) -> None:
    """Old paper: yellowed edges, blotches, folds."""
    dice = canvas.dice
    canvas.fade(canvas.everything(), lighter(tone, 0.1), darker(tone, 0.04))
    canvas.mottle(canvas.everything(), 0.22, 20.0, darker(tone, 0.5))
    canvas.mottle(canvas.everything(), 0.12, 2.0, darker(tone, 0.4))
    for _ in range(dice.count(0, 2)):
        share = dice.pick([0.25, 0.33, 0.5, 0.66, 0.75])
        x = canvas.width * share
        canvas.shade([(x - 1.4, 0), (x, 0), (x, 100), (x - 1.4, 100)], 0.0, 0.16, across=True)
        canvas.shade(
            [(x, 0), (x + 1.0, 0), (x + 1.0, 100), (x, 100)],
            0.3,
            0.0,
            across=True,
            colour=(255, 252, 240),
        )
