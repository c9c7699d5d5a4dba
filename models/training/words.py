"""German and English words by frequency, written the way the teacher knows them.

The list comes from the package wordfreq (code Apache-2.0, data CC BY-SA 4.0); it serves the
tokenizer and the distillation, and no part of it is shipped as a list.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

import wordfreq

import teacher

WORD = re.compile(r"[^\W\d_]{2,28}")
FOLDED = {"ß": "ss", "ä": "ae", "ö": "oe", "ü": "ue"}  # as in DIN 5007, variant 2
DEPTH = {"de": 130_000, "en": 80_000}


@dataclass(frozen=True)
class Word:
    """A word as the teacher likes it spelled, and its share of all words of its language."""

    text: str
    lang: str
    frequency: float

    @property
    def noun_like(self) -> bool:
        """Capitalised long words: in German mostly nouns and names."""
        return self.text[:1].isupper() and len(self.text) > 3


def fold(text: str) -> str:
    """The form in which the student sees a word: lower case, ss for ß, ue for ü."""
    folded = text.lower()
    for letter, plain in FOLDED.items():
        folded = folded.replace(letter, plain)
    return folded


def unfolded(text: str) -> list[str]:
    """The spellings that a folded text may stand for: ue may be ue or ü, for every letter."""
    spellings = [text]
    for letter, plain in FOLDED.items():
        spellings += [s.replace(plain, letter) for s in spellings if plain in s]
    return spellings


def _collect(lang: str) -> list[Word]:
    spellings: dict[str, list[str]] = {}
    frequency: dict[str, float] = {}
    for word in wordfreq.top_n_list(lang, DEPTH[lang], wordlist="large"):
        if WORD.fullmatch(word):
            # The list writes ß as ss, the teacher knows it as ß.
            spellings.setdefault(fold(word), []).extend({word, word.replace("ss", "ß")})
            frequency[fold(word)] = frequency.get(fold(word), 0.0) + wordfreq.word_frequency(
                word, lang, wordlist="large"
            )
    return [
        Word(teacher.best_spelling(*variants), lang, frequency[folded])
        for folded, variants in spellings.items()
    ]


def load(cache: Path) -> list[Word]:
    """All words of both languages, most frequent first within each; computed once."""
    path = cache / "words.json"
    if not path.exists():
        words = _collect("de") + _collect("en")
        path.write_text(json.dumps([[w.text, w.lang, w.frequency] for w in words]), "utf-8")
    return [Word(*row) for row in json.loads(path.read_text("utf-8"))]
