"""A vocabulary: concepts with labels in languages, and how each may be tagged (SKOS)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Mode(StrEnum):
    """By what means a concept may be put on a photo."""

    ZERO_SHOT = "zero-shot"
    EXAMPLES = "examples"
    MEASURED = "measured"
    MANUAL = "manual"


class Sensitivity(StrEnum):
    """Who may see a suggestion of this concept."""

    NONE = "none"
    PEOPLE = "people"
    REVIEW_FIRST = "review-first"


@dataclass(frozen=True, slots=True)
class Concept:
    """One concept of a scheme.

    ``id`` is the last part of ``uri`` and unique in the scheme. Texts are keyed by language
    (``de``, ``en``; ``und`` where none is said). ``hidden`` are words that find the concept but
    are never shown: historical words, spellings of old captions (skos:hiddenLabel). ``broader``
    holds ids, ``replaces`` those of earlier concepts that this one took the place of: their tags
    are its tags. ``exact_matches`` and ``close_matches`` are URIs in other schemes. ``facet``
    groups concepts of one kind. ``unsourced`` marks what was written from memory and still wants
    a source.
    """

    id: str
    uri: str
    labels: Mapping[str, str]
    alternatives: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    hidden: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    prompts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    broader: tuple[str, ...] = ()
    facet: str = ""
    mode: Mode = Mode.ZERO_SHOT
    sensitivity: Sensitivity = Sensitivity.NONE
    scope_notes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    exact_matches: tuple[str, ...] = ()
    close_matches: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    unsourced: bool = False

    def label(self, language: str) -> str:
        """Return the preferred label in ``language``, else in any language, else the id."""
        return self.labels.get(language) or next(iter(self.labels.values()), self.id)

    def scope_note(self, language: str = "en") -> str:
        """Return the scope note in ``language``, else in the language that comes first."""
        notes = self.scope_notes.get(language) or next(iter(self.scope_notes.values()), ())
        return " ".join(notes)


@dataclass(frozen=True, slots=True)
class Scheme:
    """A concept scheme with its title by language.

    ``version`` is 12 hexadecimal digits of what its concepts say (see ``scheme_version``).
    """

    id: str
    uri: str
    version: str
    concepts: tuple[Concept, ...]
    title: Mapping[str, str] = field(default_factory=dict)
