"""Cuts what is asked of the catalogue into parts that one SQL statement can carry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

Value = TypeVar("Value")

VARIABLES = 500
"""How many values one statement carries at most."""


def chunks(values: Sequence[Value]) -> Iterator[Sequence[Value]]:
    """Cut ``values`` into parts that one SQL statement can carry."""
    for start in range(0, len(values), VARIABLES):
        yield values[start : start + VARIABLES]
