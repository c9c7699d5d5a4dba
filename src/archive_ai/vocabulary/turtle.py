"""SKOS in Turtle: into a graph with the lines of its subjects, and a scheme written down."""

from __future__ import annotations

import re
from pathlib import Path

from rdflib import Graph
from rdflib.plugins.parsers.notation3 import BadSyntax

from archive_ai.domain import Scheme
from archive_ai.vocabulary.drafts import OWN_VOCABULARIES
from archive_ai.vocabulary.statements import PREFIXES, Address, Subject, Text, subjects
from archive_ai.vocabulary.tables import BadLine, as_text
from archive_ai.vocabulary.texts import last_part

# A line that begins with a name and goes on with a property; a name in a list of objects is
# followed by a comma or full stop.
_SUBJECT = re.compile(r"^[ \t]*(?:<([^>\s]*)>|[\w.-]*:((?:\\.|[^\s;,\\])+))(?=\s+[^\s,;.])", re.M)


def parse(content: bytes, path: Path) -> tuple[Graph, dict[str, int]]:
    """Return the statements, and the line on which each subject begins, by its last part.

    Raises BadLine.
    """
    text = as_text(content, path)
    graph = Graph()
    advice = "Correct it there; a missing “.”, “;” or quote before it is the usual cause."
    try:
        # Relative names must not take in where the file happens to lie.
        graph.parse(data=text, format="turtle", publicID=f"{OWN_VOCABULARIES}/{path.stem}/")
    except BadSyntax as error:
        why = re.search(r"Bad syntax \((.*?)\) at \^", str(error), re.DOTALL)
        said = f" ({why.group(1)})" if why else ""
        # At the end of a file rdflib counts lines that are not there.
        line = min(error.lines + 1, max(len(text.splitlines()), 1))
        raise BadLine(path, line, f"not valid Turtle{said}.", advice) from error
    except Exception as error:  # rdflib lets through whatever its parser stumbled over
        raise BadLine(path, None, f"not valid Turtle ({error}).", advice) from error
    return graph, lines_of(text)


def lines_of(text: str) -> dict[str, int]:
    """Return on which line the description of each subject begins, by its last part.

    RDF knows no lines, so this looks at the text; a guess that fails costs a line number.
    """
    lines: dict[str, int] = {}
    line, seen = 1, 0
    for found in _SUBJECT.finditer(text):
        line += text.count("\n", seen, found.start())
        seen = found.start()
        name = last_part(found[1]) if found[1] is not None else found[2].replace("\\", "")
        lines.setdefault(name, line)
    return lines


def write(scheme: Scheme) -> str:
    """Return the scheme as Turtle."""
    prefixes = [f"@prefix {prefix}: <{uri}> ." for prefix, uri in PREFIXES.items()]
    return "\n\n".join(["\n".join(prefixes), *map(_written, subjects(scheme))]) + "\n"


def _written(subject: Subject) -> str:
    lines = [f"a {subject.kind}"]
    for name, values in subject.properties:
        lines.append(f"{name} " + " ,\n        ".join(map(_value, values)))
    return f"<{subject.uri}>\n    " + " ;\n    ".join(lines) + " ."


def _value(value: Text | Address) -> str:
    if isinstance(value, Address):
        return f"<{value.uri}>"
    escaped = value.text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"' + (f"@{value.language}" if value.language else "")
