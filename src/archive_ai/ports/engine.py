"""What spreads work over processors."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from typing import Protocol, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


class Engine(Protocol):
    """Runs one function over many items at once."""

    def map(
        self, work: Callable[[Item], Result], items: Iterable[Item]
    ) -> Generator[Result, None, None]:
        """Yield ``work(item)`` in the order of ``items``.

        Only a few items are taken ahead of what was yielded, so that memory stays flat. A caller
        that stops early closes the generator: work that has not begun is dropped.
        """
