"""Where a page of hits ended, as text that a caller sends back to get the next one.

A cursor names the last hit, not a number of hits: photos that are added meanwhile neither repeat
a hit nor push one out. It also holds the bounds of weak and strong that the first page was judged
by: with new photos they are learned anew, and scores of two judgements do not compare.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import math
from dataclasses import dataclass, replace

from archive_ai.domain import PHOTO_ID_LENGTH, Background, PhotoId
from archive_ai.errors import UsageError

LONGEST = 400


@dataclass(frozen=True, slots=True)
class Place:
    """The last hit of a page, how many were shown up to it, and the bounds of its background."""

    score: float
    photo: PhotoId
    shown: int
    words: tuple[float, float]
    pictures: tuple[float, float]

    def judged(self, background: Background) -> Background:
        """Return the background with the bounds of the first page."""
        return replace(background, words=self.words, pictures=self.pictures)


def write_cursor(place: Place, question: str, fingerprint: str) -> str:
    """Return the cursor of a place in the answer to ``question`` by one model."""
    bounds = [*place.words, *place.pictures]
    document = [place.score, place.photo, place.shown, bounds, _digest(question, fingerprint)]
    return base64.urlsafe_b64encode(json.dumps(document).encode()).decode("ascii").rstrip("=")


def read_cursor(cursor: str, question: str, fingerprint: str) -> Place:
    """Return the place; raise UsageError for what is no cursor of this question and model."""
    try:
        if len(cursor) > LONGEST:
            raise ValueError  # noqa: TRY301 (the one sentence for whatever is no cursor)
        padded = cursor + "=" * (-len(cursor) % 4)
        document = json.loads(base64.urlsafe_b64decode(padded.encode("ascii")))
        score, photo, number, (a, b, c, d), digest = document
        words, pictures = (float(a), float(b)), (float(c), float(d))
        place = Place(float(score), PhotoId(str(photo)), int(number), words, pictures)
    except (ValueError, TypeError, OverflowError, RecursionError, binascii.Error):
        raise UsageError("The cursor cannot be read.", "Send it back as it was given.") from None
    numbers = (place.score, *place.words, *place.pictures)
    usable = all(math.isfinite(one) for one in numbers) and 0 <= place.shown <= 10**9
    if not usable or len(place.photo) != PHOTO_ID_LENGTH:
        raise UsageError("The cursor cannot be read.", "Send it back as it was given.")
    if digest != _digest(question, fingerprint):
        raise UsageError(
            "The cursor belongs to another query, or to the answer of another model.",
            "Ask the query again without a cursor.",
        )
    return place


def _digest(question: str, fingerprint: str) -> str:
    return hashlib.sha256(f"{fingerprint}\n{question}".encode()).hexdigest()[:16]
