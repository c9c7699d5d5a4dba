"""The archive as one viewer may see it (M7).

Whoever asks over the network gets a view and nothing else: a photo that is closed to the viewer is
unknown here, and neither its tags nor its number can be had.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any, Protocol

from archive_ai.archive.browsing import Browsing
from archive_ai.archive.citing import Citing
from archive_ai.archive.cropping import Cropping
from archive_ai.archive.duplicates import Duplicates
from archive_ai.archive.questions import Sent
from archive_ai.archive.searching import Asking, Searching
from archive_ai.archive.thumbnails import Thumbnail
from archive_ai.catalogue.visibility import Gate
from archive_ai.catalogue.visible_counts import VisibleCounts
from archive_ai.domain import (
    Beside,
    CollectionCount,
    ConceptCount,
    Crop,
    Duplicate,
    DuplicateGroup,
    Facets,
    Legend,
    ListedPhoto,
    Origin,
    PhotoDetails,
    PhotoId,
    Query,
    Record,
    SavedQuery,
    Scheme,
    SearchResult,
    Tag,
    Viewer,
)
from archive_ai.errors import UnknownPhoto
from archive_ai.images import Form
from archive_ai.ports import Reader
from archive_ai.searching.parse import parse


class Whole(Protocol):
    """What a view shows a part of: the whole archive."""

    searching: Searching
    citing: Citing
    duplicates: Duplicates
    cropping: Cropping

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

    def about(self) -> dict[str, str]:
        """Return whose archive it is, and which version of the program answers."""

    def picture(self, photo: PhotoId, size: int, form: Form) -> Thumbnail:
        """Return a small picture, read only where somebody wants it."""

    @property
    def browsing(self) -> Browsing:
        """Lists and numbers of what a viewer may see."""


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
        records = [_unplaced(record) for record in found.records]
        return replace(found, paths=paths, tags=_unsigned(found.tags), records=records)

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
            **self._whole.about(),
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

    def facets(self, text: str) -> Facets:
        """Count what a query finds by what filters it passes."""
        return self._whole.searching.facets(text, self.viewer)

    def save_query(self, text: str) -> SavedQuery:
        """Save a query under an id that can be cited."""
        return self._unsigned_query(self._whole.citing.save(parse(text).query, self.viewer.name))

    def saved_query(self, id_: str) -> SavedQuery:
        """Return a query that was saved; raise UnknownQuery."""
        return self._unsigned_query(self._whole.citing.get(id_))

    def ask_again(self, id_: str, limit: int = 20, cursor: str = "") -> SearchResult:
        """Ask a saved query anew."""
        return self._shown(self._whole.citing.again(id_, Asking(self.viewer, limit, cursor)))

    def _unsigned_query(self, saved: SavedQuery) -> SavedQuery:
        return saved if self.viewer.sees_closed else replace(saved, by="")

    def similar(self, photo: str, limit: int = 20, cursor: str = "") -> SearchResult:
        """Find photos like one of the archive."""
        asking = Asking(self.viewer, limit, cursor)
        return self._shown(self._whole.searching.similar(self.known(photo), 1, asking))

    def _shown(self, result: SearchResult) -> SearchResult:
        if self.viewer.sees_closed:
            return result
        hits = tuple(replace(hit, path=Path(hit.path.name)) for hit in result.hits)
        return replace(result, hits=hits)

    def duplicates(self, after: str = "", limit: int | None = None) -> list[DuplicateGroup]:
        """Return groups of photos of one picture, as far as this viewer may see them."""
        groups = self._whole.duplicates.all(self.viewer, after, limit)
        return [replace(one, members=tuple(map(self._told, one.members))) for one in groups]

    def duplicates_of(self, photo: str, limit: int = 20) -> list[Duplicate]:
        """Return what a photo has in common with others that this viewer may see."""
        found = self._whole.duplicates.of(self.known(photo), self.viewer, limit)
        return [self._told(one) for one in found]

    def _told(self, one: Duplicate) -> Duplicate:
        """Leave out in which folder a file lies where that is none of the viewer's business."""
        return one if self.viewer.sees_closed else replace(one, path=Path(one.path.name))

    def picture(self, photo: str, size: int, form: Form) -> Thumbnail:
        """Return a small picture of a photo, read only where somebody wants it."""
        return self._whole.picture(self.known(photo), size, form)

    def photos(self, after: str, limit: int, collection: str = "") -> list[ListedPhoto]:
        """List photos by id, those after the id ``after``; raise UnknownCollection."""
        return self._named(self._whole.browsing.photos(self.viewer, after, limit, collection))

    def listed(self, photos: Sequence[PhotoId]) -> list[ListedPhoto]:
        """Return those of ``photos`` that may be seen and have a present file."""
        return self._named(self._whole.browsing.listed(self.viewer, photos))

    def legends(self, photos: Sequence[PhotoId]) -> Mapping[PhotoId, Legend]:
        """Return what stands under those of ``photos`` that may be seen."""
        return self._whole.browsing.legends(self.viewer, photos)

    def beside(self, photo: str) -> list[Beside]:
        """Return photos that belong to one and may be seen; raise UnknownPhoto."""
        return self._whole.browsing.beside(self.viewer, self.known(photo))

    def crop(self, photo: str) -> Crop | None:
        """Return what the model that answers saw of a photo, if it did; raise UnknownPhoto."""
        return self._whole.cropping.of(self.known(photo))

    def ends_of_parts(self, collection: str, size: int) -> list[str]:
        """Return the ids of the photos that end each ``size`` photos of a collection."""
        return self._whole.browsing.ends_of_parts(self.viewer, collection, size)

    def records(self, photo: str) -> list[tuple[int, Record]]:
        """Return a photo's records with their numbers; raise UnknownPhoto."""
        found = self._whole.browsing.records(self.known(photo))
        if self.viewer.sees_closed:
            return found
        return [(number, _unplaced(record)) for number, record in found]

    def record(self, number: int) -> tuple[Record, list[ListedPhoto]]:
        """Return a record with its photos; raise UnknownPhoto where none may be seen."""
        record, photos = self._whole.browsing.record(self.viewer, number)
        return record if self.viewer.sees_closed else _unplaced(record), self._named(photos)

    def collections(self) -> list[CollectionCount]:
        """Return the collections with photos that may be seen, and how many."""
        return self._whole.browsing.collections(self.viewer)

    def collection(self, name: str) -> CollectionCount:
        """Return one collection; raise UnknownCollection where nothing of it may be seen."""
        return self._whole.browsing.collection(self.viewer, name)

    def schemes(self) -> list[Scheme]:
        """Return the schemes that the archive tags with, as they are today."""
        return self._whole.browsing.schemes()

    def scheme(self, name: str) -> Scheme:
        """Return a scheme as it is today; raise UnknownConcept."""
        return self._whole.browsing.scheme(name)

    def concept_counts(self, scheme: Scheme) -> dict[str, ConceptCount]:
        """Return how many photos that may be seen have each concept that may be told."""
        return self._whole.browsing.concept_counts(self.viewer, scheme)

    def _named(self, found: list[ListedPhoto]) -> list[ListedPhoto]:
        """Tell where files lie to those who work on the archive only; others get their names."""
        if self.viewer.sees_closed:
            return found
        return [replace(one, path=Path(one.path.name)) for one in found]


def _unsigned(tags: Sequence[Tag]) -> list[Tag]:
    """Leave out the names of people; a model's stays."""
    return [tag if tag.origin is Origin.MACHINE else replace(tag, by="") for tag in tags]


def _unplaced(record: Record) -> Record:
    """Leave of a key that is a path what the file is called."""
    return record if record.by_signature else replace(record, key=PurePosixPath(record.key).name)
