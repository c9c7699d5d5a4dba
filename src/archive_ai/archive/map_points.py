"""The map as one viewer may see it (M7): points, what they are coloured by, which photos they are.

Points are the photos that the viewer may see and that have a place, numbered by their ids. How the
layout was learned knows of all photos, closed ones too; which points there are does not.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from archive_ai.archive.concepts import CurrentLabels
from archive_ai.archive.mapping import ArchiveMap, is_stale, share_placed
from archive_ai.archive.opening import Opener
from archive_ai.catalogue.map_values import PhotosByValue
from archive_ai.catalogue.selecting import Demands, Selected, Selecting
from archive_ai.domain import (
    Colour,
    Filters,
    MapValue,
    MapValues,
    PhotoId,
    PhotoMap,
    SeenMap,
    Sensitivity,
    Status,
    Viewer,
)
from archive_ai.errors import MapChanged, NoMap, UnknownConcept, UsageError

MOST_VALUES = 12
"""Colours that can be told apart."""

KINDS = ("collection", "decade", "colour")
"""What points can be coloured by; and by ``tag:CONCEPT``."""

TAG = "tag:"

Ids = NDArray[np.bytes_]
Labelled = tuple[Mapping[str, str], Ids]

_OTHER = {"de": "andere", "en": "other"}
_UNKNOWN = {
    "collection": {"de": "ohne Sammlung", "en": "no collection"},
    "decade": {"de": "ohne Datum", "en": "no date"},
    "colour": {"de": "nicht gemessen", "en": "not measured"},
}
_COLOURS = {
    Colour.BLACK_AND_WHITE: {"de": "schwarzweiß", "en": "black and white"},
    Colour.TONED: {"de": "getönt", "en": "toned"},
    Colour.COLOUR: {"de": "farbig", "en": "colour"},
}
_STATUSES = (
    {"de": "nicht vergeben", "en": "not tagged"},
    {"de": "vorgeschlagen", "en": "suggested"},
    {"de": "bestätigt", "en": "accepted"},
)


class MapPoints:
    """The points of one archive's map; methods may be called from several threads."""

    def __init__(
        self,
        map_: ArchiveMap,
        opener: Opener,
        selecting: Selecting,
        values: PhotosByValue,
        labels: CurrentLabels,
    ) -> None:
        self._map = map_
        self._opener = opener
        self._selecting = selecting
        self._values = values
        self._labels = labels
        self._seen: dict[bool, tuple[PhotoMap, Selected, SeenMap]] = {}
        self._lock = Lock()

    def seen(self, viewer: Viewer) -> SeenMap:
        """Return the map as ``viewer`` may see it; raise NoMap, NothingIndexed."""
        opened, _ = self._opener.open()
        found = self._map.of(opened.generation)
        if found is None:
            raise NoMap(
                "No map of this archive was drawn yet.",
                "Draw it: archive-ai map, or as a job of the kind map.",
            )
        visible = self._selecting.select(Demands(), viewer, opened.generation.manifest_sha256)
        with self._lock:
            kept = self._seen.get(viewer.sees_closed)
            if kept is None or kept[0] is not found or kept[1] is not visible:
                seen = _seen(found, visible.ids, opened.generation.number)
                kept = self._seen[viewer.sees_closed] = found, visible, seen
            return kept[2]

    def values(self, viewer: Viewer, by: str) -> MapValues:
        """Return by what each point is coloured: one of ``KINDS``, or ``tag:CONCEPT``.

        A concept is meant with all that is narrower; 0: not on it, 1: suggested, 2: accepted.
        Raises UsageError, UnknownConcept, NoMap, NothingIndexed.
        """
        seen = self.seen(viewer)
        if by.startswith(TAG):
            return self._tagged(viewer, seen, by)
        if by not in KINDS:
            raise UsageError(
                "A map is not coloured by that.", f"There are: {', '.join(KINDS)}, tag:CONCEPT."
            )
        return _coloured(seen, by, self._labelled(by))

    def photos(self, viewer: Viewer, version: str, points: Sequence[int]) -> dict[int, PhotoId]:
        """Return the photos of points by their numbers, ascending.

        Raises MapChanged where ``version`` is no more, UsageError for a point that there is not.
        """
        seen = self.seen(viewer)
        if version != seen.version:
            raise MapChanged(
                "The map, or what of it may be seen, has changed: points have other numbers now.",
                "Ask for the map and its points anew.",
            )
        if any(not 0 <= point < len(seen.photos) for point in points):
            raise UsageError(
                "There is no such point.", f"Points are numbered from 0 to {len(seen.photos) - 1}."
            )
        return {point: PhotoId(seen.photos[point].decode("ascii")) for point in sorted(set(points))}

    def _labelled(self, by: str) -> list[Labelled]:
        asked: Mapping[str, Callable[[], list[Labelled]]] = {
            "collection": lambda: [
                ({"de": name, "en": name}, ids) for name, ids in self._values.collections().items()
            ],
            "decade": lambda: [
                ({"de": f"{year}er", "en": f"{year}s"}, ids)
                for year, ids in self._values.decades().items()
            ],
            "colour": lambda: [
                (_COLOURS[colour], ids) for colour, ids in self._values.colours().items()
            ],
        }
        return asked[by]()

    def _tagged(self, viewer: Viewer, seen: SeenMap, by: str) -> MapValues:
        labels = self._labels.get()
        meant = labels.meant(by.removeprefix(TAG))
        told = frozenset(
            key for key in meant if labels.concepts[key].sensitivity is not Sensitivity.REVIEW_FIRST
        )
        if not told:
            raise UnknownConcept(
                "This concept is shown to nobody over the network before it was reviewed.",
                "Look at it on the archive's own machine: archive-ai review.",
            )
        values = np.zeros(len(seen.photos), np.uint8)
        sealed = self._opener.open()[0].generation.manifest_sha256
        for value, status in enumerate((Status.SUGGESTED, Status.ACCEPTED), 1):
            filters = Filters(tags=(by,), statuses=(status,))
            found = self._selecting.select(Demands(filters, tags=told), viewer, sealed)
            values[_places(seen.photos, found.ids)] = value
        numbers = np.bincount(values, minlength=len(_STATUSES)).tolist()
        legend = tuple(map(MapValue, _STATUSES, numbers))
        return MapValues(seen.version, by, legend, values)


def _seen(found: PhotoMap, visible: Ids, generation: int) -> SeenMap:
    rows = _places(found.photos, visible)
    photos, positions, placings = found.photos[rows], found.positions[rows], found.placings[rows]
    version = hashlib.sha256(found.sha256.encode() + photos.tobytes()).hexdigest()[:32]
    low = positions.min(axis=0).tolist() if len(rows) else [0.0, 0.0]
    high = positions.max(axis=0).tolist() if len(rows) else [0.0, 0.0]
    return SeenMap(
        version,
        generation,
        found.drawn_at,
        photos,
        positions,
        share_placed(placings),
        len(visible) - len(photos),
        is_stale(placings),
        (low[0], low[1], high[0], high[1]),
    )


def _coloured(seen: SeenMap, by: str, known: Sequence[Labelled]) -> MapValues:
    """Colour points by the most frequent values, in the order in which these are ``known``."""
    owner = np.full(len(seen.photos), -1)
    for number, (_, ids) in reversed(list(enumerate(known))):
        owner[_places(seen.photos, ids)] = number  # of several values the first one stands
    numbers = np.bincount(owner[owner >= 0], minlength=len(known))
    bare = int(np.count_nonzero(owner < 0))
    most = MOST_VALUES - (bare > 0)
    chosen = np.flatnonzero(numbers)
    if len(chosen) > most:
        chosen = np.sort(np.argsort(-numbers, kind="stable")[: most - 1])
    rest = int(numbers.sum() - numbers[chosen].sum())
    legend = [MapValue(known[one][0], int(numbers[one])) for one in chosen.tolist()]
    # The place behind the last known value is that of points without any: owner -1 leads there.
    value_of = np.full(len(known) + 1, len(chosen), np.uint8)
    value_of[chosen] = np.arange(len(chosen))
    if rest:
        legend.append(MapValue(_OTHER, rest))
    if bare:
        value_of[-1] = len(legend)
        legend.append(MapValue(_UNKNOWN[by], bare))
    return MapValues(seen.version, by, tuple(legend), value_of[owner])


def _places(photos: Ids, wanted: Ids) -> NDArray[np.int64]:
    """Return the places in ``photos``, ascending, of those of ``wanted`` that are among them."""
    if not len(photos):
        return np.zeros(0, np.int64)
    places = np.minimum(np.searchsorted(photos, wanted), len(photos) - 1)
    found: NDArray[np.int64] = places[photos[places] == wanted]
    return found
