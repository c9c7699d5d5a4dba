"""Labelled tables: what is read, and what is said when something is missing."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from archive_ai.domain import Caption
from archive_ai.errors import BadTable, PathMissing
from archive_ai.exchange import read_captions, read_labels, read_pictures

CAPTIONS = """picture,split,lang,caption,more
a.jpg,test,de,"Kirche, am Fluss",x
a.jpg,test,en,church,x
b.jpg,train,de,Brücke,x
c.jpg,val,de,Markt,x
"""
LABELS = """picture,class,label_en,label_de,dataset,split
a.jpg,church,church,Kirche,one,test
a.jpg,church,church,Kirche,one,test
a.jpg,river,river,Fluss,one,test
b.jpg,river,river,Fluss,two,test
"""


def _write(folder: Path, text: str, name: str = "table.csv") -> Path:
    path = folder / name
    path.write_bytes(gzip.compress(text.encode()) if name.endswith(".gz") else text.encode())
    return path


@pytest.mark.parametrize("name", ["table.csv", "table.csv.gz"])
def test_captions_of_the_asked_splits(tmp_path: Path, name: str) -> None:
    table = _write(tmp_path, CAPTIONS, name)
    assert read_captions(table, ("test", "val")) == (
        Caption("a.jpg", "de", "Kirche, am Fluss"),
        Caption("a.jpg", "en", "church"),
        Caption("c.jpg", "de", "Markt"),
    )
    assert len(read_captions(table)) == 4
    assert read_pictures(table) == ("a.jpg", "b.jpg", "c.jpg")


def test_a_table_from_a_german_spreadsheet(tmp_path: Path) -> None:
    table = _write(tmp_path, "\ufeffpicture;lang;caption\r\na.jpg;de;Kirche, alt\r\n")
    assert read_captions(table) == (Caption("a.jpg", "de", "Kirche, alt"),)


def test_labels_once_each_and_by_dataset(tmp_path: Path) -> None:
    table = _write(tmp_path, LABELS)
    labels = read_labels(table, ("test",))
    assert [(one.picture, one.concept) for one in labels] == [
        ("a.jpg", "church"),
        ("a.jpg", "river"),
        ("b.jpg", "river"),
    ]
    assert labels[0].labels == {"de": "Kirche", "en": "church"}
    assert [one.picture for one in read_labels(table, dataset="two")] == ["b.jpg"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "line 1: the columns picture, lang, caption are missing"),
        ("picture,caption\na,b\n", "line 1: the column lang is missing"),
        ("picture,lang,caption\na.jpg,de\n", "line 2: 2 cells for 3 columns"),
        ('picture,lang,caption\na.jpg,de,"x"y\n', "line 2"),
        ("picture,lang,caption\na.jpg,de,x\n,de,x\n", "line 3: picture is empty"),
        ("picture,lang,caption\na.jpg,German,x\n", "line 2: 'German' is no language code"),
        ("picture,lang,caption\n", "holds no row."),
    ],
)
def test_a_fault_is_named_with_file_and_line(tmp_path: Path, text: str, said: str) -> None:
    table = _write(tmp_path, text)
    with pytest.raises(BadTable) as caught:
        read_captions(table)
    assert said in str(caught.value)
    assert str(table) in str(caught.value)


def test_what_labels_must_have(tmp_path: Path) -> None:
    with pytest.raises(BadTable, match="label_de or label_en is missing"):
        read_labels(_write(tmp_path, "picture,class\na,b\n"))
    with pytest.raises(BadTable, match="line 2: label_de is empty"):
        read_labels(_write(tmp_path, "picture,class,label_de\na,b,\n"))
    with pytest.raises(BadTable, match="line 3: class 'b' has other labels than in line 2"):
        read_labels(_write(tmp_path, "picture,class,label_de\na,b,x\nc,b,y\n"))


def test_no_row_of_a_split_and_no_column_for_it(tmp_path: Path) -> None:
    with pytest.raises(BadTable, match="no row with split dev and dataset one"):
        read_labels(_write(tmp_path, LABELS), ("dev",), "one")
    with pytest.raises(BadTable, match="column split is missing"):
        read_captions(_write(tmp_path, "picture,lang,caption\na,de,x\n"), ("test",))


def test_damaged_and_missing_files(tmp_path: Path) -> None:
    with pytest.raises(PathMissing, match="cannot be read: No such file"):
        read_captions(tmp_path / "none.csv")
    cut = tmp_path / "cut.csv.gz"
    cut.write_bytes(gzip.compress(CAPTIONS.encode())[:-12])
    with pytest.raises(BadTable, match="cannot be unpacked"):
        read_captions(cut)
    latin = tmp_path / "latin.csv"
    latin.write_bytes("picture,lang,caption\na.jpg,de,Brücke\n".encode("latin-1"))
    with pytest.raises(BadTable, match="line 2: this is not UTF-8"):
        read_captions(latin)
