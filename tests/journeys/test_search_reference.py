"""A thousand random queries against a reference that looks at every photo by itself.

The reference knows the pictures' vectors, what was written about them, and nothing of how the
archive finds them: filters are sets of Python, scores are products of NumPy.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from archive_ai.archive import Archive, load
from archive_ai.archive.searching import Asking
from archive_ai.catalogue.records import Records
from archive_ai.domain import (
    Colour,
    Example,
    Filters,
    PhotoId,
    Query,
    Record,
    RecordSource,
    Ruling,
    SearchResult,
    Status,
    TextKind,
    Verdict,
    Words,
)
from archive_ai.sample import draw_archive

MATERIAL = Path(__file__).parents[3] / "shared" / "photos"
QUERIES = 500
CLOSE = 2e-3
WORDS = (
    "Kirche", "church", "Brücke", "Marktplatz", "Auto", "Straßenbahn", "Menschen", "people",
    "Fluss", "ship in a harbour", "Turm", "alte Häuser", "Landkarte", "Eisenbahn",
    "interior", "Brunnen", "horse and cart", "Schnee", "Denkmal", "Weinberg",
)  # fmt: skip


@dataclass
class Fact:
    """What is known of one photo, from the files and from what the test wrote."""

    collection: str
    format: str
    colour: Colour
    years: tuple[int, int] | None
    accepted: set[str]
    suggested: set[str]
    vector: np.ndarray


@dataclass
class Known:
    """An archive, and all that the reference knows of it."""

    archive: Archive
    facts: dict[PhotoId, Fact]
    words: dict[str, np.ndarray]


def _build(archive: Archive, folder: Path, years: dict[str, tuple[int, int]]) -> Known:
    files = sorted(path for path in folder.rglob("*") if path.suffix in {".jpg", ".tif", ".jp2"})
    collections = {path: "Nord" if place % 3 else "Süd" for place, path in enumerate(files)}
    for name in ("Nord", "Süd"):
        archive.index([path for path in files if collections[path] == name], collection=name)
    archive.tag()
    opened, encoder = archive._opener.open()
    photos = list(opened.index.photos)
    paths = {p: path for p, (path, _) in archive._photos.locate(photos).items()}
    described = [p for place, p in enumerate(files) if p.name in years and place % 4]
    records = [
        Record(
            key=str(path),
            source=RecordSource.TABLE,
            title="Ansicht",
            date="x",
            first=f"{years[path.name][0]}-01-01",
            last=f"{years[path.name][1]}-12-31",
        )
        for path in described
    ]
    Records(archive._engine, archive.searching._questions._wording._language).write(records)
    concepts = ["kirche", "bruecke", "platz", "strassenbahn"]
    rulings = [
        Ruling(photo, concepts[place % 4], Verdict.ACCEPTED if place % 2 else Verdict.REJECTED)
        for place, photo in enumerate(photos)
        if place % 3 == 0
    ]
    archive.reviewing.decide(rulings, "erika")
    tags = archive.tags(photos)
    measures = dict(archive.queues._measures.of(photos))
    facts = {
        photo: Fact(
            collections[paths[photo]],
            archive.photo(photo).photo.format,
            measures[photo].colour,
            years[paths[photo].name] if paths[photo] in described else None,
            {tag.concept for tag in tags.get(photo, ()) if tag.status is Status.ACCEPTED},
            {tag.concept for tag in tags.get(photo, ()) if tag.status is Status.SUGGESTED},
            opened.index.rows([photo])[0].astype(float),
        )
        for photo in photos
    }
    vectors = {word: encoder.encode_texts([word])[0].astype(float) for word in WORDS}
    return Known(archive, facts, vectors)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Known]:
    folder = tmp_path_factory.mktemp("reference")
    draw_archive(folder / "pictures", seed=2)
    with (folder / "pictures" / "descriptions.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    years = {Path(row["path"]).name: (int(row["year"]), int(row["year"]) + 5) for row in rows}
    with Archive.create(load(archive=folder / "archive", workers=2)) as archive:
        yield _build(archive, folder / "pictures", years)


@pytest.fixture(scope="module")
def photos(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Known]:
    if not MATERIAL.is_dir():
        pytest.skip("the old photographs lie beside the checkout, and are not here")
    folder = tmp_path_factory.mktemp("reference")
    with (MATERIAL / "photos.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    years = {row["file"]: (1850 + place % 40, 1860 + place % 50) for place, row in enumerate(rows)}
    with Archive.create(load(archive=folder / "archive", workers=2)) as archive:
        yield _build(archive, MATERIAL, years)


def _random_query(dice: random.Random, known: Known) -> Query:
    photos = sorted(known.facts)
    words = [Words(word) for word in dice.sample(WORDS, dice.choice([0, 1, 1, 1, 2]))]
    if dice.random() < 0.4:
        words.append(Words(dice.choice(WORDS), dice.choice([-1.0, -0.5, -2.0])))
    examples = []
    for weight in (1.0, 2.0, -1.0, -0.5):
        if dice.random() < 0.15:
            examples.append(Example(dice.choice(photos), weight))
    first = dice.randint(1840, 1990)
    filters = Filters(
        collections=("Nord",) if dice.random() < 0.25 else (),
        years=dice.choice([(first, first + 20), (None, first), (first, None)])
        if dice.random() < 0.25
        else None,
        tags=tuple(dice.sample(["kirche", "bruecke", "bauwerk", "verkehr"], dice.choice([1, 2])))
        if dice.random() < 0.2
        else (),
        without_tags=("platz",) if dice.random() < 0.15 else (),
        statuses=(Status.ACCEPTED,) if dice.random() < 0.1 else (),
        colours=(Colour.BLACK_AND_WHITE, Colour.TONED) if dice.random() < 0.2 else (),
        formats=("jpeg",) if dice.random() < 0.2 else (),
    )
    return Query(tuple(words), tuple(examples), filters)


def _passes(fact: Fact, filters: Filters, known: Known) -> bool:
    said = fact.accepted | (set() if filters.statuses else fact.suggested)
    demands = []
    if filters.collections:
        demands.append(fact.collection in filters.collections)
    if filters.years is not None:
        first, last = filters.years
        demands.append(
            fact.years is not None
            and (first is None or fact.years[1] >= first)
            and (last is None or fact.years[0] <= last)
        )
    if filters.tags:
        demands.append(bool(said & _narrower(filters.tags, known)))
    elif filters.statuses and not filters.without_tags:
        demands.append(bool(said))
    if filters.without_tags:
        demands.append(not said & _narrower(filters.without_tags, known))
    if filters.colours:
        demands.append(fact.colour in filters.colours)
    if filters.formats:
        demands.append(fact.format in filters.formats)
    return all(demands)


def _narrower(concepts: tuple[str, ...], known: Known) -> set[str]:
    scheme = known.archive.vocabularies.scheme()
    found = set(concepts)
    while True:
        more = {one.id for one in scheme.concepts if found & set(one.broader)} - found
        if not more:
            return found
        found |= more


def _expected(query: Query, known: Known) -> tuple[dict[PhotoId, float], set[PhotoId]]:
    """Score every photo that passes; return also what a minus takes out."""
    opened, _ = known.archive._opener.open()
    background, wording = opened.background, known.archive.searching._questions._wording
    mean = background.mean.astype(float)
    parts = [(known.words[w.text] - mean, background.words, w.weight) for w in query.words]
    parts += [(known.facts[e.photo].vector, background.pictures, e.weight) for e in query.examples]
    wanted = " ".join(word.text for word in query.words if word.weight > 0)
    viewer = Asking().viewer
    texts = wording.read(wanted, viewer).matches
    said = set()
    for word in query.words:
        if word.weight <= -1:
            said |= wording.read(word.text, viewer).said
    total = sum(weight for *_, weight in parts if weight > 0)
    scores, out = {}, set()
    for photo, fact in known.facts.items():
        if not _passes(fact, query.filters, known):
            continue
        levels = [
            (weight, (fact.vector @ vector - weak) / max(strong - weak, 1e-3))
            for vector, (weak, strong), weight in parts
        ]
        if photo in said or any(w <= -1 and level >= 1 for w, level in levels):
            out.add(photo)
            continue
        if not total:
            scores[photo] = 2.0
            continue
        level = sum(w / total * value for w, value in levels if w > 0)
        level -= sum(-w * max(value, 0.0) for w, value in levels if w < 0)
        match = texts.get(photo)
        exact = match is not None and match.kind is TextKind.EXACT
        if match is not None:
            level = max(level, 0.0) + (0.0 if exact else match.relevance)
        score = level if level <= 1 else 2 - 1 / level
        scores[photo] = 2 + 0.75 * match.relevance + 0.125 * score if exact else score
    asked_with = {example.photo for example in query.examples if example.weight > 0}
    return {p: s for p, s in scores.items() if p not in asked_with}, out - asked_with


def _compare(result: SearchResult, expected: dict[PhotoId, float], limit: int) -> None:
    listed = [hit.photo for hit in result.hits]
    folded = {one for hit in result.hits for one in hit.duplicates}
    assert len(listed) == len(set(listed))
    assert set(listed) | folded <= set(expected)
    assert len(listed) == min(limit, len(listed)) and (
        len(listed) == limit or set(listed) | folded == set(expected)
    )
    for hit in result.hits:
        assert abs(hit.score - expected[hit.photo]) < CLOSE
    scores = [hit.score for hit in result.hits]
    assert scores == sorted(scores, reverse=True)
    if listed:
        left = set(expected) - set(listed) - folded
        assert all(expected[photo] <= scores[-1] + CLOSE for photo in left)
    sure = all(min(abs(s - 1), abs(s)) > CLOSE for s in expected.values())
    if sure:
        assert result.total_strong == sum(score >= 1 for score in expected.values())
        assert result.total_weak == sum(0 <= score < 1 for score in expected.values())
    total = result.total_strong + result.total_weak + result.total_below
    assert total == len(expected)


@pytest.mark.parametrize("which", ["sample", pytest.param("photos", marks=pytest.mark.material)])
def test_random_queries_give_what_the_reference_gives(
    which: str, request: pytest.FixtureRequest
) -> None:
    known: Known = request.getfixturevalue(which)
    dice = random.Random(15)
    filtered = answered = 0
    for _ in range(QUERIES):
        query = _random_query(dice, known)
        if query == Query():
            continue
        limit = dice.randint(1, 60)
        expected, out = _expected(query, known)
        result = known.archive.searching.ask(query, Asking(limit=limit))
        _compare(result, expected, limit)
        assert result.left_out == len(out)
        few = dice.randint(1, limit)
        first = known.archive.searching.ask(query, Asking(limit=few))
        assert first.hits == result.hits[:few]
        if first.cursor:
            rest = known.archive.searching.ask(query, Asking(limit=limit, cursor=first.cursor))
            assert rest.hits[: limit - few] == result.hits[few:]
        filtered += query.filters != Filters()
        answered += bool(result.hits)
    assert filtered > QUERIES / 3
    assert answered > QUERIES / 2
