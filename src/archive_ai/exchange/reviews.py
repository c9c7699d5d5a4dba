"""Review tables: what waits for a decision goes out, what people decided comes back.

A table goes out with the column ``decision`` empty. It comes back from a spreadsheet with words
in it, whole or in part, or somebody writes one from nothing.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TextIO

from archive_ai.domain.decisions import Verdict
from archive_ai.errors import BadTable
from archive_ai.exchange.rows import read_rows
from archive_ai.exchange.writing import TableWriter

REVIEW_COLUMNS = ("path", "page", "concept", "label", "probability", "group", "decision", "note")
NEEDED = ("path", "concept", "decision")
NAMED_AT_MOST = 5
WORDS: Mapping[str, Verdict] = MappingProxyType(
    {
        "accept": Verdict.ACCEPTED,
        "accepted": Verdict.ACCEPTED,
        "add": Verdict.ACCEPTED,
        "yes": Verdict.ACCEPTED,
        "annehmen": Verdict.ACCEPTED,
        "angenommen": Verdict.ACCEPTED,
        "hinzufügen": Verdict.ACCEPTED,
        "ja": Verdict.ACCEPTED,
        "reject": Verdict.REJECTED,
        "rejected": Verdict.REJECTED,
        "no": Verdict.REJECTED,
        "ablehnen": Verdict.REJECTED,
        "abgelehnt": Verdict.REJECTED,
        "nein": Verdict.REJECTED,
        "undo": Verdict.UNDONE,
        "undone": Verdict.UNDONE,
        "zurücknehmen": Verdict.UNDONE,
        "zurückgenommen": Verdict.UNDONE,
    }
)
"""To add a concept that no machine suggested is to accept it."""


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """A tag that waits for a decision; items of one ``group`` are to be decided together.

    ``probability`` is 0 to 1, or None where there is no calibration.
    """

    path: Path
    page: int
    concept: str
    label: str
    probability: float | None = None
    group: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One decision of a table: ``line`` is where it stands, ``page`` counts from 1.

    ``by`` is who decided if the table says so, else empty.
    """

    line: int
    path: str
    page: int
    concept: str
    verdict: Verdict
    note: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """The decisions of a table in its order; ``undecided`` counts the rows without a word."""

    rows: tuple[ReviewRow, ...]
    undecided: int


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong in one line of a table, and what to do: a sentence each."""

    line: int
    what: str
    advice: str = ""


def write_review(
    stream: TextIO,
    items: Iterable[ReviewItem],
    *,
    separator: str = ",",
    byte_order_mark: bool = False,
) -> int:
    """Write a row an item as they come, ``decision`` empty, and return how many.

    How the stream is to be opened says :class:`archive_ai.exchange.writing.TableWriter`.
    """
    writer = TableWriter(stream, REVIEW_COLUMNS, separator, byte_order_mark)
    written = 0
    for item in items:
        writer.write(
            (
                str(item.path),
                item.page,
                item.concept,
                item.label,
                item.probability,
                item.group,
                None,
                item.note,
            )
        )
        written += 1
    return written


def read_review(path: Path) -> Review:
    """Read columns path, concept, decision, and page, note, by where they are.

    A decision is one of ``WORDS`` in any case; without a page it is about page 1. A row whose
    decision is empty is not decided and is only counted. A row that stands twice is kept once.
    Raises PathMissing, or BadTable naming the lines of all faults: an empty path or concept, an
    unknown word, a page that is none, or two decisions on one tag that contradict each other.
    """
    rows: dict[tuple[str, int, str, str], ReviewRow] = {}
    first: dict[tuple[str, int, str], ReviewRow] = {}
    faults: list[RowFault] = []
    undecided = 0
    for line, cells in read_rows(path, NEEDED):
        row = _row(line, cells)
        if row is None:
            undecided += 1
            continue
        if isinstance(row, RowFault):
            faults.append(row)
            continue
        known = first.setdefault((row.path, row.page, row.concept), row)
        if known.verdict is not row.verdict:
            faults.append(
                RowFault(
                    line,
                    f"{row.concept} on {row.path} is {row.verdict.value}, but in line "
                    f"{known.line} it is {known.verdict.value}.",
                    "Keep one of the two rows.",
                )
            )
        rows.setdefault((row.path, row.page, row.concept, row.by), row)
    refuse(path, faults)
    if not rows:
        raise BadTable(
            f"{path} holds no decision.", "Write accept, reject or undo in the column decision."
        )
    return Review(tuple(rows.values()), undecided)


def check_review(
    rows: Iterable[ReviewRow], known_paths: Container[str], known_concepts: Container[str]
) -> list[RowFault]:
    """Return a fault for each row whose path or concept the archive does not know."""
    faults = []
    for row in rows:
        if row.path not in known_paths:
            faults.append(
                RowFault(
                    row.line,
                    f"the archive holds no file {row.path}.",
                    "Write the path as archive-ai export writes it.",
                )
            )
        if row.concept not in known_concepts:
            faults.append(
                RowFault(
                    row.line,
                    f"the vocabulary has no concept {row.concept}.",
                    "Write the concept's id, not its label.",
                )
            )
    return faults


def refuse(path: Path, faults: Sequence[RowFault]) -> None:
    """Raise one BadTable that names the first faults by line, if there are any."""
    if not faults:
        return
    first, *others = faults
    what = f"{path}, line {first.line}: {first.what}"
    if others:
        named = "; ".join(f"line {one.line}: {one.what}" for one in others[:NAMED_AT_MOST])
        more = " and others" * (len(others) > NAMED_AT_MOST)
        what += f" Further faults ({len(others)}): {named}{more}"
    raise BadTable(what, f"{first.advice} Nothing was changed.".strip())


def _row(line: int, cells: Mapping[str, str]) -> ReviewRow | RowFault | None:
    """The decision of a row, what is wrong with it, or None where there is none yet."""
    for column in ("path", "concept"):
        if not cells[column]:
            return RowFault(line, f"{column} is empty.", "Fill it, or remove the row.")
    word, page = cells["decision"].casefold(), cells.get("page", "") or "1"
    if not word:
        return None
    if word not in WORDS:
        return RowFault(
            line,
            f"the decision {cells['decision']!r} is not known.",
            "Write accept, reject or undo.",
        )
    if not page.isascii() or not page.isdecimal() or int(page) < 1:
        return RowFault(line, f"{page!r} is no page.", "Write a number from 1, or nothing.")
    return ReviewRow(
        line,
        cells["path"],
        int(page),
        cells["concept"],
        WORDS[word],
        cells.get("note", ""),
        cells.get("by", ""),
    )
