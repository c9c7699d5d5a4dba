"""A word of a text, as it stands there and as the search compares it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """One word.

    ``text`` is as it was written. ``form`` is without differences of case, ß/ss, ä/ae and
    accents; ``stem`` is one for all inflections of a word. ``stop`` marks words that say nothing
    of content: they hold their places in phrases, and are never looked for.
    """

    text: str
    form: str
    stem: str
    stop: bool
