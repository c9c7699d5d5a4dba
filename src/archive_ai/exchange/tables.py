"""Writes results as tables that spreadsheets and scripts can read."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from archive_ai.domain import SearchResult, Tag

HIT_COLUMNS = ("rank", "photo", "path", "page", "score", "strength", "reasons")
TAG_COLUMNS = (
    "path", "page", "concept", "label", "status", "origin", "score", "probability", "model",
    "run", "by", "at", "scheme", "scheme_version", "generation", "photo",
)  # fmt: skip
FORMULA_STARTS = ("=", "+", "-", "@", "\t")


def write_hits_csv(stream: TextIO, result: SearchResult) -> None:
    """Write a header row and one row a hit, in the order of the result, to an open text stream.

    ``score`` is the hit's with six decimals, ``reasons`` reads ``source=score; …``. Open files
    with ``encoding="utf-8", newline=""``. Text cells that a spreadsheet would take for a formula
    begin with an apostrophe.
    """
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(HIT_COLUMNS)
    for rank, hit in enumerate(result.hits, start=1):
        reasons = "; ".join(f"{reason.source}={reason.score:.6f}" for reason in hit.reasons)
        writer.writerow(
            (
                rank,
                guarded(hit.photo),
                guarded(str(hit.path)),
                hit.page,
                f"{hit.score:.6f}",
                hit.strength.value,
                guarded(reasons),
            )
        )


def write_tags_csv(stream: TextIO, tags: Iterable[tuple[Path, int, Tag]], language: str) -> None:
    """Write a header row and one row a tag (path, page, tag) to an open text stream, as they come.

    ``label`` is the preferred label in ``language`` or, without one, in any.
    """
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(TAG_COLUMNS)
    for path, page, tag in tags:
        label = tag.labels.get(language) or next(iter(tag.labels.values()), tag.concept)
        writer.writerow(
            (
                guarded(str(path)), page, guarded(tag.concept), guarded(label), tag.status.value,
                tag.origin.value, _decimal(tag.score), _decimal(tag.probability),
                guarded(tag.model or ""), tag.run or "", guarded(tag.by), tag.at,
                guarded(tag.scheme), tag.scheme_version, tag.generation or "", tag.photo,
            )
        )  # fmt: skip


def _decimal(value: float | None) -> str:
    return "" if value is None else f"{value:.6f}"


def unguarded(text: str) -> str:
    """Return what :func:`guarded` made a cell of."""
    return text[1:] if text.startswith("'") and guarded(text[1:]) == text else text


def guarded(text: str) -> str:
    """Return ``text`` as a cell that no spreadsheet runs, and that is valid UTF-8.

    A text that begins like a formula gets an apostrophe in front (OWASP, CSV injection); bytes
    of a file name that are no UTF-8 become the replacement character, line breaks a space, so
    that a row is always a line.
    """
    valid = text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    valid = valid.replace("\r", " ").replace("\n", " ")
    formula = valid.lstrip(" ").startswith(FORMULA_STARTS)
    # A text that looks guarded already would lose its own apostrophe when it is read back.
    looks_guarded = valid.startswith("'") and guarded(valid[1:]) != valid[1:]
    return f"'{valid}" if formula or looks_guarded else valid
