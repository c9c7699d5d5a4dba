"""Reading a picture in another process: the question and the answer as plain bytes.

The bytes that come back are checked like a stranger's: the file may have taken the process over.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from archive_ai.domain import Picture, Preprocessing
from archive_ai.errors import ArchiveAiError, UnreadablePicture
from archive_ai.images.reader import PictureReader

_LENGTH = 4
_LONGEST_WORDS = 1000


def question(path: Path, page: int, preprocessing: Preprocessing | None, most_pixels: int) -> bytes:
    """Ask for a page as an encoder wants it; without ``preprocessing`` for the number of pages."""
    wish = asdict(preprocessing) if preprocessing else None
    asked = {"path": str(path), "page": page, "preprocessing": wish, "most_pixels": most_pixels}
    return json.dumps(asked).encode()


def answer(asked: bytes) -> bytes:
    """Read what is asked for: what the other process does."""
    wish = json.loads(asked)
    reader, path = PictureReader(wish["most_pixels"]), Path(wish["path"])
    try:
        if wish["preprocessing"] is None:
            return _framed({"pages": reader.pages(path)})
        values = wish["preprocessing"]
        values["mean"], values["std"] = tuple(values["mean"]), tuple(values["std"])
        picture = reader.read(path, wish["page"], Preprocessing(**values))
    except ArchiveAiError as error:
        return _framed({"what": error.what, "advice": error.advice})
    told = {"width": picture.width, "height": picture.height, "format": picture.format}
    return _framed(told, picture.pixels.tobytes())


def picture_in(answered: bytes, side: int) -> Picture:
    """Return the picture in an answer, a square of ``side`` pixels; raise UnreadablePicture."""
    told, content = _told(answered)
    try:
        pixels = np.frombuffer(content, np.uint8).reshape(side, side, 3).copy()
        width, height, format_ = int(told["width"]), int(told["height"]), str(told["format"])
    except (KeyError, TypeError, ValueError, OverflowError):  # of Infinity as a number
        raise _nonsense() from None
    return Picture(pixels=pixels, width=width, height=height, format=format_)


def pages_in(answered: bytes) -> int:
    """Return the number of pages in an answer; raise UnreadablePicture."""
    told, _ = _told(answered)
    if not isinstance(told.get("pages"), int):
        raise _nonsense()
    return int(told["pages"])


def _framed(told: dict[str, Any], content: bytes = b"") -> bytes:
    head = json.dumps(told).encode()
    return len(head).to_bytes(_LENGTH, "big") + head + content


def _told(answered: bytes) -> tuple[dict[str, Any], bytes]:
    end = _LENGTH + int.from_bytes(answered[:_LENGTH], "big")
    try:
        told = json.loads(answered[_LENGTH:end])
    except (ValueError, RecursionError):
        raise _nonsense() from None
    if not isinstance(told, dict):
        raise _nonsense()
    if "what" in told:
        what, advice = (str(told.get(name, ""))[:_LONGEST_WORDS] for name in ("what", "advice"))
        raise UnreadablePicture(what, advice)
    return told, answered[end:]


def _nonsense() -> UnreadablePicture:
    return UnreadablePicture("The picture could not be decoded.", "Try another file.")
