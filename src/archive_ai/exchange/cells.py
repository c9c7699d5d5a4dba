"""Texts in cells of tables that spreadsheets open: none is run as a formula, each comes back.

A text that a spreadsheet would take for a formula, or whose blanks would be lost, is written with
an apostrophe in front, which is the spreadsheets' own mark for "this is text" (OWASP, CSV
injection). Reading takes just those apostrophes away, so that a name that really begins with one
stays as it is.
"""

from __future__ import annotations

import re

# The last four, of full width, start formulas in East Asian spreadsheets.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
MARK = "'"
SURROGATES = re.compile("[\ud800-\udfff]")


def to_cell(text: str) -> str:
    """Return ``text`` as it is to stand in a cell.

    Bytes of a file name that are no text become the replacement character; everything else
    comes back with :func:`from_cell`.
    """
    valid = SURROGATES.sub("\ufffd", text)
    return MARK + valid if _needs_mark(valid) else valid


def from_cell(cell: str) -> str:
    """Return the text of a cell: without the mark, or else without blanks around it."""
    if cell.startswith(MARK) and _needs_mark(cell[1:]):
        return cell[1:]
    return cell.strip()


def _needs_mark(text: str) -> bool:
    """Tell whether ``text`` would be run, lose blanks, or lose an apostrophe of its own."""
    inner = text.lstrip(MARK)
    return inner.startswith(FORMULA_STARTS) or inner != inner.strip()
