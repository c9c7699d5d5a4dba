"""What must hold in a vocabulary, whatever file it came in; all that does not is found at once.

Faults, for which a vocabulary is refused:

- a concept without a preferred label;
- a concept that is broader than itself, over any number of steps;
- an alternative that repeats the preferred label or another alternative of its concept; only
  case and ß/ss make no difference, so that ``Tuerme`` may stand beside ``Türme``;
- two concepts of one facet with the same preferred label in a language, as :func:`.fold` has
  it: a machine that goes by words gives both to the same photographs, and in a list nobody can
  tell them apart;
- a concept on the deny list in a mode that a machine tags by;
- a replaced concept from which it is not clear where its tags go.

Warnings, with which it is accepted, because good vocabularies have them too: a word that means
several concepts (homonyms across facets, or as an alternative), a hidden word that adds nothing,
no German label, no prompts, and a concept that is set aside because another replaces it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

from archive_ai.domain import Concept, Mode, Scheme
from archive_ai.domain.folding import caseless, fold
from archive_ai.vocabulary.denying import DenyList, check_denied
from archive_ai.vocabulary.faults import Fault


def faults_of(scheme: Scheme, deny: DenyList | None) -> list[Fault]:
    """Return everything that is wrong with a scheme, and everything worth a warning."""
    concepts = scheme.concepts
    faults = [
        *label_faults(concepts),
        *repetition_faults(concepts),
        *homonym_faults(concepts),
        *cycle_faults({concept.id: concept.broader for concept in concepts}),
        *gaps(concepts),
    ]
    if deny is not None:
        faults += denied_faults(scheme, deny)
    return faults


def label_faults(concepts: Sequence[Concept]) -> Iterator[Fault]:
    """Yield a fault for each concept without a preferred label."""
    for concept in concepts:
        if not concept.labels:
            yield Fault(
                concept.id, "it has no label.", "Give it a preferred label in German (prefLabel)."
            )


def repetition_faults(concepts: Sequence[Concept]) -> Iterator[Fault]:
    """Yield a fault for each label that its own concept already has in the same language."""
    for concept in concepts:
        for language in {**concept.alternatives, **concept.hidden}:
            label = concept.labels.get(language, "")
            seen = {caseless(label): f"the preferred label “{label}”"} if label else {}
            for text in concept.alternatives.get(language, ()):
                if caseless(text) in seen:
                    yield Fault(
                        concept.id,
                        f"its altLabel “{text}” ({language}) repeats {seen[caseless(text)]}.",
                        "Remove it: case and ß/ss make no difference.",
                    )
                seen.setdefault(caseless(text), f"the altLabel “{text}”")
            for text in concept.hidden.get(language, ()):
                if caseless(text) in seen:
                    yield Fault(
                        concept.id,
                        f"its hiddenLabel “{text}” ({language}) repeats {seen[caseless(text)]}.",
                        "It adds nothing: remove it.",
                        warning=True,
                    )
                seen.setdefault(caseless(text), f"the hiddenLabel “{text}”")


def homonym_faults(concepts: Sequence[Concept]) -> Iterator[Fault]:
    """Yield what several concepts are called by: a fault or a warning (see the module)."""
    preferred: dict[tuple[str, str, str], Concept] = {}
    called: dict[tuple[str, str], Concept] = {}
    for concept in concepts:
        for language, label in concept.labels.items():
            other = preferred.setdefault((concept.facet, language, fold(label)), concept)
            if other is not concept:
                yield Fault(
                    concept.id,
                    f"its label “{label}” ({language}) is also that of {other.id} "
                    f"(“{other.labels[language]}”).",
                    "Add what sets them apart, as in “Bank (Sitzmöbel)”, or make one concept of "
                    "them; in different facets both may stand.",
                )
        for language, text in _names(concept):
            other = called.setdefault((language, fold(text)), concept)
            same_label = (
                fold(other.labels.get(language, ""))
                == fold(text)
                == fold(concept.labels.get(language, ""))
            )
            if other is not concept and not (same_label and other.facet == concept.facet):
                yield Fault(
                    concept.id,
                    f"“{text}” ({language}) also means {other.id}.",
                    "Leave it if it does mean both; a search finds both.",
                    warning=True,
                )


def cycle_faults(broader: Mapping[str, Sequence[str]]) -> list[Fault]:
    """Return a fault for each way on which some concept is broader than itself."""
    left = {id_: set(above) for id_, above in broader.items()}
    faults = []
    while True:
        try:
            TopologicalSorter(left).prepare()
        except CycleError as error:
            # graphlib gives the way from broader to narrower; people read it the other way.
            way = [str(node) for node in reversed(error.args[1])]
            faults.append(
                Fault(
                    way[0],
                    f"it is broader than itself: {' → '.join(way)}.",
                    "Remove one skos:broader on this way.",
                )
            )
            left[way[0]].discard(way[1])
        else:
            return faults


def denied_faults(scheme: Scheme, deny: DenyList) -> Iterator[Fault]:
    """Yield a fault for each concept that the deny list keeps from machines."""
    for offence in check_denied(scheme, deny):
        concept, denied = offence.concept, offence.denied
        what = (
            f"its mode is {concept.mode.value}, but “{denied.term}” is on the deny list "
            f"({denied.id}, {denied.category}): {denied.reason}"
        )
        advice = "Word it otherwise, or let only people set it (mode manual)."
        if denied.instead:
            advice += f" The deny list suggests: {denied.instead}."
        yield Fault(concept.id, what, advice)


def gaps(concepts: Sequence[Concept]) -> Iterator[Fault]:
    """Yield a warning for what is missing, one for all concepts that miss it."""
    without_german = [c for c in concepts if c.labels and "de" not in c.labels]
    without_prompts = [c for c in concepts if c.mode is Mode.ZERO_SHOT and not c.prompts]
    for missing, what, advice in (
        (without_german, "no German label (de)", "German words find it only if it has some."),
        (
            without_prompts,
            "no prompts although a machine tags by words",
            "A sentence or two on what a picture of it shows make suggestions better.",
        ),
    ):
        if missing:
            others = f", like {len(missing) - 1} more," if len(missing) > 1 else ""
            yield Fault(missing[0].id, f"it{others} has {what}.", advice, warning=True)


def _names(concept: Concept) -> Iterator[tuple[str, str]]:
    yield from concept.labels.items()
    for language, texts in concept.alternatives.items():
        for text in texts:
            yield language, text
