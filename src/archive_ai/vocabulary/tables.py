"""Open the small text files that vocabularies come in, with clear sentences for what is wrong."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from archive_ai.errors import BadTable, PathMissing


def read_bytes(path: Path) -> bytes:
    """Return the content of ``path``."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise PathMissing(
            f"The file {path} cannot be read ({error.strerror}).",
            "Check the path and that you may read it.",
        ) from error


def as_text(content: bytes, path: Path) -> str:
    """Decode UTF-8, with or without a byte order mark, and name the line of a bad byte."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise BadTable(
            f"{path.name}, line {line}: the file is not UTF-8 text.",
            "Save it as UTF-8 (in a spreadsheet: “CSV UTF-8”).",
        ) from error


def rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield line number and fields of each row of a CSV file that has at least ``columns``."""
    reader = csv.reader(io.StringIO(as_text(read_bytes(path), path), newline=""), strict=True)
    try:
        header = next(reader, [])
        missing = [column for column in columns if column not in header]
        if missing:
            raise BadTable(
                f"{path.name}, line 1: the column {missing[0]} is missing.",
                f"The first line must name the columns {', '.join(columns)}.",
            )
        line = reader.line_num + 1
        for fields in reader:
            if fields and len(fields) != len(header):
                raise BadTable(
                    f"{path.name}, line {line}: {len(fields)} fields instead of {len(header)}.",
                    "Put a field that holds a comma into double quotes.",
                )
            if fields:
                yield line, {k: v.strip() for k, v in zip(header, fields, strict=True)}
            line = reader.line_num + 1
    except csv.Error as error:
        raise BadTable(
            f"{path.name}, line {reader.line_num}: the quotes do not match ({error}).",
            "Write a double quote inside a quoted field twice.",
        ) from error
