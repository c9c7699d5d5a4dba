"""Hits as CSV: readable by a spreadsheet, and never run by one."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from archive_ai.domain import Hit, PhotoId, Reason, SearchResult, Strength
from archive_ai.exchange import write_hits_csv
from archive_ai.exchange.tables import HIT_COLUMNS, guarded


def _rows(*hits: Hit) -> list[dict[str, str]]:
    stream = io.StringIO(newline="")
    write_hits_csv(stream, SearchResult({"text": "x"}, 1, 0, hits))
    return list(csv.DictReader(io.StringIO(stream.getvalue(), newline="")))


def _hit(path: str) -> Hit:
    reasons = (Reason("picture", 0.25),)
    return Hit(PhotoId("p_abc"), Path(path), 2, 0.25, Strength.WEAK, reasons)


def test_a_row_a_hit() -> None:
    rows = _rows(_hit('Straße, "alt".tif'), _hit("b.jpg"))
    assert rows[0] == {
        "rank": "1",
        "photo": "p_abc",
        "path": 'Straße, "alt".tif',
        "page": "2",
        "score": "0.250000",
        "strength": "weak",
        "reasons": "picture=0.250000",
    }
    assert rows[1]["rank"] == "2"


def test_no_hits_leave_the_header() -> None:
    stream = io.StringIO()
    write_hits_csv(stream, SearchResult({}, 1, 0, ()))
    assert stream.getvalue() == ",".join(HIT_COLUMNS) + "\n"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "  ="])
def test_formulas_are_disarmed(start: str) -> None:
    assert _rows(_hit(f"{start}cmd|x"))[0]["path"] == f"'{start}cmd|x"


def test_a_row_is_always_a_line() -> None:
    assert _rows(_hit("a\r\nb.tif"))[0]["path"] == "a  b.tif"
    assert guarded("\n=1") == "' =1"


def test_a_file_name_that_is_no_utf8() -> None:
    assert guarded("a\udcff.tif") == "a\ufffd.tif"
