"""Write a vocabulary to a file of any format, whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from archive_ai.domain import Scheme
from archive_ai.vocabulary import spreadsheet_writing
from archive_ai.vocabulary.formats import Format, format_of


def write_scheme(scheme: Scheme, path: Path) -> None:
    """Write a scheme in the format that the suffix of ``path`` names.

    Reading it again gives the same scheme. What was there stays until the new file is whole.
    Raises UsageError for another suffix, and BadTable for what CSV cannot hold.
    """
    content = scheme_text(scheme, format_of(path))
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)  # there no more if all went well


def scheme_text(scheme: Scheme, form: Format) -> str:
    """Return a scheme written down in a format; raise BadTable for what CSV cannot hold."""
    if form is Format.CSV:
        return spreadsheet_writing.write(scheme)
    # These need rdflib, which is slow to import, and a table does not.
    from archive_ai.vocabulary import jsonld, rdfxml, turtle  # noqa: PLC0415 (as said)

    write = {
        Format.TURTLE: turtle.write,
        Format.RDF_XML: rdfxml.write,
        Format.JSON_LD: jsonld.write,
    }[form]
    return write(scheme)
