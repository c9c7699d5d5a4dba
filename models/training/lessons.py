"""What the model is taught: pictures with their captions, concepts and class names.

Everything is a row number: of a picture in the cached features, of a text in one list of
texts. So the same lessons serve the teacher's vectors and the student's ids.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import imagenet_names
from material import Caption, Label, Material

PHRASES = {
    "de": ("{}", "{}", "altes Foto: {}", "ein Foto von {}"),
    "en": ("{}", "{}", "old photo: {}", "a photo of {}"),
}
WORD = re.compile(r"[^\W\d_]+")
COMMON = 4  # a word that stands in the captions of so many books is hardly a name of a place
# What searches with words outside every list can expect is measured with these concepts: a
# model that was never taught them is judged by them.
HELD_OUT = frozenset(
    (
        "bridge", "church", "monument or statue", "harbour", "gate or tower", "town hall",
        "locomotive or train", "market", "fountain or well", "cemetery or grave",
    )
)  # fmt: skip
Names = dict[str, list[list[int]]]  # language -> concept -> text rows of its names


@dataclass
class Pairs:
    """Pictures with captions: `texts[i]` are the text rows of picture row `pictures[i]`."""

    pictures: list[int] = field(default_factory=list)
    texts: list[list[int]] = field(default_factory=list)


@dataclass
class Named:
    """Pictures with the numbers of the concepts they show, and the names of all concepts."""

    pictures: list[int]
    concepts: list[list[int]]
    names: Names
    ids: list[str]

    def without(self, held_out: Iterable[str]) -> Named:
        """The same without some concepts; pictures that show nothing else are left out."""
        left_out = set(held_out)
        kept = [i for i, concept in enumerate(self.ids) if concept not in left_out]
        number = {old: new for new, old in enumerate(kept)}
        shown = [[number[c] for c in found if c in number] for found in self.concepts]
        return Named(
            [row for row, found in zip(self.pictures, shown, strict=True) if found],
            [found for found in shown if found],
            {lang: [names[i] for i in kept] for lang, names in self.names.items()},
            [self.ids[i] for i in kept],
        )


class Texts:
    """A growing list of distinct texts; each has one row."""

    def __init__(self) -> None:
        self._rows: dict[str, int] = {}

    def row(self, text: str) -> int:
        """The row of a text, new if it was not there."""
        return self._rows.setdefault(text, len(self._rows))

    def all(self) -> list[str]:
        """All texts in row order."""
        return list(self._rows)


def pairs(captions: list[Caption], row: dict[str, int], texts: Texts) -> Pairs:
    """Captions by picture; pictures without cached features are left out."""
    grouped: dict[str, list[int]] = {}
    for caption in captions:
        if caption.picture in row:
            grouped.setdefault(caption.picture, []).append(texts.row(caption.text))
    return Pairs([row[name] for name in grouped], list(grouped.values()))


def without_names(captions: list[Caption]) -> list[Caption]:
    """Captions reduced to words that many books use: names of places and persons fall away.

    What a picture shows stands in few words of an old caption; the rest says where it was
    taken, which no picture tells. A caption of which nothing is left is left out.
    """
    seen = {(word, c.book) for c in captions for word in WORD.findall(c.text.casefold())}
    books = Counter(word for word, _ in seen)
    reduced = []
    for caption in captions:
        kept = [w for w in WORD.findall(caption.text) if books[w.casefold()] >= COMMON]
        if any(len(word) > 3 for word in kept):
            reduced.append(Caption(caption.picture, caption.lang, " ".join(kept), caption.book))
    return reduced


def variants(label: str, lang: str) -> list[str]:
    """A label as it stands, its alternatives one by one, and each in plain phrases."""
    link = " oder " if lang == "de" else " or "
    parts = [part.strip() for part in label.replace(link, ", ").split(",")]
    return [
        phrase.format(name) for name in dict.fromkeys([label, *parts]) for phrase in PHRASES[lang]
    ]


def named(labels: list[Label], row: dict[str, int], texts: Texts) -> Named:
    """Labels by picture, with every concept's names in both languages."""
    concepts = {label.concept: label for label in labels}
    number = {concept: i for i, concept in enumerate(concepts)}
    grouped: dict[str, list[int]] = {}
    for label in labels:
        if label.picture in row:
            grouped.setdefault(label.picture, []).append(number[label.concept])
    names: Names = {
        "de": [[texts.row(v) for v in variants(c.de, "de")] for c in concepts.values()],
        "en": [[texts.row(v) for v in variants(c.en, "en")] for c in concepts.values()],
    }
    return Named([row[name] for name in grouped], list(grouped.values()), names, list(concepts))


@dataclass
class Lessons:
    """All that a training run draws its batches from."""

    texts: Texts
    modern: Pairs
    old: Pairs
    concepts: Named
    classes: dict[str, list[int]]
    drawn: Named | None = None

    def unlabelled(self) -> Pairs:
        """Old photographs of which no concept is known."""
        labelled = set(self.concepts.pictures)
        kept = [i for i, row in enumerate(self.old.pictures) if row not in labelled]
        return Pairs([self.old.pictures[i] for i in kept], [self.old.texts[i] for i in kept])

    def without(self, held_out: Iterable[str]) -> Lessons:
        """The same lessons, in which the labels of some concepts are not taught."""
        return replace(self, concepts=self.concepts.without(held_out))

    def taught(self) -> list[int]:
        """Rows of the photographs that are trained on; no others may shape the model."""
        return [*self.modern.pictures, *self.old.pictures]


def prepare(material: Material, row: dict[str, int]) -> Lessons:
    """The lessons of the material's training splits; `row` places pictures in the features."""
    texts = Texts()
    classes = {
        lang: [texts.row(name) for name in names] for lang, names in imagenet_names.names().items()
    }
    old = material.old_photos("train")
    return Lessons(
        texts,
        pairs(material.flickr("train"), row, texts),
        pairs([*old, *without_names(old)], row, texts),
        named(material.concepts("train"), row, texts),
        classes,
    )
