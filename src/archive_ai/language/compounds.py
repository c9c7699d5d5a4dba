"""Takes German compounds apart: Dorfkirche into dorf and kirch, Kirchhofmauer into all it holds.

Every part must be a known word, so that Turm is not found in Sturm. What links parts (s, es, n,
en, er, and an e that is dropped) are endings that the stemmer takes off as well, so a part is
known if its stem is. The division with the fewest parts is taken, of those the one with the longest
last part: Staubecken is Stau and Becken. A part that is itself put together gives its parts, too.

Names nobody has heard of stand before a few heads (Götzenturm, Nikolaikirche): these divide as
well, if no longer known word ends there.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass
from functools import lru_cache

SHORTEST = 3
SHORTEST_OWN = 4
"""Letters of the shortest part, and of the shortest that only the archive's own words know."""

SHORTEST_NAME = 4
LONGEST = 60
LINKS = ("", "s", "es", "n", "en", "er", "e", "ns", "ens")
KEPT = 50_000
"""Words whose division is remembered."""


@dataclass(frozen=True, slots=True)
class Blocks:
    """Stems of known words by what they may be in a compound; ``whole`` holds forms."""

    blocks: frozenset[str]
    heads: frozenset[str]
    heads_after_er: frozenset[str]
    modifiers: frozenset[str]
    whole: frozenset[str]


class Compounds:
    """Divides words by ``blocks`` and by ``own`` stems, those of the archive's own words."""

    def __init__(
        self, blocks: Blocks, stem: Callable[[str], str], own: Container[str] = ()
    ) -> None:
        self._blocks = blocks
        self._stem = lru_cache(KEPT)(stem)
        self._own = own
        self.split = lru_cache(KEPT)(self._split)

    def _split(self, word: str) -> tuple[str, ...]:
        """Return the stems of all parts of a word's form, first to last; () if it has none."""
        if not 2 * SHORTEST <= len(word) <= LONGEST or not word.isalpha():
            return ()
        if word in self._blocks.whole or self._stem(word) in self._blocks.whole:
            return ()
        parts = self._divide(word) or self._after_name(word)
        return tuple(dict.fromkeys(self._deeper(word, parts)))

    def _deeper(self, word: str, parts: tuple[str, ...]) -> Iterable[str]:
        """Yield the stems of parts and of their parts; modifiers are no content of their own."""
        for part in parts:
            stem = self._stem(part)
            if {stem, part} & self._blocks.modifiers and stem not in self._blocks.blocks:
                continue
            yield stem
            if len(part) < len(word):
                yield from self.split(part) or self.split(stem)

    def _divide(self, word: str) -> tuple[str, ...]:
        """Return the parts as they stand in ``word``, all of them known; () if it has none."""
        # best[end]: the division of word[:end] with the fewest parts.
        best: dict[int, tuple[str, ...]] = {0: ()}
        for end in range(2, len(word) + 1):
            last = end == len(word)
            # From the left: of equally many parts the longest last one wins.
            for start in range(0, end - 1):
                before = best.get(start)
                if before is None or (start == 0 and last):
                    continue
                found = best.get(end)
                if found is not None and len(found) <= len(before) + 1:
                    continue
                if self._is_part(word[start:end], start == 0, last):
                    best[end] = (*before, word[start:end])
        return best.get(len(word), ())

    def _is_part(self, part: str, first: bool, last: bool) -> bool:
        if len(part) < SHORTEST:
            return first and not last and part in self._blocks.modifiers
        stem = self._stem(part)
        if not last and not _links(part, stem):
            return False
        if stem in self._blocks.blocks:
            return True
        if not last and (stem in self._blocks.modifiers or part in self._blocks.modifiers):
            return True
        return len(stem) >= SHORTEST_OWN and stem in self._own

    def _after_name(self, word: str) -> tuple[str, ...]:
        """Return the one head that a name of at least four letters stands before, or ()."""
        for start in range(1, len(word) - SHORTEST + 1):
            rest, head = word[:start], word[start:]
            stem = self._stem(head)
            if head in self._blocks.whole or stem in self._blocks.whole:
                return ()
            if stem not in self._blocks.blocks:
                continue
            if len(rest) < SHORTEST_NAME:
                return ()
            after_er = rest.endswith("er") and stem in self._blocks.heads_after_er
            return (head,) if stem in self._blocks.heads or after_er else ()
        return ()


def _links(part: str, stem: str) -> bool:
    """Tell whether no more than a linking element follows the stem; umlauts do not count."""
    for spelled in (part, _without_umlauts(part)):
        if spelled.startswith(stem):
            return spelled[len(stem) :] in LINKS
    return stem.startswith(part[:SHORTEST])


def _without_umlauts(part: str) -> str:
    return part.replace("ae", "a").replace("oe", "o").replace("ue", "u")
