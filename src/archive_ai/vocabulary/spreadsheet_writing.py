"""A vocabulary written as the table that :mod:`.spreadsheet` reads."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from archive_ai.domain import Concept, Scheme
from archive_ai.errors import BadTable
from archive_ai.vocabulary.spreadsheet import REQUIRED, default_uri
from archive_ai.vocabulary.texts import last_part

# In this order; what no concept fills is left out.
_ORDER = (
    *("id", "broader", "prefLabel", "altLabel", "hiddenLabel", "prompts", "facet", "mode"),
    *("sensitivity", "scopeNote", "exactMatch", "closeMatch", "replaces", "unsourced", "uri"),
    *("scheme", "schemeName", "schemeTitle"),
)
_FIRST = ("de", "en")


def write(scheme: Scheme) -> str:
    """Return the scheme as CSV; raise BadTable if a text cannot be told from several."""
    table = [_row(concept, scheme.uri) for concept in scheme.concepts]
    if table:
        table[0] |= _about(scheme)
    filled = {column for row in table for column, text in row.items() if text}
    columns = sorted(filled | set(REQUIRED), key=_place)
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, restval="", extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(table)
    return out.getvalue()


def _row(concept: Concept, scheme: str) -> dict[str, str]:
    usual = default_uri(scheme, concept.id)
    row = {
        "id": concept.id,
        "broader": _joined(concept, concept.broader),
        "facet": concept.facet,
        "mode": concept.mode.value,
        "sensitivity": concept.sensitivity.value,
        "exactMatch": _joined(concept, concept.exact_matches),
        "closeMatch": _joined(concept, concept.close_matches),
        "replaces": _joined(concept, concept.replaces),
        "unsourced": str(concept.unsourced).lower(),
        "uri": "" if concept.uri == usual else concept.uri,
    }
    row |= {f"prefLabel_{language}": label for language, label in concept.labels.items()}
    by_language: Mapping[str, Mapping[str, Sequence[str]]] = {
        "altLabel": concept.alternatives,
        "hiddenLabel": concept.hidden,
        "prompts": concept.prompts,
        "scopeNote": concept.scope_notes,
    }
    for kind, texts in by_language.items():
        row |= {f"{kind}_{lang}": _joined(concept, several) for lang, several in texts.items()}
    return row


def _about(scheme: Scheme) -> dict[str, str]:
    about = {"scheme": scheme.uri}
    if scheme.id != last_part(scheme.uri):
        about["schemeName"] = scheme.id
    return about | {f"schemeTitle_{language}": text for language, text in scheme.title.items()}


def _joined(concept: Concept, texts: Sequence[str]) -> str:
    for text in texts:
        if "|" in text:
            raise BadTable(
                f"The text “{text}” of the concept {concept.id} holds a “|”, which parts the "
                "values of a field in CSV.",
                "Export it as Turtle (.ttl), or word it otherwise.",
            )
    return "|".join(texts)


def _place(column: str) -> tuple[int, int, str]:
    """Order columns by kind, then German, English and the other languages by name."""
    kind, _, language = column.partition("_")
    return (
        _ORDER.index(kind),
        _FIRST.index(language) if language in _FIRST else len(_FIRST),
        language,
    )
