"""The analysis of text for search, as one object that is made once and asked often."""

from __future__ import annotations

import tomllib
from collections.abc import Container, Sequence
from functools import cached_property, lru_cache
from pathlib import Path

from archive_ai.domain import Word
from archive_ai.language.compounds import Blocks, Compounds
from archive_ai.language.stemming import LONGEST, Stems
from archive_ai.language.words import form, written
from archive_ai.ports.language import Split

KEPT = 100_000
"""Words whose analysis is remembered."""


class Analysis:
    """Implements ``ports.Language`` by a file of German words; safe in several threads.

    The file is read when the first word is asked for.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._word = lru_cache(KEPT)(self._analysed)

    def words(self, text: str) -> Sequence[Word]:
        """Return the words of a text in order; never raises.

        Of what is longer than any word only the first ``LONGEST`` letters are taken, neither
        stemmed nor remembered: a memory of single words must not hold whole texts.
        """
        found = (self._word(one) if len(one) <= LONGEST else _cut(one) for one in written(text))
        return [word for word in found if word.form]

    def splitting(self, own: Container[str] = ()) -> Split:
        """Return what takes compounds apart, with ``own`` stems known beside its own."""
        return Compounds(self._known[2], own).split if own != () else self._split

    @cached_property
    def _split(self) -> Split:
        """What divides by its own stems alone: one for all, so that it remembers."""
        return Compounds(self._known[2]).split

    @cached_property
    def _known(self) -> tuple[Stems, frozenset[str], Blocks]:
        table = tomllib.loads(self._path.read_text("utf-8"))
        stems = Stems(table["stems"])

        words = {
            one: stems.stem(one) for name in ("blocks", "whole") for one in _forms(table[name])
        }
        known = set(words.values())
        blocks = Blocks(
            words | {one: stem for one, stem in stems.forms.items() if stem in known},
            frozenset(stems.stem(one) for one in _forms(table["heads"])),
            frozenset(stems.stem(one) for one in _forms(table["heads_after_er"])),
            _forms(table["modifiers"]),
            _forms(table["whole"]),
            _forms(table["never"]),
        )
        return stems, _forms(table["stop_words"]), blocks

    def _analysed(self, word: str) -> Word:
        stems, stop, _ = self._known
        known = form(word)[:LONGEST]
        return Word(word, known, stems.stem(known), known in stop)


def _cut(word: str) -> Word:
    known = form(word[:LONGEST])[:LONGEST]
    return Word(word[:LONGEST], known, known, stop=False)


def _forms(text: str) -> frozenset[str]:
    return frozenset(form(one) for one in text.split())
