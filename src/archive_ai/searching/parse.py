"""What somebody typed, read as a query: words, what not, exact phrases, fields.

    Markt -Auto "Alte Brücke" ort:Heilbronn jahr:1930..1950 like:p_abc…

Words look for what a picture shows; a minus (typographic ones too) before a word, or before words
in quotes, means: not this. Words in quotes must stand so in the description. ``^2`` after a word
weighs it. A field word filters exactly. :func:`written` is the way back: the same query always has
the same text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, TypeVar

from archive_ai.domain import (
    Colour,
    Example,
    Filters,
    Hint,
    PhotoId,
    Query,
    Status,
    Visibility,
    Words,
)
from archive_ai.errors import UsageError

MOST_PARTS = 40
MINUSES = ("-", "−", "–")
HEAVIEST = 10.0

FIELDS = {
    "signatur": "signatures", "signature": "signatures",
    "ort": "places", "place": "places",
    "tag": "tags", "schlagwort": "tags",
    "jahr": "years", "year": "years",
    "sammlung": "collections", "collection": "collections",
    "art": "kinds", "kind": "kinds",
    "farbe": "colours", "colour": "colours", "color": "colours",
    "format": "formats",
    "status": "statuses",
    "sichtbarkeit": "visibility", "visibility": "visibility",
    "wie": "like", "like": "like",
}  # fmt: skip
"""Field word → what it filters; German first, English second."""

_NAMES = {
    "signatures": "signatur", "places": "ort", "tags": "tag", "years": "jahr",
    "collections": "sammlung", "kinds": "art", "colours": "farbe", "formats": "format",
    "statuses": "status", "visibility": "sichtbarkeit",
}  # fmt: skip

_COLOURS = {
    "schwarzweiß": Colour.BLACK_AND_WHITE, "schwarzweiss": Colour.BLACK_AND_WHITE,
    "sw": Colour.BLACK_AND_WHITE, "bw": Colour.BLACK_AND_WHITE,
    "getönt": Colour.TONED, "getoent": Colour.TONED,
    "bunt": Colour.COLOUR, "farbig": Colour.COLOUR, "farbe": Colour.COLOUR, "color": Colour.COLOUR,
}  # fmt: skip
_STATUSES = {
    "angenommen": Status.ACCEPTED, "bestätigt": Status.ACCEPTED,
    "vorgeschlagen": Status.SUGGESTED, "vorschlag": Status.SUGGESTED,
    "abgelehnt": Status.REJECTED,
    "accepted": Status.ACCEPTED, "suggested": Status.SUGGESTED, "rejected": Status.REJECTED,
}  # fmt: skip
_VISIBILITIES = {"offen": Visibility.OPEN, "gesperrt": Visibility.CLOSED}

_TOKEN = re.compile(
    r'(?P<minus>[-−–])?(?:(?P<field>[^\W\d_]+):)?(?:"(?P<quoted>[^"]*)"|(?P<bare>[^\s"]+)|(?<=:))'
    r"(?:\^(?P<weight>\d+(?:\.\d+)?))?(?=\s|$)"
)
_WEIGHT = re.compile(r"\^(\d+(?:\.\d+)?)$")
_YEARS = re.compile(r"(?P<one>[0-9]{1,4})|(?P<first>[0-9]{1,4})?\.\.(?P<last>[0-9]{1,4})?")
_QUOTES = str.maketrans(dict.fromkeys("„“”»«", '"'))

# What people write when they mean "not this", and a model of pictures and words does not see.
_NEGATION = re.compile(
    r"\b(?:ohne|kein|keine|keinen|keinem|keiner|nicht|without|no|not)\s+(?!nur\b|only\b|\d)"
    r"(?:(?:den|die|das|dem|einen|eine|ein|the|a|an|any)\s+)?"
    r"(?P<what>[^\s,.;()]+(?:\s+[^\s,.;()]+)?)",
    re.IGNORECASE,
)
_ENGLISH = frozenset({"without", "no", "not"})
_RELATIONS = frozenset({
    "in", "on", "at", "of", "with", "and", "by", "near", "from", "behind", "before",
    "im", "am", "an", "auf", "mit", "und", "vor", "bei", "von", "aus", "hinter",
})  # fmt: skip
_BEFORE = re.compile(r"[\s,]*(?:\b(?:aber|doch|but)\s*)?$", re.IGNORECASE)

Value = TypeVar("Value", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Parsed:
    """A query, and what should be said about it."""

    query: Query
    hints: tuple[Hint, ...] = ()


@dataclass(slots=True)
class _Gathered:
    """What was read so far."""

    free: list[str] = field(default_factory=list)
    words: list[Words] = field(default_factory=list)
    examples: list[Example] = field(default_factory=list)
    filters: Filters = field(default_factory=Filters)

    def narrow(self, name: str, value: object) -> None:
        """Add an alternative to a field."""
        changed: dict[str, Any] = {name: (*getattr(self.filters, name), value)}
        self.filters = replace(self.filters, **changed)


def parse(text: str) -> Parsed:
    """Read a query; raise UsageError with what to write instead where that cannot be done."""
    gathered = _Gathered()
    for count, token in enumerate(_tokens(text.translate(_QUOTES))):
        if count >= MOST_PARTS:
            raise UsageError(
                f"The query has more than {MOST_PARTS} parts.", "Ask in fewer words, or twice."
            )
        _read(token, gathered)
    free = " ".join(gathered.free)
    words = (*([Words(free)] if free else []), *gathered.words)
    query = Query(tuple(words), tuple(gathered.examples), gathered.filters)
    return Parsed(query, _hints(query))


def written(query: Query) -> str:
    """Return the text that :func:`parse` reads as ``query``."""
    parts: list[str] = []
    for one in query.words:
        free = one.weight == 1.0 and not any(sign in one.text for sign in ':"^')
        plain = free and not any(word.startswith(MINUSES) for word in one.text.split())
        parts.append(one.text if plain else _worded(one))
    for example in query.examples:
        shown = _quoted(example.photo)
        parts.append(f"{_sign(example.weight)}like:{shown}{_power(example.weight)}")
    filters = query.filters
    parts += [f'"{phrase.replace(chr(34), "")}"' for phrase in filters.phrases]
    for name, shown in _NAMES.items():
        values = getattr(filters, name)
        if name == "years":
            values = () if values is None else (_years_written(values),)
        elif name == "visibility":
            values = () if values is None else (values,)
        parts += [f"{shown}:{_quoted(str(value))}" for value in values]
    parts += [f"-tag:{_quoted(tag)}" for tag in filters.without_tags]
    return " ".join(parts)


def _tokens(text: str) -> Iterator[re.Match[str]]:
    if text.count('"') % 2:
        raise UsageError(
            "A quotation mark is opened and not closed.",
            'Write an exact phrase as "Alte Brücke", or leave the mark out.',
        )
    place = 0
    while place < len(text):
        if text[place].isspace():
            place += 1
            continue
        found = _TOKEN.match(text, place)
        if found is None:
            raise UsageError(
                f"{text[place : place + 30].split(maxsplit=1)[0]} cannot be read.",
                'Put a space before and after words in quotes: Markt "Alte Brücke".',
            )
        yield found
        place = found.end()


def _read(token: re.Match[str], gathered: _Gathered) -> None:
    minus, name = bool(token["minus"]), token["field"]
    quoted, bare = token["quoted"], token["bare"] or ""
    weight = float(token["weight"]) if token["weight"] else None
    if quoted is None and weight is None and (found := _WEIGHT.search(bare)):
        weight, bare = float(found[1]), bare[: found.start()]
    value = " ".join((quoted if quoted is not None else bare).split())
    if weight is not None and not 0 < weight <= HEAVIEST:
        raise UsageError(
            f"{weight:g} is no weight.", f"Write one above 0 and up to {HEAVIEST:g}: Kirche^2."
        )
    known = name is not None and name.lower() in FIELDS
    if name and not known and (not value or bare.startswith("//")):
        name, value = None, f"{name}:{value}"  # the end of a phrase, or an address: no field
    if name:
        _read_field(name, value, minus, weight or 1.0, gathered)
    elif not value:
        return
    elif minus:
        gathered.words.append(Words(value, -(weight or 1.0)))
    elif weight is not None:
        gathered.words.append(Words(value, weight))
    elif quoted is not None:
        gathered.narrow("phrases", value)
    else:
        gathered.free.append(value)


def _read_field(name: str, value: str, minus: bool, weight: float, gathered: _Gathered) -> None:
    field_ = FIELDS.get(name.lower())
    if field_ is None:
        known = ", ".join(f"{one}:" for one in _NAMES.values())
        raise UsageError(
            f"{name}: is no field of a query.",
            f"Fields: {known}, like:. If it is part of the text, write a space after the colon.",
        )
    if not value:
        raise UsageError(f"{name}: has no value.", f"Write it without a space: {name}:VALUE.")
    if field_ == "like":
        gathered.examples.append(Example(PhotoId(value), -weight if minus else weight))
    elif minus and field_ == "tags":
        gathered.narrow("without_tags", value)
    elif minus:
        raise UsageError(
            f"-{name}: is not understood.", "A minus goes with words, with tag: and with like:."
        )
    elif field_ in ("years", "visibility") and getattr(gathered.filters, field_) is not None:
        raise UsageError(f"{name}: stands there twice.", "Write it once: jahr:1930..1950.")
    elif field_ == "years":
        gathered.filters = replace(gathered.filters, years=_years(value))
    elif field_ == "colours":
        gathered.narrow("colours", _one_of(Colour, value, _COLOURS, name))
    elif field_ == "statuses":
        gathered.narrow("statuses", _one_of(_status, value, _STATUSES, name))
    elif field_ == "visibility":
        visibility = _one_of(Visibility, value, _VISIBILITIES, name)
        gathered.filters = replace(gathered.filters, visibility=visibility)
    else:
        gathered.narrow(field_, value.lower() if field_ == "formats" else value)


def _one_of(kind: Callable[[str], Value], value: str, more: dict[str, Value], name: str) -> Value:
    if value.lower() in more:
        return more[value.lower()]
    try:
        return kind(value.lower())
    except ValueError:
        known = ", ".join(sorted({*more, *(str(one) for one in more.values())}))
        raise UsageError(f"{name}:{value} is not understood.", f"One of: {known}.") from None


def _status(value: str) -> Status:
    raise ValueError(value)  # all that a photo's tag can be is in the table


def _years(value: str) -> tuple[int | None, int | None]:
    found = _YEARS.fullmatch(value)
    if found is None or not (found["one"] or found["first"] or found["last"]):
        raise UsageError(
            f"jahr:{value} is no year or range of years.",
            "Write jahr:1930, jahr:1930..1950, jahr:1930.. or jahr:..1950.",
        )
    if found["one"]:
        return int(found["one"]), int(found["one"])
    first = int(found["first"]) if found["first"] else None
    last = int(found["last"]) if found["last"] else None
    if first is not None and last is not None and first > last:
        raise UsageError(f"jahr:{value} ends before it begins.", f"Write jahr:{last}..{first}.")
    return first, last


def _hints(query: Query) -> tuple[Hint, ...]:
    """Say how to ask for "not this" where somebody wrote it in words."""
    for one in query.words:
        found = _NEGATION.search(one.text) if one.weight > 0 else None
        if found is None:
            continue
        what = _unwanted(found)
        kept = _BEFORE.sub("", one.text[: found.start()])
        after = one.text[found.start("what") + len(what) :]
        rest = " ".join(f"{kept} {after}".replace(",", " ").split())
        rest = rest.replace("( )", "").replace("()", "").strip()
        minus = f"-{_quoted(what)}"
        instead = " ".join(part for part in (rest, minus) if part)
        return (
            Hint(
                "negation",
                f"Verneinungen wie in „{found[0]}“ versteht die Bildersuche nicht. "
                f"Schreiben Sie ein Minus davor: {instead}",
                f"The picture search does not understand negations as in “{found[0]}”. "
                f"Write a minus instead: {instead}",
                instead,
            ),
        )
    return ()


def _unwanted(found: re.Match[str]) -> str:
    """Return the thing that is not wanted: one word, or two where the first says of what kind."""
    first, _, second = found["what"].partition(" ")
    english = found[0].split()[0].lower() in _ENGLISH
    if not second or second.lower() in _RELATIONS:
        return first
    described = english or (first[:1].islower() and second[:1].isupper())
    return found["what"] if described else first


def _worded(one: Words) -> str:
    text = one.text.replace('"', "")
    if one.weight == 1.0:
        return f'"{text}"^1'
    return f"{_sign(one.weight)}{_quoted(text)}{_power(one.weight)}"


def _sign(weight: float) -> str:
    return "-" if weight < 0 else ""


def _power(weight: float) -> str:
    return "" if abs(weight) == 1.0 else f"^{abs(weight):.6f}".rstrip("0").rstrip(".")


def _quoted(value: str) -> str:
    value = value.replace('"', "")
    return value if re.fullmatch(r"[^\s\"^:-][^\s\"^:]*", value) else f'"{value}"'


def _years_written(years: tuple[int | None, int | None]) -> str:
    first, last = ("" if year is None else str(year) for year in years)
    return first if first == last else f"{first}..{last}"
