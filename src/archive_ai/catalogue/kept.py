"""Something that takes long to derive, kept until what it depends on has moved."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Kept(Generic[Value]):
    """One derived value; of many threads that ask at once, one derives it.

    Whoever asks must hold no connection: who holds one and waits for another may wait for ever.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: tuple[object, Value] | None = None

    def get(self, state: Callable[[], object], derive: Callable[[Value | None], Value]) -> Value:
        """Return what was derived in the same ``state``, else derive it, from the last one.

        The state is read first, so that what is derived is never older than it.
        """
        with self._lock:
            now = state()
            if self._kept is None or self._kept[0] != now:
                before = self._kept[1] if self._kept else None
                self._kept = now, derive(before)
            return self._kept[1]
