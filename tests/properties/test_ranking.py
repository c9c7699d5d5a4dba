"""The order of hits against a reference that scores every photo by itself."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive_ai.domain import Background, PhotoId, SearchResult, Strength, TextKind, TextMatch
from archive_ai.searching import rank as ranking
from archive_ai.searching.rank import Answering, Page, Question, rank
from archive_ai.searching.scores import Part
from made_index import FINGERPRINT, answering, made_index, photo, unit

WIDTH = 8
CLOSE = 1e-4


@dataclass
class Case:
    """A question, what it is asked of, and the vectors as they are kept."""

    rows: np.ndarray
    question: Question
    answering: Answering
    selected: list[PhotoId]
    groups: list[list[PhotoId]]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    random = np.random.default_rng(draw(st.integers(0, 2**32)))
    count = draw(st.integers(0, 60))
    rows = unit(random.standard_normal((count, WIDTH)) + 1e-3)
    for twin in range(draw(st.integers(0, count // 3))):
        rows[count - 1 - twin] = rows[twin]  # scans of one picture: equal to the last digit
    index = made_index(rows)
    background = Background(
        FINGERPRINT,
        "m" * 64,
        unit(random.standard_normal(WIDTH)) * np.float32(0.3),
        words=(draw(st.sampled_from([-0.3, 0.0, 0.2])), draw(st.sampled_from([0.2, 0.3, 0.6]))),
        pictures=(0.1, draw(st.sampled_from([0.1, 0.4]))),
    )
    parts = [
        Part(
            unit(random.standard_normal(WIDTH)),
            draw(st.sampled_from(["words", "picture"])),
            draw(st.sampled_from([-2.0, -1.0, -0.5, 0.5, 1.0, 3.0])),
            f"part {number}",
        )
        for number in range(draw(st.integers(0, 4)))
    ]
    known = [photo(number) for number in range(count + 5)]  # five have no vector
    some = st.lists(st.sampled_from(known), unique=True, max_size=12)
    texts = {
        one: TextMatch(draw(st.sampled_from(TextKind)), draw(st.sampled_from([0.2, 0.7, 1.0])))
        for one in draw(some)
    }
    selected = draw(st.one_of(st.just(known), st.just(known[:count]), some))
    groups = [known[start : start + 3] for start in range(0, draw(st.integers(0, count)), 5)]
    question = Question(
        tuple(parts), {}, texts, frozenset(draw(some)[:3]), frozenset(draw(some)[:2])
    )
    return Case(rows, question, answering(index, background, selected, groups), selected, groups)


def _reference(case: Case) -> tuple[dict[PhotoId, float], set[PhotoId]]:
    """Score every photo by itself, as the documents say; also return what a minus takes out."""
    vectors = {photo(n): row.astype(np.float16).astype(float) for n, row in enumerate(case.rows)}
    background = case.answering.background

    def measured(part: Part, vector: np.ndarray) -> tuple[float, float]:
        by_words = part.source == "words"
        weak, strong = background.words if by_words else background.pictures
        against = part.vector - background.mean if by_words else part.vector
        return (vector @ against.astype(float) - weak) / max(strong - weak, 1e-3), weak

    wanted = [part for part in case.question.parts if part.weight > 0]
    unwanted = [part for part in case.question.parts if part.weight < 0]
    scores, left_out = {}, set()
    for one in case.selected:
        vector = vectors.get(one)
        out = one in case.question.removed
        level = 0.0
        if vector is not None and wanted:
            total = sum(part.weight for part in wanted)
            level = sum(part.weight / total * measured(part, vector)[0] for part in wanted)
            level -= sum(-p.weight * max(measured(p, vector)[0], 0.0) for p in unwanted)
        if vector is not None:
            out |= any(p.weight <= -1 and measured(p, vector)[0] >= 1 for p in unwanted)
        if out:
            left_out.add(one)
            continue
        match = case.question.texts.get(one) if wanted else None
        if match is not None:
            seen = max(level, 0.0)
            level = seen if match.kind is TextKind.EXACT else seen + match.relevance
        score = level if level <= 1 else 2 - 1 / level
        if match is not None and match.kind is TextKind.EXACT:
            score = 2 + 0.75 * match.relevance + 0.125 * score
        if not wanted:
            scores[one] = 2.0
        elif vector is not None or match is not None:
            scores[one] = score
    return scores, left_out


def _pages(case: Case, limit: int) -> list[SearchResult]:
    found, place = [], None
    while True:
        result, place = rank(case.question, case.answering, Page(limit, place))
        found.append(result)
        if place is None:
            return found


@pytest.fixture(autouse=True)
def _few_at_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the index asked for few rows at first, so that looking further is tried as well."""
    monkeypatch.setattr(ranking, "FIRST_LOOK", 4)


@settings(deadline=None, max_examples=300)
@given(cases())
def test_hits_are_what_scoring_every_photo_gives(case: Case) -> None:
    scores, left_out = _reference(case)
    scores = {p: s for p, s in scores.items() if p not in case.question.examples}
    result, place = rank(case.question, case.answering, Page(1000))
    assert place is None
    assert result.left_out == len(left_out - case.question.examples)
    listed = [hit.photo for hit in result.hits]
    folded = [one for hit in result.hits for one in hit.duplicates]
    unseen = set(case.selected) - left_out - case.question.examples - set(scores)
    assert set(listed) | set(folded) == set(scores) | (set(folded) & unseen)
    assert len(listed) == len(set(listed)) and not set(listed) & set(folded)
    for hit in result.hits:
        assert abs(hit.score - scores[hit.photo]) < CLOSE
        for one in hit.duplicates:
            assert scores.get(one, -np.inf) <= hit.score + CLOSE
            assert any(hit.photo in group and one in group for group in case.groups)
    order = [(-hit.score, hit.photo) for hit in result.hits]
    assert order == sorted(order)
    sure = [value for value in scores.values() if min(abs(value - 1), abs(value)) > CLOSE]
    if len(sure) == len(scores):
        assert result.total_strong == sum(value >= 1 for value in scores.values())
        assert result.total_weak == sum(0 <= value < 1 for value in scores.values())
    everything = set(case.selected) - left_out - case.question.examples
    assert result.total_strong + result.total_weak + result.total_below == len(everything)


@settings(deadline=None, max_examples=150)
@given(cases(), st.integers(1, 7))
def test_the_first_of_many_are_the_first_of_few(case: Case, limit: int) -> None:
    whole, _ = rank(case.question, case.answering, Page(1000))
    for few in range(1, min(len(whole.hits), 12) + 1):
        assert rank(case.question, case.answering, Page(few))[0].hits == whole.hits[:few]
    pages = _pages(case, limit)
    assert tuple(hit for page in pages for hit in page.hits) == whole.hits
    assert {(p.total_strong, p.total_weak, p.total_below) for p in pages} == {
        (whole.total_strong, whole.total_weak, whole.total_below)
    }


@settings(deadline=None, max_examples=100)
@given(cases())
def test_strengths_never_rise_down_the_list(case: Case) -> None:
    result, _ = rank(case.question, case.answering, Page(1000))
    order = [list(Strength).index(hit.strength) for hit in result.hits]
    assert order == sorted(order)


class Blind:
    """A quick index that finds five rows and no more, whatever is asked."""

    def __init__(self, index: object) -> None:
        self._index = index

    def search(self, queries: np.ndarray, k: int, allowed: object = None) -> object:
        return self._index.search(queries, min(k, 5), allowed)


def test_numbers_beside_filters_never_come_of_the_quick_index() -> None:
    random = np.random.default_rng(3)
    index = made_index(unit(random.standard_normal((40, WIDTH)) + 2))
    background = Background(FINGERPRINT, "m" * 64, np.zeros(WIDTH, np.float32), (0.0, 0.2), (0, 1))
    question = Question((Part(unit(np.ones(WIDTH)), "words", 1.0, "x"),), {})
    quick = replace(answering(index, background), quick=Blind(index))
    assert len(ranking.hits_of(question, quick)) == 40
    result, _ = rank(question, quick, Page(1))
    assert not result.exact
    more, _ = rank(question, quick, Page(20))
    assert more.exact and len(more.hits) == 20
    assert more.hits[:1] == result.hits
