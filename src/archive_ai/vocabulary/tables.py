"""Open the small text files that vocabularies come in, with clear sentences for what is wrong."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from archive_ai.errors import BadTable, PathMissing


class BadLine(BadTable):
    """A fault in one line of a file, or in the whole of it where ``line`` is ``None``.

    ``why`` is the sentence without the place.
    """

    def __init__(self, path: Path, line: int | None, why: str, advice: str) -> None:
        place = path.name if line is None else f"{path.name}, line {line}"
        super().__init__(f"{place}: {why}", advice)
        self.line = line
        self.why = why


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
    """Decode UTF-8, with or without a byte order mark; raise BadLine at a bad byte."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadLine(
            path,
            content[: error.start].count(b"\n") + 1,
            "the file is not UTF-8 text.",
            "Save it as UTF-8 (in a spreadsheet: “CSV UTF-8”).",
        ) from error


def rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield line number and fields of each row of a CSV file that has at least ``columns``.

    Fields are parted by commas or, as German spreadsheets write it, by semicolons. Raises
    BadLine.
    """
    text = as_text(read_bytes(path), path)
    first = text.partition("\n")[0]
    reader = csv.reader(
        io.StringIO(text, newline=""),
        delimiter=";" if first.count(";") > first.count(",") else ",",
        strict=True,
    )
    try:
        header = [name.strip() for name in next(reader, [])]
        _check_header(path, header, columns)
        line = reader.line_num + 1
        for fields in reader:
            if fields and len(fields) != len(header):
                raise BadLine(
                    path,
                    line,
                    f"{len(fields)} fields instead of {len(header)}.",
                    "Put a field that holds a comma or semicolon into double quotes.",
                )
            if fields:
                yield line, {k: v.strip() for k, v in zip(header, fields, strict=True)}
            line = reader.line_num + 1
    except csv.Error as error:
        raise BadLine(
            path,
            reader.line_num,
            f"the quotes do not match ({error}).",
            "Write a double quote inside a quoted field twice.",
        ) from error


def _check_header(path: Path, header: list[str], columns: tuple[str, ...]) -> None:
    missing = [column for column in columns if column not in header]
    if missing:
        raise BadLine(
            path,
            1,
            f"the column {missing[0]} is missing.",
            f"The first line must name the columns {', '.join(columns)}.",
        )
    twice = [name for name in dict.fromkeys(header) if name and header.count(name) > 1]
    if twice:
        raise BadLine(
            path, 1, f"the column {twice[0]} comes twice.", "Give each column a name of its own."
        )
