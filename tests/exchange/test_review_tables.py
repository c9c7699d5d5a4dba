"""Review tables: what goes out comes back, and a bad table is refused whole, with every line."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_ai.domain.decisions import Verdict
from archive_ai.errors import BadTable
from archive_ai.exchange import (
    ReviewItem,
    ReviewRow,
    check_review,
    read_review,
    refuse,
    write_review,
)
from archive_ai.exchange.cells import FORMULA_STARTS, from_cell, to_cell

# What tables and spreadsheets treat as special, and a little of everything else.
TEXTS = st.text(st.sampled_from("aÄß😀\0 '\"=+-@;,|/.\t\r\n\u00a0\ufeff＝"), max_size=8)
NAMES = TEXTS.filter(lambda text: text.strip() != "")
TRICKY = st.builds(
    lambda marks, start, text: "'" * marks + start + text,
    st.integers(0, 3),
    st.sampled_from([*FORMULA_STARTS, " ", "'"]),
    NAMES,
)


def _write(folder: Path, text: str, name: str = "review.csv") -> Path:
    path = folder / name
    path.write_bytes(gzip.compress(text.encode()) if name.endswith(".gz") else text.encode())
    return path


@pytest.mark.parametrize(
    "text",
    [
        "path,concept,decision\na.tif,church,accept\nb.tif,river,reject\nc.tif,tower,undo\n",
        "\ufeffpath;concept;decision\r\na.tif;church;Annehmen\r\nb.tif;river;ABLEHNEN\r\n"
        "c.tif;tower;Zurücknehmen\r\n;;\r\n",
        "\ufeffsep=;\r\nconcept;path;decision\r\nchurch;a.tif;ja\r\nriver;b.tif;nein\r\n"
        "tower;c.tif;zurückgenommen\r\n",
        '"sep=\t"\npath\tconcept\tdecision\n a.tif \tchurch\tadd\nb.tif\triver\tno\n'
        "c.tif\ttower\tundone",
    ],
)
def test_tables_of_all_kinds_of_spreadsheets(tmp_path: Path, text: str) -> None:
    for name in ("review.csv", "review.csv.gz"):
        review = read_review(_write(tmp_path, text, name))
        assert [(row.path, row.page, row.concept, row.verdict) for row in review.rows] == [
            ("a.tif", 1, "church", Verdict.ACCEPTED),
            ("b.tif", 1, "river", Verdict.REJECTED),
            ("c.tif", 1, "tower", Verdict.UNDONE),
        ]
        assert review.undecided == 0


def test_page_note_and_person_are_read_where_they_are(tmp_path: Path) -> None:
    table = _write(
        tmp_path,
        'path,page,concept,decision,note,by\na.tif,2,church,accept,"two\nlines",Ada\n'
        "a.tif,,church,reject,,\n",
    )
    assert read_review(table).rows == (
        ReviewRow(2, "a.tif", 2, "church", Verdict.ACCEPTED, "two\nlines", "Ada"),
        ReviewRow(4, "a.tif", 1, "church", Verdict.REJECTED),
    )


def test_rows_without_a_decision_are_counted_and_left_open(tmp_path: Path) -> None:
    table = _write(tmp_path, "path,concept,decision\na,church,accept\na,river,\nb,river, \n")
    review = read_review(table)
    assert (len(review.rows), review.undecided) == (1, 2)
    with pytest.raises(BadTable, match="holds no decision"):
        read_review(_write(tmp_path, "path,concept,decision\na,church,\n"))


def test_the_same_row_counts_once_and_each_reader_once(tmp_path: Path) -> None:
    table = _write(
        tmp_path,
        "path,concept,decision,by\na,church,accept,Ada\na,church,ja,Ada\na,church,accept,Eve\n",
    )
    assert [(row.line, row.by) for row in read_review(table).rows] == [(2, "Ada"), (4, "Eve")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("path,concept,verdict\na,b,accept\n", "line 1: the column decision is missing"),
        ("sep=;\npath;concept\n", "line 2: the column decision is missing"),
        ("path,concept,decision,path\n", "line 1: the column path comes twice"),
        ("path,concept,decision\na,b,accept\na,c,maybe\n", "line 3: the decision 'maybe' is not"),
        ("path,concept,decision\n,b,accept\n", "line 2: path is empty"),
        ("path,concept,decision\na,,\n", "line 2: concept is empty"),
        ("path,page,concept,decision\na,0,b,accept\n", "line 2: '0' is no page"),
        ("path,page,concept,decision\na,²,b,accept\n", "line 2: '²' is no page"),
        ("path,concept,decision\na,b,accept,more\n", "line 2: 4 cells for 3 columns"),
        (
            "path,concept,decision\na,b,accept\na,b,reject\n",
            "line 3: b on a is rejected, but in line 2 it is accepted",
        ),
        (
            "path,page,concept,decision\na,1,b,accept\na,,b,undo\n",
            "line 3: b on a is undone, but in line 2 it is accepted",
        ),
    ],
)
def test_a_fault_refuses_the_table_and_names_its_line(tmp_path: Path, text: str, said: str) -> None:
    table = _write(tmp_path, text)
    with pytest.raises(BadTable) as caught:
        read_review(table)
    assert said in str(caught.value)
    assert str(table) in str(caught.value)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    faulty = "".join(f"{name},c,perhaps\n" for name in "abcdefgh")
    with pytest.raises(BadTable) as caught:
        read_review(_write(tmp_path, f"path,concept,decision\n{faulty}"))
    assert "Further faults (7): line 3" in caught.value.what
    assert caught.value.what.endswith("and others")
    assert "Nothing was changed" in caught.value.advice


def test_what_the_archive_does_not_know_is_named_by_line(tmp_path: Path) -> None:
    table = _write(tmp_path, "path,concept,decision\na,church,accept\nb,church,ja\na,curch,no\n")
    faults = check_review(read_review(table).rows, {"a"}, {"church"})
    assert [(fault.line, fault.what) for fault in faults] == [
        (3, "the archive holds no file b."),
        (4, "the vocabulary has no concept curch."),
    ]
    with pytest.raises(BadTable, match=r"line 3: the archive holds no file b\..*line 4"):
        refuse(table, faults)
    refuse(table, [])


@given(
    st.lists(
        st.builds(
            ReviewItem,
            path=(NAMES | TRICKY).map(Path),
            page=st.integers(1, 400),
            concept=NAMES | TRICKY,
            label=TEXTS | TRICKY,
            probability=st.none() | st.floats(0, 1),
            group=TEXTS,
            note=TEXTS | TRICKY,
        ),
        min_size=1,
        max_size=4,
        unique_by=lambda item: (str(item.path), item.page, item.concept),
    ),
    st.sampled_from([",", ";"]),
    st.booleans(),
)
def test_what_is_written_is_read_back_the_same(
    tmp_path_factory: pytest.TempPathFactory, items: list[ReviewItem], separator: str, mark: bool
) -> None:
    path = tmp_path_factory.mktemp("review") / "queue.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        assert write_review(stream, items, separator=separator, byte_order_mark=mark) == len(items)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf") is mark
    with pytest.raises(BadTable, match="holds no decision"):
        read_review(path)
    _decide_all(path, separator)
    assert [(row.path, row.page, row.concept, row.note) for row in read_review(path).rows] == [
        (str(item.path), item.page, item.concept, item.note) for item in items
    ]


def _decide_all(path: Path, separator: str) -> None:
    """Fill the column as a person with a spreadsheet would."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream, delimiter=separator))
    place = rows[0].index("decision")
    for row in rows[1:]:
        row[place] = "accept"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=separator, quoting=csv.QUOTE_ALL).writerows(rows)


@given(st.text(max_size=12) | TRICKY)
def test_no_cell_is_a_formula_and_every_text_comes_back(text: str) -> None:
    cell = to_cell(text)
    assert not cell.startswith(FORMULA_STARTS)
    assert not cell.lstrip().startswith(FORMULA_STARTS)
    kept = "".join("\ufffd" if 0xD800 <= ord(c) < 0xE000 else c for c in text)
    assert from_cell(cell) == kept


def test_a_name_that_begins_with_an_apostrophe_is_left_alone() -> None:
    assert from_cell("'s-Gravenhage.tif") == to_cell("'s-Gravenhage.tif") == "'s-Gravenhage.tif"
