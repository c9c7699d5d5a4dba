"""When a photo was taken, as far as somebody or something can say."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class DateRange:
    """Years ``first`` to ``last``, both included.

    ``coverage`` is how often such a range holds the date, 0 to 1: 1 for what a person states.
    """

    first: int
    last: int
    coverage: float = 1.0


_PLAIN = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def plain_days(text: str) -> tuple[date, date]:
    """Return first and last day of a year, a month or a day in ISO 8601; raise ValueError."""
    match = _PLAIN.fullmatch(text)
    if match is None:
        raise ValueError(text)
    year, month, day = (int(part) if part else 0 for part in match.groups())
    if day:
        return (date(year, month, day),) * 2
    last = month or 12
    return date(year, month or 1, 1), date(year, last, calendar.monthrange(year, last)[1])
