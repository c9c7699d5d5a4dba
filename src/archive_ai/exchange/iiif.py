"""IIIF documents: Presentation 3.0 manifests and collections, Image 3.0 service descriptions.

Only what people wrote or decided goes into a manifest; suggestions of machines do not. Texts of
records are in no language that is known (``none``); labels are in German and English.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from archive_ai.domain import Photo, Record, Tag

PRESENTATION = "http://iiif.io/api/presentation/3/context.json"
IMAGE = "http://iiif.io/api/image/3/context.json"

Size = tuple[int, int]
Json = dict[str, Any]

_LICENCE = re.compile(
    r"^https?://(?:www\.)?(creativecommons\.org/(?:licenses|publicdomain)/[a-z-]+/\d\.\d(?:/[a-z]{2}(?![a-z]))?"
    r"|rightsstatements\.org/(?:vocab|page)/[A-Za-z-]+/\d\.\d)/?"
)
_NAMES: Mapping[str, tuple[str, str]] = {
    "signature": ("Signatur", "Reference code"),
    "date": ("Datum", "Date"),
    "place": ("Ort", "Place"),
    "kind": ("Art", "Type"),
}


@dataclass(frozen=True, slots=True)
class Publisher:
    """Where documents are found, and whom pictures are credited to; the latter may be empty.

    ``address`` is that of the server, without a slash at its end.
    """

    address: str
    institution: str = ""
    institution_url: str = ""

    def image(self, photo: str) -> str:
        """Return the id of a photo's image service."""
        return f"{self.address}/iiif/image/{photo}"

    def photo(self, photo: str) -> str:
        """Return the id of a photo's manifest."""
        return f"{self.address}/iiif/photo/{photo}/manifest"

    def canvas(self, photo: str) -> str:
        """Return the id of a photo's canvas, the same in every manifest."""
        return f"{self.address}/iiif/photo/{photo}/canvas"

    def record(self, number: int) -> str:
        """Return the id of a record's manifest."""
        return f"{self.address}/iiif/record/{number}/manifest"

    def collection(self, name: str = "", after: str = "") -> str:
        """Return the id of a collection, of a part of it, or of that of all collections."""
        path = f"{self.address}/iiif/collection" + (f"/{quote(name)}" if name else "")
        return f"{path}?after={after}" if after else path


@dataclass(frozen=True, slots=True)
class Leaf:
    """One photo to be shown: its name, the sizes that are served, smallest first, its tags, and
    the numbers of its records.
    """

    photo: Photo
    name: str
    sizes: Sequence[Size]
    tags: Sequence[Tag] = ()
    records: Sequence[int] = ()


def image_service(
    publisher: Publisher, leaf: Leaf, factors: Sequence[int] = (), tile: int = 0
) -> Json:
    """Describe a photo's image service (``info.json``): level 0, the sizes listed alone.

    With ``factors`` there are tiles of ``tile`` pixels a side at these scale factors.
    """
    width, height = leaf.sizes[-1]
    tiles = [{"width": tile, "scaleFactors": list(factors)}]
    return {
        "@context": IMAGE,
        "id": publisher.image(leaf.photo.id),
        "type": "ImageService3",
        "protocol": "http://iiif.io/api/image",
        "profile": "level0",
        "width": leaf.photo.width,
        "height": leaf.photo.height,
        "maxWidth": width,
        "maxHeight": height,
        "sizes": [{"width": across, "height": down} for across, down in leaf.sizes],
        **({"tiles": tiles} if factors else {}),
    }


def manifest(
    publisher: Publisher,
    id_: str,
    leaves: Sequence[Leaf],
    records: Sequence[Record],
    collections: Iterable[str],
) -> Json:
    """Describe photos that belong together, one canvas each, by the records about them."""
    first = records[0] if records else None
    label = (first.title or first.signature) if first else ""
    metadata = [
        _pair(names, {"none": values})
        for key, names in _NAMES.items()
        if (values := _distinct(getattr(one, key) for one in records))
    ]
    if named := _distinct(collections):
        metadata.append(_pair(("Bestand", "Collection"), {"none": named}))
    metadata += _subjects(leaves)
    description = _distinct(one.description for one in records)
    document: Json = {
        "@context": PRESENTATION,
        "id": id_,
        "type": "Manifest",
        "label": {"none": [label or leaves[0].name]},
        "metadata": metadata,
        **({"summary": {"none": description}} if description else {}),
        **_rights(publisher, [one.rights for one in records]),
        **_provider(publisher),
        "thumbnail": [_thumbnail(publisher, leaves[0])],
        "seeAlso": [
            {
                "id": f"{publisher.address}/api/v1/photos/{leaf.photo.id}",
                "type": "Dataset",
                "format": "application/json",
            }
            for leaf in leaves
        ],
        "items": [_canvas(publisher, leaf) for leaf in leaves],
    }
    return document


def collection(
    publisher: Publisher, id_: str, label: Mapping[str, Sequence[str]], items: Sequence[Json]
) -> Json:
    """Describe what holds manifests or other collections."""
    return {
        "@context": PRESENTATION,
        "id": id_,
        "type": "Collection",
        "label": {language: list(words) for language, words in label.items()},
        **_provider(publisher),
        "items": list(items),
    }


def named_manifest(publisher: Publisher, leaf: Leaf) -> Json:
    """Name a photo's manifest within a collection."""
    return {
        "id": publisher.photo(leaf.photo.id),
        "type": "Manifest",
        "label": {"none": [leaf.name]},
        "thumbnail": [_thumbnail(publisher, leaf)],
    }


def named_collection(id_: str, label: Mapping[str, Sequence[str]]) -> Json:
    """Name a collection within another."""
    return {
        "id": id_,
        "type": "Collection",
        "label": {language: list(words) for language, words in label.items()},
    }


def _canvas(publisher: Publisher, leaf: Leaf) -> Json:
    photo = leaf.photo
    id_ = publisher.canvas(photo.id)
    records = [{"id": publisher.record(one), "type": "Manifest"} for one in leaf.records]
    return {
        "id": id_,
        "type": "Canvas",
        "label": {"none": [leaf.name]},
        "height": photo.height,
        "width": photo.width,
        **({"partOf": records} if records else {}),
        "thumbnail": [_thumbnail(publisher, leaf)],
        "items": [
            {
                "id": f"{id_}/page",
                "type": "AnnotationPage",
                "items": [
                    {
                        "id": f"{id_}/page/annotation",
                        "type": "Annotation",
                        "motivation": "painting",
                        "body": _picture(publisher, leaf, "max", leaf.sizes[-1]),
                        "target": id_,
                    }
                ],
            }
        ],
    }


def _thumbnail(publisher: Publisher, leaf: Leaf) -> Json:
    width, height = leaf.sizes[0]
    return _picture(publisher, leaf, f"{width},{height}", (width, height))


def _picture(publisher: Publisher, leaf: Leaf, size: str, pixels: Size) -> Json:
    service = publisher.image(leaf.photo.id)
    return {
        "id": f"{service}/full/{size}/0/default.jpg",
        "type": "Image",
        "format": "image/jpeg",
        "height": pixels[1],
        "width": pixels[0],
        "service": [{"id": service, "type": "ImageService3", "profile": "level0"}],
    }


def _pair(names: tuple[str, str], value: Json) -> Json:
    return {"label": {"de": [names[0]], "en": [names[1]]}, "value": value}


def _subjects(leaves: Sequence[Leaf]) -> list[Json]:
    """Return the concepts that people accepted, in both languages."""
    labels = [tag.labels for leaf in leaves for tag in leaf.tags if tag.status.value == "accepted"]
    value = {
        language: found
        for language in ("de", "en")
        if (found := _distinct(one.get(language, "") for one in labels))
    }
    return [_pair(("Schlagwörter", "Subjects"), value)] if value else []


def _rights(publisher: Publisher, said: Sequence[str]) -> Json:
    """Return a licence as ``rights`` if all records name the same, and who is to be named."""
    texts = _distinct(said)
    licences = [licence_of(text) for text in texts]
    one = licences[0] if len(licences) == 1 else ""
    named = _distinct([publisher.institution, *([] if one else texts)])
    statement = _pair(("Quellenangabe", "Attribution"), {"none": named})
    return {
        **({"rights": one} if one else {}),
        **({"requiredStatement": statement} if named else {}),
    }


def licence_of(text: str) -> str:
    """Return a licence's URI as IIIF wants it, empty if ``text`` names none that it knows."""
    found = _LICENCE.match(text.strip())
    if found is None:
        return ""
    return f"http://{found.group(1).replace('.org/page/', '.org/vocab/')}/"


def _provider(publisher: Publisher) -> Json:
    if not publisher.institution or not publisher.institution_url:
        return {}
    label = {"none": [publisher.institution]}
    home = {
        "id": publisher.institution_url,
        "type": "Text",
        "label": label,
        "format": "text/html",
    }
    return {
        "provider": [
            {"id": publisher.institution_url, "type": "Agent", "label": label, "homepage": [home]}
        ]
    }


def _distinct(values: Iterable[str]) -> list[str]:
    return [one for one in dict.fromkeys(values) if one]
