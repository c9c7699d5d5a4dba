"""Counts photos of a given set by collection, decade, format, colour, kind and tag."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from archive_ai.catalogue.photo_values import PhotoValues
from archive_ai.catalogue.places import Ids
from archive_ai.catalogue.tag_values import TagValues

Count = tuple[str, int]


class FacetCounts:
    """Counts what filters a set of photos passes; whoever asks has looked who may see them."""

    def __init__(self, values: PhotoValues, tags: TagValues) -> None:
        self._values = values
        self._tags = tags

    def count(self, photos: Ids) -> dict[str, list[Count]]:
        """Return values with numbers of photos, by field, the most frequent first.

        Decades come by time, a photo in each in which its date may lie, as ``1930..1939``. Tags
        are keyed ``scheme/concept``, accepted or suggested, as far as they may be told (M7).
        """
        values = self._values
        plain = {
            "sammlung": values.collections(),
            "format": values.formats(),
            "farbe": values.colours(),
            "art": values.kinds(),
        }
        decades, told = values.decades(), self._tags.told()
        wanted = values.places.get().mask(photos)
        found = {name: _most_first(known.count(wanted)) for name, known in plain.items()}
        by_time = sorted(decades.count(wanted).items())
        found["jahr"] = [(f"{first}..{first + 9}", number) for first, number in by_time]
        # No tag is both: what people decided of a photo is no suggestion any more.
        tags = Counter(told.suggested.count(wanted)) + Counter(told.accepted.count(wanted))
        found["tag"] = _most_first({f"{of}/{concept}": n for (of, concept), n in tags.items()})
        return found


def _most_first(counts: Mapping[str, int]) -> list[Count]:
    return sorted(counts.items(), key=lambda one: (-one[1], one[0]))
