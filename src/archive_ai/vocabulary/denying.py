"""The deny list: what a machine must never say about the people in a photograph.

Whom a person is descended from, believes in, suffers from or loves cannot be seen, is protected
by law, and hurts when guessed. Such a concept may exist in a vocabulary, to be set by people
from the record (mode ``manual``), but no machine may propose it.

How terms match:

- Case, ß/ss, ä/ae and invisible characters make no difference (:mod:`archive_ai.domain.folding`).
- A term is one word or a phrase; it must be met as whole words in this order. All but letters
  and digits separates words: ``SA-Mann`` is met in "SA Mann", ``Roma`` in "Roma-Lager".
- ``*`` at the end of a word stands for any ending: ``Flüchtling*`` is met in
  "Flüchtlingslager". Without it a longer word is another word: ``Roma`` is not met in
  "Romanik" or "Roman numerals", ``Irre`` not in "Irrenhaus", ``Kranke`` not in "Krankenhaus",
  ``Christ`` not in "Christbaum", ``Dieb`` not in "Diebsturm", ``Rasse`` not in "Terrasse".
- A phrase that ends in a capitalised word ends in a German noun. It is met in every case and
  number that endings make: ``Weiße Person`` in "weißen Personen", ``Zeuge Jehovas`` in "Zeugen
  Jehovas", but not in "weißer Personenwagen". Where the vowel changes too (Mann, Männer) the
  list must name both. Single words are not inflected: ``Roma`` and "Roman", ``Reiche`` and
  "Reiches" would be one. The list names the forms that are safe.
- German and English terms are both held against every text, whatever language it says it is
  in. A label in the wrong field must not slip through; the price is a refusal now and then
  that asks for another wording ("Christ on the cross": write "crucifix").
- A phrase is met inside one label or prompt only, never across two of them.

The deny list is a guard against carelessness, not against malice: an author who writes a word
that is not on the list gets past it, which is why suggestions are reviewed and the list grows.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from archive_ai.domain import Concept, Mode, Scheme, Sensitivity
from archive_ai.domain.folding import words
from archive_ai.errors import BadTable
from archive_ai.vocabulary.tables import rows

_COLUMNS = ("id", "category", "terms_de", "terms_en", "reason", "legal_source", "instead")
# The endings of German adjectives and nouns, as far as the stem stays as it is.
_ADJECTIVE = ("e", "em", "en", "er", "es")
_NOUN = ("", "e", "en", "er", "ern", "es", "n", "s")
_SHORTEST_STEM = 3
# One word of a term: letters and digits, and the star only behind them.
_WORD_OF_TERM = re.compile(r"([^\W_]+)(\*?)")


@dataclass(frozen=True, slots=True)
class DenyEntry:
    """One line of the deny list: terms that are refused for one reason.

    ``instead`` says what may be used in their place, and is empty if nothing may.
    """

    id: str
    category: str
    terms: tuple[str, ...]
    reason: str
    legal_source: str = ""
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Denied:
    """A refusal: which entry and term of the deny list was met, why, and what to use instead."""

    id: str
    category: str
    term: str
    reason: str
    instead: str


@dataclass(frozen=True, slots=True)
class Offence:
    """A concept that a machine could put on photos although the deny list refuses it."""

    concept: Concept
    denied: Denied


# A stem, and what may follow it; None stands for anything.
_Part = tuple[str, tuple[str, ...] | None]


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A term made ready for matching: folded stems, each with the endings that fit, or any."""

    rank: int
    entry: DenyEntry
    term: str
    parts: tuple[_Part, ...]

    def fits(self, text: tuple[str, ...], start: int) -> bool:
        """Tell whether the words of ``text`` from ``start`` on are this term."""
        there = text[start : start + len(self.parts)]
        return len(there) == len(self.parts) and all(
            word.startswith(stem) and (endings is None or word[len(stem) :] in endings)
            for word, (stem, endings) in zip(there, self.parts, strict=True)
        )


class DenyList:
    """Terms that no machine may tag by; see the module for how they match."""

    def __init__(self, entries: Iterable[DenyEntry]) -> None:
        self.entries = tuple(entries)
        # By first word, so that a large vocabulary costs a few look-ups a word and not one
        # comparison with each of several hundred terms.
        self._by_first_word: dict[str, list[_Pattern]] = {}
        terms = ((entry, term) for entry in self.entries for term in entry.terms)
        for rank, (entry, term) in enumerate(terms):
            pattern = _Pattern(rank, entry, term, _parts(term))
            self._by_first_word.setdefault(pattern.parts[0][0], []).append(pattern)

    def refusal(self, label_or_concept: str | Concept) -> Denied | None:
        """Return why this may not be tagged by a machine, or ``None`` if it may.

        Of a concept all labels, alternatives, hidden words and prompts in all languages are
        looked at; notes are not, because no model reads them and they often name what the concept
        is not. Where several terms are met, the first in the order of the list is given. The
        concept that an entry itself names in their place, told to nobody before a review, is not
        refused by that entry: "Nazi symbol" names the symbol, not what somebody believed.
        """
        offered = None
        if isinstance(label_or_concept, str):
            texts: Iterable[str] = (label_or_concept,)
        else:
            texts = texts_of(label_or_concept)
            if label_or_concept.sensitivity is Sensitivity.REVIEW_FIRST:
                offered = label_or_concept.id
        found = (
            pattern
            for text in texts
            for pattern in self._met(words(text))
            if offered is None or pattern.entry.instead != offered
        )
        met = min(found, key=lambda pattern: pattern.rank, default=None)
        if met is None:
            return None
        entry = met.entry
        return Denied(entry.id, entry.category, met.term, entry.reason, entry.instead)

    def _met(self, text: tuple[str, ...]) -> Iterator[_Pattern]:
        for start, word in enumerate(text):
            for length in range(1, len(word) + 1):
                for pattern in self._by_first_word.get(word[:length], ()):
                    if pattern.fits(text, start):
                        yield pattern


def read_deny_list(path: Path) -> DenyList:
    """Read a deny list: CSV with the columns of ``data/deny/deny.csv``, terms parted by ``|``."""
    entries: dict[str, DenyEntry] = {}
    for line, row in rows(path, _COLUMNS):
        where = f"{path.name}, line {line}"
        terms = tuple(
            dict.fromkeys(
                term.strip()
                for term in (row["terms_de"] + "|" + row["terms_en"]).split("|")
                if term.strip()
            )
        )
        if not row["id"] or row["id"] in entries:
            raise BadTable(
                f"{where}: the id “{row['id']}” is empty or comes a second time.",
                "Give each entry an id of its own.",
            )
        if not terms or not row["reason"]:
            raise BadTable(
                f"{where}: the entry {row['id']} has no terms or no reason.",
                "Write both: whoever is refused must learn why.",
            )
        try:
            for term in terms:
                _parts(term)
        except ValueError as error:
            raise BadTable(
                f"{where}: {error}", "Write the star only at the end of a word, as in “Asiat*”."
            ) from error
        instead = "" if row["instead"] == "none" else row["instead"]
        entries[row["id"]] = DenyEntry(
            row["id"], row["category"], terms, row["reason"], row["legal_source"], instead
        )
    return DenyList(entries.values())


def texts_of(concept: Concept) -> Iterator[str]:
    """Yield every text that could reach a model, or find what a model put the concept on."""
    yield from concept.labels.values()
    yield from chain.from_iterable(concept.alternatives.values())
    yield from chain.from_iterable(concept.hidden.values())
    yield from chain.from_iterable(concept.prompts.values())


def check_denied(scheme: Scheme, deny: DenyList) -> list[Offence]:
    """Return the concepts that the deny list refuses and whose mode is not ``manual``."""
    found = ((c, deny.refusal(c)) for c in scheme.concepts if c.mode is not Mode.MANUAL)
    return [Offence(concept, denied) for concept, denied in found if denied is not None]


def machine_taggable(
    scheme: Scheme, deny: DenyList, modes: Collection[Mode] = (Mode.ZERO_SHOT,)
) -> tuple[Concept, ...]:
    """Return the concepts of some modes that a machine may propose, in the order of the scheme.

    This is the last gate before a tagging run: it holds also for a scheme that was read
    without a deny list or changed since.
    """
    return tuple(
        concept
        for concept in scheme.concepts
        if concept.mode in modes and deny.refusal(concept) is None
    )


def _parts(term: str) -> tuple[_Part, ...]:
    """Split a term into folded stems and the endings that fit each."""
    if re.search(r"(?<![^\W_])\*|\*(?=[^\W_])", term):
        raise ValueError(f"the term “{term}” has a star that does not end a word.")
    parts: list[_Part] = []
    written = ""
    star = ""
    for written, star in _WORD_OF_TERM.findall(term):
        parts.extend((word, ("",)) for word in words(written))
        if star and parts:
            parts[-1] = (parts[-1][0], None)
    if not parts:
        raise ValueError(f"the term “{term}” holds no word.")
    if len(parts) > 1 and written[0].isupper() and not star:
        return (*map(_inflected_adjective, parts[:-1]), (parts[-1][0], _NOUN))
    return tuple(parts)


def _inflected_adjective(part: _Part) -> _Part:
    """Let a word with the ending of an adjective have all of them: alter, alten, altem."""
    word, endings = part
    ending = next((one for one in _ADJECTIVE[1:] if word.endswith(one)), "e")
    stem = word.removesuffix(ending)
    if endings is None or stem == word or len(stem) < _SHORTEST_STEM:
        return part
    return stem, _ADJECTIVE
