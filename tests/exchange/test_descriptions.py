"""Tables of descriptions: mapped, guessed, gzipped, and refused with every faulty line."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from archive_ai.domain import Record, Visibility
from archive_ai.errors import BadTable, PathMissing
from archive_ai.exchange.descriptions import Descriptions, read_descriptions


def _read(path: Path, mapping: str | None = None) -> Descriptions:
    file = path.with_suffix(".toml")
    if mapping is not None:
        file.write_text(mapping, "utf-8")
    return read_descriptions(path, None if mapping is None else file, "anna", "2026-01-01")


def _table(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "table.csv"
    path.write_bytes(text.encode(encoding))
    return path


def _only(read: Descriptions) -> Record:
    (record,) = read.records
    return record


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_known_headers_need_no_mapping(tmp_path: Path, separator: str) -> None:
    rows = [["Signatur", "Titel", "Ort", "Datierung", "Zugang", "Regal"]]
    rows.append(["F001-0001", "Kirche", "Öhringen", "um 1930", "gesperrt", "12"])
    read = _read(_table(tmp_path, "\n".join(separator.join(row) for row in rows)))
    record = _only(read)
    assert (record.key, record.title, record.place) == ("F001-0001", "Kirche", "Öhringen")
    assert (record.date, record.first, record.last) == ("1930~", "1925-01-01", "1935-12-31")
    assert record.visibility is Visibility.CLOSED
    assert (record.by, record.at) == ("anna", "2026-01-01")
    assert read.ignored == ("Regal",)


def test_a_mapping_says_what_an_export_means(tmp_path: Path) -> None:
    table = _table(
        tmp_path,
        "Sig|Betreff|Enthält|Bem|von|bis|Stand|Frist|Foto\n"
        'A 1|Straße|"Haus, Hof"|Riß|1930|12.05.1931|intern|2040|Maier\n',
        "cp1252",
    )
    mapping = """
        key = "signature"
        encoding = "cp1252"
        delimiter = "|"
        [columns]
        signature = "Sig"
        title = "Betreff"
        description = ["Enthält", "Bem"]
        date = ["von", "bis"]
        visibility = "Stand"
        closed_until = "Frist"
        [other]
        photographer = "Foto"
        [visibility]
        open = ["offen"]
        closed = ["INTERN"]
    """
    record = _only(_read(table, mapping))
    assert (record.title, record.description) == ("Straße", "Haus, Hof\nRiß")
    assert (record.first, record.last) == ("1930-01-01", "1931-05-12")
    assert (record.visibility, record.closed_until) == (Visibility.CLOSED, "2040-12-31")
    assert record.other == {"photographer": "Maier"}


def test_paths_and_pages_are_keys(tmp_path: Path) -> None:
    read = _read(_table(tmp_path, "path,page,title\n.\\F1\\a.tif,1,A\nF1/a.tif,2,B\n"))
    assert [(one.key, one.page) for one in read.records] == [("F1/a.tif", 1), ("F1/a.tif#2", 2)]


def test_a_gzipped_table_is_read(tmp_path: Path) -> None:
    path = tmp_path / "table.csv.gz"
    path.write_bytes(gzip.compress(b"signature,title\nA 1,Kirche\n"))
    assert _only(_read(path)).title == "Kirche"


def test_every_faulty_line_is_named_and_nothing_is_taken(tmp_path: Path) -> None:
    table = _table(
        tmp_path,
        "signature,date,visibility,page,closed_until\n"
        "A 1,irgendwann,,,\n"
        "A 2,,vielleicht,,\n"
        ",1930,,,\n"
        "A 3,1930,,x,\n"
        "A 4,,,,bald\n"
        "A 5,1930,,,\n"
        "A 5,1931,,,\n",
    )
    with pytest.raises(BadTable) as refused:
        _read(table)
    said = refused.value.what
    assert "line 2: the date 'irgendwann' is not understood" in said
    assert "line 3: the visibility 'vielleicht' is unknown" in said
    assert "line 4: the signature is empty" in said
    assert "line 5: page is 'x'" in said
    assert "line 6: 'bald' is no day" in said
    assert "and 1 more" in said


def test_a_date_that_nobody_can_read_is_kept_if_the_mapping_says_so(tmp_path: Path) -> None:
    table = _table(tmp_path, "s,d\nA 1,kurz vor dem Umbau\n")
    mapping = 'unreadable_dates = "keep"\n[columns]\nsignature = "s"\ndate = "d"\n'
    read = _read(table, mapping)
    record = _only(read)
    assert (record.date, record.first, record.last) == ("kurz vor dem Umbau", None, None)
    assert read.unreadable_dates == ((2, "kurz vor dem Umbau"),)


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        ("key = ", "is no TOML"),
        ("colums = 1", "colums means nothing"),
        ('[columns]\ntitel = "a"', "columns.titel is no field"),
        ("[columns]\ntitle = 1", "columns.title names no column"),
        ('key = "path"\n[columns]\nsignature = "s"', "the key is path, and no column is"),
        ('key = "number"', "key is 'number'"),
        ('encoding = "klingon"', "the encoding 'klingon' is unknown"),
        ('encoding = "base64"', "the encoding 'base64' is none of texts"),
        ('columns = "a"', "columns is no table"),
        ('visibility = "a"', "visibility is no table"),
        ('delimiter = "ab"', "the delimiter is 'ab'"),
        ('[visibility]\nmaybe = ["x"]', "visibility.maybe is no list"),
        ('[columns]\nsignature = "nowhere"', "the column nowhere is missing"),
        ('[columns]\ntitle = "t"', "no column is a signature or a path"),
    ],
)
def test_a_faulty_mapping_is_refused(tmp_path: Path, mapping: str, said: str) -> None:
    with pytest.raises(BadTable) as refused:
        _read(_table(tmp_path, "s,t\nA 1,Kirche\n"), mapping)
    assert said in refused.value.what


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(PathMissing):
        _read(tmp_path / "nowhere.csv")
    for empty in ("", "\n", ";;\nA 1;;\n"):
        with pytest.raises(BadTable, match=r"the first line is empty"):
            _read(_table(tmp_path, empty))
    with pytest.raises(BadTable, match=r"no column is a signature or a path") as refused:
        _read(_table(tmp_path, "F001-0001,Kirche\n"))
    assert "first line names the columns: F001-0001, Kirche" in refused.value.advice
    with pytest.raises(BadTable, match="two columns are called title"):
        _read(_table(tmp_path, "path,title,title\na,Kirche,\n"))
    with pytest.raises(BadTable, match="leads out of its folder"):
        _read(_table(tmp_path, "path\n../../etc/passwd\n"))


@pytest.mark.parametrize("cell", ["unbekannt", "undatiert", "o. D.", "nach 2030", "bald"])
def test_what_gives_no_day_closes_until_none_and_is_a_fault(tmp_path: Path, cell: str) -> None:
    with pytest.raises(BadTable, match=f"line 2: '{cell}' is no day until which it is closed"):
        _read(_table(tmp_path, f"signature,gesperrt bis\nA 1,{cell}\nA 2,\n"))


def test_an_empty_cell_opens_only_if_the_words_of_the_mapping_say_so(tmp_path: Path) -> None:
    table = _table(tmp_path, "s,v\nA 1,offen\nA 2,\n")
    columns = '[columns]\nsignature = "s"\nvisibility = "v"\n[visibility]\nclosed = ["zu"]\n'
    with pytest.raises(BadTable, match="line 3: the visibility is empty"):
        _read(table, columns + 'open = ["offen"]')
    read = _read(table, columns + 'open = ["offen", ""]')
    assert {one.visibility for one in read.records} == {Visibility.OPEN}


def test_a_key_is_of_the_kind_that_it_is(tmp_path: Path) -> None:
    both = "Pfad,Signatur\nF001-005.tif,F001-005.tif\n"
    assert not _only(_read(_table(tmp_path, both))).by_signature
    by = 'key = "signature"\n[columns]\npath = "Pfad"\nsignature = "Signatur"'
    assert _only(_read(_table(tmp_path, both), by)).by_signature
    for name in ("---", "F1" * 200):
        with pytest.raises(BadTable, match="line 2: no file can be called by the signature"):
            _read(_table(tmp_path, f"signature\n{name}\n"))


def test_two_digits_of_a_year_are_said_to_be_too_few(tmp_path: Path) -> None:
    with pytest.raises(BadTable, match=r"'12\.5\.44' is not understood: write the year with four"):
        _read(_table(tmp_path, "signature,date\nA 1,12.5.44\n"))
