"""Which concepts somebody means by a label, in all schemes that are current here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from threading import Lock

from archive_ai.archive.vocabularies import STARTER, Vocabularies
from archive_ai.domain import Concept, Scheme
from archive_ai.domain.folding import fold
from archive_ai.errors import UnknownConcept
from archive_ai.ports import Language

Key = tuple[str, str]
"""Scheme and id of a concept."""

_Analysed = tuple[Mapping[frozenset[str], frozenset[Key]], Mapping[str, frozenset[Key]]]


class Labels:
    """The labels of all current schemes, and what is narrower than what."""

    def __init__(self, schemes: Iterable[Scheme]) -> None:
        self.concepts: dict[Key, Concept] = {}
        self._named: defaultdict[str, set[Key]] = defaultdict(set)
        self._narrower: defaultdict[Key, set[Key]] = defaultdict(set)
        self._stems: _Analysed | None = None
        self._lock = Lock()
        for scheme in schemes:
            for concept in scheme.concepts:
                key = (scheme.id, concept.id)
                self.concepts[key] = concept
                for label in (concept.id, *all_labels(concept)):
                    self._named[fold(label)].add(key)
                for broader in concept.broader:
                    self._narrower[scheme.id, broader].add(key)

    def meant(self, label: str) -> frozenset[Key]:
        """Return the concepts of a label or id, with all that is narrower.

        ``scheme/id`` names one of one scheme. Raises UnknownConcept that says what is like it.
        """
        scheme, _, id_ = label.rpartition("/")
        found = {(scheme, id_)} & self.concepts.keys() if scheme else set()
        found = found or self._named.get(fold(label), set())
        if not found:
            near = get_close_matches(fold(label), self._named, 3, 0.6)
            shown = ", ".join(self._shown(one) for one in near)
            raise UnknownConcept(
                f"No concept is called {label}.",
                f"Perhaps: {shown}." if shown else "See: archive-ai vocabulary show.",
            )
        return self.with_narrower(found)

    def with_narrower(self, keys: Iterable[Key]) -> frozenset[Key]:
        """Return concepts with all that is narrower, however deep."""
        found: set[Key] = set()
        waiting = list(keys)
        while waiting:
            key = waiting.pop()
            if key not in found:
                found.add(key)
                waiting += self._narrower.get(key, ())
        return frozenset(found)

    def by_stems(self, language: Language) -> Mapping[frozenset[str], frozenset[Key]]:
        """Return concepts by the stems of the words of each label."""
        return self._analysed(language)[0]

    def by_parts(self, language: Language) -> Mapping[str, frozenset[Key]]:
        """Return concepts by the stems of which the long words of their labels are made."""
        return self._analysed(language)[1]

    def _analysed(self, language: Language) -> _Analysed:
        # Many questions may come at once to a server that has just started: one of them works.
        with self._lock:
            if self._stems is None:
                self._stems = self._analyse(language)
            return self._stems

    def _analyse(self, language: Language) -> _Analysed:
        whole: defaultdict[frozenset[str], set[Key]] = defaultdict(set)
        parts: defaultdict[str, set[Key]] = defaultdict(set)
        split = language.splitting()
        for key, concept in self.concepts.items():
            for label in all_labels(concept):
                words = [word for word in language.words(label) if not word.stop]
                if words:
                    whole[frozenset(word.stem for word in words)].add(key)
                for word in words:
                    for part in split(word.form):
                        parts[part].add(key)
        return (
            {stems: frozenset(keys) for stems, keys in whole.items()},
            {part: frozenset(keys) for part, keys in parts.items()},
        )

    def of_kind(self, label: str, facet: str) -> frozenset[Key]:
        """Return the concepts of a label in one facet, with all that is narrower; may be none."""
        named = self._named.get(fold(label), set())
        return self.with_narrower(key for key in named if self.concepts[key].facet == facet)

    def _shown(self, folded: str) -> str:
        key = min(self._named[folded])
        return self.concepts[key].label("de")


def all_labels(concept: Concept) -> list[str]:
    """Return every label of a concept in every language, hidden ones included."""
    found = list(concept.labels.values())
    for kind in (concept.alternatives, concept.hidden):
        found += [label for labels in kind.values() for label in labels]
    return found


class CurrentLabels:
    """The labels as they are now; read anew when a vocabulary is imported."""

    def __init__(self, vocabularies: Vocabularies) -> None:
        self._vocabularies = vocabularies
        self._kept: tuple[Mapping[str, str], Labels] | None = None
        self._lock = Lock()

    def get(self) -> Labels:
        """Return the labels of all current schemes, the starter among them."""
        versions = {one["id"]: one["version"] for one in self._vocabularies.all() if one["current"]}
        with self._lock:
            kept = self._kept
            if kept is None or kept[0] != versions:
                names = dict.fromkeys([STARTER, *sorted(versions)])
                labels = Labels(self._vocabularies.scheme(name) for name in names)
                kept = self._kept = versions, labels
            return kept[1]
