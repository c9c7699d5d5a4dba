"""What was suggested of a concept when somebody last looked, kept while it holds.

To score a whole archive takes too long to do it after each decision, only to say how many wait.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock

from archive_ai.domain import PhotoId
from archive_ai.tagging.queues import drawn

MOST = 32
"""Of so many concepts it is kept: more are hardly reviewed at once."""

Key = tuple[str, str]  # scheme and concept


class SuggestedPhotos:
    """The photos that a concept is suggested for, of the concepts that were looked at last."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Key, tuple[object, Sequence[PhotoId]]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Key, state: object) -> Sequence[PhotoId] | None:
        """Return the photos in the order of a sample; None if ``state`` is another one by now."""
        with self._lock:
            known = self._kept.get(key)
            if known is None or known[0] != state:
                return None
            self._kept.move_to_end(key)
            return known[1]

    def keep(self, key: Key, state: object, photos: Sequence[PhotoId]) -> Sequence[PhotoId]:
        """Keep the photos in the order of a sample, and return them."""
        order = drawn(photos, key[1])
        with self._lock:
            self._kept[key] = state, order
            self._kept.move_to_end(key)
            if len(self._kept) > MOST:
                self._kept.popitem(last=False)
        return order
