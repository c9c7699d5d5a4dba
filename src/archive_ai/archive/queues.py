"""What waits to be decided about a concept, in an order that makes each decision count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from archive_ai.archive.scoring import Scored, Scoring
from archive_ai.archive.suggested import SuggestedPhotos
from archive_ai.archive.vocabularies import Vocabularies
from archive_ai.catalogue.decisions import Decisions
from archive_ai.catalogue.measures import MeasureCatalogue
from archive_ai.catalogue.photos import Photos
from archive_ai.domain import Concept, Decision, PhotoId, Scheme, Verdict, silent
from archive_ai.errors import UsageError
from archive_ai.exchange.reviews import QueueRow
from archive_ai.tagging.intervals import CONFIDENCE
from archive_ai.tagging.learning import alike
from archive_ai.tagging.measuring import Finding, finding
from archive_ai.tagging.queues import (
    Estimate,
    estimate,
    in_groups,
    most_taught,
    neighbours,
    wanted_sample,
)
from archive_ai.tagging.suggest import scored as score_blocks

POOL = 2_000
"""Of so many of the most probable photos those are chosen that teach most."""

TOGETHER = 0.95
"""Photos so much alike are shown as one group, to be decided together."""

BESIDE = 0.85
"""So much alike are photos of one group whose scans follow each other."""

SURE_TO = 0.05
"""A sample is large enough where its interval is about as wide to either side."""

ORDERS = ("teach", "sure", "sample", "second")


@dataclass(frozen=True, slots=True)
class Queue:
    """Rows to decide; ``waiting`` counts what is suggested and undecided in the whole archive.

    ``estimate`` says how many of all suggestions are right, once a sample was looked at.
    """

    concept: str
    waiting: int
    rows: Sequence[QueueRow]
    estimate: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Reviewed:
    """How far the review of a concept is: photos that wait, and what people decided.

    ``waiting`` and ``estimate`` are of what was suggested when its queue was last asked for.
    """

    concept: str
    waiting: int
    accepted: int
    rejected: int
    estimate: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Sight:
    """All photos of the archive under one concept."""

    photos: Sequence[PhotoId]
    log_odds: NDArray[np.float32]
    probable: NDArray[np.float32]
    suggested: NDArray[np.bool_]


class Queues:
    """Review queues of one archive."""

    def __init__(
        self,
        scoring: Scoring,
        vocabularies: Vocabularies,
        decisions: Decisions,
        photos: Photos,
        measures: MeasureCatalogue,
    ) -> None:
        self._scoring = scoring
        self._vocabularies = vocabularies
        self._decisions = decisions
        self._photos = photos
        self._measures = measures
        self._suggested = SuggestedPhotos()

    def queue(
        self, concept: str, scheme: str = "", order: str = "teach", limit: int = 50, by: str = ""
    ) -> Queue:
        """Return at most ``limit`` photos to decide on; near-duplicates share a group.

        ``order``: ``teach`` shows what teaches most, ``sure`` the most probable with their
        near-duplicates, ``sample`` a random sample of what is suggested, ``second`` what one
        person other than ``by`` has decided. Raises UnknownConcept, NothingIndexed, UsageError.
        """
        if order not in ORDERS:
            raise UsageError(f"There is no order {order}.", f"Orders are: {', '.join(ORDERS)}.")
        found, one = self._vocabularies.concept(concept, scheme)
        scored, sight, suggested = self._look(found, one)
        how = finding(one)
        stands = {d.photo: d for d in self._decisions.of_concept(found.id, one.id)}
        open_ = np.array([photo not in stands for photo in sight.photos], np.bool_)
        if how is not None:  # what was not measured to be one has nothing to teach
            open_ &= sight.suggested
        if order == "sample":
            places, judged = _sampled(sight, suggested, stands)
        else:
            places, judged = self._places(order, sight, open_, (found.id, one.id, by)), None
        places = places[: max(POOL, limit) if order == "teach" else limit]
        vectors = scored.opened.index.rows([sight.photos[place] for place in places])
        if order == "teach":
            chosen = most_taught(vectors, sight.log_odds[places], limit)
            places, vectors = places[chosen], vectors[chosen]
        where = self._photos.locate([sight.photos[place] for place in places])
        scans = [where[sight.photos[place]] for place in places]
        groups = alike(vectors, TOGETHER, neighbours(scans), BESIDE)
        if order != "sample":  # a sample stays in its order: its start is what counts
            together = in_groups(np.arange(len(places)), groups)
            places, groups = places[together], groups[together]
        rows = self._rows(one, sight, places, groups, stands, where)
        return Queue(one.id, int((sight.suggested & open_).sum()), rows, judged)

    def progress(self, concept: str, scheme: str = "") -> Reviewed:
        """Say how far the review of a concept is; quick enough to be asked after each decision.

        Photos are scored only where they were not since the concept is scored another way: by
        another generation, scheme, or learned calibration, or because files came or went. Raises
        as :meth:`queue` does.
        """
        found, one = self._vocabularies.concept(concept, scheme)
        suggested = self._suggested.get((found.id, one.id), self._state(found))
        if suggested is None:
            suggested = self._look(found, one)[2]
        verdicts = self._decisions.verdicts(found.id, one.id)
        right = {photo: verdict is Verdict.ACCEPTED for photo, verdict in verdicts.items()}
        waiting, accepted = sum(photo not in right for photo in suggested), sum(right.values())
        told = _told(estimate(suggested, right))
        return Reviewed(one.id, waiting, accepted, len(right) - accepted, told)

    def _state(self, scheme: Scheme) -> tuple[object, ...]:
        return *self._scoring.state(scheme), self._photos.presence()

    def _look(self, scheme: Scheme, concept: Concept) -> tuple[Scored, _Sight, Sequence[PhotoId]]:
        """Score all photos that are at hand, and keep for which of them it is suggested.

        Those are returned, too, in the order of a sample.
        """
        state = self._state(scheme)
        scored = self._scoring.of(scheme.id, also=concept.id)
        how = finding(concept)
        if how is not None and not self._scoring.why_not(concept):
            sight = _measured(scored, self._measures, how)
        elif concept.id in {known.id for known in scored.concepts}:
            sight = _scored(scored, concept.id)
        else:
            raise UsageError(
                f"{concept.id} is nothing that the machine suggests.",
                self._scoring.why_not(concept),
            )
        sight = self._at_hand(sight)
        photos = [sight.photos[place] for place in np.flatnonzero(sight.suggested).tolist()]
        return scored, sight, self._suggested.keep((scheme.id, concept.id), state, photos)

    def _at_hand(self, sight: _Sight) -> _Sight:
        """Leave out photos whose files are gone: nobody can decide on them."""
        present = set(self._photos.present())
        here = np.array([photo in present for photo in sight.photos], np.bool_)
        if here.all():
            return sight
        return _Sight(
            [photo for photo, is_here in zip(sight.photos, here.tolist(), strict=True) if is_here],
            sight.log_odds[here],
            sight.probable[here],
            sight.suggested[here],
        )

    def _places(
        self, order: str, sight: _Sight, open_: NDArray[np.bool_], about: tuple[str, str, str]
    ) -> NDArray[np.int64]:
        """Return the places of all photos that come into question, in order."""
        if order == "second":
            scheme, concept, by = about
            place = {photo: row for row, photo in enumerate(sight.photos)}
            readers = self._decisions.readers(scheme, concept)
            others = [p for p, who in readers.items() if len(who) == 1 and by not in who]
            return np.array(sorted(place[photo] for photo in others if photo in place), np.int64)
        return np.flatnonzero(open_)[np.argsort(-sight.log_odds[open_], kind="stable")]

    def _rows(
        self,
        concept: Concept,
        sight: _Sight,
        places: NDArray[np.int64],
        groups: NDArray[np.int64],
        stands: Mapping[PhotoId, Decision],
        where: Mapping[PhotoId, tuple[Path, int]],
    ) -> list[QueueRow]:
        photos = [sight.photos[place] for place in places.tolist()]
        number = {group: i for i, group in enumerate(dict.fromkeys(groups.tolist()), start=1)}
        return [
            QueueRow(
                photo,
                str(where[photo][0]),
                where[photo][1],
                concept.id,
                concept.label("de"),
                None if np.isnan(sight.probable[place]) else float(sight.probable[place]),
                float(sight.log_odds[place]),
                number[group],
                stands[photo].number if photo in stands else 0,
            )
            for photo, place, group in zip(photos, places.tolist(), groups.tolist(), strict=True)
            if photo in where
        ]


def _sampled(
    sight: _Sight, sampled: Sequence[PhotoId], stands: Mapping[PhotoId, Decision]
) -> tuple[NDArray[np.int64], Mapping[str, Any]]:
    """Return the places of the undecided photos of a sample, and what the decided ones tell."""
    place = {photo: row for row, photo in enumerate(sight.photos)}
    right = {photo: one.verdict is Verdict.ACCEPTED for photo, one in stands.items()}
    chosen = [place[photo] for photo in sampled if photo not in stands]
    return np.array(chosen, np.int64), _told(estimate(sampled, right))


def _scored(scored: Scored, concept: str) -> _Sight:
    place = [one.id for one in scored.concepts].index(concept)
    index, calibration = scored.opened.index, scored.calibration
    count = len(index.photos)
    log_odds, probable = np.empty(count, np.float32), np.empty(count, np.float32)
    for start, odds, found in score_blocks(calibration, scored.structure(), index, silent):
        stop = start + len(odds)
        log_odds[start:stop], probable[start:stop] = odds[:, place], found[:, place]
    suggested = probable >= calibration.thresholds[place]
    return _Sight(index.photos, log_odds, probable, suggested)


def _measured(scored: Scored, measures: MeasureCatalogue, how: Finding) -> _Sight:
    """Look at a measured concept: found or not, how strongly, and without a probability."""
    photos = scored.opened.index.photos
    values = {photo: how(found) for photo, found in measures.of(photos)}
    found = np.array([values.get(photo) is not None for photo in photos], np.bool_)
    score = np.array([abs(values.get(photo) or 0.0) for photo in photos], np.float32)
    return _Sight(photos, score, np.full(len(photos), np.nan, np.float32), found)


def _told(found: Estimate) -> Mapping[str, Any]:
    """Return an estimate as numbers and as a sentence; ``wanted`` of the sample are enough."""
    wanted = wanted_sample(found.population, SURE_TO) if found.population else 0
    share = found.right / found.looked_at if found.looked_at else None
    if not found.population:
        sentence = "Nothing is suggested, so there is nothing to look at."
    elif share is None:
        sentence = (
            f"{found.population} are suggested. To be sure to {SURE_TO:.0%} of how many are right, "
            f"look at {wanted} of this sample, from its start."
        )
    else:
        sentence = (
            f"Of {found.population} suggested, {share:.0%} are right (95 % interval "
            f"{found.low:.0%} to {found.high:.0%}), from {found.looked_at} looked at."
        )
    return {
        **asdict(found),
        "precision": share,
        "margin": None if share is None else (found.high - found.low) / 2,
        "wanted": wanted,
        "confidence": CONFIDENCE,
        "sentence": sentence,
    }
