"""Decisions as a table: written for a spreadsheet, read back whole or not at all."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from archive_ai.domain import Verdict
from archive_ai.errors import BadTable
from archive_ai.exchange.cells import cells
from archive_ai.exchange.tables import guarded, unguarded

COLUMNS = ("path", "concept", "decision")
QUEUE_COLUMNS = (
    "path", "page", "concept", "label", "decision", "note", "seen", "group", "probability",
    "score", "photo",
)  # fmt: skip

WORDS: Mapping[str, Verdict] = {
    **dict.fromkeys(
        ("accept", "accepted", "yes", "y", "1", "annehmen", "angenommen", "ja", "j"),
        Verdict.ACCEPTED,
    ),
    **dict.fromkeys(
        ("reject", "rejected", "no", "n", "0", "ablehnen", "abgelehnt", "nein"), Verdict.REJECTED
    ),
}
"""What people write in the column ``decision``, in small letters."""


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One decided row: ``path`` is a path or a photo id; ``seen`` as in ``Ruling``."""

    line: int
    path: str
    page: int
    concept: str
    verdict: Verdict
    note: str
    seen: int | None


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One row to be decided; ``seen`` is the decision that stands, 0 for none."""

    photo: str
    path: str
    page: int
    concept: str
    label: str
    probability: float | None
    score: float | None
    group: int
    seen: int


def read_reviews(path: Path) -> tuple[ReviewRow, ...]:
    """Read columns path, concept, decision, and page, note and seen where they are there.

    Rows whose decision is empty are left out: a half-filled queue can be given back. Raises
    PathMissing, or BadTable that names the line: an unknown word, a row that contradicts another,
    a page that is no number.
    """
    found: dict[tuple[str, int, str], ReviewRow] = {}
    for line, row in cells(path, COLUMNS):
        if not row["decision"]:
            continue
        for column in ("path", "concept"):
            if not row[column]:
                raise BadTable(f"{path}, line {line}: {column} is empty.")
        verdict = WORDS.get(row["decision"].lower())
        if verdict is None:
            raise BadTable(
                f"{path}, line {line}: the decision {row['decision']!r} is unknown.",
                "Write accept or reject (annehmen, ablehnen), or leave it empty.",
            )
        decided = ReviewRow(
            line,
            unguarded(row["path"]),
            _number(path, line, row, "page") or 1,
            unguarded(row["concept"]),
            verdict,
            unguarded(row.get("note", "")),
            _number(path, line, row, "seen"),
        )
        key = (decided.path, decided.page, decided.concept)
        before = found.setdefault(key, decided)
        if before.verdict is not decided.verdict:
            raise BadTable(
                f"{path}, line {line}: {decided.concept} on {decided.path} is "
                f"{decided.verdict.value} here and {before.verdict.value} in line {before.line}.",
                "Keep one of the two lines.",
            )
    return tuple(found.values())


def write_queue(stream: TextIO, rows: Iterable[QueueRow]) -> None:
    """Write rows to be decided, with an empty column ``decision``, to an open text stream.

    Open files with ``encoding="utf-8", newline=""``. No cell is run by a spreadsheet; what
    :func:`read_reviews` reads of it is what was written.
    """
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(QUEUE_COLUMNS)
    for row in rows:
        writer.writerow(
            (
                guarded(row.path), row.page, guarded(row.concept), guarded(row.label), "", "",
                row.seen, row.group, _decimal(row.probability), _decimal(row.score), row.photo,
            )
        )  # fmt: skip


def _number(path: Path, line: int, row: Mapping[str, str], column: str) -> int | None:
    text = row.get(column, "")
    if not text:
        return None
    if not text.isdecimal() or len(text) > 12:
        raise BadTable(f"{path}, line {line}: {column} is {text!r} and no number.")
    return int(text)


def _decimal(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}"
