"""One stem for all forms of a word, in German and English at once.

A description does not say which language it is in, so each word goes through the German stemmer
(Snowball's, which reads ae, oe, ue as umlauts) and, where it then ends as only English words do,
through the English one. Forms that both would miss, and words that both would mix up (Eis and
Eisen, Bau and Bauer), stand in a table.
"""

from __future__ import annotations

from collections.abc import Iterable
from threading import Lock

import snowballstemmer

from archive_ai.language.words import form

LONGEST = 64
"""Letters of the longest word that is stemmed; what is longer is no word."""

_ENGLISH = ("ing", "ed", "y")
_NO_PLURAL = ("ss", "us", "is")


class Stems:
    """Stems single words; ``table`` holds lists of forms, of which each first is the stem."""

    def __init__(self, table: Iterable[str]) -> None:
        # The stemmers keep the word that they work on in themselves.
        self._one_at_a_time = Lock()
        self._german = snowballstemmer.stemmer("german")
        self._english = snowballstemmer.stemmer("english")
        self.forms: dict[str, str] = {}
        self._endings: dict[str, str] = {}
        for line in table:
            stem = form(line.split()[0])
            for written in line.split():
                known = form(written.removeprefix("-"))
                self.forms[known] = stem
                if written.startswith("-"):
                    self._endings[known] = stem
        self._suffixes = tuple(self._endings)

    def stem(self, word: str) -> str:
        """Return the stem of a word's form; words with digits are their own."""
        if word in self.forms:
            return self.forms[word]
        if not word.isalpha() or len(word) > LONGEST:
            return word
        if word.endswith(self._suffixes):
            ending = max((one for one in self._endings if word.endswith(one)), key=len)
            return word[: -len(ending)] + self._endings[ending]
        with self._one_at_a_time:
            stem: str = self._german.stemWord(word)
            plural = stem == word and stem.endswith("s") and not stem.endswith(_NO_PLURAL)
            if plural or stem.endswith(_ENGLISH):
                stem = self._english.stemWord(stem)
        return stem
