"""Takes German compounds apart: Dorfkirche into dorf and kirch, Kirchhofmauer into all it holds.

Every part must be a known word, so that Turm is not found in Sturm. A part is the stem of a known
word, with an umlaut or not, and what may link it to the next (s, es, n, en, er, e; the e that a
word drops is no part of its stem); the last part has the ending of any form. The division with the
fewest parts is taken, of those the one with the longest last part: Staubecken is Stau and Becken.
A part that is itself put together gives its parts, too.

Names nobody has heard of stand before a few heads (Götzenturm, Nikolaikirche): these divide as
well, if no longer known word ends there.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

SHORTEST = 3
SHORTEST_OWN = 4
"""Letters of the shortest part, and of the shortest stem that only the archive's words know."""

SHORTEST_NAME = 4
LONGEST = 60
LONGEST_PART = 20
LINKS = ("", "s", "es", "n", "en", "er", "e", "ns", "ens")
ENDINGS = ("", "e", "n", "s", "en", "er", "es", "em", "ern", "nen", "innen")
KEPT = 200_000
"""Words whose division is remembered."""


@dataclass(frozen=True, slots=True)
class Blocks:
    """Known words by what they may be in a compound.

    ``blocks``, ``heads`` and ``heads_after_er`` are stems; ``modifiers`` and ``whole`` (what is
    never divided) are forms. ``forms`` gives the stem of forms that differ by more than endings.
    """

    blocks: frozenset[str]
    heads: frozenset[str]
    heads_after_er: frozenset[str]
    modifiers: frozenset[str]
    whole: frozenset[str]
    forms: Mapping[str, str]


Part = tuple[str, str]
"""The stem of a part, and the part as it stands in the word; an empty stem is no content."""


class Compounds:
    """Divides words by ``blocks`` and by ``own`` stems, those of the archive's own words."""

    def __init__(
        self, blocks: Blocks, stem: Callable[[str], str], own: Container[str] = ()
    ) -> None:
        self._blocks = blocks
        self._stem = stem
        self._own = own
        self.split = lru_cache(KEPT)(self._split)

    def _split(self, word: str) -> tuple[str, ...]:
        """Return the stems of all parts of a word's form, first to last; () if it has none."""
        if not 2 * SHORTEST <= len(word) <= LONGEST or not word.isalpha():
            return ()
        if self._is_whole(word):
            return ()
        parts = self._divide(word) or self._after_name(word)
        return tuple(dict.fromkeys(self._deeper(parts)))

    def _is_whole(self, word: str) -> bool:
        bare = _bare(word)
        return any(
            one[: len(one) - len(ending)] in self._blocks.whole
            for one in (word, bare)
            for ending in ENDINGS
            if one.endswith(ending)
        )

    def _deeper(self, parts: tuple[Part, ...]) -> Iterator[str]:
        """Yield the stems of parts and of their parts."""
        for stem, part in parts:
            if stem:
                yield stem
                yield from self.split(part) or self.split(stem)

    def _divide(self, word: str) -> tuple[Part, ...]:
        """Return the parts, all of them known; () if it has none."""
        # The division of word[:end] with the fewest parts. From the left: the first that is found
        # with so many parts has the longest last one.
        best: dict[int, tuple[Part, ...]] = {0: ()}
        whole: tuple[Part, ...] = ()
        for start in range(len(word) - SHORTEST + 1):
            before = best.get(start)
            if before is None:
                continue
            if start and (not whole or len(before) + 1 < len(whole)):
                last = self._last(word, start)
                whole = (*before, (last, word[start:])) if last else whole
            for end, part in self._inner(word, start):
                better = end not in best or len(before) + 1 < len(best[end])
                # Eisen and no link, rather than Eis and -en: the longer word comes later.
                if better or best[end][-1][1] == part[1]:
                    best[end] = (*before, part)
        return whole

    def _inner(self, word: str, start: int) -> Iterator[tuple[int, Part]]:
        """Yield where parts that begin at ``start`` may end, with their links."""
        for end in range(start + 2, min(len(word) - SHORTEST, start + LONGEST_PART) + 1):
            core = word[start:end]
            stem = self._known(core)
            if stem:
                for link in LINKS:
                    if word.startswith(link, end):
                        yield end + len(link), (stem, core + link)
            elif core in self._blocks.modifiers and (len(core) >= SHORTEST or start == 0):
                yield end, ("", core)

    def _last(self, word: str, start: int) -> str:
        """Return the stem of the known word of which word[start:] is a form, or nothing."""
        part = word[start:]
        for ending in ENDINGS:
            if part.endswith(ending):
                stem = self._known(part[: len(part) - len(ending)])
                if stem and (part in self._blocks.forms or self._stem(part) == stem):
                    return stem
        return ""

    def _known(self, core: str) -> str:
        """Return the stem that ``core`` is, as it stands or without umlauts, if it is known."""
        if len(core) < SHORTEST:
            return ""
        if core in self._blocks.forms:
            stem = self._blocks.forms[core]
            return stem if stem in self._blocks.blocks or stem in self._own else ""
        bare = _bare(core)
        for stem in (core, bare) if bare != core else (core,):
            if stem in self._blocks.blocks or (len(stem) >= SHORTEST_OWN and stem in self._own):
                return stem
        return ""

    def _after_name(self, word: str) -> tuple[Part, ...]:
        """Return the one head that a name of at least four letters stands before, or ()."""
        for start in range(1, len(word) - SHORTEST + 1):
            stem = self._last(word, start)
            if not stem:
                continue
            head = stem in self._blocks.heads or (
                stem in self._blocks.heads_after_er and word[:start].endswith("er")
            )
            free = head and start >= SHORTEST_NAME and word[start:] not in self._blocks.whole
            return ((stem, word[start:]),) if free else ()
        return ()


def _bare(word: str) -> str:
    """Return ``word`` with its umlauts as the stemmer leaves them."""
    return word.replace("ae", "a").replace("oe", "o").replace("ue", "u")
