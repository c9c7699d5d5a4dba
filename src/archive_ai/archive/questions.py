"""A query made ready to be answered: words and pictures become vectors, filters a selection."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from archive_ai.archive.concepts import CurrentLabels
from archive_ai.archive.duplicates import Duplicates
from archive_ai.archive.generation import OpenGeneration
from archive_ai.archive.opening import Opener
from archive_ai.archive.wording import Reading, Wording
from archive_ai.catalogue.photos import Photos
from archive_ai.catalogue.selecting import Demands, Selected, Selecting
from archive_ai.domain import (
    Example,
    Filters,
    PhotoId,
    Query,
    Status,
    Viewer,
    Words,
    query_to_json,
)
from archive_ai.errors import NothingIndexed, UnknownPhoto, UsageError
from archive_ai.ports import Encoder, Reader
from archive_ai.searching.duplicates import DuplicateGroups
from archive_ai.searching.parse import written
from archive_ai.searching.rank import Answering, Question
from archive_ai.searching.scores import FULL_MINUS, Part

LONGEST_QUERY = 1000
KINDS = "kind-of-picture"
"""The facet of concepts that say what kind of thing a picture is."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A picture file to search by, which need not be in the archive, and what it is called."""

    path: Path
    name: str
    weight: float = 1.0
    page: int = 1


@dataclass(frozen=True, slots=True)
class Prepared:
    """A question, what it is answered from, and what is written of its words."""

    query: Query
    question: Question
    answering: Answering
    reading: Reading

    @property
    def key(self) -> str:
        """What tells this question from others, for cursors."""
        names = self.question.query.get("picture", "")
        return f"{query_to_json(self.query)}{names}"


class Questions:
    """Makes queries ready, as one viewer may ask them."""

    def __init__(
        self,
        opener: Opener,
        photos: Photos,
        selecting: Selecting,
        labels: CurrentLabels,
        wording: Wording,
        duplicates: Duplicates,
        reader: Reader,
    ) -> None:
        self._opener = opener
        self._photos = photos
        self._selecting = selecting
        self._labels = labels
        self._wording = wording
        self._duplicates = duplicates
        self._reader = reader

    def prepare(
        self,
        query: Query,
        viewer: Viewer,
        sent: Sequence[Sent] = (),
        reader: Reader | None = None,
        everything: bool = False,
    ) -> Prepared:
        """Make a query ready; ``sent`` pictures are decoded by ``reader``, else by our own.

        A query that asks nothing is refused unless ``everything`` is meant by it. Raises
        UsageError, UnknownPhoto, UnknownConcept, NothingIndexed or UnreadablePicture.
        """
        query = _tidy(query)
        if query == Query() and not sent and not everything:
            raise UsageError("The query is empty.", "Type what a picture shows, or give a picture.")
        opened, encoder = self._opener.open()
        wanted = " ".join(one.text for one in query.words if one.weight > 0)
        reading = self._wording.read(wanted, viewer)
        answering = Answering(
            opened.index,
            opened.unfiltered,
            opened.background,
            self._photos,
            self._select(query.filters, viewer, opened),
            SamePictures(self._duplicates.groups(viewer, opened)),
        )
        question = Question(
            (
                *_worded(query, encoder),
                *self._exemplary(query.examples, viewer, opened),
                *_sent_parts(sent, encoder, reader or self._reader),
            ),
            _shown(query, sent),
            reading.matches,
            self._unwanted(query, viewer),
            examples=frozenset(one.photo for one in query.examples if one.weight > 0),
            demanding=query.filters != Filters() or query == Query(),
        )
        return Prepared(query, question, answering, reading)

    def fingerprint(self) -> str:
        """Return by which model questions are answered now."""
        opened, _ = self._opener.open()
        return opened.index.fingerprint

    def _select(self, filters: Filters, viewer: Viewer, opened: OpenGeneration) -> Selected:
        labels = self._labels.get()
        demands = Demands(
            filters,
            tags=_all_meant(filters.tags, labels.meant),
            without_tags=_all_meant(filters.without_tags, labels.meant),
            kinds=_all_meant(filters.kinds, lambda kind: labels.of_kind(kind, KINDS)),
            words=self._wording.demanded(filters, viewer),
        )
        return self._selecting.select(demands, viewer, opened.generation.manifest_sha256)

    def _unwanted(self, query: Query, viewer: Viewer) -> frozenset[PhotoId]:
        """Return the photos that are said to show what a full minus takes out."""
        minus = [one.text for one in query.words if one.weight <= FULL_MINUS]
        return frozenset().union(*(self._wording.read(text, viewer).said for text in minus))

    def _exemplary(
        self, examples: Sequence[Example], viewer: Viewer, opened: OpenGeneration
    ) -> list[Part]:
        photos = [one.photo for one in examples]
        everything = self._selecting.select(Demands(), viewer, opened.generation.manifest_sha256)
        seen = everything.among(photos)
        for photo, row in zip(photos, opened.index.places(photos).tolist(), strict=True):
            if photo not in seen:
                raise UnknownPhoto(
                    f"This archive holds no photo {photo}.",
                    "Give an id from a search, or a path that was indexed.",
                )
            if row < 0:
                raise NothingIndexed(
                    f"{photo} has no vector in the active generation.",
                    "Index it first: archive-ai index.",
                )
        vectors = opened.index.rows(photos)
        return [
            Part(vector, "picture", one.weight, one.photo)
            for one, vector in zip(examples, vectors, strict=True)
        ]


class SamePictures:
    """Implements ``ports.Groups`` by the near-duplicates that were found when they were indexed."""

    def __init__(self, groups: DuplicateGroups) -> None:
        self._groups = groups

    def of(self, photos: Sequence[PhotoId]) -> Mapping[PhotoId, Sequence[PhotoId]]:
        """Return all that show the same picture, for those of ``photos`` that are not alone."""
        return {
            photo: self._groups.members(membership.group)
            for photo, membership in self._groups.group_of(photos).items()
        }


def _worded(query: Query, encoder: Encoder) -> list[Part]:
    if not query.words:
        return []
    vectors = encoder.encode_texts([one.text for one in query.words])
    return [
        Part(vector, "words", one.weight, one.text)
        for one, vector in zip(query.words, vectors, strict=True)
    ]


def _sent_parts(sent: Sequence[Sent], encoder: Encoder, reader: Reader) -> list[Part]:
    if not sent:
        return []
    pixels: list[NDArray[np.uint8]] = [
        reader.read(one.path, one.page, encoder.card.preprocessing).pixels for one in sent
    ]
    vectors = encoder.encode_images(np.stack(pixels))
    return [
        Part(vector, "picture", one.weight, one.name)
        for one, vector in zip(sent, vectors, strict=True)
    ]


def _tidy(query: Query) -> Query:
    """Return the query without empty words; a phrase that stands alone is looked for as well."""
    words = tuple(
        replace(one, text=" ".join(one.text.split()))
        for one in query.words
        if one.text.strip() and one.weight
    )
    examples = tuple(one for one in query.examples if one.weight)
    wanted = any(one.weight > 0 for one in words) or any(one.weight > 0 for one in examples)
    if query.filters.phrases and not wanted:
        words = (Words(" ".join(query.filters.phrases)), *words)
    if (length := sum(len(one.text) for one in words)) > LONGEST_QUERY:
        raise UsageError(f"The query has {length} characters.", f"Type up to {LONGEST_QUERY}.")
    unknown = set(query.filters.statuses) - {Status.ACCEPTED, Status.SUGGESTED, Status.REJECTED}
    if unknown:
        raise UsageError(
            f"No tag that could be found is {min(unknown).value}.",
            "A tag is accepted, suggested or rejected.",
        )
    return Query(words, examples, query.filters)


def _shown(query: Query, sent: Sequence[Sent]) -> dict[str, Any]:
    """Return what was asked, as it is shown with the answer."""
    shown: dict[str, Any] = {}
    if query != Query():
        shown["text"] = written(query)
    if len(query.examples) == 1:
        shown["photo"] = query.examples[0].photo
    if sent:
        shown["picture"] = ", ".join(one.name for one in sent)
    return shown


def _all_meant(
    words: Sequence[str], meaning: Callable[[str], frozenset[tuple[str, str]]]
) -> frozenset[tuple[str, str]]:
    return frozenset(key for word in words for key in meaning(word))
