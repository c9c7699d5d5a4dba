"""What a record closes by itself: by a word of a person, by an embargo, or by its date."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy import ColumnElement, Integer, and_, cast, false, func, or_

from archive_ai.catalogue import schema
from archive_ai.domain import ClosureRules, Visibility


def today() -> date:
    """Return the day by which embargoes and periods run out (UTC)."""
    return datetime.now(UTC).date()


def named(day: date) -> ColumnElement[bool]:
    """Return the condition that a record says of its photos that they are closed on ``day``."""
    record = schema.record
    return or_(
        record.c.visibility == Visibility.CLOSED.value,
        record.c.closed_until >= day.isoformat(),
    )


def dated() -> ColumnElement[bool]:
    """Return the condition that something is known of when a record's photos were taken."""
    return or_(schema.record.c.first.is_not(None), schema.record.c.last.is_not(None))


def recent(rules: ClosureRules, day: date) -> ColumnElement[bool]:
    """Return the condition that the archive's period has not run out on ``day``.

    It runs to the end of the year that lies so many years after the last of the date. A date
    that only begins (``nach 2015``) is open to the present.
    """
    if not rules.years:
        return false()
    record = schema.record
    year = cast(func.substr(record.c.last, 1, 4), Integer)
    begun = and_(record.c.first.is_not(None), record.c.last.is_(None))
    return or_(year + rules.years >= day.year, begun)


def closes(rules: ClosureRules, day: date) -> ColumnElement[bool]:
    """Return the condition that a record by itself closes its photos on ``day``."""
    return or_(named(day), recent(rules, day))
