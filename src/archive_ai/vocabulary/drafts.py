"""What a file says of a vocabulary before anything is judged: the same for every format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from archive_ai.domain import Concept
from archive_ai.vocabulary.faults import Fault

OWN_VOCABULARIES = "https://archive-ai.example/vocabulary"
"""Where schemes get their address that bring none along."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A scheme as it stands in a file, with the faults that were met in reading it.

    ``lines`` says where the description of a concept begins, by its id.
    """

    id: str
    uri: str
    title: Mapping[str, str]
    concepts: tuple[Concept, ...]
    faults: tuple[Fault, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict)
