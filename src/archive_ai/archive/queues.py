"""What waits to be decided about a concept, in an order that makes each decision count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from archive_ai.archive.scoring import Scored, Scoring
from archive_ai.archive.vocabularies import Vocabularies
from archive_ai.catalogue.decisions import Decisions
from archive_ai.catalogue.measures import MeasureCatalogue
from archive_ai.catalogue.photos import Photos
from archive_ai.domain import Concept, Decision, PhotoId, Verdict, silent
from archive_ai.errors import UsageError
from archive_ai.exchange.reviews import QueueRow
from archive_ai.tagging.learning import alike
from archive_ai.tagging.measuring import Finding, finding
from archive_ai.tagging.queues import (
    Estimate,
    drawn,
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
        scored = self._scoring.of(scheme, also=one.id)
        how = finding(one)
        if how is not None and not self._scoring.why_not(one):
            sight = _measured(scored, self._measures, how)
        elif one.id in {known.id for known in scored.concepts}:
            sight = _look(scored, one.id)
        else:
            raise UsageError(
                f"{concept} is nothing that the machine suggests.", self._scoring.why_not(one)
            )
        stands = {d.photo: d for d in self._decisions.of_concept(found.id, one.id)}
        sight = self._at_hand(sight)
        open_ = np.array([photo not in stands for photo in sight.photos], np.bool_)
        if how is not None:  # what was not measured to be one has nothing to teach
            open_ &= sight.suggested
        about = (found.id, one.id, by)
        places, judged = self._places(order, sight, stands, open_, about)
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
        self,
        order: str,
        sight: _Sight,
        stands: Mapping[PhotoId, Decision],
        open_: NDArray[np.bool_],
        about: tuple[str, str, str],
    ) -> tuple[NDArray[np.int64], Mapping[str, Any] | None]:
        """Return the places of all photos that come into question, in order, and an estimate."""
        scheme, concept, by = about
        place = {photo: row for row, photo in enumerate(sight.photos)}
        if order == "second":
            readers = self._decisions.readers(scheme, concept)
            others = [p for p, who in readers.items() if len(who) == 1 and by not in who]
            seen = sorted(place[photo] for photo in others if photo in place)
            return np.array(seen, np.int64), None
        if order == "sample":
            photos = [sight.photos[row] for row in np.flatnonzero(sight.suggested).tolist()]
            sampled = drawn(photos, concept)
            right = {p: d.verdict is Verdict.ACCEPTED for p, d in stands.items()}
            chosen = [place[photo] for photo in sampled if photo not in stands]
            return np.array(chosen, np.int64), _told(estimate(sampled, right))
        return np.flatnonzero(open_)[np.argsort(-sight.log_odds[open_], kind="stable")], None

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


def _look(scored: Scored, concept: str) -> _Sight:
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
    if not found.population:
        sentence = "Nothing is suggested, so there is nothing to look at."
    elif not found.looked_at:
        sentence = (
            f"{found.population} are suggested. To be sure to 5 % of how many are right, look at "
            f"{wanted_sample(found.population, 0.05)} of this sample, from its start."
        )
    else:
        middle = found.right / found.looked_at
        sentence = (
            f"Of {found.population} suggested, {middle:.0%} are right (95 % interval "
            f"{found.low:.0%} to {found.high:.0%}), from {found.looked_at} looked at."
        )
    return {**asdict(found), "sentence": sentence}
