"""Dates as archives write them become EDTF with first and last days."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_ai.exchange.edtf_dates import UnclearDate, read_date


@pytest.mark.parametrize(
    ("written", "edtf", "first", "last"),
    [
        ("1930", "1930", "1930-01-01", "1930-12-31"),
        ("1944-05", "1944-05", "1944-05-01", "1944-05-31"),
        ("12.05.1944", "1944-05-12", "1944-05-12", "1944-05-12"),
        ("2.5.1944", "1944-05-02", "1944-05-02", "1944-05-02"),
        ("12. Mai 1944", "1944-05-12", "1944-05-12", "1944-05-12"),
        ("Mai 1944", "1944-05", "1944-05-01", "1944-05-31"),
        ("05/1944", "1944-05", "1944-05-01", "1944-05-31"),
        ("May 12, 1944", "1944-05-12", "1944-05-12", "1944-05-12"),
        ("um 1930", "1930~", "1925-01-01", "1935-12-31"),
        ("ca. 1930", "1930~", "1925-01-01", "1935-12-31"),
        ("1930er", "193X", "1930-01-01", "1939-12-31"),
        ("1930er Jahre", "193X", "1930-01-01", "1939-12-31"),
        ("1930-1935", "1930/1935", "1930-01-01", "1935-12-31"),
        ("1930-35", "1930/1935", "1930-01-01", "1935-12-31"),
        ("1930 – 1935", "1930/1935", "1930-01-01", "1935-12-31"),
        ("zwischen 1930 und 1935", "1930/1935", "1930-01-01", "1935-12-31"),
        ("01.05.1944-03.05.1944", "1944-05-01/1944-05-03", "1944-05-01", "1944-05-03"),
        ("vor 1908", "../1907", None, "1907-12-31"),
        ("vor 12.05.1944", "../1944-05-11", None, "1944-05-11"),
        ("nach 1945", "1946/..", "1946-01-01", None),
        ("seit 1945", "1945/..", "1945-01-01", None),
        ("[1944]", "1944?", "1944-01-01", "1944-12-31"),
        ("[um 1944]", "1944~", "1939-01-01", "1949-12-31"),
        ("1944 (?)", "1944?", "1944-01-01", "1944-12-31"),
        ("19. Jh.", "18XX", "1800-01-01", "1899-12-31"),
        ("19. Jahrhundert", "18XX", "1800-01-01", "1899-12-31"),
        ("2. Hälfte 19. Jh.", "1850/1899", "1850-01-01", "1899-12-31"),
        ("Anfang der 1930er", "1930/1933", "1930-01-01", "1933-12-31"),
        ("Sommer 1944", "1944-22", "1944-06-01", "1944-08-31"),
        ("undatiert", "", None, None),
        ("o. D.", "", None, None),
        ("o.J.", "", None, None),
        ("", "", None, None),
        ("1930/1935", "1930/1935", "1930-01-01", "1935-12-31"),
        ("../1907", "../1907", None, "1907-12-31"),
        ("193X~", "193X~", "1925-01-01", "1944-12-31"),
        ("~1930", "1930~", "1925-01-01", "1935-12-31"),
        ("~1930/1940", "1930~/1940", "1925-01-01", "1940-12-31"),
        ("1944-~05", "1944-~05", "1939-01-01", "1949-12-31"),
        ("1944/45", "1944/1945", "1944-01-01", "1945-12-31"),
        ("1944, 1945", "[1944,1945]", "1944-01-01", "1945-12-31"),
        ("Mai-Juni 1944", "1944-05/1944-06", "1944-05-01", "1944-06-30"),
        ("Mai bis Juni 1944", "1944-05/1944-06", "1944-05-01", "1944-06-30"),
        ("19./20. Jh.", "18XX/19XX", "1800-01-01", "1999-12-31"),
        ("[1944,1946]", "[1944,1946]", "1944-01-01", "1946-12-31"),
    ],
)
def test_what_is_written_has_first_and_last_days(
    written: str, edtf: str, first: str | None, last: str | None
) -> None:
    found = read_date(written)
    assert (found.edtf, found.first, found.last) == (edtf, first, last)


@pytest.mark.parametrize(
    "written",
    ["irgendwann", "31.02.1944", "1935-1930", "1930-13", "um", "vor", "0000", "9999~", "1" * 500,
     "-0044", "-0044/0044", "-1944", "nach 9999", "vor 0001", "١٩٤٤", "1944²", "1904/05"],
)  # fmt: skip
def test_what_is_no_date_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_date(written)


@pytest.mark.parametrize("written", ["12.5.44", "vor 12.5.44", "12.5.1944-12.5.44"])
def test_a_year_of_two_digits_is_refused_and_how_to_write_it_said(written: str) -> None:
    with pytest.raises(UnclearDate, match=r"four digits, as in 12\.5\.1944"):
        read_date(written)


@given(st.text(alphabet="0123456789 .-/~?[]XxumvorcaJh", max_size=14) | st.text(max_size=14))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = read_date(text)
    except ValueError:
        return
    if found.edtf:
        assert found.first or found.last
        again = read_date(found.edtf)
        assert (again.first, again.last) == (found.first, found.last)
