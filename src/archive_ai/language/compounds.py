"""Takes German compounds apart: Dorfkirche into dorf and kirch, Kirchhofmauer into all it holds.

Every part must be a known word, so that Turm is not found in Sturm. To the next part it may be
linked by s, es, n, en, er or e, with an umlaut or without, or drop an e of its own; the last part
may be any form. The division with the fewest parts is taken, of those the one with the longest last
part: Staubecken is Stau and Becken. A part that is itself put together gives its parts, too.

Names nobody has heard of stand before a few heads (Götzenturm, Nikolaikirche): these divide as
well, if no longer known word ends there.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

SHORTEST = 3
SHORTEST_OWN = 4
"""Letters of the shortest part, and of the shortest stem that only the archive's words know."""

SHORTEST_NAME = 4
LONGEST = 60
LONGEST_PART = 20
LINKS = ("", "s", "es", "n", "en", "er", "e", "ns", "ens", "nen")
AFTER_DROPPED = ("", "s")
ENDINGS = ("", "e", "n", "s", "en", "er", "es", "em", "ern", "nen", "innen")
S_LINKED = ("werk", "hof", "ung", "heit", "keit", "schaft", "ion", "taet", "ling", "tum")
"""Ends of words after which an s is a link: Bollwerksturm is a Turm, Wirbelsturm a Sturm."""

KEPT = 200_000
"""Words whose division is remembered."""


@dataclass(frozen=True, slots=True)
class Blocks:
    """Known words by what they may be in a compound, as their forms.

    ``words`` gives the stem of each word, and of forms that differ from it by more than endings.
    ``heads`` and ``heads_after_er`` are stems. ``whole`` are words that are never divided,
    ``never`` what looks like a part and is none.
    """

    words: Mapping[str, str]
    heads: frozenset[str]
    heads_after_er: frozenset[str]
    modifiers: frozenset[str]
    whole: frozenset[str]
    never: frozenset[str]


Part = tuple[str, str]
"""The stem of a part, and the part as it stands in the word; an empty stem is no content."""


class Compounds:
    """Divides words by ``blocks`` and by ``own`` stems, those of the archive's own words."""

    def __init__(self, blocks: Blocks, own: Container[str] = ()) -> None:
        self._blocks = blocks
        self._own = own
        self.split = lru_cache(KEPT)(self._split)

    def _split(self, word: str) -> tuple[str, ...]:
        """Return the stems of all parts of a word's form, first to last; () if it has none."""
        if not 2 * SHORTEST <= len(word) <= LONGEST or not word.isalpha() or self._is_whole(word):
            return ()
        parts = self._divide(word) or self._after_name(word)
        return tuple(dict.fromkeys(self._deeper(parts)))

    def _is_whole(self, word: str) -> bool:
        return any(
            one[: len(one) - len(ending)] in self._blocks.whole
            for one in (word, _bare(word))
            for ending in ENDINGS
            if one.endswith(ending)
        )

    def _deeper(self, parts: tuple[Part, ...]) -> Iterator[str]:
        """Yield the stems of parts and of their parts."""
        for stem, part in parts:
            if stem:
                yield stem
                yield from self.split(part)

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
            if core in self._blocks.never:
                continue
            stem = self._known(core)
            dropped = "" if stem else self._blocks.words.get(f"{core}e", "")
            for link in LINKS if stem else AFTER_DROPPED if dropped and len(core) > 2 else ():
                if word.startswith(link, end):
                    yield end + len(link), (stem or dropped, core + link)
            if not stem and core in self._blocks.modifiers and (len(core) > 2 or start == 0):
                yield end, ("", core)

    def _last(self, word: str, start: int) -> str:
        """Return the stem of the known word of which word[start:] is a form, or nothing."""
        part = word[start:]
        linked = part.startswith("s") and word[:start].endswith(S_LINKED)
        if linked and self._last(word, start + 1):
            return ""
        found = (
            self._known(part[: len(part) - len(ending)])
            for ending in ENDINGS
            if part.endswith(ending)
        )
        return next(filter(None, found), "")

    def _known(self, core: str) -> str:
        """Return the stem of the known word that ``core`` is, with its umlauts or without them."""
        if len(core) < SHORTEST:
            return ""
        bare = _bare(core)
        for one in (core, bare) if bare != core else (core,):
            if one in self._blocks.words:
                return self._blocks.words[one]
            if len(one) >= SHORTEST_OWN and one in self._own:
                return one
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
