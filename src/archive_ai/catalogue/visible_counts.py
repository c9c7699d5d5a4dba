"""How much there is for somebody to see: counts that closed photos are no part of (M7).

Everything is counted anew for whoever asks, in memory: see :mod:`.by_value`. What is counted is
asked for before who may see it, so that no photo is counted that came in between.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from archive_ai.catalogue.photo_values import PhotoValues
from archive_ai.catalogue.places import Ids, Mask, Which
from archive_ai.catalogue.seen_places import SeenPlaces
from archive_ai.catalogue.tag_values import TagValues
from archive_ai.domain import CollectionCount, Status, Viewer


class VisibleCounts:
    """Counts of what may be seen of the catalogue."""

    def __init__(self, values: PhotoValues, tags: TagValues, seen: SeenPlaces) -> None:
        self._values = values
        self._tags = tags
        self._seen = seen

    def photos(self, viewer: Viewer) -> int:
        """Count the photos with a present file that a viewer may see."""
        present = self._values.collections().photos
        return int(np.count_nonzero(self._present(present, viewer)))

    def shown(self, viewer: Viewer, collections: Sequence[str] = ()) -> Ids:
        """Return the ids (n,) of photos with a present file that a viewer may see, ascending.

        Only those in one of ``collections``, where they are given.
        """
        found = self._values.collections()
        photos = found.photos
        if collections:
            parts = [part for name, part in found.parts() if name in collections]
            photos = np.concatenate([np.zeros(0, np.int32), *parts])
        mask = self._present(photos, viewer)
        return np.sort(self._values.places.get().ids[: len(mask)][mask])

    def tags(self, viewer: Viewer) -> dict[str, int]:
        """Count the tags that may be told, by status, of photos that a viewer may see."""
        told = self._tags.told()
        seen = self._seen.mask(viewer)
        by_people = (
            (Status.ACCEPTED.value, told.accepted),
            (Status.REJECTED.value, told.rejected),
        )
        found = {Status.SUGGESTED.value: sum(told.suggested.count(seen).values())}
        counts = {status: sum(tags.count(seen).values()) for status, tags in by_people}
        return found | {status: number for status, number in counts.items() if number}

    def collections(self, viewer: Viewer) -> list[CollectionCount]:
        """Return collections by name with how many photos may be seen, if there are any."""
        collections = self._values.collections()
        found = collections.count(self._seen.mask(viewer))
        return [CollectionCount(name, found[name]) for name in sorted(found)]

    def concepts(self, viewer: Viewer, scheme: str) -> dict[str, tuple[int, int, int]]:
        """Return on how many photos each concept is accepted, suggested and undecided, rejected."""
        told = self._tags.told()
        present = self._values.collections().photos
        wanted = self._present(present, viewer)
        accepted, suggested, rejected = (
            {
                concept: number
                for (of, concept), number in tags.count(wanted).items()
                if of == scheme
            }
            for tags in (told.accepted, told.suggested, told.rejected)
        )
        return {
            name: (accepted.get(name, 0), suggested.get(name, 0), rejected.get(name, 0))
            for name in sorted({*accepted, *suggested, *rejected})
        }

    def _present(self, present: Which, viewer: Viewer) -> Mask:
        """Tell of each place whether it is ``present`` and may be seen."""
        seen = self._seen.mask(viewer)
        there = np.zeros(len(seen), bool)
        there[present] = True
        return there & seen
