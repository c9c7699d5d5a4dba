"""What is written about photos: descriptions, paths and tags, asked for the words of a query.

Words of a query may stand in a record, in a path, or be the labels of a concept that somebody put
on the photo, in any language and with all that is narrower. A photo that has all of them in one or
the other is an exact match. What a machine suggests is a weaker one, as strong as it is probable.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from archive_ai.archive.concepts import CurrentLabels, Key
from archive_ai.catalogue.fulltext import FullText
from archive_ai.catalogue.tagged import Tagged
from archive_ai.catalogue.visibility import Gate
from archive_ai.domain import Filters, PhotoId, Reason, TextKind, TextMatch, Viewer, Word
from archive_ai.ports import Language

PART = 0.5
"""What a label counts that holds a word only as a part of a longer one."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Concepts that some words of a query name: by which of its stems, and how fully."""

    stems: frozenset[str]
    concepts: frozenset[Key]
    label: str
    whole: bool


class Wording:
    """Finds photos by what is written about them, as far as ``viewer`` may read it."""

    def __init__(
        self,
        full_text: FullText,
        tagged: Tagged,
        labels: CurrentLabels,
        language: Language,
        gate: Gate,
    ) -> None:
        self._full_text = full_text
        self._tagged = tagged
        self._labels = labels
        self._language = language
        self._gate = gate

    def matches(self, text: str, viewer: Viewer) -> dict[PhotoId, TextMatch]:
        """Return all photos that answer, exactly or more weakly; may name some that are gone."""
        words = self._content(text)
        if not words:
            return {}
        sees = partial(self._gate.sees, viewer)
        found = dict(self._full_text.matches(text, sees))
        mentions = self._mentions(words)
        for stems, photos in self._by_stems(mentions).items():
            rest = " ".join(word.text for word in words if word.stem not in stems)
            also = self._full_text.matches(rest, sees) if rest else {}
            for photo in photos:
                written = also.get(photo)
                if not rest:
                    match = TextMatch(TextKind.EXACT, 1.0)
                elif written is not None and written.kind is TextKind.EXACT:
                    match = written
                else:
                    match = TextMatch(TextKind.WEAK, len(stems) / len(words))
                _keep_better(found, photo, match)
        for mention in mentions:
            share = len(mention.stems) / len(words)
            if not mention.whole:
                for photo in self._tagged.accepted(mention.concepts):
                    _keep_better(found, photo, TextMatch(TextKind.WEAK, PART * share))
            elif share == 1:
                for photo, sure in self._tagged.suggested(mention.concepts).items():
                    if sure > 0:
                        _keep_better(found, photo, TextMatch(TextKind.WEAK, sure))
        return found

    def said(self, text: str, viewer: Viewer) -> set[PhotoId]:
        """Return the photos of which all words of ``text`` are written."""
        found = self.matches(text, viewer)
        return {photo for photo, match in found.items() if match.kind is TextKind.EXACT}

    def reasons(
        self, text: str, photos: Mapping[PhotoId, TextMatch]
    ) -> dict[PhotoId, tuple[Reason, ...]]:
        """Return for a few photos that matched what stands where, or which tag it was."""
        evidence = self._full_text.evidence(text, list(photos))
        found: defaultdict[PhotoId, list[Reason]] = defaultdict(list)
        for photo, these in evidence.items():
            relevance = photos[photo].relevance
            found[photo] += [Reason(one.field, relevance, ", ".join(one.words)) for one in these]
        for mention in self._mentions(self._content(text)):
            accepted = self._tagged.accepted(mention.concepts)
            for photo in photos.keys() & accepted:
                found[photo].append(Reason("tag", photos[photo].relevance, mention.label))
            if mention.whole:
                suggested = self._tagged.suggested(mention.concepts)
                for photo in photos.keys() & suggested.keys() - accepted:
                    found[photo].append(Reason("suggestion", suggested[photo], mention.label))
        return {photo: tuple(these) for photo, these in found.items()}

    def demanded(self, filters: Filters, viewer: Viewer) -> frozenset[PhotoId] | None:
        """Return the photos with every phrase and one of the places; None: none is demanded."""
        sees = partial(self._gate.sees, viewer)
        demands = [self._full_text.with_phrase(phrase, sees) for phrase in filters.phrases]
        if filters.places:
            found = (self._full_text.with_phrase(one, sees, ("place",)) for one in filters.places)
            demands.append(set().union(*found))
        return frozenset(set.intersection(*demands)) if demands else None

    def _content(self, text: str) -> list[Word]:
        words = {word.stem: word for word in self._language.words(text) if not word.stop}
        return list(words.values())

    def _mentions(self, words: Sequence[Word]) -> list[Mention]:
        """Return the concepts whose labels the words hold, or that hold a word as a part."""
        stems = {word.stem for word in words}
        labels = self._labels.get()
        whole: defaultdict[frozenset[str], set[Key]] = defaultdict(set)
        parts: defaultdict[frozenset[str], set[Key]] = defaultdict(set)
        for label, keys in labels.by_stems(self._language).items():
            if label <= stems:
                whole[label] |= keys
        for part, keys in labels.by_parts(self._language).items():
            if part in stems:
                parts[frozenset({part})] |= keys
        mentions = [self._mention(one, keys, True) for one, keys in sorted_sets(whole)]
        mentions += [self._mention(one, keys, False) for one, keys in sorted_sets(parts)]
        return mentions

    def _mention(self, stems: frozenset[str], keys: Iterable[Key], whole: bool) -> Mention:
        labels = self._labels.get()
        named = sorted(keys)
        shown = ", ".join(dict.fromkeys(labels.concepts[key].label("de") for key in named[:3]))
        return Mention(stems, labels.with_narrower(named), shown, whole)

    def _by_stems(self, mentions: Sequence[Mention]) -> dict[frozenset[str], set[PhotoId]]:
        """Return photos by the words that their accepted tags answer."""
        covered: defaultdict[PhotoId, frozenset[str]] = defaultdict(frozenset)
        for mention in mentions:
            if mention.whole:
                for photo in self._tagged.accepted(mention.concepts):
                    covered[photo] |= mention.stems
        grouped: defaultdict[frozenset[str], set[PhotoId]] = defaultdict(set)
        for photo, stems in covered.items():
            grouped[stems].add(photo)
        return grouped


def sorted_sets(
    found: Mapping[frozenset[str], set[Key]],
) -> list[tuple[frozenset[str], set[Key]]]:
    """Return sets of stems in one order, whatever the process's hashes are."""
    return sorted(found.items(), key=lambda item: sorted(item[0]))


def _keep_better(found: dict[PhotoId, TextMatch], photo: PhotoId, match: TextMatch) -> None:
    known = found.get(photo)
    if known is None or _order(match) > _order(known):
        found[photo] = match


def _order(match: TextMatch) -> tuple[bool, float]:
    return match.kind is TextKind.EXACT, match.relevance
