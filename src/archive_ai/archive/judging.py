"""How good this archive's tags are, against a table of what people say is on its pictures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from archive_ai.archive.scoring import Scoring
from archive_ai.domain import PhotoId
from archive_ai.errors import BadTable
from archive_ai.evaluation import ScoredTags, TagReport, evaluate_tags
from archive_ai.exchange import read_labelled_tags
from archive_ai.tagging.probabilities import probabilities


def judge_tags(
    table: Path,
    scoring: Scoring,
    find: Callable[[str, Path], PhotoId | None],
    scheme: str,
    complete: bool,
) -> TagReport:
    """Judge what the active model says now, with all that was learned, by a table (path, concept).

    ``find`` gives the photo of a path in the table. A ``complete`` table lacks nothing: a concept
    without a row is not on the picture. Raises BadTable, NothingIndexed, UsageError where nothing
    of the table can be judged.
    """
    labelled = read_labelled_tags(table)
    scored = scoring.of(scheme)
    ids = {concept.id for concept in scored.scheme.concepts}
    for one in labelled:
        if one.concept and one.concept not in ids:
            raise BadTable(
                f"{table}, line {one.line}: the scheme {scored.scheme.id} has no concept "
                f"{one.concept}.",
                "See: archive-ai vocabulary show.",
            )
    index = scored.opened.index
    known = set(index.photos)
    photos = {one.picture: find(one.picture, table.parent) for one in labelled}
    here = {name: photo for name, photo in photos.items() if photo in known}
    rows = index.rows([photo for photo in here.values() if photo is not None])
    log_odds = scored.calibration.log_odds(rows)
    probable = probabilities(log_odds, scored.structure())
    said = ScoredTags(
        tuple(here),
        tuple(concept.id for concept in scored.concepts),
        log_odds,
        probable,
        probable >= scored.calibration.thresholds,
    )
    broader = {concept.id: concept.broader for concept in scored.scheme.concepts}
    return evaluate_tags(said, labelled, broader, complete)
