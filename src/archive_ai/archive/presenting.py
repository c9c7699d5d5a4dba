"""Photos, records and collections as IIIF documents, for one viewer at one address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from archive_ai.archive.thumbnails import THUMBNAIL_SIZES
from archive_ai.archive.tiles import tiled
from archive_ai.archive.viewing import View
from archive_ai.domain import ListedPhoto, Photo, Record
from archive_ai.errors import UnknownPhoto
from archive_ai.exchange import iiif
from archive_ai.exchange.iiif import Leaf, Publisher
from archive_ai.images import TILE, thumbnail_size

MANIFESTS_A_COLLECTION = 500
"""A collection that has more photos is told in parts of as many."""

START = "p_"
"""Comes before every photo's id."""


class Presentation:
    """What a viewer may see of an archive, as IIIF documents."""

    def __init__(self, view: View, publisher: Publisher) -> None:
        self._view = view
        self._publisher = publisher

    def image(self, photo: str) -> dict[str, Any]:
        """Describe a photo's image service; raise UnknownPhoto."""
        found = self._view.photo(photo).photo
        layout = tiled(found)
        leaf = Leaf(found, "", list(served(found)))
        return iiif.image_service(self._publisher, leaf, layout.factors if layout else (), TILE)

    def longest(self, photo: str, size: str) -> int | None:
        """Return the longest side of the picture that ``size`` (``max`` or ``w,h``) asks for.

        None if it is not served. Raises UnknownPhoto.
        """
        sizes = served(self._view.photo(photo).photo)
        if size == "max":
            return list(sizes.values())[-1]
        return {f"{width},{height}": side for (width, height), side in sizes.items()}.get(size)

    def photo(self, photo: str) -> dict[str, Any]:
        """Return a photo's manifest; raise UnknownPhoto, also where no file of it is present."""
        known = self._view.known(photo)
        listed = self._view.listed([known])
        if not listed:
            raise UnknownPhoto(f"No file of {known} is present.", "Index again once it is there.")
        records = [record for _, record in self._view.records(known)]
        return self._manifest(self._publisher.photo(known), listed, records)

    def record(self, number: int) -> dict[str, Any]:
        """Return the manifest of a record, with those of its photos that may be seen.

        Raises UnknownPhoto where there are none.
        """
        record, photos = self._view.record(number)
        listed = sorted(photos, key=lambda one: (one.path, one.photo.page))
        return self._manifest(self._publisher.record(number), listed, [record])

    def collections(self) -> dict[str, Any]:
        """Return the collection of all collections in which something may be seen."""
        items = [
            iiif.named_collection(self._publisher.collection(one.name), {"none": [one.name]})
            for one in self._view.collections()
        ]
        name = self._publisher.institution
        label = {"none": [name]} if name else {"de": ["Bestände"], "en": ["Collections"]}
        return iiif.collection(self._publisher, self._publisher.collection(), label, items)

    def collection(self, name: str, after: str = "") -> dict[str, Any]:
        """Return a collection of manifests, or of its parts if it is large.

        ``after`` names a part: it begins with the first photo after this id. Raises
        UnknownCollection.
        """
        size = MANIFESTS_A_COLLECTION
        label = {"none": [name]}
        if not after:
            count = self._view.collection(name).photos
            if count > size:
                parts = [START, *self._view.ends_of_parts(name, size)][: -(-count // size)]
                items = [self._part(name, place, part) for place, part in enumerate(parts)]
                id_ = self._publisher.collection(name)
                return iiif.collection(self._publisher, id_, label, items)
        items = [
            iiif.named_manifest(self._publisher, _leaf(one))
            for one in self._view.photos(after, size, name)
        ]
        id_ = self._publisher.collection(name, after)
        return iiif.collection(self._publisher, id_, label, items)

    def _part(self, name: str, place: int, after: str) -> dict[str, Any]:
        first = place * MANIFESTS_A_COLLECTION + 1
        label = {"de": [f"Fotos ab Nummer {first}"], "en": [f"Photos from number {first}"]}
        return iiif.named_collection(self._publisher.collection(name, after), label)

    def _manifest(
        self, id_: str, listed: Sequence[ListedPhoto], records: Sequence[Record]
    ) -> dict[str, Any]:
        tags = self._view.tags([one.photo.id for one in listed])
        leaves = [
            replace(
                _leaf(one),
                tags=tags.get(one.photo.id, ()),
                records=[number for number, _ in self._view.records(one.photo.id)],
            )
            for one in listed
        ]
        collections = [name for one in listed for name in one.collections]
        return iiif.manifest(self._publisher, id_, leaves, records, collections)


def served(photo: Photo) -> dict[tuple[int, int], int]:
    """Return width and height of the pictures that are served of a photo, with their longest side.

    The smallest comes first.
    """
    upright = (photo.width, photo.height)
    found: dict[tuple[int, int], int] = {}
    for longest in THUMBNAIL_SIZES:
        found.setdefault(thumbnail_size(upright, longest), longest)
    return found


def _leaf(listed: ListedPhoto) -> Leaf:
    photo = listed.photo
    name = listed.path.name if photo.page == 1 else f"{listed.path.name}, {photo.page}"
    return Leaf(photo, name, list(served(photo)))
