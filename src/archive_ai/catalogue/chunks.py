"""Lists of many values: cut into parts that one SQL statement can carry, or as one value of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TypeVar

from sqlalchemy import Select, func, select

Value = TypeVar("Value")

VARIABLES = 500
"""How many values one statement carries at most."""


def chunks(values: Sequence[Value]) -> Iterator[Sequence[Value]]:
    """Cut ``values`` into parts that one SQL statement can carry."""
    for start in range(0, len(values), VARIABLES):
        yield values[start : start + VARIABLES]


def listed(numbers: Sequence[int]) -> Select[tuple[int]]:
    """Return a list of numbers of any length as a part of a statement."""
    values = func.json_each(json.dumps(list(numbers))).table_valued("value")
    return select(values.c.value)
