"""What is written about photos: descriptions, paths and tags, asked for the words of a query.

Words of a query may stand in a record, in a path, or be the labels of a concept that somebody put
on the photo, in any language and with all that is narrower. A photo that has all of them in one or
the other is an exact match. What a machine suggests is a weaker one, as strong as it is probable.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from archive_ai.archive.concepts import CurrentLabels, Key, Labels
from archive_ai.catalogue.fulltext import MOST_WORDS, FullText, Sees
from archive_ai.catalogue.tagged import Tagged
from archive_ai.catalogue.visibility import Gate
from archive_ai.domain import Filters, PhotoId, Reason, TextKind, TextMatch, Viewer, Word
from archive_ai.ports import Language

PART = 0.5
"""What a label counts that holds a word only as a part of a longer one."""

LEAST = 0.01
"""The least relevance that is told to readers."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Concepts that some words of a query name: by which of its stems, and how fully."""

    stems: frozenset[str]
    concepts: frozenset[Key]
    label: str
    whole: bool


class Wording:
    """Reads queries by what is written about photos, as far as whoever asks may read it."""

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

    def read(self, text: str, viewer: Viewer) -> Reading:
        """Return what is written of the words of ``text``."""
        words = {word.stem: word for word in self._language.words(text) if not word.stop}
        content = list(words.values())[:MOST_WORDS]
        mentions = self._mentions(content) if content else []
        sees = partial(self._gate.sees, viewer)
        return Reading(self._full_text, self._tagged, sees, content, mentions, viewer)

    def demanded(self, filters: Filters, viewer: Viewer) -> frozenset[PhotoId] | None:
        """Return the photos with every phrase and one of the places; None: none is demanded."""
        sees = partial(self._gate.sees, viewer)
        demands = [self._full_text.with_phrase(phrase, sees) for phrase in filters.phrases]
        if filters.places:
            found = (self._full_text.with_phrase(one, sees, ("place",)) for one in filters.places)
            demands.append(set().union(*found))
        return frozenset(set.intersection(*demands)) if demands else None

    def _mentions(self, words: Sequence[Word]) -> list[Mention]:
        """Return the concepts whose labels the words hold, or that hold a word as a part."""
        stems = {word.stem for word in words}
        labels = self._labels.get()
        whole: defaultdict[frozenset[str], set[Key]] = defaultdict(set)
        parts: defaultdict[frozenset[str], set[Key]] = defaultdict(set)
        for label, keys in labels.by_stems(self._language).items():
            if label <= stems:
                whole[label] |= keys
        by_parts = labels.by_parts(self._language)
        for stem in stems & by_parts.keys():
            parts[frozenset({stem})] |= by_parts[stem]
        return [
            *(_mention(labels, one, keys, True) for one, keys in sorted_sets(whole)),
            *(_mention(labels, one, keys, False) for one, keys in sorted_sets(parts)),
        ]


def _mention(labels: Labels, stems: frozenset[str], keys: Iterable[Key], whole: bool) -> Mention:
    named = sorted(keys)
    shown = ", ".join(dict.fromkeys(labels.concepts[key].label("de") for key in named[:3]))
    return Mention(stems, labels.with_narrower(named), shown, whole)


class Reading:
    """Some words, and all photos of which they are written; asks each thing once.

    Of paths readers are told the file's name alone. How relevant a record is depends on all
    records, closed ones too: readers get it rounded.
    """

    def __init__(
        self,
        full_text: FullText,
        tagged: Tagged,
        sees: Sees,
        words: Sequence[Word],
        mentions: Sequence[Mention],
        viewer: Viewer,
    ) -> None:
        self._full_text = full_text
        self._tagged = tagged
        self._sees = sees
        self._words = words
        self._mentions = mentions
        self._all_told = viewer.sees_closed

    @cached_property
    def matches(self) -> Mapping[PhotoId, TextMatch]:
        """All photos that answer, exactly or more weakly; may name some that are gone."""
        if not self._words:
            return {}
        found = dict(self._written(frozenset()))
        for stems, photos in self._by_stems().items():
            also = self._written(stems)
            for photo in photos:
                written = also.get(photo)
                if len(stems) == len(self._words):
                    match = TextMatch(TextKind.EXACT, 1.0)
                elif written is not None and written.kind is TextKind.EXACT:
                    match = written
                else:
                    match = TextMatch(TextKind.WEAK, len(stems) / len(self._words))
                _keep_better(found, photo, match)
        for place, mention in enumerate(self._mentions):
            share = len(mention.stems) / len(self._words)
            if not mention.whole:
                for photo in self._accepted[place]:
                    _keep_better(found, photo, TextMatch(TextKind.WEAK, PART * share))
            elif share == 1:
                for photo, sure in self._suggested[place].items():
                    if sure > 0:
                        _keep_better(found, photo, TextMatch(TextKind.WEAK, sure))
        return found

    @property
    def said(self) -> set[PhotoId]:
        """The photos of which all the words are written."""
        return {photo for photo, match in self.matches.items() if match.kind is TextKind.EXACT}

    def reasons(self, photos: Sequence[PhotoId]) -> dict[PhotoId, tuple[Reason, ...]]:
        """Return for those of a few photos that match what stands where, or which tag it is."""
        asked = [photo for photo in photos if photo in self.matches]
        if not asked:
            return {}
        found: defaultdict[PhotoId, list[Reason]] = defaultdict(list)
        text = self._text(frozenset())
        for photo, these in self._full_text.evidence(text, asked, self._all_told).items():
            relevance = self.matches[photo].relevance
            found[photo] += [Reason(one.field, relevance, ", ".join(one.words)) for one in these]
        for place, mention in enumerate(self._mentions):
            accepted, suggested = self._accepted[place], self._suggested[place]
            for photo in asked:
                if photo in accepted:
                    relevance = self.matches[photo].relevance
                    found[photo].append(Reason("tag", relevance, mention.label))
                elif mention.whole and photo in suggested:
                    found[photo].append(Reason("suggestion", suggested[photo], mention.label))
        return {photo: tuple(these) for photo, these in found.items()}

    @cached_property
    def _accepted(self) -> list[set[PhotoId]]:
        if not self._mentions:
            return []
        concepts = frozenset[Key]().union(*(mention.concepts for mention in self._mentions))
        photos = self._tagged.accepted(concepts)
        return [
            set[PhotoId]().union(*(photos[key] for key in mention.concepts & photos.keys()))
            for mention in self._mentions
        ]

    @cached_property
    def _suggested(self) -> list[dict[PhotoId, float]]:
        return [
            self._tagged.suggested(mention.concepts)
            if mention.whole and len(mention.stems) == len(self._words)
            else {}
            for mention in self._mentions
        ]

    def _text(self, without: frozenset[str]) -> str:
        return " ".join(word.text for word in self._words if word.stem not in without)

    def _written(self, without: frozenset[str]) -> Mapping[PhotoId, TextMatch]:
        rest = self._text(without)
        found = self._full_text.matches(rest, self._sees, self._all_told) if rest else {}
        if self._all_told:
            return found
        return {photo: _rounded(match) for photo, match in found.items()}

    def _by_stems(self) -> dict[frozenset[str], set[PhotoId]]:
        """Return photos by the words that their accepted tags answer."""
        covered: defaultdict[PhotoId, frozenset[str]] = defaultdict(frozenset)
        for mention, photos in zip(self._mentions, self._accepted, strict=True):
            if mention.whole:
                for photo in photos:
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


def _rounded(match: TextMatch) -> TextMatch:
    return TextMatch(match.kind, max(round(match.relevance, 2), LEAST))


def _keep_better(found: dict[PhotoId, TextMatch], photo: PhotoId, match: TextMatch) -> None:
    known = found.get(photo)
    if known is None or _order(match) > _order(known):
        found[photo] = match


def _order(match: TextMatch) -> tuple[bool, float]:
    return match.kind is TextKind.EXACT, match.relevance
