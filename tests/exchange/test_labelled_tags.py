"""Tables of tagged pictures: what counts as said, and what is refused by line."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from archive_ai.domain import LabelledTag
from archive_ai.errors import BadTable
from archive_ai.exchange import read_labelled_tags

TABLE = """path,concept,split
a.tif,church,test
a.tif,church,test
a.tif,river,test
b.tif,,test
c.tif,river,train
"""


def _write(folder: Path, text: str, name: str = "table.csv") -> Path:
    path = folder / name
    path.write_bytes(gzip.compress(text.encode()) if name.endswith(".gz") else text.encode())
    return path


@pytest.mark.parametrize("name", ["table.csv", "table.csv.gz"])
def test_each_row_once_and_pictures_that_were_looked_at(tmp_path: Path, name: str) -> None:
    table = _write(tmp_path, TABLE, name)
    assert read_labelled_tags(table, ("test",)) == (
        LabelledTag("a.tif", "church", line=2),
        LabelledTag("a.tif", "river", line=4),
        LabelledTag("b.tif", "", line=5),
    )
    assert len(read_labelled_tags(table)) == 4


def test_a_word_that_a_concept_is_not_there(tmp_path: Path) -> None:
    table = _write(
        tmp_path, "\ufeffpath;concept;present\r\na;church;nein\r\na;river;Ja\r\nb;x;\r\n"
    )
    assert read_labelled_tags(table) == (
        LabelledTag("a", "church", False, 2),
        LabelledTag("a", "river", True, 3),
        LabelledTag("b", "x", True, 4),
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("path,class\na,b\n", "line 1: the column concept is missing"),
        ("path,concept\n,b\n", "line 2: path is empty"),
        ("path,concept\n", "holds no row"),
        ("path,concept,present\na,b,perhaps\n", "line 2: present is 'perhaps'"),
        ("path,concept,present\na,b,yes\na,b,no\n", "line 3: b is said to be on a and, in line 2"),
    ],
)
def test_a_fault_is_told_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(BadTable) as caught:
        read_labelled_tags(_write(tmp_path, text))
    assert said in str(caught.value)
