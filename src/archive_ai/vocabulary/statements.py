"""A scheme as SKOS statements, in a fixed order, for whichever syntax they are written in.

This is the one place that knows which property says what; each syntax only writes it down.
rdflib's own serializers are not used: they sort, and a vocabulary keeps the order of its author.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from archive_ai.domain import Concept, Scheme
from archive_ai.vocabulary.texts import UNKNOWN_LANGUAGE, last_part, neighbour

PREFIXES = {
    "aai": "https://archive-ai.example/ns#",
    "dct": "http://purl.org/dc/terms/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
}


@dataclass(frozen=True, slots=True)
class Text:
    """A text as the value of a property; ``language`` is empty where none is said."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    """Another thing as the value of a property."""

    uri: str


Values = Sequence[Text | Address]


@dataclass(frozen=True, slots=True)
class Subject:
    """A thing with its class and properties, each name written with its prefix."""

    uri: str
    kind: str
    properties: tuple[tuple[str, Values], ...]


def subjects(scheme: Scheme) -> Iterator[Subject]:
    """Yield the scheme, then its concepts in their order; empty properties are left out."""
    name = [] if scheme.id == last_part(scheme.uri) else [Text(scheme.id)]
    title = {language: (text,) for language, text in scheme.title.items()}
    yield _subject(scheme.uri, "skos:ConceptScheme", {"aai:name": name, "dct:title": _texts(title)})
    addresses = {concept.id: concept.uri for concept in scheme.concepts}
    for concept in scheme.concepts:
        yield _subject(concept.uri, "skos:Concept", _properties(concept, scheme.uri, addresses))


def _properties(concept: Concept, scheme: str, addresses: Mapping[str, str]) -> dict[str, Values]:
    return {
        "skos:inScheme": [Address(scheme)],
        "skos:prefLabel": _texts({lang: (text,) for lang, text in concept.labels.items()}),
        "skos:altLabel": _texts(concept.alternatives),
        "skos:hiddenLabel": _texts(concept.hidden),
        "skos:broader": [Address(addresses[id_]) for id_ in concept.broader],
        "skos:exactMatch": [Address(uri) for uri in concept.exact_matches],
        "skos:closeMatch": [Address(uri) for uri in concept.close_matches],
        "skos:scopeNote": _texts(concept.scope_notes),
        "dct:replaces": [Address(neighbour(concept.uri, old)) for old in concept.replaces],
        "aai:prompt": _texts(concept.prompts),
        "aai:facet": [Text(concept.facet)] if concept.facet else [],
        "aai:mode": [Text(concept.mode.value)],
        "aai:sensitivity": [Text(concept.sensitivity.value)],
        "aai:unsourced": [Text("true")] if concept.unsourced else [],
    }


def _subject(uri: str, kind: str, properties: Mapping[str, Values]) -> Subject:
    return Subject(
        uri, kind, tuple((name, values) for name, values in properties.items() if values)
    )


def _texts(texts: Mapping[str, Sequence[str]]) -> list[Text]:
    return [
        Text(text, "" if language == UNKNOWN_LANGUAGE else language)
        for language, several in texts.items()
        for text in several
    ]
