"""What can be wrong with a vocabulary, found all at once and said by line and concept."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from archive_ai.domain import Scheme
from archive_ai.errors import BadTable
from archive_ai.vocabulary.denying import DenyList, check_denied

_NAMED_IN_ONE_SENTENCE = 5


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: at which concept (its id), what it is and what to do, a sentence each."""

    concept: str
    what: str
    advice: str


def cycle_faults(broader: Mapping[str, Sequence[str]]) -> list[Fault]:
    """Return a fault if some concept is, over any number of steps, broader than itself."""
    try:
        TopologicalSorter(broader).prepare()
    except CycleError as error:
        # graphlib gives the way from broader to narrower; people read it the other way.
        way = [str(node) for node in reversed(error.args[1])]
        return [
            Fault(
                way[0],
                f"it is broader than itself: {' → '.join(way)}.",
                "Remove one skos:broader on this way.",
            )
        ]
    return []


def denied_faults(scheme: Scheme, deny: DenyList) -> list[Fault]:
    """Return a fault for each concept that the deny list keeps from machines."""
    faults = []
    for offence in check_denied(scheme, deny):
        concept, denied = offence.concept, offence.denied
        what = (
            f"its mode is {concept.mode.value}, but “{denied.term}” is on the deny list "
            f"({denied.id}, {denied.category}): {denied.reason}"
        )
        advice = "Word it otherwise, or let only people set it (mode manual)."
        if denied.instead:
            advice += f" The deny list suggests: {denied.instead}."
        faults.append(Fault(concept.id, what, advice))
    return faults


def refuse(path: Path, text: str, faults: Sequence[Fault]) -> None:
    """Raise one error that names the first faults by line, if there are any."""
    if not faults:
        return
    first, *others = faults
    what = f"{path.name}, {_place(text, first)}: {first.what}"
    if others:
        named = "; ".join(_place(text, fault) for fault in others[:_NAMED_IN_ONE_SENTENCE])
        more = " and others" * (len(others) > _NAMED_IN_ONE_SENTENCE)
        what += f" Further faults ({len(others)}): {named}{more}."
    raise BadTable(what, first.advice)


def _place(text: str, fault: Fault) -> str:
    line = line_of(text, fault.concept)
    return f"line {line}, concept {fault.concept}" if line else f"concept {fault.concept}"


def line_of(text: str, concept: str) -> int | None:
    """Return the line of a Turtle text on which the description of ``concept`` begins.

    RDF knows no lines, so this looks for a line that begins with the concept's name and goes
    on with a property; a name in a list of objects is followed by a comma or full stop.
    """
    name = re.escape(concept)
    subject = rf"^[ \t]*(?:<(?:[^>\s]*[/#])?{name}>|[\w.-]*:{name})(?=\s+[^\s,;.])"
    found = re.search(subject, text, re.MULTILINE)
    return text.count("\n", 0, found.start()) + 1 if found else None
