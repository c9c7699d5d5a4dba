"""Hits in order, each with its strength and reasons. Everything comes in as values and ports.

The order is total and the same for every length of a page: by the score, then by the photo's id.
The index is asked for its best rows, to which what descriptions add and what a minus takes away is
put; more rows are asked for as long as one that was not seen could still come before.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from archive_ai.domain import (
    PHOTO_ID_LENGTH,
    Background,
    Hit,
    PhotoId,
    Reason,
    SearchResult,
    Strength,
    TextKind,
    TextMatch,
)
from archive_ai.errors import ArchiveDamaged
from archive_ai.ports import Groups, PhotoCatalogue, Selection, VectorIndex, VectorSearch
from archive_ai.searching.cursor import Place
from archive_ai.searching.scores import (
    EXACT,
    FULL_MINUS,
    Combination,
    Part,
    Scores,
    shown,
    with_text,
)

FIRST_LOOK = 4096
"""How many rows the index is asked for at first."""

QUICK_LOOK = 512
"""How many rows an approximate index is asked for; what it finds is counted, and no more."""

Ids = NDArray[np.bytes_]


@dataclass(frozen=True, slots=True)
class Question:
    """A query, ready to be answered.

    ``texts`` are the photos whose descriptions answer, ``removed`` those whose descriptions speak
    of what is not wanted, ``examples`` those that were asked with: none of them is an answer.
    Where nothing is wanted that could order them, hits are certain if the query is ``demanding``
    (has filters), and no more than weak if it says merely what not.
    """

    parts: tuple[Part, ...]
    query: Mapping[str, Any]
    texts: Mapping[PhotoId, TextMatch] = field(default_factory=dict)
    removed: frozenset[PhotoId] = frozenset()
    examples: frozenset[PhotoId] = frozenset()
    demanding: bool = True


@dataclass(frozen=True, slots=True)
class Answering:
    """What a question is answered from; ``selection`` is what the filters and the viewer leave.

    ``quick`` answers where nothing is filtered; it may miss photos, and then the result says so.
    """

    index: VectorIndex
    quick: VectorSearch
    background: Background
    photos: PhotoCatalogue
    selection: Selection
    groups: Groups


@dataclass(frozen=True, slots=True)
class Page:
    """How many hits are wanted, and after which place."""

    limit: int
    after: Place | None = None


@dataclass(frozen=True, slots=True)
class _Listed:
    """Photos in order, by scores, ids and rows of the index (-1: it does not hold the photo).

    Every photo with a score of at least ``down_to`` is among them.
    """

    scores: Scores
    ids: Ids
    rows: NDArray[np.int64]
    down_to: float


@dataclass(frozen=True, slots=True)
class _Leader:
    """A photo that is shown, and those that show the same picture."""

    photo: PhotoId
    score: float
    row: int
    duplicates: tuple[PhotoId, ...]


def rank(question: Question, answering: Answering, page: Page) -> tuple[SearchResult, Place | None]:
    """Return a page of hits and the place where it ends, None if nothing follows.

    Raises ArchiveDamaged if the background was learned with another model (M5).
    """
    index, background = answering.index, answering.background
    if background.fingerprint != index.fingerprint:
        raise ArchiveDamaged(
            "The background was learned with another model than the vectors were made with.",
            "Index again: it is learned anew.",
        )
    start = time.perf_counter()
    if page.after is not None:
        background = page.after.judged(background)
        answering = replace(answering, background=background)
    ranking = _Ranking(question, answering)
    already = page.after.shown if page.after else 0
    asked = ranking.first_look(2 * (page.limit + already))
    while True:
        listed = ranking.listed(asked)
        leaders = ranking.leaders(listed, page)
        if len(leaders) > page.limit or listed.down_to == -np.inf:
            break
        ranking.be_exact()  # what a quick index does not have it will not have the next time
        asked *= 4
    strong = int(np.count_nonzero(listed.scores >= 1))
    weak = int(np.count_nonzero(listed.scores >= 0)) - strong
    wanted = leaders[: page.limit]
    result = SearchResult(
        question.query,
        index.generation,
        strong,
        ranking.hits(wanted),
        {"search": 1000 * (time.perf_counter() - start)},
        total_weak=weak,
        total_below=ranking.total - strong - weak,
        left_out=ranking.left_out,
        exact=ranking.exact,
    )
    if len(leaders) <= page.limit:
        return result, None
    last = wanted[-1]
    bounds = (background.words, background.pictures)
    return result, Place(last.score, last.photo, already + len(wanted), *bounds)


def hits_of(question: Question, answering: Answering) -> Ids:
    """Return all strong and weak hits of a question, in no order of worth; always exact."""
    listed = _Ranking(question, replace(answering, quick=answering.index)).listed(FIRST_LOOK)
    return listed.ids[listed.scores >= 0]


class _Ranking:
    """One question put to one archive."""

    def __init__(self, question: Question, answering: Answering) -> None:
        self._question = question
        self._answering = answering
        self._index = answering.index
        self._combination = Combination(question.parts, answering.background)
        selection = answering.selection
        allowed = selection.rows(self._index)
        unwanted = self._unwanted(allowed)
        asked_with = selection.among(question.examples)
        without = set(unwanted) | asked_with
        if without:
            places = self._index.places(sorted(without))
            allowed = np.ones(len(self._index.photos), bool) if allowed is None else allowed.copy()
            allowed[places[places >= 0]] = False
        self._without = without
        self._allowed = allowed
        self.exact = allowed is not None or answering.quick is self._index
        self._search = self._index if self.exact else answering.quick
        self._texts = {p: question.texts[p] for p in selection.among(question.texts) - without}
        self.left_out = len(set(unwanted) - asked_with)
        self.total = len(selection) - len(without)

    def first_look(self, wanted: int) -> int:
        """Return how many rows to ask for at first, where a page needs ``wanted``.

        The quick index is for the first pages; whoever looks further gets the exact one.
        """
        if wanted > QUICK_LOOK:
            self.be_exact()
        return max(FIRST_LOOK, wanted) if self.exact else QUICK_LOOK

    def be_exact(self) -> None:
        """Search with the exact index from now on."""
        self.exact, self._search = True, self._index

    def listed(self, asked: int) -> _Listed:
        """Return what there is, down to where the best ``asked`` rows of the index end."""
        if not self._combination.wanted:
            return self._all_alike()
        count = len(self._index.photos)
        if self._allowed is not None:
            count = int(np.count_nonzero(self._allowed))
        levels, rows = self._best(min(asked, count))
        if self.exact and len(rows) < count and len(rows) and levels[-1] >= 0:
            # Every weak hit is counted, however many there are.
            levels, rows = self._best(count)
            weak = max(int(np.count_nonzero(levels >= 0)), min(asked, len(rows)))
            levels, rows = levels[:weak], rows[:weak]
        down_to = -np.inf if len(rows) >= count or not len(rows) else shown(levels[-1:])[0]
        seen = self._seen(levels, rows)
        told = self._told()
        scores, ids, places = (np.concatenate(two) for two in zip(seen, told, strict=True))
        order = np.lexsort((ids, -scores))
        return _Listed(scores[order], ids[order], places[order], float(down_to))

    def leaders(self, listed: _Listed, page: Page) -> list[_Leader]:
        """Return the hits after the place, one for each picture, and one more than fit the page."""
        found: list[_Leader] = []
        hidden: set[PhotoId] = set()
        among = self._answering.selection.among
        for start in range(0, len(listed.ids), FIRST_LOOK):
            part = slice(start, start + FIRST_LOOK)
            photos = [PhotoId(one.decode("ascii")) for one in listed.ids[part].tolist()]
            groups = self._answering.groups.of(photos)
            scores, rows = listed.scores[part].tolist(), listed.rows[part].tolist()
            scored = zip(photos, scores, rows, strict=True)
            for photo, score, row in scored:
                if score < listed.down_to or len(found) > page.limit:
                    return found
                if photo in hidden:
                    continue
                copies = among(groups.get(photo, ())) - self._without - {photo}
                hidden |= copies
                if page.after is None or _comes_after(score, photo, page.after):
                    found.append(_Leader(photo, score, row, tuple(sorted(copies))))
        return found

    def hits(self, leaders: Sequence[_Leader]) -> tuple[Hit, ...]:
        """Return hits with places and reasons; a photo that went away meanwhile is left out."""
        places = self._answering.photos.locate([one.photo for one in leaders])
        return tuple(
            Hit(
                one.photo,
                *places[one.photo],
                one.score,
                _strength(one.score),
                self._reasons(one),
                one.duplicates,
            )
            for one in leaders
            if one.photo in places
        )

    def _unwanted(self, allowed: NDArray[np.bool_] | None) -> set[PhotoId]:
        """Return the photos that show for certain, or are said to show, what a minus takes out."""
        found = set(self._answering.selection.among(self._question.removed))
        for one in self._combination.unwanted:
            if one.part.weight <= FULL_MINUS:
                rows = self._index.rows_above(one.vector, one.strong, allowed)
                found.update(self._index.photos[row] for row in rows.tolist())
        return found

    def _best(self, asked: int) -> tuple[Scores, NDArray[np.int64]]:
        scores, rows = self._search.search(self._combination.vector[None], asked, self._allowed)
        return scores[0].astype(np.float64) + self._combination.constant, rows[0]

    def _seen(
        self, levels: Scores, rows: NDArray[np.int64]
    ) -> tuple[Scores, Ids, NDArray[np.int64]]:
        """Score the rows that no description speaks for."""
        spoken = self._index.places(sorted(self._texts))
        alone = ~np.isin(rows, spoken)
        levels, rows = levels[alone], rows[alone]
        if self._combination.unwanted:
            levels = levels - self._combination.penalties(self._index.vectors(rows))
        return shown(levels), self._index.ids[rows], rows

    def _told(self) -> tuple[Scores, Ids, NDArray[np.int64]]:
        """Score the photos that a description speaks for, whether the index holds them or not."""
        photos = sorted(self._texts)
        rows = self._index.places(photos)
        inside = np.flatnonzero(rows >= 0)
        vectors = self._index.vectors(rows[inside])
        levels = np.zeros(len(photos))
        levels[inside] = self._combination.levels(vectors) - self._combination.penalties(vectors)
        matches = [self._texts[photo] for photo in photos]
        relevance = np.array([one.relevance for one in matches])
        exact = np.array([one.kind is TextKind.EXACT for one in matches], bool)
        return with_text(levels, relevance, exact), _ids(photos), rows

    def _all_alike(self) -> _Listed:
        """List all that the filters leave, by id: nothing was asked that could order it."""
        ids = self._answering.selection.ids
        if self._without:
            ids = ids[~np.isin(ids, _ids(sorted(self._without)))]
        scores = np.full(len(ids), EXACT if self._question.demanding else 0.0)
        # Without anything wanted nobody asks how near a vector is.
        return _Listed(scores, ids, np.full(len(ids), -1, np.int64), -np.inf)

    def _reasons(self, one: _Leader) -> tuple[Reason, ...]:
        reasons: list[Reason] = []
        if one.row >= 0:
            vector = self._index.vectors(np.array([one.row]))
            for part in self._combination.wanted:
                score = min(float(part.raw(vector)[0]), 1.0)
                reasons.append(Reason(part.part.source, score, part.part.name))
        return tuple(reasons)


def _ids(photos: Sequence[PhotoId]) -> Ids:
    return np.array([photo.encode("ascii") for photo in photos], f"S{PHOTO_ID_LENGTH}")


def _comes_after(score: float, photo: PhotoId, place: Place) -> bool:
    return (-score, photo) > (-place.score, place.photo)


def _strength(score: float) -> Strength:
    if score >= 1:
        return Strength.STRONG
    return Strength.WEAK if score >= 0 else Strength.BELOW
