"""Read a vocabulary from SKOS in Turtle.

Beyond SKOS itself five properties of our own are read, all optional, in the namespace
``https://archive-ai.example/ns#``: ``prompt`` (a sentence that describes a picture of the
concept, with its language; prompts are no labels, so they are no skos:altLabel), ``facet``,
``mode``, ``sensitivity`` and ``unsourced``.
"""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeVar

from rdflib import RDF, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.plugins.parsers.notation3 import BadSyntax
from rdflib.term import Node

from archive_ai.domain import Concept, Mode, Scheme, Sensitivity
from archive_ai.errors import BadTable
from archive_ai.vocabulary.denying import DenyList
from archive_ai.vocabulary.faults import Fault, cycle_faults, denied_faults, refuse
from archive_ai.vocabulary.tables import as_text, read_bytes

TERMS = Namespace("https://archive-ai.example/ns#")
_UNKNOWN_LANGUAGE = "und"  # ISO 639: undetermined
_VERSION_DIGITS = 12
_T = TypeVar("_T")

# rdflib logs what it makes of odd values; the checks here say it in words of their own.
logging.getLogger("rdflib.term").addHandler(logging.NullHandler())


def read_scheme(path: Path, deny: DenyList | None = None) -> Scheme:
    """Read the one concept scheme of a Turtle file; concepts are in the order of the file.

    The whole file is refused (:class:`BadTable`) if anything in it is wrong. With ``deny``,
    that includes each concept on the deny list that is not for people alone.
    """
    content = read_bytes(path)
    text = as_text(content, path)
    graph = _parse(text, path)
    uri = _only_scheme(graph, path)
    reader = _ConceptReader(graph)
    concepts = reader.read()
    if not reader.subjects:
        raise BadTable(
            f"{path.name} describes no skos:Concept.",
            "Check that it is a SKOS vocabulary and not another kind of RDF.",
        )
    version = hashlib.sha256(content).hexdigest()[:_VERSION_DIGITS]
    scheme = Scheme(id=_last_part(uri), uri=str(uri), version=version, concepts=concepts)
    faults = [*reader.faults, *cycle_faults({c.id: c.broader for c in concepts})]
    if deny is not None:
        faults += denied_faults(scheme, deny)
    refuse(path, text, faults)
    return scheme


def _parse(text: str, path: Path) -> Graph:
    graph = Graph()
    # Relative names must not take in where the file happens to lie.
    base = f"https://archive-ai.example/vocabulary/{path.stem}/"
    advice = "Correct it there; a missing “.”, “;” or quote before it is the usual cause."
    try:
        graph.parse(data=text, format="turtle", publicID=base)
    except BadSyntax as error:
        why = re.search(r"Bad syntax \((.*?)\) at \^", str(error), re.DOTALL)
        raise BadTable(
            f"{path.name}, line {error.lines + 1}: not valid Turtle"
            f"{f' ({why.group(1)})' if why else ''}.",
            advice,
        ) from error
    except Exception as error:  # rdflib lets through whatever its parser stumbled over
        raise BadTable(f"{path.name}: not valid Turtle ({error}).", advice) from error
    return graph


def _only_scheme(graph: Graph, path: Path) -> URIRef:
    schemes = [s for s in graph.subjects(RDF.type, SKOS.ConceptScheme) if isinstance(s, URIRef)]
    if len(schemes) != 1:
        raise BadTable(
            f"{path.name} describes {len(schemes)} concept schemes instead of one.",
            "Describe exactly one skos:ConceptScheme with an address in each file.",
        )
    return schemes[0]


class _ConceptReader:
    """Turns the concepts of a graph into nouns and collects what is wrong with them.

    The order of the file is kept: rdflib's memory store keeps what it reads in dictionaries
    (a test holds it to that).
    """

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.faults: list[Fault] = []
        self.subjects = tuple(dict.fromkeys(graph.subjects(RDF.type, SKOS.Concept)))
        self._ids = {subject: _last_part(subject) for subject in self.subjects}

    def read(self) -> tuple[Concept, ...]:
        owners: dict[str, Node] = {}
        for subject, id_ in self._ids.items():
            if not isinstance(subject, URIRef) or not id_:
                self._fault(subject, "it has no address.", "Give each concept a URI.")
            elif owners.setdefault(id_, subject) != subject:
                self._fault(
                    subject,
                    f"the id comes twice: <{owners[id_]}> and <{subject}>.",
                    "The last part of each concept's URI must differ from all others.",
                )
        return tuple(self._concept(subject) for subject in self.subjects)

    def _concept(self, subject: Node) -> Concept:
        return Concept(
            id=self._ids[subject],
            uri=str(subject),
            labels=self._labels(subject),
            alternatives=self._texts(subject, SKOS.altLabel),
            prompts=self._texts(subject, TERMS.prompt),
            broader=self._broader(subject),
            facet=self._single(subject, TERMS.facet),
            mode=self._choice(subject, TERMS.mode, {m.value: m for m in Mode}, Mode.ZERO_SHOT),
            sensitivity=self._choice(
                subject,
                TERMS.sensitivity,
                {s.value: s for s in Sensitivity},
                Sensitivity.NONE,
            ),
            scope_note=self._note(subject),
            unsourced=self._choice(subject, TERMS.unsourced, {"true": True, "false": False}, False),
        )

    def _labels(self, subject: Node) -> Mapping[str, str]:
        found = self._texts(subject, SKOS.prefLabel)
        if not found:
            self._fault(subject, "it has no label.", "Give it a skos:prefLabel in German (@de).")
        for language, labels in found.items():
            if len(labels) > 1:
                self._fault(
                    subject,
                    f"it has {len(labels)} preferred labels in the language {language}: "
                    f"{_quoted(labels)}.",
                    "Keep one as skos:prefLabel and make the others skos:altLabel; or two "
                    "concepts were given the same name.",
                )
        return {language: labels[0] for language, labels in found.items()}

    def _texts(self, subject: Node, predicate: URIRef) -> Mapping[str, tuple[str, ...]]:
        """Return the texts of a property by language, leaving out empty ones."""
        texts: dict[str, list[str]] = {}
        for value in self.graph.objects(subject, predicate):
            if not isinstance(value, Literal):
                self._fault(
                    subject,
                    f"its {_last_part(predicate)} is not a text: <{value}>.",
                    'Write it in quotes with its language: "Kirche"@de.',
                )
            elif str(value).strip():
                language = (value.language or _UNKNOWN_LANGUAGE).lower()
                texts.setdefault(language, []).append(" ".join(str(value).split()))
        return {language: tuple(values) for language, values in texts.items()}

    def _broader(self, subject: Node) -> tuple[str, ...]:
        """Return the ids of the next broader concepts, stated from either side."""
        targets = dict.fromkeys(
            [
                *self.graph.objects(subject, SKOS.broader),
                *self.graph.subjects(SKOS.narrower, subject),
            ]
        )
        for target in targets:
            if target not in self._ids:
                self._fault(
                    subject,
                    f"its broader concept <{target}> is not in the file.",
                    "Describe that concept too or remove the line.",
                )
        return tuple(self._ids[target] for target in targets if target in self._ids)

    def _note(self, subject: Node) -> str:
        """Return the scope note in English, else in the language that comes first."""
        notes = self._texts(subject, SKOS.scopeNote)
        return " ".join(notes.get("en") or next(iter(notes.values()), ()))

    def _single(self, subject: Node, predicate: URIRef) -> str:
        values = [str(value).strip() for value in self.graph.objects(subject, predicate)]
        if len(values) > 1:
            self._fault(
                subject,
                f"it has {len(values)} values of {_last_part(predicate)}: {_quoted(values)}.",
                "Keep one; or two concepts were given the same name.",
            )
        return values[0] if values else ""

    def _choice(
        self, subject: Node, predicate: URIRef, choices: Mapping[str, _T], default: _T
    ) -> _T:
        """Return what one of a few words stands for."""
        value = self._single(subject, predicate)
        if value and value not in choices:
            self._fault(
                subject,
                f"the {_last_part(predicate)} “{value}” is unknown.",
                f"Write one of: {', '.join(choices)}.",
            )
        return choices.get(value, default)

    def _fault(self, subject: Node, what: str, advice: str) -> None:
        self.faults.append(Fault(self._ids[subject], what, advice))


def _last_part(node: Node) -> str:
    """Return what follows the last slash or hash of an address."""
    return re.split(r"[/#]", str(node).rstrip("/#"))[-1]


def _quoted(texts: Iterable[str]) -> str:
    return ", ".join(f"“{text}”" for text in texts)
