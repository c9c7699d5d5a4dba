"""SKOS in RDF/XML: into a graph with the lines of its subjects, and a scheme written down.

A file from elsewhere must not make this machine open other files or addresses, nor fill its
memory. So a first pass with expat refuses what XML offers for that: external documents, entities
from outside, and entities within entities. Short entities for namespaces, as ontology editors
write them, are let through.
"""

from __future__ import annotations

import io
import re
from pathlib import Path
from urllib.parse import urlsplit
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from rdflib import RDF, Graph, URIRef
from rdflib.parser import InputSource
from rdflib.plugins.parsers.rdfxml import RDFXMLHandler, create_parser

from archive_ai.domain import Scheme
from archive_ai.vocabulary.drafts import OWN_VOCABULARIES
from archive_ai.vocabulary.statements import PREFIXES, Address, Subject, Text, subjects
from archive_ai.vocabulary.tables import BadLine
from archive_ai.vocabulary.texts import last_part

_LONGEST_ENTITY = 200
# How rdflib begins its errors: address, line and column.
_PLACE = re.compile(r".*?:(\d+):\d+: (.*?)\.?", re.DOTALL)
_ADVICE = "Correct it there, or write the vocabulary as Turtle."


def parse(content: bytes, path: Path) -> tuple[Graph, dict[str, int]]:
    """Return the statements, and the line on which each subject begins, by its last part.

    Raises BadLine.
    """
    lines = _FirstPass(path).run(content)
    graph = Graph()
    try:
        source = InputSource(f"{OWN_VOCABULARIES}/{path.stem}/")
        # Bytes, so that the encoding that the XML declares is kept to.
        source.setByteStream(io.BytesIO(content))
        parser = create_parser(source, graph)
        handler = _Handler(graph)
        # What rdflib itself hands over, though neither fits the types of xml.sax.
        handler.setDocumentLocator(source)  # type: ignore[arg-type]
        parser.setContentHandler(handler)  # type: ignore[arg-type]
        parser.parse(source)
    except Exception as error:  # rdflib lets through whatever its parser stumbled over
        found = _PLACE.fullmatch(str(error))
        line, said = (int(found[1]), found[2]) if found else (None, str(error))
        raise BadLine(path, line, f"not valid RDF/XML ({said}).", _ADVICE) from error
    return graph, lines


class _Handler(RDFXMLHandler):
    """rdflib's, with whole addresses kept as they are written."""

    def absolutize(self, uri: str) -> URIRef:
        # urljoin, which rdflib asks, drops a semicolon or question mark at the end of an address.
        return URIRef(uri) if urlsplit(uri).scheme else super().absolutize(uri)


class _FirstPass:
    """Looks at the bare XML: is it whole, is it harmless, and on which line is what."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lines: dict[str, int] = {}
        self._parser = expat.ParserCreate(namespace_separator="")
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.EntityDeclHandler = self._entity
        self._parser.StartElementHandler = self._element

    def run(self, content: bytes) -> dict[str, int]:
        try:
            self._parser.Parse(content, True)
        except expat.ExpatError as error:
            said = expat.ErrorString(error.code)
            raise BadLine(self._path, error.lineno, f"not valid XML ({said}).", _ADVICE) from error
        except (LookupError, ValueError) as error:  # an encoding that expat does not know
            raise BadLine(self._path, 1, f"not valid XML ({error}).", _ADVICE) from error
        return self._lines

    def _doctype(self, _name: str, system: str | None, public: str | None, _inner: bool) -> None:
        if system is not None or public is not None:
            self._refuse("it refers to a document type outside of the file")

    def _entity(self, name: str, parameter: bool, value: str | None, *_outside: object) -> None:
        if parameter or value is None or "&" in value or len(value) > _LONGEST_ENTITY:
            self._refuse(f"its entity “{name}” lies outside, holds others or is long")

    def _element(self, _name: str, attributes: dict[str, str]) -> None:
        said = attributes.get(f"{RDF}about") or attributes.get(f"{RDF}ID")
        if said:
            self._lines.setdefault(last_part(said), self._parser.CurrentLineNumber)

    def _refuse(self, why: str) -> None:
        raise BadLine(
            self._path,
            self._parser.CurrentLineNumber,
            f"{why}; that is not opened.",
            "Remove the declaration and write out what it stands for.",
        )


def write(scheme: Scheme) -> str:
    """Return the scheme as RDF/XML."""
    spaces = {"rdf": str(RDF), **PREFIXES}
    head = "".join(f'\n    xmlns:{prefix}="{uri}"' for prefix, uri in spaces.items())
    body = "".join(map(_written, subjects(scheme)))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{head}>\n{body}</rdf:RDF>\n'


def _written(subject: Subject) -> str:
    lines = [f"  <{subject.kind} rdf:about={quoteattr(subject.uri)}>"]
    for name, values in subject.properties:
        lines += [f"    {_value(name, value)}" for value in values]
    return "\n".join([*lines, f"  </{subject.kind}>\n"])


def _value(name: str, value: Text | Address) -> str:
    if isinstance(value, Address):
        return f"<{name} rdf:resource={quoteattr(value.uri)}/>"
    language = f' xml:lang="{value.language}"' if value.language else ""
    return f"<{name}{language}>{escape(value.text)}</{name}>"
