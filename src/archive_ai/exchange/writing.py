"""Writes a table row by row, for spreadsheets and scripts alike."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from typing import TextIO

from archive_ai.exchange.cells import to_cell

BYTE_ORDER_MARK = "\ufeff"
"""Makes Excel see that a table is UTF-8; scripts may stumble over it."""

Value = str | int | float | None


class TableWriter:
    """Writes to an open text stream: files with ``encoding="utf-8", newline=""``.

    Texts become cells by :func:`archive_ai.exchange.cells.to_cell`, fractions have six decimals,
    None is an empty cell. What :func:`archive_ai.exchange.rows.read_rows` reads is the same.
    """

    def __init__(
        self,
        stream: TextIO,
        columns: Sequence[str],
        separator: str = ",",
        byte_order_mark: bool = False,
    ) -> None:
        """Write the row with the names of the columns."""
        if byte_order_mark:
            stream.write(BYTE_ORDER_MARK)
        self._plain = csv.writer(stream, delimiter=separator, lineterminator="\n")
        self._quoted = csv.writer(
            stream, delimiter=separator, lineterminator="\n", quoting=csv.QUOTE_ALL
        )
        self._plain.writerow(columns)

    def write(self, values: Sequence[Value]) -> None:
        """Write one row."""
        cells = [_cell(value) for value in values]
        # csv leaves a lone carriage return unquoted, which every reader takes for a line's end.
        writer = self._quoted if any("\r" in cell for cell in cells) else self._plain
        writer.writerow(cells)


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.6f}"
    return to_cell(value) if isinstance(value, str) else str(value)
