"""Concepts that take the place of earlier ones, so that tags are carried along.

A concept says whom it replaces (dct:replaces; or the earlier one says dct:isReplacedBy). The
earlier concept need not be described any more; where it is, it is set aside: it is not shown and
nothing is tagged by it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from archive_ai.domain import Concept, Scheme
from archive_ai.vocabulary.faults import Fault


def successors(scheme: Scheme) -> Mapping[str, str]:
    """Return by the id of each replaced concept the id of the one that has its tags now."""
    return {old: concept.id for concept in scheme.concepts for old in concept.replaces}


def set_aside(concepts: Sequence[Concept]) -> tuple[tuple[Concept, ...], list[Fault]]:
    """Return the concepts that no other replaces, and what is to be said on the way.

    It is a fault if tags would not know where to go: several concepts replace one, a concept
    replaces itself or is itself replaced, or something narrower still hangs below a replaced
    concept.
    """
    faults = []
    owner: dict[str, str] = {}
    for concept in concepts:
        for old in concept.replaces:
            if owner.setdefault(old, concept.id) != concept.id:
                faults.append(
                    Fault(
                        concept.id,
                        f"it replaces {old}, and so does {owner[old]}.",
                        "Let one of them replace it: a tag can only go to one.",
                    )
                )
    for concept in concepts:
        faults += _faults(concept, owner)
    return tuple(concept for concept in concepts if concept.id not in owner), faults


def _faults(concept: Concept, owner: Mapping[str, str]) -> list[Fault]:
    by = owner.get(concept.id)
    if by == concept.id:
        return [Fault(concept.id, "it replaces itself.", "Remove the line.")]
    if by is not None and concept.replaces:
        return [
            Fault(
                concept.id,
                f"it replaces {', '.join(concept.replaces)}, but is itself replaced by {by}.",
                "Let the last one replace all earlier ones; no two may replace one another.",
            )
        ]
    if by is not None:
        return [
            Fault(
                concept.id,
                f"it is set aside, because {by} replaces it.",
                "Nothing needs to be done; its tags are carried along.",
                warning=True,
            )
        ]
    return [
        Fault(
            concept.id,
            f"its broader concept {above} is replaced by {owner[above]}.",
            f"Make {owner[above]} its broader concept.",
        )
        for above in concept.broader
        if above in owner
    ]
