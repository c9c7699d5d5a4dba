"""Writes tags with their whole provenance as a table: one row a tag, as they come."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from archive_ai.domain import Tag
from archive_ai.exchange.writing import TableWriter

TAG_COLUMNS = (
    "path",
    "page",
    "concept",
    "label",
    "status",
    "origin",
    "score",
    "probability",
    "model",
    "run",
    "by",
    "at",
)


@dataclass(frozen=True, slots=True)
class LocatedTag:
    """A tag, and the file and page (from 1) on which its photo is."""

    path: Path
    page: int
    tag: Tag


def write_tags_csv(
    stream: TextIO,
    tags: Iterable[LocatedTag],
    *,
    language: str = "de",
    separator: str = ",",
    byte_order_mark: bool = False,
) -> int:
    """Write a header row and a row a tag, and return how many tags there were.

    ``label`` is in ``language``, else in any that there is, else the id. How the stream is to be
    opened, and how texts come back, says :class:`archive_ai.exchange.writing.TableWriter`.
    """
    writer = TableWriter(stream, TAG_COLUMNS, separator, byte_order_mark)
    written = 0
    for located in tags:
        tag = located.tag
        writer.write(
            (
                str(located.path),
                located.page,
                tag.concept,
                tag.labels.get(language) or next(filter(None, tag.labels.values()), tag.concept),
                tag.status.value,
                tag.origin.value,
                tag.score,
                tag.probability,
                tag.model,
                tag.run,
                tag.by,
                tag.at,
            )
        )
        written += 1
    return written
