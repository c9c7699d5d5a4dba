"""What the model that answers sees of a picture: all of it, or what its square leaves."""

from __future__ import annotations

from archive_ai.archive.opening import Opener
from archive_ai.catalogue.files import Files
from archive_ai.catalogue.photos import Photos
from archive_ai.domain import Crop, PhotoId
from archive_ai.errors import MissingExtra, ModelUnusable, NothingIndexed, UnknownModel
from archive_ai.images.geometry import framing


class Cropping:
    """Tells what the active generation's encoder saw of the photos of one archive."""

    def __init__(self, opener: Opener, photos: Photos, files: Files) -> None:
        self._opener = opener
        self._photos = photos
        self._files = files

    def of(self, photo: PhotoId) -> Crop | None:
        """Return the part of a photo that was seen; None where no model that answers saw it."""
        found = self._photos.get(photo)
        try:
            generation = self._opener.generation()
        except (NothingIndexed, ModelUnusable, UnknownModel, MissingExtra):
            return None  # a photo can be looked at while nothing can be asked
        if found is None or not self._files.with_vector(generation.number, [photo]):
            return None
        size, preprocessing = (found.width, found.height), generation.card.preprocessing
        left, top, right, bottom = framing(size, preprocessing).box
        if preprocessing.resize == "longest":  # what is missing to a square is filled
            beyond = [(max(size) - side) / 2 for side in size]
            left, right = left - beyond[0], right + beyond[0]
            top, bottom = top - beyond[1], bottom + beyond[1]
        return Crop(
            generation.card.name,
            round(left, 2),
            round(top, 2),
            round(right - left, 2),
            round(bottom - top, 2),
            squeezed=preprocessing.resize == "squash" and found.width != found.height,
        )
