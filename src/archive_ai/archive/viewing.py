"""The archive as one viewer may see it (M7).

Whoever asks over the network gets a view and nothing else: a photo that is closed to the viewer is
unknown here, and neither its tags nor its number can be had.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

from archive_ai.catalogue.visibility import Gate
from archive_ai.catalogue.visible_counts import VisibleCounts
from archive_ai.domain import PhotoDetails, PhotoId, SearchResult, Strength, Tag, Viewer
from archive_ai.errors import UnknownPhoto


class Whole(Protocol):
    """What a view shows a part of: the whole archive."""

    def photo(self, photo: str, page: int = 1) -> PhotoDetails:
        """Return a photo by id or path."""

    def tags(self, photos: Sequence[PhotoId]) -> dict[PhotoId, list[Tag]]:
        """Return the tags of each photo."""

    def thumbnail(self, photo: str, size: int) -> bytes:
        """Return a small picture."""

    def holdings(self) -> tuple[int, str] | None:
        """Return how many vectors answer and their model's name."""

    def status(self) -> dict[str, Any]:
        """Return what the archive holds."""

    def search(self, text: str, limit: int = 20) -> SearchResult:
        """Find photos by words."""

    def similar(self, photo: str, page: int = 1, limit: int = 20) -> SearchResult:
        """Find photos like one."""

    def search_picture(self, path: Path, name: str, limit: int = 20) -> SearchResult:
        """Find photos like a picture that somebody sent."""


MOST_HITS = 1000


class View:
    """What ``viewer`` may see of an archive."""

    def __init__(self, whole: Whole, gate: Gate, counts: VisibleCounts, viewer: Viewer) -> None:
        self._whole = whole
        self._gate = gate
        self._counts = counts
        self.viewer = viewer

    def known(self, photo: str) -> PhotoId:
        """Return a photo's id; raise UnknownPhoto where this viewer may not see it."""
        if not self._gate.visible(self.viewer, [PhotoId(photo)]):
            raise UnknownPhoto(
                f"This archive holds no photo {photo}.", "Give an id as a search returns it."
            )
        return PhotoId(photo)

    def photo(self, photo: str) -> PhotoDetails:
        """Return a photo; where files lie is told to those who work on the archive only."""
        found = self._whole.photo(self.known(photo))
        if self.viewer.sees_closed:
            return found
        return replace(found, paths=[Path(path.name) for path in found.paths])

    def tags(self, photos: Sequence[PhotoId]) -> dict[PhotoId, list[Tag]]:
        """Return the tags of those photos that may be seen."""
        return self._whole.tags(sorted(self._gate.visible(self.viewer, photos)))

    def thumbnail(self, photo: str, size: int) -> bytes:
        """Return a small picture of a photo."""
        return self._whole.thumbnail(self.known(photo), size)

    def holdings(self) -> tuple[int, str] | None:
        """Return how many photos can be found and the name of the model that answers."""
        found = self._whole.holdings()
        if found is None or self.viewer.sees_closed:
            return found
        return self._counts.photos(self.viewer), found[1]

    def status(self) -> dict[str, Any]:
        """Return what the archive holds; a reader learns the numbers of what may be seen."""
        if self.viewer.sees_closed:
            return self._whole.status()
        return {
            "photos": self._counts.photos(self.viewer),
            "tags": self._counts.tags(self.viewer),
        }

    def search(self, text: str, limit: int = 20) -> SearchResult:
        """Find photos by words."""
        if self.viewer.sees_closed:
            return self._whole.search(text, limit)
        return self._open_hits(self._whole.search(text, MOST_HITS), limit)

    def similar(self, photo: str, limit: int = 20) -> SearchResult:
        """Find photos like one; raise UnknownPhoto where this viewer may not see it."""
        known = self.known(photo)
        if self.viewer.sees_closed:
            return self._whole.similar(known, limit=limit)
        return self._open_hits(self._whole.similar(known, limit=MOST_HITS), limit)

    def search_picture(self, path: Path, name: str, limit: int = 20) -> SearchResult:
        """Find photos like a picture that somebody sent."""
        if self.viewer.sees_closed:
            return self._whole.search_picture(path, name, limit)
        return self._open_hits(self._whole.search_picture(path, name, MOST_HITS), limit)

    def _open_hits(self, result: SearchResult, limit: int) -> SearchResult:
        seen = self._gate.visible(self.viewer, [hit.photo for hit in result.hits])
        hits = [replace(hit, path=Path(hit.path.name)) for hit in result.hits if hit.photo in seen]
        strong = sum(hit.strength is Strength.STRONG for hit in hits)
        return replace(result, hits=tuple(hits[:limit]), total_strong=strong)
