"""Reads tables of descriptions: all rows, or none and every fault by its line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path, PurePosixPath

from archive_ai.domain import Record, RecordColumns, RecordSource, Visibility
from archive_ai.errors import BadTable
from archive_ai.exchange.cells import cells, header
from archive_ai.exchange.edtf_dates import UNDATED, ArchivalDate, UnclearDate, read_date
from archive_ai.exchange.mapping import Mapped, known_columns, read_mapping
from archive_ai.exchange.tables import unguarded

FAULTS_TOLD = 5
MOST_PAGES = 1_000_000
LONGEST_NAME = 255
"""Letters of a file's name that file systems allow."""

LONGEST_TOLD = 40


@dataclass(frozen=True, slots=True)
class Descriptions:
    """The records of a table and what it says of them, the columns that were left out, and dates
    that were not understood but kept as text, by line."""

    records: tuple[Record, ...]
    columns: RecordColumns
    ignored: tuple[str, ...]
    unreadable_dates: tuple[tuple[int, str], ...]


class _FaultError(Exception):
    """What is wrong with one row."""


def read_descriptions(path: Path, mapping: Path | None, by: str, at: str) -> Descriptions:
    """Read a CSV as its ``mapping`` file says or, without one, by headers that are known.

    ``by`` and ``at`` are written into every record. Raises PathMissing, or BadTable that names the
    lines of all faults: no key, a key twice, a date, page or visibility that is not understood.
    """
    mapped = Mapped() if mapping is None else read_mapping(mapping)
    names = header(path, mapped.encoding, mapped.delimiter)
    if not any(names):
        raise BadTable(f"{path}: the first line is empty.", "Its first line must name the columns.")
    mapped = known_columns(names) if mapping is None else mapped
    columns = list(chain(*mapped.columns.values(), *mapped.other.values()))
    key = mapped.key or next((one for one in ("path", "signature") if one in mapped.columns), "")
    if not key:
        raise BadTable(
            f"{path}: no column is a signature or a path.",
            f"The first line names the columns: {', '.join(names)}. If it does, say what they mean "
            "in a mapping file.",
        )
    found: dict[str, Record] = {}
    lines: dict[str, int] = {}
    faults: list[str] = []
    unreadable: list[tuple[int, str]] = []
    for line, row in cells(path, columns, mapped.encoding, mapped.delimiter):
        try:
            record, kept = _Row(row, mapped).record(key, by, at)
        except _FaultError as fault:
            faults.append(f"line {line}: {fault}")
            continue
        if record.key in found:
            twice = f"the {key} {record.key} stands in line {lines[record.key]} too"
            faults.append(f"line {line}: {twice}")
            continue
        found[record.key], lines[record.key] = record, line
        if kept:
            unreadable.append((line, kept))
    if faults:
        raise _refusal(path, faults)
    ignored = tuple(name for name in names if name not in columns)
    return Descriptions(tuple(found.values()), _said(mapped), ignored, tuple(unreadable))


def _said(mapped: Mapped) -> RecordColumns:
    """Return which fields of records the columns fill; what has none is left as it is."""
    fields = {name for name, columns in mapped.columns.items() if columns} - {"path"}
    if "date" in fields:
        fields |= {"first", "last"}
    return RecordColumns(frozenset(fields - {"page"}), frozenset(mapped.other))


@dataclass(frozen=True, slots=True)
class _Row:
    """One row, asked by our fields."""

    cells: Mapping[str, str]
    mapped: Mapped

    def record(self, key: str, by: str, at: str) -> tuple[Record, str]:
        """Return the record, and its date where that is kept as text."""
        page = self._page()
        date, kept = self._date()
        base = self._path() if key == "path" else self._text("signature")
        if not base:
            raise _FaultError(f"the {key} is empty")
        if key == "signature" and not 0 < sum(map(str.isalnum, base)) <= LONGEST_NAME:
            raise _FaultError(f"no file can be called by the signature {base[:LONGEST_TOLD]}")
        record = Record(
            key=base if page in (None, 1) else f"{base}#{page}",
            source=RecordSource.TABLE,
            page=page,
            signature=self._text("signature"),
            title=self._text("title"),
            description=self._text("description", "\n"),
            place=self._text("place"),
            kind=self._text("kind"),
            rights=self._text("rights"),
            date=kept or date.edtf,
            first=date.first,
            last=date.last,
            visibility=self._visibility(),
            closed_until=self._closed_until(),
            other={name: text for name, text in self._others() if text},
            by=by,
            at=at,
            by_signature=key == "signature",
        )
        return record, kept

    def _text(self, field: str, joint: str = "; ") -> str:
        return self._joined(self.mapped.columns.get(field, ()), joint)

    def _others(self) -> Iterator[tuple[str, str]]:
        for name, columns in self.mapped.other.items():
            yield name, self._joined(columns, "; ")

    def _joined(self, columns: Sequence[str], joint: str) -> str:
        texts = (unguarded(self.cells[column]) for column in columns)
        return joint.join(text for text in texts if text)

    def _path(self) -> str:
        written = self._text("path").replace("\\", "/")
        path = PurePosixPath(written)
        if ".." in path.parts:
            raise _FaultError(f"the path {written} leads out of its folder")
        return str(path) if written and path.name else ""

    def _page(self) -> int | None:
        text = self._text("page")
        if not text:
            return None
        number = int(text) if re.fullmatch("[0-9]{1,7}", text) else 0
        if not 1 <= number <= MOST_PAGES:
            raise _FaultError(f"page is {text!r} and no number from 1")
        return number

    def _date(self) -> tuple[ArchivalDate, str]:
        columns = self.mapped.columns.get("date", ())
        texts = [text for text in (self.cells[column] for column in columns) if text]
        text = " / ".join(dict.fromkeys(texts))
        try:
            return read_date(text), ""
        except ValueError as fault:
            if self.mapped.keeps_dates:
                return UNDATED, text
            advice = f": {fault}" if isinstance(fault, UnclearDate) else ""
            raise _FaultError(f"the date {text!r} is not understood{advice}") from fault

    def _visibility(self) -> Visibility:
        text = self._text("visibility")
        found = self.mapped.visibility.get(text.casefold())
        if not self.mapped.columns.get("visibility"):
            return Visibility.OPEN
        if found is None:
            said = f"{text!r} is unknown" if text else "is empty, and its words have no empty one"
            raise _FaultError(f"the visibility {said}")
        return found

    def _closed_until(self) -> str:
        text = self._text("closed_until")
        try:
            date = read_date(text)
        except ValueError as fault:
            raise _FaultError(f"{text!r} is no day until which it is closed") from fault
        if text and date.last is None:
            raise _FaultError(f"{text!r} is no day until which it is closed")
        return date.last or ""


def _refusal(path: Path, faults: Sequence[str]) -> BadTable:
    more = len(faults) - FAULTS_TOLD
    told = "; ".join(faults[:FAULTS_TOLD]) + (f"; and {more} more" if more > 0 else "")
    return BadTable(f"{path}, {told}.", "Nothing was taken over. Mend the rows, or the mapping.")
