"""Searching: a query is encoded, asked of what answers, and judged; see ``searching`` for how."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from archive_ai.archive.concepts import CurrentLabels
from archive_ai.archive.questions import LONGEST_QUERY, Questions, Sent
from archive_ai.catalogue.facets import FacetCounts
from archive_ai.catalogue.photos import Photos
from archive_ai.domain import (
    HERE,
    Example,
    Facets,
    FacetValue,
    Hint,
    Photo,
    PhotoId,
    Query,
    SearchResult,
    Viewer,
)
from archive_ai.errors import UnknownPhoto, UsageError
from archive_ai.indexing.discover import absolute, is_plain
from archive_ai.ports import Reader
from archive_ai.searching.cursor import read_cursor, write_cursor
from archive_ai.searching.parse import parse
from archive_ai.searching.rank import Page, hits_of, rank

MOST_HITS = 1000
MOST_VALUES = 50


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks, how many hits at a time, and after which."""

    viewer: Viewer = HERE
    limit: int = 20
    cursor: str = ""


class Searching:
    """Finds photos by words, by pictures, by both, under filters."""

    def __init__(
        self, questions: Questions, photos: Photos, labels: CurrentLabels, counts: FacetCounts
    ) -> None:
        self._questions = questions
        self._photos = photos
        self._labels = labels
        self._counts = counts

    def words(
        self,
        text: str,
        asking: Asking = Asking(),
        sent: Sequence[Sent] = (),
        reader: Reader | None = None,
    ) -> SearchResult:
        """Find photos by what somebody typed (see ``searching.parse``), and by ``sent`` pictures.

        Raises UsageError for what cannot be read, NothingIndexed before the first run.
        """
        parsed = parse(_clean(text))
        return self.ask(parsed.query, asking, sent, reader, parsed.hints)

    def mixed(
        self, text: str, examples: Sequence[tuple[str, float]], asking: Asking = Asking()
    ) -> SearchResult:
        """Find photos by words and by pictures (ids, paths or any picture files) with weights."""
        parsed = parse(_clean(text))
        known, sent = list(parsed.query.examples), []
        for name, weight in examples:
            found = self.find(name, 1)
            if found is not None:
                known.append(Example(found.id, weight))
            else:
                sent.append(Sent(_picture_file(name), Path(name).name, weight))
        query = replace(parsed.query, examples=tuple(known))
        return self.ask(query, asking, sent, hints=parsed.hints)

    def similar(self, photo: str, page: int = 1, asking: Asking = Asking()) -> SearchResult:
        """Find photos like one: a photo id, a path in the archive, or any picture file.

        The photo itself is left out. Raises UnknownPhoto or UnreadablePicture.
        """
        found = self.find(photo, page)
        if found is not None:
            return self.ask(Query(examples=(Example(found.id),)), asking)
        path = _picture_file(photo)
        return self.ask(Query(), asking, [Sent(path, path.name, page=page)])

    def ask(
        self,
        query: Query,
        asking: Asking = Asking(),
        sent: Sequence[Sent] = (),
        reader: Reader | None = None,
        hints: tuple[Hint, ...] = (),
    ) -> SearchResult:
        """Answer a query: see :meth:`Questions.prepare`."""
        if not 1 <= asking.limit <= MOST_HITS:
            raise UsageError(
                f"{asking.limit} hits cannot be asked for.", f"Ask for 1 to {MOST_HITS}."
            )
        prepared = self._questions.prepare(query, asking.viewer, sent, reader)
        key, fingerprint = prepared.key, prepared.answering.index.fingerprint
        after = read_cursor(asking.cursor, key, fingerprint) if asking.cursor else None
        result, place = rank(prepared.question, prepared.answering, Page(asking.limit, after))
        told = prepared.reading.reasons([hit.photo for hit in result.hits])
        return replace(
            result,
            # What stands in the catalogue is said first.
            hits=tuple(
                replace(hit, reasons=(*told.get(hit.photo, ()), *hit.reasons))
                for hit in result.hits
            ),
            cursor=write_cursor(place, key, fingerprint) if place else "",
            hints=hints,
        )

    def facets(self, text: str, viewer: Viewer = HERE) -> Facets:
        """Count what somebody typed finds, strong and weak hits, by what filters they pass.

        Nothing typed: all photos that ``viewer`` may see.
        """
        prepared = self._questions.prepare(parse(_clean(text)).query, viewer, everything=True)
        photos = hits_of(prepared.question, prepared.answering)
        labels = self._labels.get().concepts
        by: dict[str, tuple[FacetValue, ...]] = {}
        for name, counts in self._counts.count(photos).items():
            shown = counts if name == "jahr" else counts[:MOST_VALUES]
            by[name] = tuple(
                FacetValue(value.rpartition("/")[2], number, labels[_key(value)].labels)
                if name == "tag" and _key(value) in labels
                else FacetValue(value, number)
                for value, number in shown
            )
        return Facets(len(photos), by)

    def fingerprint(self) -> str:
        """Return by which model questions are answered now."""
        return self._questions.fingerprint()

    def find(self, photo: str, page: int) -> Photo | None:
        """Return a photo by its id or by a path and page, None if it is not in the catalogue."""
        if not is_plain(Path(photo)):
            return None
        found = self._photos.get(PhotoId(photo))
        return found or self._photos.at(absolute(Path(photo)), page)


def _key(tag: str) -> tuple[str, str]:
    scheme, _, concept = tag.rpartition("/")
    return scheme, concept


def _clean(text: str) -> str:
    """Return what was typed without what is no text; raise UsageError where it is too long."""
    if len(text) > LONGEST_QUERY:
        raise UsageError(f"The query has {len(text)} characters.", f"Type up to {LONGEST_QUERY}.")
    return text.encode("utf-8", "replace").decode()


def _picture_file(name: str) -> Path:
    path = Path(name)
    try:
        is_file = path.is_file()
    except (OSError, ValueError):  # a name too long, or with a null character
        is_file = False
    if not is_file:
        raise UnknownPhoto(
            f"{name} is neither a photo of this archive nor a picture file.",
            "Give an id from a search, a path that was indexed, or any picture file.",
        )
    return path
