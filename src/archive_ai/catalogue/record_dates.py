"""Which dates are taken for a photo's: what a file says of itself counts where no table speaks."""

from __future__ import annotations

from sqlalchemy import ColumnElement, or_, select

from archive_ai.catalogue import schema
from archive_ai.domain import RecordSource


def date_counts() -> ColumnElement[bool]:
    """Return the condition that the date of a record counts for the photo that it is joined to."""
    record, joined = schema.record, schema.record_photo
    other, link = record.alias(), joined.alias()
    spoken = (
        select(other.c.id)
        .join(link, link.c.record_id == other.c.id)
        .where(link.c.photo_id == joined.c.photo_id, other.c.source == RecordSource.TABLE.value)
        .correlate(joined)
        .exists()
    )
    return or_(record.c.source == RecordSource.TABLE.value, ~spoken)
