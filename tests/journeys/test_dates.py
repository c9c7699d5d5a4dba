"""Dates learned from dated photos: estimates with a range, refused where nothing supports them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from archive_ai.archive import Archive
from archive_ai.domain import DateRange
from archive_ai.errors import BadTable, UsageError
from archive_ai.exchange.dated import read_dates

Opening = Callable[..., Archive]
SERIES = 24


@pytest.fixture
def archive(open_archive: Opening, tmp_path: Path) -> Archive:
    """Return an archive in which a photo is the lighter the younger it is, one folder a year."""
    for year in range(SERIES):
        folder = tmp_path / "scans" / str(1900 + year)
        folder.mkdir(parents=True)
        for copy in range(2):
            tone = 20 + 9 * year + copy
            Image.new("RGB", (40, 40), (tone, tone, 255 - tone)).save(folder / f"{copy}.png")
    opened = open_archive()
    opened.index([tmp_path / "scans"])
    return opened


def _table(archive: Archive, folder: Path) -> Path:
    del archive
    rows = [
        f"scans/{1900 + year}/{copy}.png,{1900 + year}" for year in range(24) for copy in (0, 1)
    ]
    table = folder / "dated.csv"
    table.write_text("\n".join(["path,date", *rows]))
    return table


def test_what_was_dated_dates_the_rest_and_says_how_well(archive: Archive, tmp_path: Path) -> None:
    model = archive.dating.learn(_table(archive, tmp_path), 0.9)
    assert (model.photos, model.series) == (2 * SERIES, SERIES)
    found = archive.dating.of(str(tmp_path / "scans" / "1910" / "0.png"))
    assert found.range.first <= found.range.last
    assert found.range.coverage == 0.9
    stream = io.StringIO()
    assert archive.dating.export(stream) == 2 * SERIES
    rows = list(csv.DictReader(io.StringIO(stream.getvalue())))
    held = [
        int(row["first"]) <= int(Path(row["path"]).parent.name) <= int(row["last"]) for row in rows
    ]
    assert sum(held) >= 0.8 * len(held)
    assert {row["model"].partition("@")[0] for row in rows} == {"tiny"}


def test_before_anything_was_learned_there_is_no_date(archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="Nothing was learned of dates"):
        archive.dating.of(str(tmp_path / "scans" / "1910" / "0.png"))


def test_too_few_series_are_refused(archive: Archive, tmp_path: Path) -> None:
    table = tmp_path / "few.csv"
    table.write_text("path,date\nscans/1900/0.png,1900\nscans/1901/0.png,1901\n")
    with pytest.raises(UsageError, match="series"):
        archive.dating.learn(table)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("scans/1900/0.png,around 1900", "line 2: the date 'around 1900' is not understood"),
        ("scans/1900/0.png,1939/1930", "line 2: the date"),
        ("scans/none.png,1900", "line 2: this archive holds no photo scans/none.png"),
        (",1900", "line 2: path is empty"),
    ],
)
def test_a_faulty_table_is_refused_with_its_line(
    archive: Archive, tmp_path: Path, row: str, said: str
) -> None:
    table = tmp_path / "dated.csv"
    table.write_text(f"path,date\n{row}\n")
    with pytest.raises(BadTable) as refused:
        archive.dating.learn(table)
    assert said in refused.value.what


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1934", DateRange(1934, 1934)),
        ("193X", DateRange(1930, 1939)),
        ("19xx", DateRange(1900, 1999)),
        ("1930/1939", DateRange(1930, 1939)),
        ("1934~", DateRange(1929, 1939)),
        ("192X/1934", DateRange(1920, 1934)),
    ],
)
def test_dates_are_years_decades_and_spans(tmp_path: Path, written: str, meant: DateRange) -> None:
    table = tmp_path / "dated.csv"
    table.write_text(f"path;date;page\na.tif;{written};2\nb.tif;;\n")
    (row,) = read_dates(table)
    assert (row.date, row.page, row.line) == (meant, 2, 2)
