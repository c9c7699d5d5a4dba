"""Writes results as tables that spreadsheets and scripts can read."""

from __future__ import annotations

import csv
from typing import TextIO

from archive_ai.domain import SearchResult
from archive_ai.exchange.cells import FORMULA_STARTS

HIT_COLUMNS = ("rank", "photo", "path", "page", "score", "strength", "reasons")


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


def guarded(text: str) -> str:
    """Return ``text`` as a cell that no spreadsheet runs, and that is valid UTF-8.

    A text that begins like a formula gets an apostrophe in front (OWASP, CSV injection); bytes
    of a file name that are no UTF-8 become the replacement character, line breaks a space, so
    that a row is always a line.
    """
    valid = text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    valid = valid.replace("\r", " ").replace("\n", " ")
    return f"'{valid}" if valid.lstrip(" ").startswith(FORMULA_STARTS) else valid
