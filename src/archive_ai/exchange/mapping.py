"""How the columns of an archive's export become our fields: a file in TOML, or names we know."""

from __future__ import annotations

import codecs
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from archive_ai.domain import Visibility
from archive_ai.errors import BadTable, PathMissing
from archive_ai.exchange.cells import UTF8

FIELDS = (
    "signature", "path", "page", "title", "description", "place", "kind", "date", "rights",
    "visibility", "closed_until",
)  # fmt: skip

KNOWN: Mapping[str, tuple[str, ...]] = {
    "signature": ("signatur", "signature", "reference code", "shelfmark", "archivaliensignatur"),
    "path": ("path", "pfad", "datei", "dateiname", "file", "filename"),
    "page": ("page", "seite"),
    "title": ("title", "titel", "title_de", "titel_de"),
    "description": ("description", "beschreibung", "description_de", "inhalt", "enthält"),
    "place": ("place", "ort", "location"),
    "kind": ("kind", "art", "gattung", "objektart", "materialart"),
    "date": ("date", "datum", "datierung", "laufzeit", "year", "jahr"),
    "rights": ("rights", "rechte", "copyright", "nutzungsrechte"),
    "visibility": ("visibility", "sichtbarkeit", "zugang", "access", "zugänglichkeit"),
    "closed_until": ("closed_until", "closed until", "gesperrt bis", "gesperrt_bis"),
}
"""Headers that are understood without a mapping file, in small letters; the first wins."""

KNOWN_OTHER: Mapping[str, tuple[str, ...]] = {
    "title_en": ("title_en",),
    "description_en": ("description_en",),
    "photographer": ("photographer", "fotograf", "fotografin", "photograph", "creator", "urheber"),
    "keywords": ("keywords", "schlagworte", "schlagwörter", "stichworte"),
}

WORDS: Mapping[Visibility, tuple[str, ...]] = {
    Visibility.OPEN: ("", "open", "offen", "frei", "öffentlich", "public"),
    Visibility.CLOSED: ("closed", "gesperrt", "geschlossen", "nicht öffentlich", "restricted"),
}

_TABLES = frozenset({"columns", "other", "visibility"})
_PLAIN = frozenset({"key", "encoding", "delimiter", "unreadable_dates"})


@dataclass(frozen=True, slots=True)
class Mapped:
    """What a mapping says.

    ``columns`` and ``other`` give the columns of each field; those of one field are joined.
    ``key`` is signature or path, empty where the table decides. ``delimiter`` may be empty: then
    it is guessed. ``keeps_dates`` says that a date that cannot be read is kept as text.
    """

    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    other: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    key: str = ""
    encoding: str = UTF8
    delimiter: str = ""
    keeps_dates: bool = False
    visibility: Mapping[str, Visibility] = field(
        default_factory=lambda: {word: kind for kind, words in WORDS.items() for word in words}
    )


def read_mapping(path: Path) -> Mapped:
    """Read a mapping file; raise PathMissing, or BadTable that says what is wrong with it."""
    try:
        document = tomllib.loads(path.read_text("utf-8"))
    except OSError as fault:
        raise PathMissing(f"The mapping {path} cannot be read: {fault.strerror}.") from fault
    except ValueError as fault:
        raise BadTable(f"The mapping {path} is no TOML: {fault}.") from fault
    unknown = sorted(set(document) - _TABLES - _PLAIN)
    if unknown:
        raise _fault(path, f"{unknown[0]} means nothing", f"Known: {_listed(_TABLES | _PLAIN)}.")
    columns = _columns(path, document, "columns")
    strange = sorted(set(columns) - set(FIELDS))
    if strange:
        raise _fault(path, f"columns.{strange[0]} is no field", f"Fields: {_listed(FIELDS)}.")
    mapped = Mapped(
        columns,
        _columns(path, document, "other"),
        _choice(path, document, "key", ("", "signature", "path")),
        _encoding(path, document),
        _delimiter(path, document),
        _choice(path, document, "unreadable_dates", ("refuse", "keep")) == "keep",
        _visibility(path, document),
    )
    if mapped.key and mapped.key not in columns:
        raise _fault(path, f"the key is {mapped.key}, and no column is", "Name its column.")
    return mapped


def known_columns(names: Sequence[str]) -> Mapped:
    """Return what headers mean that are understood without a mapping file."""
    by_name = {name.casefold(): name for name in reversed(names)}

    def chosen(known: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for one, headers in known.items():
            name = next((by_name[header] for header in headers if header in by_name), None)
            if name is not None:
                found[one] = (name,)
        return found

    return Mapped(chosen(KNOWN), chosen(KNOWN_OTHER))


def _columns(path: Path, document: Mapping[str, Any], name: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for one, said in _table(path, document, name).items():
        columns = [said] if isinstance(said, str) else said
        if not isinstance(columns, list) or not all(isinstance(each, str) for each in columns):
            raise _fault(path, f"{name}.{one} names no column", "Write a name, or a list of them.")
        found[one] = tuple(columns)
    return found


def _table(path: Path, document: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    table = document.get(name, {})
    if not isinstance(table, dict):
        raise _fault(path, f"{name} is no table", f"Write [{name}] and its lines below it.")
    return table


def _choice(path: Path, document: Mapping[str, Any], name: str, words: tuple[str, ...]) -> str:
    said = document.get(name, words[0])
    if said not in words:
        raise _fault(path, f"{name} is {said!r}", f"Write {_listed(filter(None, words))}.")
    return str(said)


def _encoding(path: Path, document: Mapping[str, Any]) -> str:
    said = document.get("encoding", UTF8)
    try:
        name = codecs.lookup(said).name
    except (LookupError, TypeError, ValueError) as fault:
        raise _fault(path, f"the encoding {said!r} is unknown", "Write utf-8 or cp1252.") from fault
    try:
        b"aa".decode(name)
    except LookupError as fault:
        raise _fault(
            path, f"the encoding {said!r} is none of texts", "Write utf-8 or cp1252."
        ) from fault
    except UnicodeError:
        pass  # What the table holds is not looked at here.
    return UTF8 if name == "utf-8" else name


def _delimiter(path: Path, document: Mapping[str, Any]) -> str:
    said = document.get("delimiter", "")
    if not isinstance(said, str) or len(said) > 1 or said in ("\n", "\r", '"'):
        raise _fault(path, f"the delimiter is {said!r}", "Write one character, or leave it out.")
    return said


def _visibility(path: Path, document: Mapping[str, Any]) -> dict[str, Visibility]:
    if "visibility" not in document:
        return dict(Mapped().visibility)
    found = {}
    for kind, words in _table(path, document, "visibility").items():
        if kind not in list(Visibility) or not isinstance(words, list):
            raise _fault(
                path, f"visibility.{kind} is no list", "Write open = [...], closed = [...]."
            )
        found.update({str(word).strip().casefold(): Visibility(kind) for word in words})
    return found


def _listed(names: Any) -> str:
    return ", ".join(sorted(names))


def _fault(path: Path, what: str, advice: str) -> BadTable:
    return BadTable(f"The mapping {path}: {what}.", advice)
