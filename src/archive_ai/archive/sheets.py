"""Contact sheets of search results, with thumbnails and tags."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from archive_ai.domain import Hit, PhotoId, SearchResult, Tag
from archive_ai.errors import ArchiveAiError
from archive_ai.exchange.sheet import Card, Section, write_sheet

THUMBNAIL = 192
TAGS_SHOWN = 3


class Source(Protocol):
    """What a sheet is made from: an archive."""

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
    if not result.hits:
        return "Keine Bilder."
    if not result.total_strong:
        return "Nichts Sicheres; dies sind nur die nächsten Bilder."
    return f"Starke Treffer im ganzen Archiv: {result.total_strong}"


def _cards(source: Source, result: SearchResult) -> tuple[Card, ...]:
    tags = source.tags([hit.photo for hit in result.hits])
    return tuple(_card(source, hit, tags.get(hit.photo, [])) for hit in result.hits)


def _card(source: Source, hit: Hit, tags: Sequence[Tag]) -> Card:
    try:
        thumbnail = source.thumbnail(hit.photo, THUMBNAIL)
    except ArchiveAiError:  # The file went away since it was indexed: the hit stays, without it.
        thumbnail = b""
    title = hit.path.name if hit.page == 1 else f"{hit.path.name}, Seite {hit.page}"
    labels = [tag.labels.get("de", tag.concept) for tag in tags[:TAGS_SHOWN]]
    lines = (title, f"Vorschläge: {', '.join(labels)}") if labels else (title,)
    return Card(thumbnail, lines, hit.score, hit.strength, alt=". ".join(lines))
