"""Reads the few fields of an XMP packet that describe a picture; entities are refused."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

MOST_BYTES = 1_000_000
"""Of a packet; longer ones hold the history of an edit or a picture, and are passed over."""

MOST_VALUES = 200

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_DC = "{http://purl.org/dc/elements/1.1/}"
_PHOTOSHOP = "{http://ns.adobe.com/photoshop/1.0/}"
_IPTC = "{http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/}"

_FIELDS = {
    f"{_DC}title": "title", f"{_DC}description": "description", f"{_DC}subject": "keywords",
    f"{_DC}creator": "creator", f"{_DC}rights": "rights", f"{_PHOTOSHOP}Headline": "headline",
    f"{_PHOTOSHOP}DateCreated": "date", f"{_PHOTOSHOP}City": "city",
    f"{_PHOTOSHOP}Country": "country", f"{_IPTC}Location": "location",
}  # fmt: skip
_PREFERRED = ("de", "de-de", "x-default", "en")
"""Languages of an alternative, the best first."""


def read_xmp(packet: bytes) -> dict[str, list[str]]:
    """Return the texts of the fields that an XMP packet has.

    Raises what an XML parser raises, also for entities and external references.
    """
    if len(packet) > MOST_BYTES:
        return {}
    root = fromstring(packet.strip(b"\x00 \r\n\t"), forbid_dtd=True)
    found: dict[str, list[str]] = {}
    for description in root.iter(f"{_RDF}Description"):
        for name, value in description.attrib.items():
            if name in _FIELDS:
                found.setdefault(_FIELDS[name], []).append(value)
        for element in description:
            if element.tag in _FIELDS:
                found.setdefault(_FIELDS[element.tag], []).extend(_texts(element))
    return {name: texts[:MOST_VALUES] for name, texts in found.items()}


def _texts(element: Element) -> Iterator[str]:
    """Yield the one text of a plain value or of alternatives, all of a bag or sequence."""
    items = [item for item in element.iter(f"{_RDF}li") if item.text]
    if not items:
        yield element.text or ""
    elif element.find(f"{_RDF}Alt") is not None:
        yield min(items, key=_rank).text or ""
    else:
        yield from (item.text or "" for item in items)


def _rank(item: Element) -> int:
    language = item.get(_LANGUAGE, "").lower()
    return _PREFERRED.index(language) if language in _PREFERRED else len(_PREFERRED)
