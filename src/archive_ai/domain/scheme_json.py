"""A scheme as plain JSON and back, and the version that follows from what it says."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from archive_ai.domain.concepts import Concept, Mode, Scheme, Sensitivity

_VERSION_DIGITS = 12
_TEXTS = ("alternatives", "hidden", "prompts", "scope_notes")
_LISTS = ("broader", "exact_matches", "close_matches", "replaces")


def scheme_to_json(scheme: Scheme) -> dict[str, Any]:
    """Return the scheme as dictionaries, lists and strings; what is empty is left out."""
    return {
        "id": scheme.id,
        "uri": scheme.uri,
        "version": scheme.version,
        "title": dict(scheme.title),
        "concepts": [concept_to_json(concept) for concept in scheme.concepts],
    }


def scheme_from_json(document: Mapping[str, Any]) -> Scheme:
    """Return the scheme that :func:`scheme_to_json` gave; the version stays as it was."""
    return Scheme(
        id=document["id"],
        uri=document["uri"],
        version=document["version"],
        title=dict(document.get("title", {})),
        concepts=tuple(concept_from_json(one) for one in document["concepts"]),
    )


def concept_to_json(concept: Concept) -> dict[str, Any]:
    """Return the concept as dictionaries, lists and strings; what is empty is left out."""
    document: dict[str, Any] = {
        "id": concept.id,
        "uri": concept.uri,
        "labels": dict(concept.labels),
        "facet": concept.facet,
        "mode": concept.mode.value,
        "sensitivity": concept.sensitivity.value,
        "unsourced": concept.unsourced,
    }
    for name in _TEXTS:
        document[name] = {lang: list(texts) for lang, texts in getattr(concept, name).items()}
    for name in _LISTS:
        document[name] = list(getattr(concept, name))
    return {name: value for name, value in document.items() if value}


def concept_from_json(document: Mapping[str, Any]) -> Concept:
    """Return the concept that :func:`concept_to_json` gave."""
    values: dict[str, Any] = dict(document)
    values["labels"] = dict(document.get("labels", {}))
    values["mode"] = Mode(document["mode"])
    values["sensitivity"] = Sensitivity(document["sensitivity"])
    for name in _TEXTS:
        texts = document.get(name, {})
        values[name] = {language: tuple(several) for language, several in texts.items()}
    for name in _LISTS:
        values[name] = tuple(document.get(name, ()))
    return Concept(**values)


def scheme_version(concepts: Iterable[Concept]) -> str:
    """Return 12 hexadecimal digits of the SHA-256 of what the concepts say.

    Neither the file format nor any order counts, because RDF has none; nor does the title: a
    tag depends on the concepts alone.
    """
    documents = [_without_order(concept_to_json(one)) for one in concepts]
    documents.sort(key=lambda document: document["id"])
    content = json.dumps(documents, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(content.encode()).hexdigest()[:_VERSION_DIGITS]


def _without_order(document: dict[str, Any]) -> dict[str, Any]:
    texts = {
        name: {lang: sorted(values) for lang, values in document[name].items()}
        for name in _TEXTS
        if name in document
    }
    lists = {name: sorted(document[name]) for name in _LISTS if name in document}
    return {**document, **texts, **lists}
