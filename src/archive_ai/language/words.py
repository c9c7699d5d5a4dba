"""Finds the words of a text and brings each to its form."""

from __future__ import annotations

import re
import unicodedata

from archive_ai.domain.folding import fold

# Letters and digits; the underscore separates words as a hyphen does.
_WORD = re.compile(r"[^\W_]+")


def written(text: str) -> list[str]:
    """Return the words of ``text`` as they stand there; invisible characters are dropped."""
    if text.isascii():
        return _WORD.findall(text)
    visible = "".join(c for c in text if unicodedata.category(c) not in ("Cf", "Cs"))
    return _WORD.findall(unicodedata.normalize("NFKC", visible))


def form(word: str) -> str:
    """Return ``word`` without differences of case, ß/ss, ä/ae and accents; letters and digits.

    Empty for what holds none.
    """
    apart = unicodedata.normalize("NFD", fold(word))
    return "".join(_WORD.findall("".join(c for c in apart if unicodedata.category(c) != "Mn")))
