"""Reads tables of dated photos, and writes what was estimated of the others."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from archive_ai.domain import DateRange, PhotoId
from archive_ai.errors import BadTable
from archive_ai.exchange.cells import cells
from archive_ai.exchange.tables import guarded, unguarded

YEAR = re.compile(r"(\d{4}|\d{3}[Xx]|\d{2}[Xx]{2})")
ABOUT = 5
"""Years to either side of one that is marked as approximate."""

ESTIMATE_COLUMNS = ("path", "page", "first", "last", "coverage", "model", "photo")


@dataclass(frozen=True, slots=True)
class DatedRow:
    """What a table says of one photo: ``path`` is a path or an id; ``series`` may be empty."""

    line: int
    path: str
    page: int
    date: DateRange
    series: str


def read_dates(path: Path) -> tuple[DatedRow, ...]:
    """Read columns path and date, and page and series where they are there.

    A date is a year, a decade (``193X``), a century (``19XX``), two of them with a slash between
    (``1930/1939``), each approximate with a tilde after it: of EDTF (ISO 8601-2) what years need.
    Rows without a date are left out. Raises PathMissing, or BadTable that names the line.
    """
    found = []
    for line, row in cells(path, ("path", "date")):
        if not row["date"]:
            continue
        if not row["path"]:
            raise BadTable(f"{path}, line {line}: path is empty.")
        page = row.get("page", "") or "1"
        if not page.isdecimal() or len(page) > 9 or int(page) < 1:
            raise BadTable(f"{path}, line {line}: page is {page!r} and no number from 1.")
        parts = [_years(one) for one in row["date"].split("/")]
        spans = [span for span in parts if span is not None]
        if len(spans) != len(parts) or len(parts) > 2 or spans[0].first > spans[-1].last:
            raise BadTable(
                f"{path}, line {line}: the date {row['date']!r} is not understood.",
                "Write years such as 1934, 193X, 1930/1939 or 1934~.",
            )
        date = DateRange(spans[0].first, spans[-1].last)
        series = unguarded(row.get("series", ""))
        found.append(DatedRow(line, unguarded(row["path"]), int(page), date, series))
    return tuple(found)


def write_estimates(
    stream: TextIO, rows: Iterable[tuple[PhotoId, Path, int, DateRange]], model: str
) -> None:
    """Write one row a photo (id, path, page, range) to an open text stream."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(ESTIMATE_COLUMNS)
    for photo, path, page, date in rows:
        writer.writerow(
            (guarded(str(path)), page, date.first, date.last, date.coverage, guarded(model), photo)
        )


def _years(text: str) -> DateRange | None:
    text = text.strip()
    about = ABOUT if text.endswith("~") else 0
    if not YEAR.fullmatch(text.removesuffix("~")):
        return None
    digits = text.removesuffix("~").upper()
    first, last = int(digits.replace("X", "0")), int(digits.replace("X", "9"))
    return DateRange(first - about, last + about)
