"""When photos were taken, learned from dated ones of the same archive."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from archive_ai.archive.folder import Folder
from archive_ai.archive.opening import Opener
from archive_ai.archive.reviewing import Reviewing
from archive_ai.catalogue.learning import Learning
from archive_ai.catalogue.photos import Photos
from archive_ai.domain import DateRange, PhotoId
from archive_ai.errors import BadTable, NothingIndexed, UnknownPhoto, UsageError
from archive_ai.exchange.dated import read_dates, write_estimates
from archive_ai.tagging.dating import DateModel, learn_dates

KEY = "#dates"
"""Under what scheme and concept the catalogue keeps it; no scheme has such a name."""

AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class Dated:
    """What a photo's vector says of its date, and by which model."""

    range: DateRange
    model: DateModel


class Dating:
    """Dates of one archive: estimates, never what a person knows."""

    def __init__(
        self,
        folder: Folder,
        opener: Opener,
        learning: Learning,
        photos: Photos,
        reviewing: Reviewing,
    ) -> None:
        self._folder = folder
        self._opener = opener
        self._learning = learning
        self._photos = photos
        self._reviewing = reviewing

    def learn(self, table: Path, coverage: float = 0.9) -> DateModel:
        """Learn from a table of dated photos; ranges are to hold ``coverage`` of the dates.

        A photo without a series belongs to that of its folder. Raises PathMissing, BadTable for a
        fault or a photo that the archive does not hold, and UsageError for too few series.
        """
        rows = read_dates(table)
        opened, _ = self._opener.open()
        known = set(opened.index.photos)
        photos: list[PhotoId] = []
        dates, named = [], []
        for row in rows:
            photo = self._reviewing.find(row.path, row.page, table.parent)
            if photo is None:
                raise BadTable(
                    f"{table}, line {row.line}: this archive holds no photo {row.path}.",
                    "Give an id from a search, or a path that was indexed.",
                )
            if photo in known:
                photos.append(photo)
                dates.append(row.date)
                named.append(row.series)
        if not photos:
            raise UsageError(f"{table} dates no photo of this archive.", "Fill the column date.")
        where = self._photos.locate(photos)
        series = [
            name or (str(where[photo][0].parent) if photo in where else photo)
            for photo, name in zip(photos, named, strict=True)
        ]
        fingerprint = opened.generation.card.fingerprint
        model = learn_dates(opened.index.rows(photos), dates, series, fingerprint, coverage)
        content = model.to_json()
        report = {name: value for name, value in content.items() if name != "folds"}
        with self._folder.writing():
            self._learning.keep((KEY, ""), fingerprint, KEY, content, report, kept=True)
        return model

    def of(self, name: str, page: int = 1) -> Dated:
        """Return the years that a photo is from, given by id or path.

        Raises UnknownPhoto, NothingIndexed for a photo without a vector, and UsageError before
        anything was learned.
        """
        photo = self._reviewing.find(name, page, Path())
        if photo is None:
            raise UnknownPhoto(
                f"This archive holds no photo {name}.",
                "Give an id from a search, or a path that was indexed.",
            )
        opened, _ = self._opener.open()
        model = self._model(opened.generation.card.fingerprint)
        try:
            vector = opened.index.rows([photo])
        except KeyError:
            raise NothingIndexed(
                f"{name} has no vector in the active generation.",
                "Index it first: archive-ai index.",
            ) from None
        return Dated(model.predict(vector, model.fingerprint)[0], model)

    def export(self, stream: TextIO) -> int:
        """Write the years of every photo to an open text stream; return how many."""
        opened, _ = self._opener.open()
        card = opened.generation.card
        model = self._model(card.fingerprint)
        count = 0

        def rows() -> Iterator[tuple[PhotoId, Path, int, DateRange]]:
            nonlocal count
            photos = opened.index.photos
            for start in range(0, len(photos), AT_ONCE):
                part = photos[start : start + AT_ONCE]
                vectors = opened.index.block(start, start + len(part))
                where = self._photos.locate(part)
                for photo, date in zip(
                    part, model.predict(vectors, model.fingerprint), strict=True
                ):
                    if photo in where:
                        count += 1
                        yield (photo, *where[photo], date)

        write_estimates(stream, rows(), f"{card.name}@{card.fingerprint}")
        return count

    def _model(self, fingerprint: str) -> DateModel:
        content = self._learning.in_use(KEY, fingerprint).get(KEY)
        if content is None:
            raise UsageError(
                "Nothing was learned of dates with this model.",
                "Learn from dated photos: archive-ai dates learn TABLE.csv.",
            )
        return DateModel.from_json(fingerprint, content)
