"""What was measured on photos: read by tagging, written by indexing with the photos."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Engine, select

from archive_ai.catalogue import schema
from archive_ai.catalogue.chunks import chunks
from archive_ai.domain import Colour, Measures, PhotoId, orientation


class MeasureCatalogue:
    """The catalogue's measures."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of(self, photos: Sequence[PhotoId]) -> Iterator[tuple[PhotoId, Measures]]:
        """Yield each of ``photos`` that was measured, in their order, with what was found."""
        photo, measure = schema.photo, schema.measure
        for part in chunks(photos):
            query = (
                select(measure, photo.c.width, photo.c.height)
                .join(photo, photo.c.id == measure.c.photo_id)
                .where(measure.c.photo_id.in_(part))
            )
            with self._engine.connect() as connection:
                found = {row.photo_id: row for row in connection.execute(query)}
            for photo_id in part:
                row = found.get(photo_id)
                if row is not None:
                    yield (
                        photo_id,
                        Measures(
                            Colour(row.colour),
                            row.tint,
                            row.chroma,
                            orientation((row.width, row.height)),
                            row.negative,
                            row.positive_score,
                            row.blank,
                            row.detail,
                        ),
                    )
