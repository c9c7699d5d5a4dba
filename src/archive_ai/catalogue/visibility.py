"""Which photos may be seen by whom: the one place that decides (M7).

A photo is closed if any of its records says so, if an embargo has not run out, or if the archive's
own rules close it by its date. Every question that is asked for a reader goes through here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from sqlalchemy import ColumnElement, Engine, and_, or_, select, true

from archive_ai.catalogue import schema
from archive_ai.catalogue.chunks import chunks
from archive_ai.catalogue.closing import dated, named, recent, today
from archive_ai.catalogue.moves import PRESENCE, RECORDS
from archive_ai.domain import ClosureRules, PhotoId, RecordSource, Viewer


class Gate:
    """Decides what is closed today, by records and by the archive's rules."""

    def __init__(
        self, engine: Engine, rules: ClosureRules, clock: Callable[[], date] = today
    ) -> None:
        self._engine = engine
        self._rules = rules
        self._clock = clock

    def sees(self, viewer: Viewer, photo: ColumnElement[str]) -> ColumnElement[bool]:
        """Return the condition that ``viewer`` may see the photo whose id is ``photo``."""
        return true() if viewer.sees_closed else ~self.closed(photo)

    def closed(self, photo: ColumnElement[str]) -> ColumnElement[bool]:
        """Return the condition that the photo whose id is ``photo`` is closed today."""
        record, link = schema.record, schema.record_photo
        day = self._clock()
        of_photo = (
            select(record.c.id)
            .join(link, link.c.record_id == record.c.id)
            .where(link.c.photo_id == photo)
            .correlate_except(record, link)
        )
        found: list[ColumnElement[bool]] = [of_photo.where(named(day)).exists()]
        table = of_photo.where(record.c.source == RecordSource.TABLE.value)
        embedded = of_photo.where(record.c.source == RecordSource.EMBEDDED.value)
        # What a file says of itself opens nothing that a person described, and closes it only
        # where no person says when it is from.
        if self._rules.unknown_date_closed:
            told = and_(embedded.where(dated()).exists(), ~table.exists())
            found.append(~or_(table.where(dated()).exists(), told))
        if self._rules.years:
            late = recent(self._rules, day)
            found.append(table.where(late).exists())
            found.append(and_(embedded.where(late).exists(), ~table.where(dated()).exists()))
        return or_(*found)

    def visible(self, viewer: Viewer, photos: Iterable[PhotoId]) -> set[PhotoId]:
        """Return those of ``photos`` that are in the catalogue and may be seen by ``viewer``."""
        table = schema.photo
        found: set[PhotoId] = set()
        with self._engine.connect() as connection:
            for part in chunks(list(photos)):
                query = select(table.c.id).where(
                    and_(table.c.id.in_(part), self.sees(viewer, table.c.id))
                )
                found.update(PhotoId(one) for one in connection.execute(query).scalars())
        return found

    def state(self) -> tuple[object, ...]:
        """Return what changes whenever anybody may see more or fewer photos than before."""
        table = schema.change
        who = table.c.name.in_((PRESENCE, RECORDS))
        query = select(table.c.name, table.c.number).where(who).order_by(table.c.name)
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
        return (self._clock(), self._rules, *(tuple(row) for row in rows))
