"""A fault of a vocabulary as people are told it, and the refusal of a file that has some."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from archive_ai.errors import BadTable

_NAMED_IN_ONE_SENTENCE = 5


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: at which concept (its id), what it is and what to do, a sentence each.

    ``concept`` is empty where the fault is the file's; ``line`` is ``None`` where the format
    does not tell. A ``warning`` is said, but the vocabulary is accepted with it.
    """

    concept: str
    what: str
    advice: str
    line: int | None = None
    warning: bool = False

    @property
    def place(self) -> str:
        """Return line and concept as far as they are known: “line 5, concept kirche”."""
        parts = [f"line {self.line}"] if self.line else []
        return ", ".join(parts + ([f"concept {self.concept}"] if self.concept else []))


def refuse(path: Path, faults: Sequence[Fault]) -> None:
    """Raise one error that names the first faults by line, if any is more than a warning."""
    grave = [fault for fault in faults if not fault.warning]
    if not grave:
        return
    first, *others = grave
    what = ", ".join(filter(None, (path.name, first.place))) + f": {first.what}"
    if others:
        named = "; ".join(fault.place for fault in others[:_NAMED_IN_ONE_SENTENCE])
        more = " and others" * (len(others) > _NAMED_IN_ONE_SENTENCE)
        what += f" Further faults ({len(others)}): {named}{more}."
    raise BadTable(what, first.advice)
