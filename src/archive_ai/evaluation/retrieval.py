"""How well words find their picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from archive_ai.domain import Caption
from archive_ai.errors import UsageError
from archive_ai.evaluation.embedding import Embedded, embed_texts
from archive_ai.evaluation.metrics import ranks_of_own, resamples, weighted_median
from archive_ai.ports import Encoder

DEPTHS = (1, 5, 10)
MEASURES = (*(f"recall@{depth}" for depth in DEPTHS), "median_rank")
RESAMPLES = 1000
SEED = 20260101

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class RetrievalReport:
    """Text-to-picture recall and median rank by language, over ``n`` pictures.

    ``figures[language]`` holds ``recall@1``, ``recall@5``, ``recall@10`` (0 to 1) and
    ``median_rank`` (from 1); ``intervals`` the bounds of each at 95 %; ``queries`` the number
    of captions. ``failed`` pictures could not be read: they and their captions are left out.
    """

    n: int
    figures: Mapping[str, Mapping[str, float]]
    intervals: Mapping[str, Mapping[str, Interval]]
    queries: Mapping[str, int]
    failed: int

    def to_json(self) -> dict[str, Any]:
        """Return the shape that scripts rely on: n, one entry a language, ci."""
        return {
            "n": self.n,
            **{language: dict(values) for language, values in self.figures.items()},
            "ci": {
                language: {name: list(bounds) for name, bounds in values.items()}
                for language, values in self.intervals.items()
            },
            "queries": dict(self.queries),
            "failed": self.failed,
        }


def evaluate_retrieval(
    encoder: Encoder, embedded: Embedded, captions: Sequence[Caption], seed: int = SEED
) -> RetrievalReport:
    """Rank all of ``embedded`` for each caption and see where the caption's own picture stands.

    Ties count against the model (see ``ranks_of_own``). The intervals are percentiles 2.5 and
    97.5 of a bootstrap over pictures: captions of one picture come and go together, and the
    pictures ranked stay the same. Raises UsageError where no caption is of a picture in
    ``embedded``.
    """
    place = {picture: row for row, picture in enumerate(embedded.pictures)}
    by_language: dict[str, list[Caption]] = {}
    for caption in captions:
        if caption.picture in place:
            by_language.setdefault(caption.language, []).append(caption)
    if not by_language:
        raise UsageError("No caption belongs to a picture that could be read.")
    figures: dict[str, Mapping[str, float]] = {}
    intervals: dict[str, Mapping[str, Interval]] = {}
    for language in sorted(by_language):
        asked = by_language[language]
        own = np.array([place[caption.picture] for caption in asked], dtype=np.int64)
        queries = embed_texts(encoder, [caption.text for caption in asked])
        ranks = ranks_of_own(queries, embedded.vectors, own)
        figures[language] = _figures(ranks)
        intervals[language] = _intervals(ranks, own, seed)
    return RetrievalReport(
        n=len(embedded.pictures),
        figures=figures,
        intervals=intervals,
        queries={language: len(by_language[language]) for language in figures},
        failed=len(embedded.failures),
    )


def _figures(ranks: NDArray[np.int64]) -> dict[str, float]:
    values = [float((ranks <= depth).mean()) for depth in DEPTHS]
    return dict(zip(MEASURES, [*values, float(np.median(ranks))], strict=True))


def _intervals(ranks: NDArray[np.int64], own: NDArray[np.int64], seed: int) -> dict[str, Interval]:
    """Resample the pictures that have a caption in this language."""
    pictures, group = np.unique(own, return_inverse=True)
    order = np.argsort(ranks, kind="stable")
    ordered, group = ranks[order], group[order]
    columns = [np.bincount(group, minlength=len(pictures))]
    columns += [np.bincount(group, ordered <= depth, len(pictures)) for depth in DEPTHS]
    counts = np.stack(columns, axis=1).astype(np.float64)
    drawn = []
    for weights in resamples(len(pictures), RESAMPLES, seed):
        sums = weights @ counts
        medians = weighted_median(ordered, weights[:, group])
        drawn.append(np.column_stack([sums[:, 1:] / sums[:, :1], medians]))
    bounds = np.percentile(np.concatenate(drawn), [2.5, 97.5], axis=0)
    return {name: (float(bounds[0, i]), float(bounds[1, i])) for i, name in enumerate(MEASURES)}
