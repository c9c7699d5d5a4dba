"""From a graph of SKOS statements to a draft, whatever syntax the graph was written in.

Besides SKOS and its extension for labels (SKOS-XL) two Dublin Core terms are read, ``replaces``
and ``isReplacedBy``, and six properties of our own, all optional, in the namespace
``https://archive-ai.example/ns#``: ``prompt`` (a sentence that describes a picture of the
concept, with its language; prompts are no labels, so they are no skos:altLabel), ``facet``,
``mode``, ``sensitivity``, ``unsourced``, and of the scheme ``name``.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from rdflib import DC, DCTERMS, RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from archive_ai.domain import Concept, Mode, Sensitivity
from archive_ai.vocabulary.drafts import OWN_VOCABULARIES, Draft
from archive_ai.vocabulary.faults import Fault
from archive_ai.vocabulary.texts import UNKNOWN_LANGUAGE, is_address, last_part, one_line

TERMS = Namespace("https://archive-ai.example/ns#")
XL = Namespace("http://www.w3.org/2008/05/skos-xl#")
_T = TypeVar("_T")

# rdflib logs what it makes of odd values; the checks here say it in words of their own.
logging.getLogger("rdflib.term").addHandler(logging.NullHandler())


def draft_of(graph: Graph, lines: Mapping[str, int], name: str | None, stem: str) -> Draft:
    """Return the one scheme of a graph; concepts are in the order of the graph.

    Of several schemes ``name`` picks one. A graph that describes none gets one that is named
    ``name``, else ``stem``: extracts often leave it out.
    """
    declared = [s for s in graph.subjects(RDF.type, SKOS.ConceptScheme) if isinstance(s, URIRef)]
    said = {scheme: _said_name(graph, scheme) for scheme in dict.fromkeys(declared)}
    if not said:
        implied = dict.fromkeys(graph.objects(None, SKOS.inScheme))
        said = {s: last_part(s) for s in implied if isinstance(s, URIRef)}
        if len(said) != 1:
            own = URIRef(f"{OWN_VOCABULARIES}/{name or stem}")
            said = {own: last_part(own)}
    chosen = list(said) if len(said) == 1 else [s for s in said if said[s] == name]
    if len(chosen) != 1:
        fault = Fault(
            "",
            f"it describes {len(said)} concept schemes: {', '.join(said.values())}.",
            "Say which one with --scheme NAME, or keep one skos:ConceptScheme in each file.",
        )
        return Draft(name or stem, "", {}, (), (fault,), lines)
    reader = _ConceptReader(graph, chosen[0] if len(said) > 1 else None)
    concepts = reader.read()
    return Draft(
        name or said[chosen[0]],
        str(chosen[0]),
        _title(graph, chosen[0]),
        concepts,
        tuple(reader.faults),
        lines,
    )


def _said_name(graph: Graph, scheme: URIRef) -> str:
    return next((str(name) for name in graph.objects(scheme, TERMS.name)), last_part(scheme))


def _title(graph: Graph, scheme: URIRef) -> dict[str, str]:
    title: dict[str, str] = {}
    for predicate in (DCTERMS.title, SKOS.prefLabel, RDFS.label, DC.title):
        for value in graph.objects(scheme, predicate):
            if isinstance(value, Literal) and one_line(value):
                title.setdefault(_language(value), one_line(value))
    return title


class _ConceptReader:
    """Turns the concepts of a graph into nouns and collects what is wrong with them.

    The order of the file is kept: rdflib's memory store keeps what it reads in dictionaries
    (a test holds it to that).
    """

    def __init__(self, graph: Graph, only_in: URIRef | None) -> None:
        self.graph = graph
        self.faults: list[Fault] = []
        subjects = dict.fromkeys(graph.subjects(RDF.type, SKOS.Concept))
        self._ids = {
            subject: last_part(str(subject))
            for subject in subjects
            if only_in is None or self._is_in(subject, only_in)
        }

    def read(self) -> tuple[Concept, ...]:
        """Return the concepts; what one concept says of another is put where it belongs."""
        owners: dict[str, Node] = {}
        for subject, id_ in self._ids.items():
            if not isinstance(subject, URIRef) or not is_address(str(subject)) or not id_:
                self._fault(
                    subject,
                    "it has no address."
                    if not isinstance(subject, URIRef)
                    # repr: what is wrong with it may be invisible.
                    else f"its address {str(subject)!r} is not whole or holds what none may hold.",
                    "Give each concept a URI without spaces, quotes and brackets < >.",
                )
            elif owners.setdefault(id_, subject) != subject:
                self._fault(
                    subject,
                    f"the id comes twice: <{owners[id_]}> and <{subject}>.",
                    "The last part of each concept's URI must differ from all others.",
                )
        concepts = {subject: self._concept(subject) for subject in self._ids}
        for old in self._ids:
            for new in self.graph.objects(old, DCTERMS.isReplacedBy):
                if new not in concepts:
                    self._fault(
                        old,
                        f"it is replaced by <{new}>, which is not in the file.",
                        "Describe that concept too, or remove the line.",
                    )
                elif self._ids[old] not in concepts[new].replaces:
                    concept = concepts[new]
                    concepts[new] = replace(concept, replaces=(*concept.replaces, self._ids[old]))
        return tuple(concepts.values())

    def _is_in(self, subject: Node, scheme: URIRef) -> bool:
        return (
            (subject, SKOS.inScheme, scheme) in self.graph
            or (subject, SKOS.topConceptOf, scheme) in self.graph
            or (scheme, SKOS.hasTopConcept, subject) in self.graph
        )

    def _concept(self, subject: Node) -> Concept:
        modes = {mode.value: mode for mode in Mode}
        sensitivities = {one.value: one for one in Sensitivity}
        return Concept(
            id=self._ids[subject],
            uri=str(subject),
            labels=self._labels(subject),
            alternatives=self._texts(subject, SKOS.altLabel, XL.altLabel),
            hidden=self._texts(subject, SKOS.hiddenLabel, XL.hiddenLabel),
            prompts=self._texts(subject, TERMS.prompt),
            broader=self._broader(subject),
            facet=self._single(subject, TERMS.facet),
            mode=self._choice(subject, TERMS.mode, modes, Mode.ZERO_SHOT),
            sensitivity=self._choice(subject, TERMS.sensitivity, sensitivities, Sensitivity.NONE),
            scope_notes=self._texts(subject, SKOS.scopeNote),
            exact_matches=self._addresses(subject, SKOS.exactMatch),
            close_matches=self._addresses(subject, SKOS.closeMatch),
            replaces=self._replaces(subject),
            unsourced=self._choice(subject, TERMS.unsourced, {"true": True, "false": False}, False),
        )

    def _labels(self, subject: Node) -> Mapping[str, str]:
        found = self._texts(subject, SKOS.prefLabel, XL.prefLabel)
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

    def _texts(self, subject: Node, *predicates: URIRef) -> Mapping[str, tuple[str, ...]]:
        """Return the texts of a property by language, leaving out empty ones."""
        texts: dict[str, dict[str, None]] = {}
        for predicate in predicates:
            for value in self.graph.objects(subject, predicate):
                for literal in self._literals(value):
                    if one_line(literal):
                        texts.setdefault(_language(literal), {})[one_line(literal)] = None
                if not any(True for _ in self._literals(value)):
                    self._fault(
                        subject,
                        f"its {last_part(predicate)} is not a text: <{value}>.",
                        'Write it in quotes with its language: "Kirche"@de.',
                    )
        return {language: tuple(values) for language, values in texts.items()}

    def _literals(self, value: Node) -> Iterator[Literal]:
        """Yield the text itself, or those of a label or note that is a node of its own."""
        forms = (
            [value]
            if isinstance(value, Literal)
            else [
                *self.graph.objects(value, XL.literalForm),
                *self.graph.objects(value, RDF.value),
            ]
        )
        yield from (form for form in forms if isinstance(form, Literal))

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
                described = (target, RDF.type, SKOS.Concept) in self.graph
                self._fault(
                    subject,
                    f"its broader concept <{target}> is "
                    f"{'in another scheme' if described else 'not in the file'}.",
                    "Describe that concept too or remove the line.",
                )
        return tuple(self._ids[target] for target in targets if target in self._ids)

    def _addresses(self, subject: Node, predicate: URIRef) -> tuple[str, ...]:
        found = tuple(dict.fromkeys(str(v) for v in self.graph.objects(subject, predicate)))
        for uri in found:
            if not is_address(uri):
                self._fault(
                    subject,
                    f"its {last_part(predicate)} “{uri}” is no address.",
                    "Write the whole address of the other concept.",
                )
        return found

    def _replaces(self, subject: Node) -> tuple[str, ...]:
        olds = self.graph.objects(subject, DCTERMS.replaces)
        return tuple(dict.fromkeys(last_part(str(old)) for old in olds))

    def _single(self, subject: Node, predicate: URIRef) -> str:
        values = [one_line(str(value)) for value in self.graph.objects(subject, predicate)]
        if len(values) > 1:
            self._fault(
                subject,
                f"it has {len(values)} values of {last_part(predicate)}: {_quoted(values)}.",
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
                f"the {last_part(predicate)} “{value}” is unknown.",
                f"Write one of: {', '.join(choices)}.",
            )
        return choices.get(value, default)

    def _fault(self, subject: Node, what: str, advice: str) -> None:
        self.faults.append(Fault(self._ids[subject], what, advice))


def _language(literal: Literal) -> str:
    return (literal.language or UNKNOWN_LANGUAGE).lower()


def _quoted(texts: Iterable[str]) -> str:
    return ", ".join(f"“{text}”" for text in texts)
