"""Where the photographer stood: framing, a tilted camera, a slanted view."""

from __future__ import annotations

from PIL import Image

from archive_ai.sample.dice import Dice


def taken(scene: Image.Image, size: tuple[int, int], dice: Dice) -> Image.Image:
    """The scene as it falls on a plate of ``size``: a part of it, seldom quite level."""
    width, height = scene.size
    keep = dice.pick([1.0, dice.between(0.86, 1.0), dice.between(0.86, 1.0)])
    slack_x, slack_y = width * (1 - keep), height * (1 - keep)
    left = slack_x * dice.between(0.2, 0.8)
    top = slack_y * dice.between(0.3, 0.9)
    right, low = left + width * keep, top + height * keep
    lean = dice.pick([0.0, dice.bell(0.008), dice.bell(0.012)])
    tilt_x, tilt_y = height * keep * lean, width * keep * lean
    near_left, near_right = 0.0, 0.0
    if dice.chance(0.55):
        # One side of the view is nearer: it is cut closer, so it comes out larger.
        slant = height * keep * dice.between(0.015, 0.085)
        near_left, near_right = dice.pick([(slant, 0.0), (0.0, slant)])
    corners = (
        left - tilt_x,
        top + near_left * 0.9 + tilt_y,
        left + tilt_x,
        low - near_left * 0.5 + tilt_y,
        right + tilt_x,
        low - near_right * 0.5 - tilt_y,
        right - tilt_x,
        top + near_right * 0.9 - tilt_y,
    )
    bound = tuple(
        min(max(value, 0.0), float(width if place % 2 == 0 else height))
        for place, value in enumerate(corners)
    )
    return scene.transform(size, Image.Transform.QUAD, bound, Image.Resampling.BILINEAR)
