"""Bring words to one form, so that spellings that mean the same word compare equal.

Old captions and typed lists spell one word in many ways: ``Straße``, ``STRASSE``, ``Strasse``;
``Türme``, ``Tuerme``, and ``Türme`` with the dots as a character of their own. All of them
fold to one form. The form is for comparing only and is never shown.
"""

from __future__ import annotations

import re
import unicodedata

# A machine without German keys writes the vowels like this; archives are full of it.
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
# Letters and digits; the underscore separates words as a hyphen does.
_WORD = re.compile(r"[^\W_]+")


def caseless(text: str) -> str:
    """Return ``text`` without differences of case, ß/ss or Unicode composition.

    Invisible characters (soft hyphens, zero-width spaces) are dropped: they come along when
    text is copied from web pages and PDF files, and would split a word for the eye of no one.
    """
    visible = "".join(c for c in text if unicodedata.category(c) != "Cf")
    folded = unicodedata.normalize("NFKC", visible).casefold()
    return unicodedata.normalize("NFKC", folded)


def fold(text: str) -> str:
    """Return ``text`` without differences of case, ß/ss, ä/ae or Unicode composition."""
    return caseless(text).translate(_UMLAUTS)


def words(text: str) -> tuple[str, ...]:
    """Return the folded words of ``text``; all but letters and digits separates words."""
    return tuple(_WORD.findall(fold(text)))
