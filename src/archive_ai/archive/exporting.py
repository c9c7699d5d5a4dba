"""Tags on their way out: what may be told, with its provenance, as a table."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TextIO

from archive_ai.archive.scoring import Scoring
from archive_ai.catalogue.photos import Photos
from archive_ai.catalogue.tags import Tags
from archive_ai.domain import Origin, Sensitivity, Status, Tag, silent
from archive_ai.errors import UsageError
from archive_ai.exchange.tables import write_tags_csv
from archive_ai.tagging.suggest import scored as score_blocks

LOCATED_AT_ONCE = 1_000

Row = tuple[Path, int, Tag]


class Exporting:
    """Exports of one archive."""

    def __init__(self, tags: Tags, photos: Photos, scoring: Scoring) -> None:
        self._tags = tags
        self._photos = photos
        self._scoring = scoring

    def tags(
        self, stream: TextIO, language: str = "de", all_scores: bool = False, scheme: str = ""
    ) -> int:
        """Write one row a tag that may be told to a text stream; return how many.

        With ``all_scores`` also what the machine believes of all other concepts of ``scheme`` on
        every photo, with the status ``below``; nothing that asks for review first (M7).
        """
        count = 0

        def counted(rows: Iterator[Row]) -> Iterator[Row]:
            nonlocal count
            for row in rows:
                count += 1
                yield row

        write_tags_csv(stream, counted(self._rows(all_scores, scheme)), language)
        return count

    def write_tags(
        self, path: Path, language: str = "de", all_scores: bool = False, scheme: str = ""
    ) -> int:
        """Write :meth:`tags` to a file, whole or not at all; return how many.

        Raises UsageError for a name that does not end in .csv: it might be a scan's.
        """
        if path.suffix.lower() != ".csv":
            raise UsageError(f"{path} does not end in .csv.", "Name a file that ends in .csv.")
        partial = path.with_name(f".{path.name}.partial")
        try:
            with partial.open("w", encoding="utf-8", newline="") as stream:
                count = self.tags(stream, language, all_scores, scheme)
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)
        return count

    def _rows(self, all_scores: bool, scheme: str) -> Iterator[Row]:
        told = self._tags.all()
        while part := list(islice(told, LOCATED_AT_ONCE)):
            where = self._photos.locate(list(dict.fromkeys(tag.photo for tag in part)))
            yield from ((*where[tag.photo], tag) for tag in part if tag.photo in where)
        if all_scores:
            yield from self._below(scheme)

    def _below(self, scheme: str) -> Iterator[Row]:
        """Yield what is scored and stands in no tag."""
        scored = self._scoring.of(scheme)
        card, photos = scored.card, scored.opened.index.photos
        open_ = [
            (place, concept)
            for place, concept in enumerate(scored.concepts)
            if concept.sensitivity is not Sensitivity.REVIEW_FIRST
        ]
        blocks = score_blocks(scored.calibration, scored.structure(), scored.opened.index, silent)
        for start, log_odds, probable in blocks:
            block = photos[start : start + len(log_odds)]
            where, tags = self._photos.locate(block), self._tags.of(block)
            for row, photo in enumerate(block):
                has = {tag.concept for tag in tags.get(photo, ()) if tag.scheme == scored.scheme.id}
                for place, concept in open_:
                    if photo in where and concept.id not in has:
                        tag = Tag(
                            photo, concept.id, concept.labels, Status.BELOW, Origin.MACHINE,
                            float(log_odds[row, place]), float(probable[row, place]), None,
                            card.name, scored.opened.generation.number, scored.scheme.id,
                            scored.scheme.version, f"{card.name}@{card.fingerprint}", "",
                        )  # fmt: skip
                        yield (*where[photo], tag)
