"""The formats that vocabularies come in, by the suffix of the file."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from archive_ai.errors import UsageError


class Format(StrEnum):
    """A way to write a vocabulary down."""

    TURTLE = "turtle"
    RDF_XML = "rdf-xml"
    JSON_LD = "json-ld"
    CSV = "csv"


SUFFIXES = {
    ".ttl": Format.TURTLE,
    ".rdf": Format.RDF_XML,
    ".xml": Format.RDF_XML,
    ".jsonld": Format.JSON_LD,
    ".json": Format.JSON_LD,
    ".csv": Format.CSV,
}


def format_of(path: Path) -> Format:
    """Return the format of a file by its suffix; raise UsageError for any other."""
    form = SUFFIXES.get(path.suffix.lower())
    if form is None:
        raise UsageError(
            f"{path.name} is none of the formats of vocabularies.",
            f"Let its name end in one of: {', '.join(SUFFIXES)}.",
        )
    return form
