"""A vocabulary as a table, one concept a row, the way people edit it in a spreadsheet.

Only ``id``, ``prefLabel_de`` and ``prefLabel_en`` must be there as columns, and of the labels
one must be filled. Several values of a field are parted by ``|``, but a preferred label and a
title are one value. ``_de`` may be any language. What is true of the whole scheme (``scheme``
with its address, ``schemeName``, ``schemeTitle_de``) may stand on one row or on each.
``note`` is another name of ``scopeNote_en``. Where there is no column ``unsourced``, a note with
"from memory" marks its concept so. Columns that begin with ``x_`` are the author's own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from archive_ai.domain import Concept, Mode, Sensitivity
from archive_ai.vocabulary.drafts import OWN_VOCABULARIES, Draft
from archive_ai.vocabulary.faults import Fault
from archive_ai.vocabulary.tables import BadLine, rows
from archive_ai.vocabulary.texts import is_address, is_id, is_language, last_part, one_line

REQUIRED = ("id", "prefLabel_de", "prefLabel_en")
PLAIN = (
    *("id", "broader", "facet", "mode", "sensitivity", "exactMatch", "closeMatch", "replaces"),
    *("unsourced", "note", "uri", "scheme", "schemeName"),
)
BY_LANGUAGE = ("prefLabel", "altLabel", "hiddenLabel", "prompts", "scopeNote", "schemeTitle")
OWN = "x_"
FROM_MEMORY = "from memory"

_Choice = TypeVar("_Choice", bound=StrEnum)
Row = Mapping[str, str]


def read(path: Path, name: str | None, stem: str) -> Draft:
    """Return the scheme of a table; it is named ``name``, else as it says, else ``stem``.

    Raises BadLine where it is no such table.
    """
    table = list(rows(path, REQUIRED))
    if not table:
        return Draft(name or stem, "", {}, ())
    _check_columns(path, list(table[0][1]))
    reader = _RowReader(table, name, stem)
    return reader.draft()


def _check_columns(path: Path, columns: Sequence[str]) -> None:
    for column in columns:
        kind, _, language = column.partition("_")
        known = column in PLAIN or (kind in BY_LANGUAGE and is_language(language))
        if not known and not column.startswith(OWN):
            raise BadLine(
                path,
                1,
                f"the column “{column}” is unknown.",
                f"Known are {', '.join(PLAIN)}, and with a language, as in prefLabel_de, "
                f"{', '.join(BY_LANGUAGE)}; columns of your own must begin with {OWN}.",
            )


class _RowReader:
    """Turns rows into concepts and collects what is wrong with them."""

    def __init__(self, table: list[tuple[int, dict[str, str]]], name: str | None, stem: str):
        self._table = table
        self._faults: list[Fault] = []
        self._lines: dict[str, int] = {}
        for line, row in table:
            self._lines.setdefault(row["id"], line)
        said = self._once("schemeName")
        self._uri = self._once("scheme") or f"{OWN_VOCABULARIES}/{name or said or stem}"
        self._name = name or said or last_part(self._uri)
        if not is_address(self._uri):
            self._fault(table[0][0], "", f"the scheme “{self._uri}” is no address.", "Write a URI.")

    def draft(self) -> Draft:
        concepts = tuple(
            self._concept(line, row) for line, row in self._table if self._has_id(line, row)
        )
        titles = [c for c in self._table[0][1] if c.startswith("schemeTitle_")]
        title = {c.partition("_")[2]: self._once(c) for c in titles}
        return Draft(
            self._name,
            self._uri,
            {language: text for language, text in title.items() if text},
            concepts,
            tuple(self._faults),
            self._lines,
        )

    def _once(self, column: str) -> str:
        """Return the one value of a column that is about the whole scheme."""
        value = ""
        for line, row in self._table:
            here = one_line(row.get(column, ""))
            if here and value and here != value:
                self._fault(
                    line,
                    row["id"],
                    f"the {column} is “{here}”, but “{value}” above.",
                    "A table holds one scheme: write it once, or the same on each row.",
                )
            value = value or here
        return value

    def _has_id(self, line: int, row: Row) -> bool:
        id_ = row["id"]
        if not is_id(id_):
            self._fault(
                line,
                "",
                f"the id “{id_}” is no id." if id_ else "the id is missing.",
                "Write one without spaces, slashes, quotes and bars, as in “kirche”.",
            )
        elif self._lines[id_] != line:
            self._fault(
                line,
                id_,
                f"the id comes twice: also on line {self._lines[id_]}.",
                "Give each concept an id of its own.",
            )
        else:
            return True
        return False

    def _concept(self, line: int, row: Row) -> Concept:
        notes = _texts(row, "scopeNote")
        if row.get("note"):
            notes["en"] = (*notes.get("en", ()), *_values(row["note"]))
        labels = {
            column.partition("_")[2]: one_line(text)
            for column, text in row.items()
            if column.startswith("prefLabel_") and one_line(text)
        }
        return Concept(
            id=row["id"],
            uri=self._concept_uri(line, row),
            labels=labels,
            alternatives=_texts(row, "altLabel"),
            hidden=_texts(row, "hiddenLabel"),
            prompts=_unlike(_texts(row, "prompts")),
            broader=self._broader(line, row),
            facet=one_line(row.get("facet", "")),
            mode=self._choice(line, row, "mode", Mode.ZERO_SHOT),
            sensitivity=self._choice(line, row, "sensitivity", Sensitivity.NONE),
            scope_notes=_unlike(notes),
            exact_matches=self._addresses(line, row, "exactMatch"),
            close_matches=self._addresses(line, row, "closeMatch"),
            replaces=self._ids(line, row, "replaces"),
            unsourced=self._unsourced(line, row, notes),
        )

    def _concept_uri(self, line: int, row: Row) -> str:
        uri = row.get("uri", "") or default_uri(self._uri, row["id"])
        if not is_address(uri) or last_part(uri) != row["id"]:
            self._fault(
                line,
                row["id"],
                f"its uri “{uri}” is no address that ends with the id.",
                "Write the whole address, or leave the field empty.",
            )
        return uri

    def _broader(self, line: int, row: Row) -> tuple[str, ...]:
        broader = self._ids(line, row, "broader")
        for id_ in broader:
            if id_ not in self._lines:
                self._fault(
                    line,
                    row["id"],
                    f"its broader concept {id_} is not in the file.",
                    "Describe that concept too or remove the id.",
                )
        return broader

    def _ids(self, line: int, row: Row, column: str) -> tuple[str, ...]:
        ids = tuple(dict.fromkeys(_values(row.get(column, ""))))
        for id_ in ids:
            if not is_id(id_):
                self._fault(
                    line, row["id"], f"the id “{id_}” in {column} is no id.", "Write the id only."
                )
        return ids

    def _addresses(self, line: int, row: Row, column: str) -> tuple[str, ...]:
        found = tuple(dict.fromkeys(_values(row.get(column, ""))))
        for uri in found:
            if not is_address(uri):
                self._fault(
                    line,
                    row["id"],
                    f"its {column} “{uri}” is no address.",
                    "Write the whole address of the other concept.",
                )
        return found

    def _choice(self, line: int, row: Row, column: str, default: _Choice) -> _Choice:
        value = row.get(column, "") or default.value
        try:
            return type(default)(value)
        except ValueError:
            choices = ", ".join(one.value for one in type(default))
            self._fault(
                line, row["id"], f"the {column} “{value}” is unknown.", f"Write one of: {choices}."
            )
            return default

    def _unsourced(self, line: int, row: Row, notes: Mapping[str, Sequence[str]]) -> bool:
        if "unsourced" not in row:
            return any(FROM_MEMORY in n.casefold() for several in notes.values() for n in several)
        if row["unsourced"].casefold() not in {"", "true", "false"}:
            self._fault(
                line,
                row["id"],
                f"the unsourced “{row['unsourced']}” is unknown.",
                "Write true or false.",
            )
        return row["unsourced"].casefold() == "true"

    def _fault(self, line: int, concept: str, what: str, advice: str) -> None:
        self._faults.append(Fault(concept, what, advice, line))


def default_uri(scheme: str, id_: str) -> str:
    """Return the address of a concept that brings none along."""
    return f"{scheme.rstrip('/#')}/{id_}"


def _values(field: str) -> tuple[str, ...]:
    return tuple(text for text in map(one_line, field.split("|")) if text)


def _texts(row: Row, kind: str) -> dict[str, tuple[str, ...]]:
    found = {c.partition("_")[2]: _values(t) for c, t in row.items() if c.startswith(f"{kind}_")}
    return {language: texts for language, texts in found.items() if texts}


def _unlike(texts: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """Return texts without those that come twice, as in RDF, where nothing is said twice."""
    return {language: tuple(dict.fromkeys(several)) for language, several in texts.items()}
