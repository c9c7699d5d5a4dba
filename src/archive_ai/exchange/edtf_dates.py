"""Dates as archives write them, in German or English, become EDTF and first and last days.

EDTF (ISO 8601-2) is read as it is; besides: ``12.05.1944``, ``12. Mai 1944``, ``Mai 1944``,
``1930-1935``, ``1930-35``, ``1930er``, ``um 1930``, ``ca. 1930``, ``vor 1908``, ``nach 1945``,
``Anfang der 1930er``, ``19. Jh.``, ``2. Hälfte 19. Jh.``, ``Sommer 1944``, ``[1944]``, ``1944?``,
``1944/45``, ``1944, 1945``, ``Mai-Juni 1944``, ``19./20. Jh.``, and ``undatiert``, ``o. D.``. What
is approximate reaches five years to either side. Years before 1 and years of two digits alone are
refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from archive_ai.domain.dates import plain_days

ABOUT = 5
"""Years to either side of a date that is marked as approximate."""

LONGEST = 120
KEPT = 50_000

_UNKNOWN = re.compile(
    r"(undatiert|ohne (datum|jahr)|unbekannt|o\.? ?[dj]\.?|[sn]\.? ?d\.?|undated|unknown)?"
)
_APPROXIMATE = re.compile(
    r"(?:um|ca\.?|circa|zirka|etwa|wohl|vermutlich|c\.|about|around|approx\.?) ?"
)
_BEFORE = re.compile(r"(?:vor|before) ")
_UNTIL = re.compile(r"(?:bis|until|-|–) ?")
_AFTER = re.compile(r"(?:nach|after) ")
_SINCE = re.compile(r"(?:seit|ab|since|from) ")
_BETWEEN = re.compile(r"(?:zwischen|between) (.+) (?:und|and) (.+)")
_SPAN = re.compile(r"(.+?) ?(?:/| bis | to |–|—| - ) ?(.+)")
_YEARS = re.compile(r"(\d{4})(?:-(\d{2}|\d{4})|/(\d{2}))")
_ONE_OF = re.compile(r"\d{4}(?:, ?\d{4})+")
_MONTHS_OF_YEAR = re.compile(r"([a-zä]+)\.? ?(?:-|–|/|bis|und) ?([a-zä]+)\.? (\d{4})")
_SHORT_YEAR = re.compile(r"(\d{1,2})\. ?(\d{1,2})\. ?['’]?(\d{2})")
_BEFORE_CHRIST = re.compile(r"(?:.*/)?-\d")
_DAY = re.compile(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})")
_MONTH = re.compile(r"(\d{1,2})[./] ?(\d{4})")
_NAMED = re.compile(r"(?:(\d{1,2})\.? )?([a-zä]+)\.? (\d{4})")
_ENGLISH_DAY = re.compile(r"([a-z]+)\.? (\d{1,2}), (\d{4})")
_DECADE = re.compile(r"(\d{3})0(?:er(?:[ -]?jahren?)?|s)")
_CENTURY = re.compile(
    r"(\d{1,2})(?:\.|st|nd|rd|th) ?(?:jh\.?|jhd\.?|jhdt\.?|jahrhunderts?|century)"
)
_CENTURIES = re.compile(
    r"(\d{1,2})\. ?(?:/|-|–|bis|und) ?(\d{1,2})\. ?(jh\.?|jhd\.?|jhdt\.?|jahrhunderts?)"
)
_HALF = re.compile(r"(1\.|2\.|erste|zweite) (?:hälfte|h\.) (?:des )?(.+)")
_STAGE = re.compile(r"(anfang|mitte|ende) (?:der |des )?(.+)")
_EXIF = re.compile(r"(\d{4}):(\d{2}):(\d{2})(?: .*)?")

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januar jan january jänner", "februar feb february", "märz maerz mär mrz march mar",
            "april apr", "mai may", "juni jun june", "juli jul july", "august aug",
            "september sep sept", "oktober okt october oct", "november nov",
            "dezember dez december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_SEASONS = {
    "frühjahr": 21, "frühling": 21, "spring": 21, "sommer": 22, "summer": 22, "herbst": 23,
    "autumn": 23, "winter": 24,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ArchivalDate:
    """A date as EDTF and the ISO days between which it lies; None: open or unknown."""

    edtf: str
    first: str | None
    last: str | None


class UnclearDate(ValueError):
    """A date that may mean several; says how to write it."""


UNDATED = ArchivalDate("", None, None)


@lru_cache(KEPT)
def read_date(text: str) -> ArchivalDate:
    """Read a date; raise ValueError where it cannot be read or lies outside of years 1 to 9999."""
    written = " ".join(text.split()).strip(" .,;") if len(text) <= LONGEST else None
    if written is None:
        raise ValueError(f"A date of {len(text)} characters.")
    small = written.casefold()
    if any(letter.isdigit() and not letter.isascii() for letter in small):
        raise ValueError(text)
    if _UNKNOWN.fullmatch(small):
        return UNDATED
    edtf = _edtf(small) or written.upper()
    return _bounded(edtf)


def _edtf(text: str) -> str:
    """Return as EDTF what is written as only people write; empty: it may be EDTF already."""
    if _BEFORE_CHRIST.match(text):
        raise ValueError(text)
    if match := _SHORT_YEAR.fullmatch(text):
        raise UnclearDate(
            f"write the year with four digits, as in {match[1]}.{match[2]}.19{match[3]}"
        )
    if text[:1] in ("~", "?", "%") and len(text) > 1 and "/" not in text:
        return _marked(text[1:].strip(), text[0])
    if _ONE_OF.fullmatch(text):
        return f"[{text.replace(' ', '')}]"
    if text.startswith("[") and text.endswith("]") and not re.search(r"[,.]{1,2}", text[1:-1]):
        return _marked(text[1:-1].strip(), "?")
    if match := re.fullmatch(r"(.+?) ?(?:\(\?\)|\?)", text):
        return _marked(match[1], "?")
    if match := _APPROXIMATE.match(text):
        return _marked(text[match.end() :], "~")
    return _open(text) or _day(text) or _span(text) or _part(text) or _single(text)


def _marked(text: str, mark: str) -> str:
    found = _edtf(text) or text.upper()
    parts = [
        part if part in ("", "..") or part[-1] in "~?%" else part + mark
        for part in found.split("/")
    ]
    return "/".join(parts)


def _open(text: str) -> str:
    """Read what has one end only."""
    for form in (_BEFORE, _UNTIL, _AFTER, _SINCE):
        if match := form.match(text):
            rest = text[match.end() :]
            inner = _bounded(_edtf(rest) or rest)
            if inner.first is None or inner.last is None:
                raise ValueError(text)
            edge = inner.first if form in (_BEFORE, _SINCE) else inner.last
            day = date.fromisoformat(edge)
            try:
                day += timedelta({_BEFORE: -1, _AFTER: 1}.get(form, 0))
            except OverflowError as fault:
                raise ValueError(text) from fault
            end = form in (_BEFORE, _UNTIL)
            whole = _short(day, end)
            return f"../{whole}" if end else f"{whole}/.."
    return ""


def _short(day: date, end: bool) -> str:
    """Return the year alone where the day is its first, or its last."""
    edge = (12, 31) if end else (1, 1)
    return f"{day.year:04d}" if (day.month, day.day) == edge else day.isoformat()


def _span(text: str) -> str:
    if match := _YEARS.fullmatch(text):
        end = match[2] or match[3]
        # Two digits may be a month, too, and are a year only where they can be nothing else.
        if len(end) == 4 or int(end) > max(12, int(match[1][2:])):
            return f"{match[1]}/{match[1][: 4 - len(end)]}{end}"
    match = _MONTHS_OF_YEAR.fullmatch(text)
    if match and match[1] in _MONTHS and match[2] in _MONTHS:
        return f"{match[3]}-{_MONTHS[match[1]]:02d}/{match[3]}-{_MONTHS[match[2]]:02d}"
    if match := _CENTURIES.fullmatch(text):
        return "/".join(_period(f"{number}. {match[3]}") for number in (match[1], match[2]))
    match = _BETWEEN.fullmatch(text) or _SPAN.fullmatch(text)
    if not match:
        match = re.fullmatch(r"(\d{1,2}\.\d{1,2}\.\d{4}|\d{4}er)-(.+)", text)
    if not match:
        return ""
    ends = [_edtf(one) or one.upper() for one in match.groups()]
    if any("/" in one for one in ends):
        raise ValueError(text)
    return "/".join(ends)


def _part(text: str) -> str:
    """Read beginning, middle, end and halves of decades, centuries and years."""
    if match := _HALF.fullmatch(text):
        first, last = _years(match[2])
        middle = (first + last) // 2
        return (
            f"{first:04d}/{middle:04d}"
            if match[1] in ("1.", "erste")
            else f"{middle + 1:04d}/{last:04d}"
        )
    if match := _STAGE.fullmatch(text):
        stage = ("anfang", "mitte", "ende").index(match[1])
        if re.fullmatch(r"\d{4}", match[2]):
            return f"{match[2]}-{1 + 4 * stage:02d}/{match[2]}-{4 + 4 * stage:02d}"
        first, last = _years(match[2])
        length = last - first + 1
        start, end = (0, 4, 7, 10)[stage], (0, 4, 7, 10)[stage + 1]
        return f"{first + start * length // 10:04d}/{first + end * length // 10 - 1:04d}"
    return ""


def _years(text: str) -> tuple[int, int]:
    found = _single(text)
    if not re.fullmatch(r"\d{2}(\dX|XX)", found):
        raise ValueError(text)
    return int(found.replace("X", "0")), int(found.replace("X", "9"))


def _single(text: str) -> str:
    return _day(text) or _named(text) or _period(text)


def _day(text: str) -> str:
    if match := _EXIF.fullmatch(text):
        return f"{match[1]}-{match[2]}-{match[3]}"
    if match := _DAY.fullmatch(text):
        return f"{match[3]}-{int(match[2]):02d}-{int(match[1]):02d}"
    match = _MONTH.fullmatch(text)
    return f"{match[2]}-{int(match[1]):02d}" if match else ""


def _named(text: str) -> str:
    """Read months and seasons that are written as words."""
    match = _ENGLISH_DAY.fullmatch(text)
    if match and match[1] in _MONTHS:
        return f"{match[3]}-{_MONTHS[match[1]]:02d}-{int(match[2]):02d}"
    match = _NAMED.fullmatch(text)
    if match and match[2] in _MONTHS:
        day = f"-{int(match[1]):02d}" if match[1] else ""
        return f"{match[3]}-{_MONTHS[match[2]]:02d}{day}"
    if match and match[2] in _SEASONS and not match[1]:
        return f"{match[3]}-{_SEASONS[match[2]]}"
    return ""


def _period(text: str) -> str:
    if match := _DECADE.fullmatch(text):
        return f"{match[1]}X"
    match = _CENTURY.fullmatch(text)
    return f"{int(match[1]) - 1:02d}XX" if match and int(match[1]) else ""


def _bounded(edtf: str) -> ArchivalDate:
    """Return first and last day of an EDTF date; raise ValueError where it is none."""
    start, slash, end = edtf.partition("/")
    if not slash:
        return ArchivalDate(edtf, *_days(edtf))
    first = _days(start)[0] if start not in ("", "..") else None
    last = _days(end)[1] if end not in ("", "..") else None
    if (first is None and last is None) or (first and last and first > last):
        raise ValueError(edtf)
    return ArchivalDate(f"{start or '..'}/{end or '..'}", first, last)


def _days(edtf: str) -> tuple[str, str]:
    about = ABOUT if "~" in edtf or "%" in edtf else 0
    try:
        first, last = plain_days(edtf.strip("~?%"))
    except ValueError:
        first, last = _parsed_days(edtf)
    years = first.year - about, last.year + about
    if years[0] < 1 or years[1] > 9999:
        raise ValueError(edtf)
    if about:
        first, last = date(years[0], 1, 1), date(years[1], 12, 31)
    return first.isoformat(), last.isoformat()


def _parsed_days(edtf: str) -> tuple[date, date]:
    """Ask the library for what is more than a plain date: seasons, X, sets."""
    from edtf import EDTFParseException, parse_edtf  # noqa: PLC0415 (slow to import)

    try:
        found = parse_edtf(edtf.upper())
        first, last = found.lower_strict(), found.upper_strict()
        return date(*first[:3]), date(*last[:3])
    except (EDTFParseException, TypeError, ValueError, OverflowError, AttributeError) as error:
        raise ValueError(edtf) from error
