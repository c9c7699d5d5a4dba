"""Contact sheets: whole in themselves, escaped, and readable without colour or sight."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from archive_ai.domain import Strength
from archive_ai.errors import PathMissing
from archive_ai.exchange import Card, Section, sheet_html, write_sheet

JPEG = b"\xff\xd8\xff\xe0 not really"
EVIL = "<script>alert('x')</script>\" onload=\"y & $title"


class Tags(HTMLParser):
    """Collects tags with their attributes and fails on one that is closed wrongly."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(page)
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in {"meta", "img"}:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def _page(lang: str = "de") -> str:
    cards = (
        Card(JPEG, ("Kirche.tif", "1902"), 0.3125, Strength.STRONG, alt="Kirche am Fluss"),
        Card(b"\x89PNG", ("b.tif",), -0.5, Strength.WEAK),
        Card(b"", (), 0.1, Strength.BELOW),
    )
    sections = [Section("Kirche", cards, "1 starker Treffer"), Section("nichts")]
    return sheet_html("Suche", sections, "en" if lang == "en" else "de")


def test_the_page_is_whole_and_says_everything_in_words() -> None:
    tags = Tags(_page())
    assert ("html", {"lang": "de"}) in tags.found
    images = [attributes for tag, attributes in tags.found if tag == "img"]
    assert [image["alt"] for image in images] == ["Kirche am Fluss", "b.tif"]
    assert [(image["src"] or "").split(";")[0] for image in images] == [
        "data:image/jpeg",
        "data:image/png",
    ]
    for word in ("● stark", "◐ schwach", "○ unter der Schwelle", "0,312", "−0,500", "Keine Tre"):
        assert word in tags.text
    assert "Bild nicht lesbar" in tags.text
    assert "● strong" in Tags(_page("en")).text


def test_no_scripts_and_no_outside_addresses() -> None:
    page = _page()
    assert "<script" not in page
    assert not re.search(r"https?:|//[a-z]|url\(|@import", page)
    assert "default-src 'none'" in page


def test_every_text_is_escaped() -> None:
    evil = Card(JPEG, (EVIL, EVIL), alt=EVIL)
    tags = Tags(sheet_html(EVIL, [Section(EVIL, (evil,), EVIL)], "en"))
    assert "script" not in {tag for tag, _ in tags.found}
    assert not any("onload" in attributes for _, attributes in tags.found)
    assert tags.text.count(EVIL) == 6
    assert sheet_html("a\udcff", [], "en").encode()


def test_a_sheet_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "sheet.html"
    write_sheet(path, "one", [])
    write_sheet(path, "two", [], "de")
    assert "<h1>two</h1>" in path.read_text("utf-8")
    assert list(tmp_path.iterdir()) == [path]
    with pytest.raises(PathMissing, match="cannot be written: No such file"):
        write_sheet(tmp_path / "none" / "sheet.html", "x", [])
