"""Reads the rows of a CSV file as people and spreadsheets write it, and names lines.

In UTF-8, with or without a byte order mark, or another encoding that is said; gzipped or not; with
a header row, separated by commas, tabs or, as German spreadsheets write it, by semicolons; a first
line ``sep=;`` is understood.
"""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from archive_ai.errors import BadTable, PathMissing

GZIP = b"\x1f\x8b"
SEPARATOR_LINE = "sep="
SEPARATORS = ",;\t"
UTF8 = "utf-8-sig"

Row = tuple[int, Mapping[str, str]]


def cells(
    path: Path, columns: Sequence[str], encoding: str = UTF8, delimiter: str = ""
) -> Iterator[Row]:
    """Yield the line number and the stripped cells of each row by column.

    Without a ``delimiter`` the one that the header has most is taken.
    Raises PathMissing, or BadTable naming the line, also where one of ``columns`` is missing or
    there twice.
    """
    text, skipped = _text(path, encoding), 0
    if text.lower().startswith(SEPARATOR_LINE):
        _, _, text = text.partition("\n")
        skipped = 1
    header = text.partition("\n")[0]
    separator = delimiter or max(SEPARATORS, key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        names = [name.strip() for name in next(reader, [])]
        missing = [column for column in columns if column not in names]
        if missing:
            some = (
                f"column {missing[0]} is"
                if len(missing) == 1
                else (f"columns {', '.join(missing)} are")
            )
            raise BadTable(
                f"{path}, line {skipped + 1}: the {some} missing.",
                f"The columns are: {', '.join(names)}." if any(names) else "The file is empty.",
            )
        if twice := next((one for one in columns if names.count(one) > 1), None):
            raise BadTable(
                f"{path}, line {skipped + 1}: two columns are called {twice}.",
                "Give each column a name of its own.",
            )
        for row in reader:
            if not row:
                continue
            line = reader.line_num + skipped
            if len(row) != len(names):
                raise BadTable(
                    f"{path}, line {line}: {len(row)} cells for {len(names)} columns.",
                    "Put texts that hold a separator or a line break in quotation marks.",
                )
            stripped = (cell.strip() for cell in row)
            yield line, dict(zip(names, stripped, strict=True))
    except csv.Error as fault:
        raise BadTable(f"{path}, line {reader.line_num + skipped}: {fault}.") from fault


def header(path: Path, encoding: str = UTF8, delimiter: str = "") -> tuple[str, ...]:
    """Return the names of the columns; raises as :func:`cells` does."""
    text = _text(path, encoding)
    if text.lower().startswith(SEPARATOR_LINE):
        _, _, text = text.partition("\n")
    first = text.partition("\n")[0]
    separator = delimiter or max(SEPARATORS, key=first.count)
    try:
        row = next(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True), [])
    except csv.Error as fault:
        raise BadTable(f"{path}, line 1: {fault}.") from fault
    return tuple(name.strip() for name in row)


def _text(path: Path, encoding: str) -> str:
    try:
        content = path.read_bytes()
    except OSError as fault:
        raise PathMissing(f"The table {path} cannot be read: {fault.strerror}.") from fault
    try:
        if content.startswith(GZIP):
            content = gzip.decompress(content)
    except (OSError, EOFError, zlib.error) as fault:
        raise BadTable(f"{path} is damaged: it cannot be unpacked ({fault}).") from fault
    try:
        return content.decode(encoding)
    except UnicodeError as fault:
        line = content.count(b"\n", 0, getattr(fault, "start", 0)) + 1
        raise BadTable(
            f"{path}, line {line}: this is not {_named(encoding)}.",
            "Save the table as CSV in UTF-8.",
        ) from fault


def _named(encoding: str) -> str:
    return "UTF-8" if encoding == UTF8 else encoding
