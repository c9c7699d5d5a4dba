"""The archive as one viewer may see it (M7).

Whoever asks over the network gets a view and nothing else: a photo that is closed to the viewer is
unknown here, and neither its tags nor its number can be had.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

from archive_ai.archive.searching import Asking, Searching, Sent
from archive_ai.catalogue.visibility import Gate
from archive_ai.catalogue.visible_counts import VisibleCounts
from archive_ai.domain import Origin, PhotoDetails, PhotoId, Query, SearchResult, Tag, Viewer
from archive_ai.errors import UnknownPhoto
from archive_ai.ports import Reader


class Whole(Protocol):
    """What a view shows a part of: the whole archive."""

    searching: Searching

    @property
    def sent_reader(self) -> Reader:
        """What pictures that somebody sent are decoded by."""

    def photo(self, photo: str, page: int = 1) -> PhotoDetails:
        """Return a photo by id or path."""

    def tags(self, photos: Sequence[PhotoId]) -> dict[PhotoId, list[Tag]]:
        """Return the tags of each photo."""

    def thumbnail(self, photo: str, size: int) -> bytes:
        """Return a small picture."""

    def holdings(self) -> tuple[int, str] | None:
        """Return how many photos answer, and by which model."""

    def status(self) -> dict[str, Any]:
        """Return what the archive holds."""


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
        paths = [Path(path.name) for path in found.paths]
        return replace(found, paths=paths, tags=_unsigned(found.tags))

    def tags(self, photos: Sequence[PhotoId]) -> dict[PhotoId, list[Tag]]:
        """Return the tags of those photos that may be seen; readers are not told who decided."""
        found = self._whole.tags(sorted(self._gate.visible(self.viewer, photos)))
        if self.viewer.sees_closed:
            return found
        return {photo: _unsigned(tags) for photo, tags in found.items()}

    def holdings(self) -> tuple[int, str] | None:
        """Return how many photos answer and their model's name, None before anything is indexed."""
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

    def thumbnail(self, photo: str, size: int) -> bytes:
        """Return a small picture of a photo."""
        return self._whole.thumbnail(self.known(photo), size)

    def search(
        self, text: str, limit: int = 20, cursor: str = "", sent: Sequence[Sent] = ()
    ) -> SearchResult:
        """Find photos by what somebody typed, and by pictures that were sent with it."""
        asking = Asking(self.viewer, limit, cursor)
        reader = self._whole.sent_reader
        return self._shown(self._whole.searching.words(text, asking, sent, reader))

    def ask(self, query: Query, limit: int = 20, cursor: str = "") -> SearchResult:
        """Answer a query."""
        return self._shown(self._whole.searching.ask(query, Asking(self.viewer, limit, cursor)))

    def similar(self, photo: str, limit: int = 20, cursor: str = "") -> SearchResult:
        """Find photos like one of the archive."""
        asking = Asking(self.viewer, limit, cursor)
        return self._shown(self._whole.searching.similar(self.known(photo), 1, asking))

    def _shown(self, result: SearchResult) -> SearchResult:
        if self.viewer.sees_closed:
            return result
        hits = tuple(replace(hit, path=Path(hit.path.name)) for hit in result.hits)
        return replace(result, hits=hits)


def _unsigned(tags: Sequence[Tag]) -> list[Tag]:
    """Leave out the names of people; a model's stays."""
    return [tag if tag.origin is Origin.MACHINE else replace(tag, by="") for tag in tags]
