"""Pairs of a German and an English text that mean the same, to teach what the teacher lacks.

The glossary was written for this project; labels of the vocabulary and class names join it.
New compounds come from its parts: Wein + Fass becomes "Weinfass" and "wine barrel". No pair
holds one of the words that the model is judged by (`words_to_judge.csv`).
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from pathlib import Path

import imagenet_names

HERE = Path(__file__).resolve().parent
GLOSSARY, JUDGED = HERE / "glossary.csv", HERE / "words_to_judge.csv"
SEED = 20261126
COMPOUNDS, PHRASES = 60_000, 60_000

Pair = tuple[str, str]  # German, English

TEMPLATES: tuple[Pair, ...] = (
    ("ein Foto von {a}", "a photo of {a}"),
    ("altes Foto: {a}", "old photo: {a}"),
    ("Blick auf {a}", "view of {a}"),
    ("{a} und {b}", "{a} and {b}"),
    ("{a} mit {b}", "{a} with {b}"),
    ("{a}, {b}", "{a}, {b}"),
    ("{a} neben {b}", "{a} beside {b}"),
    ("{a} vor {b}", "{a} in front of {b}"),
)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def judged_words() -> tuple[list[Pair], list[str]]:
    """The 200 words to judge by with their translations, and 1,800 other English words."""
    rows = _rows(JUDGED)
    return [(r["de"], r["en"]) for r in rows if r["de"]], [r["en"] for r in rows if not r["de"]]


def is_judged(german: str, words: frozenset[str]) -> bool:
    """Whether a German text holds one of the words (folded) that are kept for judging."""
    return any(word in german.casefold() for word in words)


def words_kept_for_judging() -> frozenset[str]:
    """The German words to judge by, case-folded."""
    return frozenset(german.casefold() for german, _ in judged_words()[0])


def entries(vocabulary: Path) -> list[Pair]:
    """Glossary, class names and the labels of the vocabulary, without the judged words."""
    pairs = [(row["de"], row["en"]) for row in _rows(GLOSSARY)]
    names = imagenet_names.names()
    pairs += zip(names["de"], names["en"], strict=True)
    labels = _rows(vocabulary / "heilbronn-starter.csv")
    pairs += [(row["prefLabel_de"], row["prefLabel_en"]) for row in labels]
    questions = _rows(vocabulary / "queries.csv")
    pairs += [(row["query_de"], row["query_en"]) for row in questions]
    kept = words_kept_for_judging()
    return [pair for pair in dict.fromkeys(pairs) if all(pair) and not is_judged(pair[0], kept)]


def _nouns() -> list[Pair]:
    """One-word German nouns of the glossary with short translations, fit for compounds."""
    return [
        (row["de"], row["en"])
        for row in _rows(GLOSSARY)
        if row["de"].isalpha() and row["de"][0].isupper() and 3 <= len(row["de"]) <= 9
        if row["en"].replace(" ", "").isalpha() and row["en"].count(" ") <= 1
    ]


def _compounds(dice: random.Random) -> Iterator[Pair]:
    nouns = _nouns()
    while True:
        (first, one), (second, other) = dice.choice(nouns), dice.choice(nouns)
        yield f"{first}{_link(first)}{second.lower()}", f"{one} {other}"


def _link(first: str) -> str:
    """The usual joint of a compound that begins with this noun."""
    if first.endswith(("ung", "heit", "keit", "schaft", "tion", "tät")):
        return "s"
    return "n" if first.endswith("e") else ""


def _phrases(pairs: list[Pair], dice: random.Random) -> Iterator[Pair]:
    while True:
        german, english = dice.choice(TEMPLATES)
        (a, one), (b, other) = dice.choice(pairs), dice.choice(pairs)
        yield german.format(a=a, b=b), english.format(a=one, b=other)


def pairs(vocabulary: Path) -> list[Pair]:
    """Entries, phrases and compounds made of them; the same seed gives the same list."""
    dice = random.Random(SEED)
    found = entries(vocabulary)
    kept = words_kept_for_judging()
    made = [
        next(source)
        for source, count in (
            (_phrases(found, dice), PHRASES if found else 0),
            (_compounds(dice), COMPOUNDS if _nouns() else 0),
        )
        for _ in range(count)
    ]
    return found + [pair for pair in dict.fromkeys(made) if not is_judged(pair[0], kept)]
