"""The texts that the student learns the teacher's language from.

Captions of training pictures, vocabulary labels and prompts, words, and texts made from
them: spans, templates, pairs of both languages, new compounds. Labels for all of them are
free: the teacher reads them. The same seed gives the same list.
"""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import glossary
import words
from material import Material
from words import Word

SEED = 20261125
SPANS, TEMPLATED, SPLICED, COMPOUNDS = 80_000, 150_000, 80_000, 60_000

TEMPLATES = {
    "de": (
        "ein Foto von {a}", "altes Foto: {a}", "eine alte Fotografie von {a}", "{a} und {b}",
        "{a} mit {b}", "{a} am {b}", "{a} in {b}", "Blick auf {a}", "alte {a}", "ein {a}",
        "eine {a}", "{a}, {b}", "{a} oder {b}", "das {a} bei {b}", "{a} vor dem {b}",
        "historische Aufnahme: {a} an der {b}", "der {a} der {b}", "{a} im {b}",
    ),
    "en": (
        "a photo of a {a}", "an old photograph of {a}", "old photo: {a}", "{a} and {b}",
        "{a} with {b}", "{a} near the {b}", "{a} in {b}", "view of the {a}", "old {a}", "a {a}",
        "the {a} of {b}", "{a}, {b}", "{a} or {b}", "{a} in front of the {b}",
        "historical photograph: {a} on the {b}", "a {a} on a {b}",
    ),
}  # fmt: skip


def vocabulary_texts(folder: Path) -> list[str]:
    """Labels, alternatives and prompts of the vocabulary files, both languages."""
    found: dict[str, None] = {}
    for name in ("heilbronn-starter.csv", "queries.csv"):
        with (folder / name).open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                for column, cell in row.items():
                    if column.endswith(("_de", "_en")):
                        found.update(dict.fromkeys(t for t in cell.split("|") if t.strip()))
    return list(found)


def _spans(captions: list[str], dice: random.Random) -> Iterator[str]:
    while True:
        parts = dice.choice(captions).split()
        length = dice.randint(2, 12)
        start = dice.randint(0, max(0, len(parts) - length))
        yield " ".join(parts[start : start + length])


def _spliced(captions: list[str], pick: Callable[[], Word], dice: random.Random) -> Iterator[str]:
    """Two caption halves joined, or a caption with some words replaced by others."""
    while True:
        first = dice.choice(captions).split()
        if dice.random() < 0.5:
            second = dice.choice(captions).split()
            parts = first[: dice.randint(1, len(first))] + second[dice.randint(0, len(second)) :]
        else:
            parts = [pick().text if dice.random() < 0.25 else part for part in first]
        yield " ".join(parts[:30])


def _templated(pickers: dict[str, Callable[[], Word]], dice: random.Random) -> Iterator[str]:
    while True:
        lang = dice.choice(("de", "de", "de", "en", "en"))
        pick = pickers[lang]
        yield dice.choice(TEMPLATES[lang]).format(a=pick().text, b=pick().text)


def _compounds(nouns: list[str], dice: random.Random) -> Iterator[str]:
    """New German compounds, also those that no list holds."""
    while True:
        first, second = dice.choice(nouns), dice.choice(nouns)
        link = dice.choice(("", "", "", "s"))
        yield f"{first}{link}{second.lower()}"


def _picker(pool: list[Word], dice: random.Random) -> Callable[[], Word]:
    """Draws words by the square root of their frequency, many at a time for speed."""
    weights = [word.frequency**0.5 for word in pool]
    drawn: list[Word] = []

    def pick() -> Word:
        if not drawn:
            drawn.extend(dice.choices(pool, weights, k=10_000))
        return drawn.pop()

    return pick


def corpus(material: Material, vocabulary: Path, cache: Path) -> list[str]:
    """All distinct texts for the distillation, shuffled; made once for a cache folder."""
    path = cache / "texts.json"
    if path.exists():
        stored: list[str] = json.loads(path.read_text("utf-8"))
        return stored
    dice = random.Random(SEED)
    known = words.load(cache)
    content = {
        lang: [w for w in known if w.lang == lang and (lang == "en" or w.noun_like)]
        for lang in TEMPLATES
    }
    pickers = {lang: _picker(pool, dice) for lang, pool in content.items()}
    captions = [c.text for c in material.flickr("train") + material.old_photos("train")]
    named = vocabulary_texts(vocabulary)
    for label in material.concepts("train"):
        named += [label.de, label.en]
    nouns = [w.text for w in content["de"][:12_000] if 4 <= len(w.text) <= 10]

    def either() -> Word:
        return pickers[dice.choice(("de", "en"))]()

    made = (
        (_spans(captions + named, dice), SPANS),
        (_templated(pickers, dice), TEMPLATED),
        (_spliced(captions, either, dice), SPLICED),
        (_compounds(nouns, dice), COMPOUNDS),
    )
    found = dict.fromkeys(captions + named + [w.text for w in known])
    for pair in glossary.pairs(vocabulary):
        found.update(dict.fromkeys(pair))
    for source, count in made:
        found.update(dict.fromkeys(next(source) for _ in range(count)))
    texts = [text for text in found if text.strip()]
    dice.shuffle(texts)
    path.write_text(json.dumps(texts, ensure_ascii=False), "utf-8")
    return texts
