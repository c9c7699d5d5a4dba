"""Walking through an archive without a question: its photos, collections and concepts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Engine

from archive_ai.archive.vocabularies import STARTER, Vocabularies
from archive_ai.catalogue.beside import PhotosBeside
from archive_ai.catalogue.described import Described
from archive_ai.catalogue.holdings import Holdings
from archive_ai.catalogue.legends import Legends
from archive_ai.catalogue.visibility import Gate
from archive_ai.catalogue.visible_counts import VisibleCounts
from archive_ai.domain import (
    Beside,
    CollectionCount,
    ConceptCount,
    Legend,
    ListedPhoto,
    PhotoId,
    Record,
    Scheme,
    Viewer,
)
from archive_ai.errors import UnknownCollection, UnknownPhoto


class Browsing:
    """Lists and numbers of one archive, of what a viewer may see only."""

    def __init__(
        self, engine: Engine, gate: Gate, counts: VisibleCounts, vocabularies: Vocabularies
    ) -> None:
        self._holdings = Holdings(engine, gate)
        self._counts = counts
        self._described = Described(engine)
        self._legends = Legends(engine, gate)
        self._beside = PhotosBeside(engine, gate)
        self._vocabularies = vocabularies

    def photos(
        self, viewer: Viewer, after: str = "", limit: int = 100, collection: str = ""
    ) -> list[ListedPhoto]:
        """Return at most ``limit`` photos by id, those after ``after``; raise UnknownCollection."""
        if collection:
            self.collection(viewer, collection)
        return self._holdings.photos(viewer, after, limit, collection)

    def listed(self, viewer: Viewer, photos: Sequence[PhotoId]) -> list[ListedPhoto]:
        """Return those of ``photos`` that ``viewer`` may see and that have a present file."""
        return self._holdings.listed(viewer, photos)

    def legends(self, viewer: Viewer, photos: Sequence[PhotoId]) -> Mapping[PhotoId, Legend]:
        """Return what stands under those of ``photos`` that ``viewer`` may see."""
        return self._legends.of(viewer, photos)

    def beside(self, viewer: Viewer, photo: PhotoId) -> list[Beside]:
        """Return photos that belong to ``photo`` and may be seen: pages of its file come first."""
        found = self._beside.of(viewer, photo)
        legends = self._legends.of(viewer, [one for one, _, _ in found])
        return [
            Beside(one, page, relation, legends[one])
            for one, page, relation in found
            if one in legends  # what was closed meanwhile is not
        ]

    def ends_of_parts(self, viewer: Viewer, collection: str, size: int) -> list[str]:
        """Return the ids of the photos that end each ``size`` photos of a collection."""
        return self._holdings.ends_of_parts(viewer, collection, size)

    def records(self, photo: PhotoId) -> list[tuple[int, Record]]:
        """Return a photo's records with their numbers; whether it may be seen was asked before."""
        return self._described.of(photo)

    def record(self, viewer: Viewer, number: int) -> tuple[Record, list[ListedPhoto]]:
        """Return a record and those of its photos that ``viewer`` may see.

        Raises UnknownPhoto where there are none: then nobody may know of the record either.
        """
        found = self._described.record(number)
        photos = self.listed(viewer, found[1]) if found else []
        if found is None or not photos:
            raise UnknownPhoto(
                f"This archive holds no photo with a record {number}.",
                "A photo's manifest names its records.",
            )
        return found[0], photos

    def collections(self, viewer: Viewer) -> list[CollectionCount]:
        """Return the collections by name; one in which nothing may be seen is not among them."""
        return self._counts.collections(viewer)

    def collection(self, viewer: Viewer, name: str) -> CollectionCount:
        """Return one collection; raise UnknownCollection where nothing of it may be seen."""
        for one in self._counts.collections(viewer):
            if one.name == name:
                return one
        raise UnknownCollection(
            "This archive holds no collection of that name.",
            "Its collections are at /api/v1/collections.",
        )

    def schemes(self) -> list[Scheme]:
        """Return the schemes that the archive tags with, as they are today, the starter first."""
        names = dict.fromkeys([STARTER, *(one["id"] for one in self._vocabularies.all())])
        return [self.scheme(name) for name in names]

    def scheme(self, name: str) -> Scheme:
        """Return a scheme as it is today; raise UnknownConcept."""
        return self._vocabularies.scheme(name)

    def concept_counts(self, viewer: Viewer, scheme: Scheme) -> dict[str, ConceptCount]:
        """Return how many photos that ``viewer`` may see have each concept.

        A concept that is left out is on none. What asks for review first is counted where it was
        accepted, as it is among the filters of a search; no suggestion of it ever is.
        """
        found = self._counts.concepts(viewer, scheme.id)
        return {concept: ConceptCount(*numbers) for concept, numbers in found.items()}
