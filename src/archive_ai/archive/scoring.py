"""A scheme's concepts as the active model sees them: words, then what was learned."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from archive_ai.archive.generation import OpenGeneration
from archive_ai.archive.opening import Opener
from archive_ai.archive.vocabularies import Vocabularies, deny_list
from archive_ai.catalogue.decisions import Decisions
from archive_ai.catalogue.learning import Learning
from archive_ai.domain import Calibration, Concept, EncoderCard, Learned, Mode, Scheme
from archive_ai.errors import NothingIndexed, UsageError
from archive_ai.ports import Encoder, VectorIndex
from archive_ai.settings import bundled
from archive_ai.tagging.calibrating import calibrate, sample
from archive_ai.tagging.measuring import finding
from archive_ai.tagging.probabilities import Structure, structure_of
from archive_ai.tagging.recalibrating import recalibrate
from archive_ai.tagging.suggest import concept_vectors, with_learned
from archive_ai.vocabulary import machine_taggable, read_background_queries

DECISIONS = 5_000
"""So many of the newest decisions say whether probabilities are too high or too low."""

MODES = (Mode.ZERO_SHOT, Mode.EXAMPLES)


@dataclass(frozen=True, slots=True)
class Scored:
    """A scheme made ready for one generation.

    ``words`` is the calibration from words, at the level of what was decided, ``calibration`` the
    one with what was learned; both are about the same ``concepts``. ``rows`` (m, width) are a
    sample of the archive.
    """

    scheme: Scheme
    concepts: Sequence[Concept]
    opened: OpenGeneration
    encoder: Encoder
    words: Calibration
    calibration: Calibration
    learned: frozenset[str]
    rows: NDArray[np.float32]

    @property
    def card(self) -> EncoderCard:
        """The model's card."""
        return self.opened.generation.card

    def about(self, concepts: Sequence[str]) -> Scored:
        """Return the same with some concepts only, which do not compete with the others then."""
        ids = [one.id for one in self.concepts]
        places = [ids.index(concept) for concept in concepts]
        return Scored(
            self.scheme,
            [self.concepts[place] for place in places],
            self.opened,
            self.encoder,
            _only(self.words, places),
            _only(self.calibration, places),
            self.learned,
            self.rows,
        )

    def structure(self) -> Structure:
        """Return which concepts exclude one another and which are broader."""
        return structure_of(self.concepts, self.scheme.concepts)


class Scoring:
    """Makes schemes ready, the same way for tagging, learning, reviewing and explaining."""

    def __init__(
        self, opener: Opener, vocabularies: Vocabularies, learning: Learning, decisions: Decisions
    ) -> None:
        self._opener = opener
        self._vocabularies = vocabularies
        self._learning = learning
        self._decisions = decisions
        self._known: tuple[tuple[object, ...], Calibration] | None = None

    def of(self, scheme: str = "", also: str = "") -> Scored:
        """Return a scheme's concepts that a machine may suggest, calibrated on this archive.

        Concepts by examples are among them once they were learned, or if one is asked for
        (``also``). Raises NothingIndexed, and UsageError where nothing is left.
        """
        found = self._vocabularies.scheme(scheme)
        opened, encoder = self._opener.open()
        if not opened.index.photos:
            raise NothingIndexed("The archive has no photo yet.", "Index some: archive-ai index.")
        fingerprint = opened.generation.card.fingerprint
        learned = {
            concept: Learned.from_json(content)
            for concept, content in self._learning.in_use(found.id, fingerprint).items()
        }
        concepts = [
            concept
            for concept in machine_taggable(found, deny_list(), MODES)
            if concept.mode is Mode.ZERO_SHOT or concept.id in learned or concept.id == also
        ]
        if not concepts and not self.measured(found):
            raise UsageError(
                f"{found.id} is nothing that the machine may suggest.",
                "See the modes of its concepts: archive-ai vocabulary show.",
            )
        rows = sample(opened.index)
        words = self._words(found, concepts, opened, encoder, rows)
        by_words = {c.id for c in concepts if c.mode is Mode.ZERO_SHOT} - learned.keys()
        words = self._recalibrated(words, found.id, by_words, opened.index)
        calibration = with_learned(words, learned)
        return Scored(
            found, concepts, opened, encoder, words, calibration, frozenset(learned), rows
        )

    def state(self, scheme: Scheme) -> tuple[object, ...]:
        """Return what changes whenever a scheme's concepts are scored another way.

        Decisions are no part of it, though each moves probabilities a little.
        """
        generation = self._opener.generation()
        learned = self._learning.newest(scheme.id, generation.card.fingerprint)
        return scheme.id, scheme.version, generation.number, generation.manifest_sha256, learned

    def _words(
        self,
        scheme: Scheme,
        concepts: Sequence[Concept],
        opened: OpenGeneration,
        encoder: Encoder,
        rows: NDArray[np.float32],
    ) -> Calibration:
        """Return the calibration from words; the one of last time where nothing is new."""
        ids = tuple(concept.id for concept in concepts)
        generation = opened.generation
        fingerprint = generation.card.fingerprint
        key = (scheme.id, scheme.version, ids, generation.number, generation.manifest_sha256)
        known = self._known
        if known is None or known[0] != key:
            if not concepts:
                nothing = np.empty((0, rows.shape[1]), np.float32)
                none = np.empty(0, np.float32)
                known = key, Calibration(fingerprint, (), nothing, none, none)
            else:
                neutral = read_background_queries(bundled("background") / "queries.txt")
                texts = encoder.encode_texts(neutral)
                vectors = concept_vectors(concepts, encoder)
                known = key, calibrate(ids, vectors, texts, rows, fingerprint)
            self._known = known
        return known[1]

    def _recalibrated(
        self, words: Calibration, scheme: str, by_words: Set[str], index: VectorIndex
    ) -> Calibration:
        """Return ``words`` with the level that the newest decisions ask for.

        Only decisions on concepts that go by words tell of words: what was learned from examples
        chose its own photos.
        """
        place = {
            concept: number for number, concept in enumerate(words.concepts) if concept in by_words
        }
        known = set(index.photos)
        decided = [
            (photo, place[concept], shown)
            for photo, concept, shown in self._decisions.newest(scheme, DECISIONS)
            if concept in place and photo in known
        ]
        if not decided:
            return words
        photos, concepts, shown = zip(*decided, strict=True)
        return recalibrate(words, np.array(concepts), index.rows(photos), np.array(shown))

    def measured(self, scheme: Scheme) -> list[Concept]:
        """Return a scheme's concepts that are measured on the pixels, and may be."""
        taggable = machine_taggable(scheme, deny_list(), (Mode.MEASURED,))
        return [concept for concept in taggable if finding(concept) is not None]

    def why_not(self, concept: Concept) -> str:
        """Return why a machine may not suggest a concept, empty if it may."""
        denied = deny_list().refusal(concept)
        if denied is not None:
            return f"“{denied.term}” is on the deny list: {denied.reason}"
        if concept.mode is Mode.EXAMPLES:
            return "It is found by examples: archive-ai learn CONCEPT --from FOLDER."
        if concept.mode is Mode.MEASURED:
            return "" if finding(concept) else "Nothing measures it: see docs/measured.md."
        if concept.mode is not Mode.ZERO_SHOT:
            return f"Its mode is {concept.mode.value}; see the scheme's scope notes."
        return ""


def _only(calibration: Calibration, places: Sequence[int]) -> Calibration:
    rows = np.array(places, np.int64)
    return Calibration(
        calibration.fingerprint,
        tuple(calibration.concepts[place] for place in places),
        calibration.directions[rows],
        calibration.offsets[rows],
        calibration.thresholds[rows],
    )
