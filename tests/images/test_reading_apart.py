"""What another process answers about a picture is checked like a stranger's words."""

from __future__ import annotations

import json
import math

import pytest

from archive_ai.errors import UnreadablePicture
from archive_ai.images.apart import pages_in, picture_in

SIDE = 2
PIXELS = bytes(SIDE * SIDE * 3)


def framed(head: bytes, content: bytes = PIXELS) -> bytes:
    return len(head).to_bytes(4, "big") + head + content


def told(**given: object) -> bytes:
    return json.dumps({"width": 4, "height": 3, "format": "png"} | given).encode()


def test_what_is_sound_is_a_picture() -> None:
    found = picture_in(framed(told()), SIDE)
    assert (found.width, found.height, found.format) == (4, 3, "png")


@pytest.mark.parametrize(
    "answered",
    [
        framed(told(width=math.inf)),
        framed(told(height=math.nan)),
        framed(told(width="x")),
        framed(told(width=None)),
        framed(told(), PIXELS[1:]),
        framed(b"[" * 200_000),
        framed(b"{" * 9),
        framed(b"[]"),
        b"",
    ],
    ids=range(9),
)
def test_nonsense_is_an_unreadable_picture(answered: bytes) -> None:
    with pytest.raises(UnreadablePicture):
        picture_in(answered, SIDE)
    with pytest.raises(UnreadablePicture):
        pages_in(answered)
