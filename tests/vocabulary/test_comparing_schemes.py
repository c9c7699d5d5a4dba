"""What a new version of a vocabulary changes."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from made_schemes import schemes

from archive_ai.domain import Concept, Mode, Scheme, Sensitivity
from archive_ai.vocabulary import Change, SchemeDiff, diff_schemes


def scheme(*concepts: Concept) -> Scheme:
    return Scheme("v", "u:v", "0" * 12, concepts)


def concept(id_: str, **said: object) -> Concept:
    return Concept(**({"id": id_, "uri": f"u:v/{id_}", "labels": {"de": id_}} | said))


def test_each_kind_of_change_is_told_by_its_kind() -> None:
    old = scheme(concept("a"), concept("b"), concept("c"), concept("d"), concept("e"))
    new = scheme(
        concept("a", labels={"de": "A", "en": "a"}),
        concept("b", broader=("a",)),
        concept(
            "c",
            mode=Mode.MANUAL,
            sensitivity=Sensitivity.PEOPLE,
            prompts={"de": ("ein c",)},
            alternatives={"de": ("z",)},
        ),
        concept("f", replaces=("d", "unheard-of")),
    )
    diff = diff_schemes(old, new)
    assert (diff.added, diff.removed, diff.merged) == (("f",), ("e",), {"d": "f"})
    assert diff.renamed == (Change("a", "prefLabel", {"de": "a"}, {"de": "A", "en": "a"}),)
    assert diff.moved == (Change("b", "broader", None, ["a"]),)
    assert set(map(str, diff.changed)) == {
        str(Change("c", "mode", "zero-shot", "manual")),
        str(Change("c", "sensitivity", "none", "people")),
        str(Change("c", "prompts", None, {"de": ["ein c"]})),
        str(Change("c", "altLabel", None, {"de": ["z"]})),
    }


@given(schemes(), schemes())
@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
def test_nothing_is_different_exactly_if_the_versions_are_the_same(a: Scheme, b: Scheme) -> None:
    assert diff_schemes(a, a) == SchemeDiff()
    assert not diff_schemes(a, replace(a, concepts=a.concepts[::-1]))
    assert bool(diff_schemes(a, b)) == (a.version != b.version)
