"""Decisions as tables: what is written is read back, what cannot be read is refused whole."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_ai.domain import Verdict
from archive_ai.errors import BadTable
from archive_ai.exchange.reviews import QueueRow, read_reviews, write_queue
from archive_ai.exchange.tables import guarded, unguarded


def _file(folder: Path, text: str) -> Path:
    path = folder / "review.csv"
    path.write_bytes(text.encode("utf-8"))
    return path


def test_what_people_write_is_understood(tmp_path: Path) -> None:
    table = _file(
        tmp_path,
        "\ufeffsep=;\r\npath;concept;decision;page;note\r\n"
        "a.tif;kirche;Annehmen;;\r\nb.tif;kirche;nein;2;ein Speicher\r\nc.tif;kirche;;;\r\n",
    )
    first, second = read_reviews(table)
    assert (first.path, first.page, first.verdict, first.line) == ("a.tif", 1, Verdict.ACCEPTED, 3)
    assert (second.page, second.verdict, second.note) == (2, Verdict.REJECTED, "ein Speicher")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("path,concept,decison\na,b,accept\n", "line 1: the column decision is missing"),
        ("path,concept,decision\na,b,maybe\n", "line 2: the decision 'maybe' is unknown"),
        ("path,concept,decision\na,b,accept\na,b,reject\n", "line 3: b on a is rejected here"),
        ("path,concept,decision\n,b,accept\n", "line 2: path is empty"),
        ("path,concept,decision,page\na,b,yes,x\n", "line 2: page is 'x' and no number"),
        ("path,concept,decision\na,b\n", "line 2: 2 cells for 3 columns"),
    ],
)
def test_a_fault_is_named_by_line(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(BadTable, match=reason):
        read_reviews(_file(tmp_path, text))


texts = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1
).filter(lambda text: text.strip() == text)


@given(st.lists(st.tuples(texts, texts), unique=True, max_size=6))
def test_a_queue_comes_back_as_it_was_written(pairs: list[tuple[str, str]]) -> None:
    import tempfile

    rows = [QueueRow("p", path, 1, concept, "Label", 0.5, None, 0, 7) for path, concept in pairs]
    stream = io.StringIO(newline="")
    write_queue(stream, rows)
    table = list(csv.reader(io.StringIO(stream.getvalue(), newline="")))
    column = table[0].index("decision")
    for row in table[1:]:
        row[column] = "accept"
    filled = io.StringIO(newline="")
    csv.writer(filled).writerows(table)
    with tempfile.TemporaryDirectory() as folder:
        found = read_reviews(_file(Path(folder), filled.getvalue()))
    assert [(one.path, one.concept, one.seen) for one in found] == [
        (path, concept, 7) for path, concept in pairs
    ]


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r\n")))
def test_a_guarded_cell_is_never_a_formula_and_can_be_read_back(text: str) -> None:
    assert not guarded(text).lstrip(" ").startswith(("=", "+", "-", "@", "\t"))
    assert unguarded(guarded(text)) == text
