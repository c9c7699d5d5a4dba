"""Contact sheets of search results, with thumbnails, titles, tags and why a picture was found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from archive_ai.domain import Hit, PhotoId, Record, SearchResult, Tag
from archive_ai.errors import ArchiveAiError
from archive_ai.exchange.sheet import Card, Section, write_sheet

THUMBNAIL = 192
TAGS_SHOWN = 3
SEEN = ("words", "picture")
"""The sources of a hit that stand nowhere: the mark below the picture says how sure they are."""

FIELDS = {
    "title": "Titel", "description": "Beschreibung", "place": "Ort", "kind": "Art",
    "signature": "Signatur", "path": "Pfad", "tag": "Schlagwort", "suggestion": "Vorschlag",
}  # fmt: skip
"""How the fields of the catalogue are called on a sheet."""


class Descriptions(Protocol):
    """What is written about photos."""

    def of(self, photos: Sequence[PhotoId]) -> Mapping[PhotoId, list[Record]]:
        """Return the records of each photo that has one."""


class Source(Protocol):
    """What a sheet is made from: an archive."""

    @property
    def describing(self) -> Descriptions:
        """Where descriptions are."""

    def thumbnail(self, photo: str, size: int) -> bytes:
        """Return a JPEG."""

    def tags(self, photos: Sequence[PhotoId]) -> dict[PhotoId, list[Tag]]:
        """Return the tags of each photo."""


def write_contact_sheet(
    source: Source, path: Path, title: str, answers: Sequence[tuple[str, SearchResult]]
) -> None:
    """Write one page with a section for each question; raise PathMissing if it cannot be."""
    sections = [
        Section(heading, _cards(source, result), _remark(result)) for heading, result in answers
    ]
    write_sheet(path, title, sections, lang="de")


def _remark(result: SearchResult) -> str:
    hints = [hint.de for hint in result.hints]
    if not result.hits:
        return " ".join(["Keine Bilder.", *hints])
    if not result.total_strong:
        return " ".join(["Nichts Sicheres; dies sind nur die nächsten Bilder.", *hints])
    counted = f"Im ganzen Archiv: {result.total_strong} stark, {result.total_weak} schwach."
    return " ".join([counted, *hints])


def _cards(source: Source, result: SearchResult) -> tuple[Card, ...]:
    photos = [hit.photo for hit in result.hits]
    tags, records = source.tags(photos), source.describing.of(photos)
    return tuple(
        _card(source, hit, tags.get(hit.photo, []), records.get(hit.photo, []))
        for hit in result.hits
    )


def _card(source: Source, hit: Hit, tags: Sequence[Tag], records: Sequence[Record]) -> Card:
    try:
        thumbnail = source.thumbnail(hit.photo, THUMBNAIL)
    except ArchiveAiError:  # The file went away since it was indexed: the hit stays, without it.
        thumbnail = b""
    name = hit.path.name if hit.page == 1 else f"{hit.path.name}, Seite {hit.page}"
    titles = [record.title for record in records if record.title][:1]
    found = [
        f"{FIELDS.get(reason.source, reason.source)} ({reason.matched})"
        for reason in hit.reasons
        if reason.source not in SEEN
    ]
    labels = [tag.labels.get("de", tag.concept) for tag in tags[:TAGS_SHOWN]]
    lines = [*titles, name]
    if found:
        lines.append(f"Gefunden in: {', '.join(found)}")
    if labels:
        lines.append(f"Vorschläge: {', '.join(labels)}")
    return Card(thumbnail, tuple(lines), hit.score, hit.strength, alt=". ".join(lines))
