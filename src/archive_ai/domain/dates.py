"""When a photo was taken, as far as somebody or something can say."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DateRange:
    """Years ``first`` to ``last``, both included.

    ``coverage`` is how often such a range holds the date, 0 to 1: 1 for what a person states.
    """

    first: int
    last: int
    coverage: float = 1.0
