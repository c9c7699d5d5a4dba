from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from archive_ai.domain import Concept
from archive_ai.tagging.consistency import Structure, consistent, structure


def concept(name: str, *broader: str, facet: str = "") -> Concept:
    return Concept(name, f"urn:{name}", {"de": name}, broader=broader, facet=facet)


@st.composite
def schemes(draw: st.DrawFn) -> list[Concept]:
    count = draw(st.integers(1, 9))
    return [
        concept(
            f"c{k}",
            *(f"c{j}" for j in draw(st.sets(st.integers(0, k - 1), max_size=2)) if k),
            facet=draw(st.sampled_from(["", "kind-of-picture"])),
        )
        if k
        else concept("c0")
        for k in range(count)
    ]


@settings(deadline=None)  # the machine may be busy
@given(schemes(), st.integers(0, 1000), st.sampled_from([np.float32, np.float64]))
def test_parents_are_never_less_probable_and_exclusive_ones_never_more_than_one(
    concepts: list[Concept], seed: int, kind: type
) -> None:
    dice = np.random.default_rng(seed)
    given_ = dice.random((7, len(concepts))).astype(kind)
    given_[0], given_[1] = 0, 1
    found = structure(concepts)
    result = consistent(given_, found)
    assert ((result >= 0) & (result <= 1)).all()
    for child, parent in found.links:
        assert (result[:, parent] >= result[:, child]).all()
    for group in found.exclusive:
        assert (result[:, list(group)].sum(axis=1) <= 1 + 1e-5).all()


def test_a_grandchild_lifts_its_grandparent() -> None:
    found = structure([concept("tram", "rail"), concept("rail", "traffic"), concept("traffic")])
    assert consistent(np.array([[0.9, 0.2, 0.1]]), found).tolist() == [[0.9, 0.9, 0.9]]


def test_kinds_of_picture_share_and_their_narrower_ones_follow() -> None:
    kinds = [
        concept("kind", facet="kind-of-picture"),
        concept("photo", "kind", facet="kind-of-picture"),
        concept("text", "kind", facet="kind-of-picture"),
        concept("charter", "text", facet="kind-of-picture"),
    ]
    found = structure(kinds)
    assert found.exclusive == ((1, 2),)
    result = consistent(np.array([[0.1, 0.9, 0.5, 0.5]]), found)[0]
    # Odds 9 and 1 against 1 for neither.
    assert np.allclose(result, [0.9, 9 / 11, 1 / 11, 1 / 11])


def test_a_concept_sure_by_itself_stays_so() -> None:
    result = consistent(np.array([[1.0, 0.01]]), Structure((), ((0, 1),)))
    assert result[0, 0] > 0.999


def test_other_facets_exclude_nothing_unless_told() -> None:
    concepts = [concept("a"), concept("b", "a", facet="time"), concept("c", "a", facet="time")]
    assert structure(concepts).exclusive == ()
    assert structure(concepts, {"time"}).exclusive == ((1, 2),)
