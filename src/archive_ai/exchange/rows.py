"""Reads a CSV table as rows with line numbers, whichever spreadsheet or script wrote it.

A table is in UTF-8, with a byte order mark or without, gzipped or not. Its cells are separated by
commas or, as German spreadsheets write it, by semicolons; a first line ``sep=;``, as Excel writes
it, says by what. Then comes a row with the names of the columns. Rows of empty cells are passed
over.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from archive_ai.errors import BadTable, PathMissing
from archive_ai.exchange.cells import from_cell

GZIP = b"\x1f\x8b"
SEPARATOR_LINE = re.compile(r'"?sep=([;,\t])"?\r?\n', re.IGNORECASE)

Row = tuple[int, Mapping[str, str]]
"""The line on which a row begins, and its cells by column, as :func:`from_cell` reads them."""


def kept_rows(
    path: Path,
    columns: Sequence[str],
    splits: Sequence[str] = (),
    dataset: str | None = None,
    may_be_empty: Sequence[str] = (),
) -> Iterator[Row]:
    """Yield the rows of ``splits`` and ``dataset`` if given.

    No cell of ``columns`` is empty but of those that ``may_be_empty``. Raises PathMissing, or
    BadTable naming file and line, also where no row is left.
    """
    wanted = ({"split": set(splits)} if splits else {}) | (
        {"dataset": {dataset}} if dataset else {}
    )
    kept = 0
    for line, row in read_rows(path, (*columns, *wanted)):
        if any(row[column] not in values for column, values in wanted.items()):
            continue
        for column in columns:
            if not row[column] and column not in may_be_empty:
                raise BadTable(f"{path}, line {line}: {column} is empty.")
        kept += 1
        yield line, row
    if not kept:
        asked = [f"split {' or '.join(splits)}"] * bool(splits) + [f"dataset {dataset}"] * bool(
            dataset
        )
        raise BadTable(
            f"{path} holds no row" + (f" with {' and '.join(asked)}." if asked else "."),
            "Look at the columns split and dataset." if asked else "",
        )


def read_rows(path: Path, columns: Sequence[str]) -> Iterator[Row]:
    """Yield every row of a table that has at least ``columns``.

    Raises PathMissing, or BadTable naming file and line.
    """
    text = _text(path)
    said = SEPARATOR_LINE.match(text)
    passed = 1 if said else 0
    body = text[said.end() :] if said else text
    header = body.partition("\n")[0]
    guessed = ";" if ";" in header and "," not in header else ","
    reader = csv.reader(
        io.StringIO(body, newline=""), delimiter=said[1] if said else guessed, strict=True
    )
    try:
        names = [name.strip() for name in next(reader, [])]
        _check_header(path, passed + 1, names, columns)
        line = passed + reader.line_num + 1
        for cells in reader:
            filled = any(map(str.strip, cells))
            if filled and len(cells) != len(names):
                raise BadTable(
                    f"{path}, line {line}: {len(cells)} cells for {len(names)} columns.",
                    "Put texts that hold a separator or a line break in quotation marks.",
                )
            if filled:
                yield line, dict(zip(names, map(from_cell, cells), strict=True))
            line = passed + reader.line_num + 1
    except csv.Error as fault:
        raise BadTable(f"{path}, line {passed + reader.line_num}: {fault}.") from fault


def _check_header(path: Path, line: int, names: Sequence[str], columns: Sequence[str]) -> None:
    missing = [column for column in columns if column not in names]
    if missing:
        some = (
            f"column {missing[0]} is" if len(missing) == 1 else f"columns {', '.join(missing)} are"
        )
        raise BadTable(
            f"{path}, line {line}: the {some} missing.",
            f"The columns are: {', '.join(names)}." if any(names) else "The file is empty.",
        )
    twice = [name for name in dict.fromkeys(names) if name and names.count(name) > 1]
    if twice:
        raise BadTable(
            f"{path}, line {line}: the column {twice[0]} comes twice.",
            "Give each column a name of its own.",
        )


def _text(path: Path) -> str:
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
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        raise BadTable(
            f"{path}, line {line}: this is not UTF-8.", "Save the table as CSV in UTF-8."
        ) from fault
