"""What a machine says and what people say, laid side by side: pictures by concepts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from archive_ai.domain import LabelledTag, Suggestion
from archive_ai.errors import UsageError
from archive_ai.evaluation.hierarchy import Broader, closed

UNSAID = float(np.finfo(np.float32).min)
"""The score where nothing was said: below every other, and equal to itself, unlike infinity."""

Floats = NDArray[np.float32]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class ScoredTags:
    """What a machine says of n pictures and m concepts.

    ``scores`` (n, m) rank the pictures of a concept and are ``UNSAID`` where nothing was said;
    ``probabilities`` (n, m) are 0 to 1, or NaN where there is none; ``suggested`` (n, m) is what
    a person gets to see.
    """

    pictures: tuple[str, ...]
    concepts: tuple[str, ...]
    scores: Floats
    probabilities: Floats
    suggested: Bools


def scored_tags(
    pictures: Sequence[str],
    concepts: Sequence[str],
    suggested: Iterable[Suggestion],
    below: Iterable[Suggestion] = (),
) -> ScoredTags:
    """Lay out suggestions; ``below`` are scores that did not reach a threshold.

    ``photo`` of a suggestion is a name in ``pictures``. Others, and other concepts, are passed
    over.
    """
    shape = len(pictures), len(concepts)
    scores, told = np.full(shape, UNSAID, np.float32), np.zeros(shape, np.bool_)
    probabilities = np.full(shape, np.nan, np.float32)
    row = {picture: place for place, picture in enumerate(pictures)}
    column = {concept: place for place, concept in enumerate(concepts)}
    for said, is_told in ((below, False), (suggested, True)):
        for one in said:
            if one.photo in row and one.concept in column:
                place = row[one.photo], column[one.concept]
                scores[place], told[place] = one.score, is_told
                if one.probability is not None:
                    probabilities[place] = one.probability
    return ScoredTags(tuple(pictures), tuple(concepts), scores, probabilities, told)


@dataclass(frozen=True, slots=True)
class Judged:
    """The pictures of a table and the concepts that it names, said by both sides.

    ``said`` is the machine's side; ``positive`` and ``known`` (n, m) are where people say that a
    concept is there, and where they say anything. ``outside`` counts rows of the table whose
    picture the machine did not see.
    """

    said: ScoredTags
    positive: Bools
    known: Bools
    complete: bool
    outside: int

    @property
    def decided(self) -> Bools:
        """Where right can be told from wrong (n, m).

        It is what is known, without the concepts of which an incomplete table says only yes: there
        every suggestion would look right.
        """
        with_no = np.any(self.known & ~self.positive, axis=0)
        decided: Bools = self.known & np.logical_or(with_no, self.complete)
        return decided

    @property
    def probable(self) -> Bools:
        """Where a probability can be held against the truth (n, m)."""
        probable: Bools = self.decided & ~np.isnan(self.said.probabilities)
        return probable


def judged(
    scored: ScoredTags, labelled: Sequence[LabelledTag], broader: Broader, complete: bool
) -> Judged:
    """Lay the table beside what was said.

    Where a table is ``complete``, a named concept without a row for a picture is not on it,
    unless it is broader than one that is: that is left open. In another table, a concept without
    a row is not known. Raises UsageError where no picture of the table was seen, or no concept
    is named.
    """
    seen = {picture: place for place, picture in enumerate(scored.pictures)}
    rows = [tag for tag in labelled if tag.picture in seen]
    pictures = tuple(dict.fromkeys(tag.picture for tag in rows))
    concepts = tuple(sorted({tag.concept for tag in rows if tag.concept}))
    if not concepts:
        raise UsageError(
            "No picture of the table has been tagged, so there is nothing to judge."
            if not rows
            else "The table names no concept, so there is nothing to judge.",
            "Index and tag the table's pictures first, or look at its columns path and concept.",
        )
    place = {picture: number for number, picture in enumerate(pictures)}
    column = {concept: number for number, concept in enumerate(concepts)}
    positive = np.zeros((len(pictures), len(concepts)), np.bool_)
    known = np.full_like(positive, complete)
    for tag in rows:
        if tag.concept and tag.present:
            positive[place[tag.picture], column[tag.concept]] = True
            for wider in closed([tag.concept], broader) & column.keys():
                known[place[tag.picture], column[wider]] = False
    for tag in rows:
        if tag.concept:
            known[place[tag.picture], column[tag.concept]] = True
    said = _part(scored, [seen[picture] for picture in pictures], pictures, concepts)
    return Judged(said, positive, known, complete, len(labelled) - len(rows))


def _part(
    scored: ScoredTags, rows: Sequence[int], pictures: tuple[str, ...], concepts: tuple[str, ...]
) -> ScoredTags:
    """The named pictures and concepts; a concept that the machine does not know is unsaid."""
    shape = len(pictures), len(concepts)
    scores, suggested = np.full(shape, UNSAID, np.float32), np.zeros(shape, np.bool_)
    probabilities = np.full(shape, np.nan, np.float32)
    column = {concept: number for number, concept in enumerate(scored.concepts)}
    here = [number for number, concept in enumerate(concepts) if concept in column]
    there = [column[concepts[number]] for number in here]
    scores[:, here] = scored.scores[np.ix_(rows, there)]
    probabilities[:, here] = scored.probabilities[np.ix_(rows, there)]
    suggested[:, here] = scored.suggested[np.ix_(rows, there)]
    return ScoredTags(pictures, concepts, scores, probabilities, suggested)
