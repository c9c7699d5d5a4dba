"""SKOS in JSON-LD: into a graph with the lines of its subjects, and a scheme written down.

A JSON-LD file may name a context at an address, and a reader would fetch it. No vocabulary may
make this machine ask the network, so such a file is refused before anything is made of it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rdflib import Graph
from rdflib.plugins.parsers.jsonld import to_rdf

from archive_ai.domain import Scheme
from archive_ai.vocabulary.drafts import OWN_VOCABULARIES
from archive_ai.vocabulary.statements import PREFIXES, Address, Subject, Text, subjects
from archive_ai.vocabulary.tables import BadLine, as_text
from archive_ai.vocabulary.texts import last_part

_CONTEXT = "@context"
# A name that something is said of; a mere reference is closed at once.
_SUBJECT = re.compile(r'"(?:@id|id|uri)"\s*:\s*"([^"]+)"(?!\s*\})')
_ADVICE = "Correct it there, or write the vocabulary as Turtle."


def parse(content: bytes, path: Path) -> tuple[Graph, dict[str, int]]:
    """Return the statements, and the line on which each subject begins, by its last part.

    Raises BadLine.
    """
    text = as_text(content, path)
    graph = Graph()
    try:
        document = json.loads(text)
        _refuse_what_is_not_read(document, text, path)
        to_rdf(document, graph, base=f"{OWN_VOCABULARIES}/{path.stem}/", version=1.1)
    except json.JSONDecodeError as error:
        raise BadLine(path, error.lineno, f"not valid JSON ({error.msg}).", _ADVICE) from error
    except BadLine:
        raise
    except Exception as error:  # rdflib lets through whatever its parser stumbled over
        said = "it is nested too deeply" if isinstance(error, RecursionError) else error
        raise BadLine(path, None, f"not valid JSON-LD ({said}).", _ADVICE) from error
    return graph, lines_of(text)


def lines_of(text: str) -> dict[str, int]:
    """Return on which line the description of each subject begins, by its last part."""
    lines: dict[str, int] = {}
    line, seen = 1, 0
    for found in _SUBJECT.finditer(text):
        line += text.count("\n", seen, found.start())
        seen = found.start()
        lines.setdefault(last_part(found[1]), line)
    return lines


def _refuse_what_is_not_read(document: Any, text: str, path: Path) -> None:
    for node in _nodes(document):
        name = node.get("@id")
        if isinstance(name, str) and any(c.isspace() for c in name):
            raise BadLine(
                path,
                _line_with(text, name),
                f"the address “{name}” holds a space.",
                "Write addresses without spaces; what such a one names would not be read.",
            )
        contexts = node.get(_CONTEXT)
        for context in contexts if isinstance(contexts, list) else [contexts]:
            if isinstance(context, str):
                raise _far(context, text, path)
        if isinstance(node.get("@import"), str):
            raise _far(node["@import"], text, path)


def _far(context: str, text: str, path: Path) -> BadLine:
    return BadLine(
        path,
        _line_with(text, context),
        f"its context “{context}” lies elsewhere and is not fetched.",
        "Put the content of that context into the file in its place.",
    )


def _line_with(text: str, value: str) -> int | None:
    found = text.find(json.dumps(value, ensure_ascii=False))
    return text.count("\n", 0, found) + 1 if found >= 0 else None


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Yield each object of a document, at any depth."""
    if isinstance(value, dict):
        yield value
    below = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for one in below:
        yield from _nodes(one)


def write(scheme: Scheme) -> str:
    """Return the scheme as JSON-LD with its context inside."""
    document = {_CONTEXT: PREFIXES, "@graph": [_written(one) for one in subjects(scheme)]}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _written(subject: Subject) -> dict[str, Any]:
    return {
        "@id": subject.uri,
        "@type": subject.kind,
        **{name: [_value(value) for value in values] for name, values in subject.properties},
    }


def _value(value: Text | Address) -> dict[str, str]:
    if isinstance(value, Address):
        return {"@id": value.uri}
    return {"@value": value.text} | ({"@language": value.language} if value.language else {})
