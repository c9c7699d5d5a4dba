"""Probabilities of one scheme fit together, whatever single concepts say."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from archive_ai.domain import Concept, Sensitivity
from archive_ai.tagging.probabilities import probabilities, structure_of


def _concept(id_: str, *broader: str, facet: str = "") -> Concept:
    return Concept(id_, f"https://x.example/{id_}", {"de": id_}, broader=broader, facet=facet)


CONCEPTS = (
    _concept("bauwerk"),
    _concept("kirche", "bauwerk"),
    _concept("dom", "kirche"),
    _concept("luftbild", facet="kind-of-picture"),
    _concept("portraet", facet="kind-of-picture"),
    _concept("plan", facet="kind-of-picture"),
    _concept("markt"),
)
ALL = structure_of(CONCEPTS, CONCEPTS)
odds = arrays(np.float32, (4, len(CONCEPTS)), elements=st.floats(-1e4, 1e4, width=32))


@given(odds)
def test_they_are_probabilities_and_a_broader_concept_is_never_less_probable(
    log_odds: np.ndarray,
) -> None:
    found = probabilities(log_odds, ALL)
    assert np.isfinite(found).all()
    assert ((found >= 0) & (found <= 1)).all()
    assert (found[:, 0] >= found[:, 1]).all()
    assert (found[:, 1] >= found[:, 2]).all()


@given(odds)
def test_what_excludes_each_other_shares_one(log_odds: np.ndarray) -> None:
    found = probabilities(log_odds, ALL)
    assert (found[:, 3:6].sum(axis=1) <= 1 + 1e-5).all()
    # Alone each would be as probable as any other concept of the same odds.
    alone = probabilities(log_odds[:, 3:4], structure_of(CONCEPTS[3:4], CONCEPTS))
    assert (alone[:, 0] >= found[:, 3] - 1e-6).all()


def test_a_concept_between_two_that_is_not_asked_connects_them() -> None:
    dom_and_bauwerk = (CONCEPTS[0], CONCEPTS[2])
    structure = structure_of(dom_and_bauwerk, CONCEPTS)
    found = probabilities(np.array([[-3.0, 2.0]], np.float32), structure)
    assert found[0, 0] == found[0, 1] > 0.8


def test_what_asks_for_review_first_is_not_told_by_what_is_broader() -> None:
    secret = Concept(
        "tote",
        "https://x.example/tote",
        {"de": "Tote"},
        broader=("krieg",),
        sensitivity=Sensitivity.REVIEW_FIRST,
    )
    concepts = (_concept("krieg"), secret)
    found = probabilities(np.array([[-4.0, 3.0]], np.float32), structure_of(concepts, concepts))
    assert found[0, 0] < 0.05
    assert found[0, 1] > 0.9


@given(odds)
def test_a_single_concept_is_the_logistic_of_its_odds(log_odds: np.ndarray) -> None:
    found = probabilities(log_odds, ALL)[:, 6]
    expected = 1 / (1 + np.exp(-np.clip(log_odds[:, 6].astype(np.float64), -50, 50)))
    np.testing.assert_allclose(found, expected, atol=1e-5)
