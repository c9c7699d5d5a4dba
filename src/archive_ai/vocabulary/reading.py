"""Read a vocabulary from a file of any format, judged whole: all of it, or none and the reasons.

Nothing of it touches a network.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from archive_ai.domain import Scheme, scheme_version
from archive_ai.errors import UsageError
from archive_ai.vocabulary import spreadsheet
from archive_ai.vocabulary.denying import DenyList
from archive_ai.vocabulary.drafts import Draft
from archive_ai.vocabulary.faults import Fault, refuse
from archive_ai.vocabulary.formats import Format, format_of
from archive_ai.vocabulary.replacing import set_aside
from archive_ai.vocabulary.rules import faults_of
from archive_ai.vocabulary.tables import BadLine, read_bytes
from archive_ai.vocabulary.texts import is_name


def read_scheme(path: Path, deny: DenyList | None = None, *, name: str | None = None) -> Scheme:
    """Read the concept scheme of a file; concepts are in the order of the file.

    ``name`` becomes the scheme's id, and picks one of several schemes. The whole file is refused
    (BadTable) if anything in it is wrong. With ``deny``, that includes each concept on the deny
    list that is not for people alone. Raises PathMissing, and UsageError for a name or a format
    that is none.
    """
    scheme, faults = check_scheme(path, deny, name=name)
    refuse(path, faults)
    if scheme is None:  # check_scheme gives a fault for each reason to give no scheme
        raise AssertionError("no scheme and no fault")
    return scheme


def check_scheme(
    path: Path, deny: DenyList | None = None, *, name: str | None = None
) -> tuple[Scheme | None, list[Fault]]:
    """Return the scheme of a file, if it can be accepted, and all its faults by line.

    There is a scheme if and only if all faults are mere warnings. Raises as
    :func:`read_scheme`, but never BadTable.
    """
    if name is not None and not is_name(name):
        raise UsageError(
            f"“{name}” cannot name a scheme.",
            "Use letters, digits, hyphens, dots and underscores, as in heilbronn.",
        )
    try:
        draft = _draft(path, format_of(path), name)
    except BadLine as error:
        return None, [Fault("", error.why, error.advice, error.line)]
    faults = list(draft.faults)
    if not draft.concepts and not faults:
        advice = "Check that it is a SKOS vocabulary or such a table and nothing else."
        faults.append(Fault("", "it describes no concept.", advice))
    concepts, replacing = set_aside(draft.concepts)
    scheme = Scheme(draft.id, draft.uri, scheme_version(concepts), concepts, draft.title)
    faults = _by_line([*faults, *replacing, *faults_of(scheme, deny)], draft)
    return (None if any(not fault.warning for fault in faults) else scheme), faults


def _draft(path: Path, form: Format, name: str | None) -> Draft:
    # A scheme without a name of its own is called like its file, as far as that makes a name.
    stem = re.sub(r"\W+", "-", path.stem).strip("-") or "scheme"
    if form is Format.CSV:
        return spreadsheet.read(path, name, stem)
    content = read_bytes(path)
    # These need rdflib, which is slow to import, and a table does not.
    from archive_ai.vocabulary import jsonld, rdfxml, skos, turtle  # noqa: PLC0415 (as said)

    parse = {
        Format.TURTLE: turtle.parse,
        Format.RDF_XML: rdfxml.parse,
        Format.JSON_LD: jsonld.parse,
    }[form]
    graph, lines = parse(content, path)
    return skos.draft_of(graph, lines, name, stem)


def _by_line(faults: Iterable[Fault], draft: Draft) -> list[Fault]:
    """Give each fault its line where that is known, and put them in the order of the file."""
    placed = [
        fault if fault.line else replace(fault, line=draft.lines.get(fault.concept))
        for fault in faults
    ]
    return sorted(placed, key=lambda fault: fault.line or 0)
