"""What is different between two versions of a vocabulary, and where tags go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from archive_ai.domain import Concept, Scheme
from archive_ai.domain.scheme_json import concept_to_json
from archive_ai.vocabulary.replacing import successors


@dataclass(frozen=True, slots=True)
class Change:
    """What a concept says of one thing before and after; ``None`` where it says nothing.

    ``what`` names it as the table does: prefLabel, altLabel, mode, …
    """

    concept: str
    what: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class SchemeDiff:
    """From one version of a scheme to another.

    ``merged`` gives by the id of each concept that is gone the one that has its tags now;
    ``removed`` are those that are gone without one. ``renamed`` are changes of preferred labels,
    ``moved`` of what is broader, ``changed`` of all else.
    """

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    merged: Mapping[str, str] = field(default_factory=dict)
    renamed: tuple[Change, ...] = ()
    moved: tuple[Change, ...] = ()
    changed: tuple[Change, ...] = ()

    def __bool__(self) -> bool:
        parts = (self.added, self.removed, self.merged, self.renamed, self.moved, self.changed)
        return any(parts)


_NAMES = {
    "labels": "prefLabel",
    "alternatives": "altLabel",
    "hidden": "hiddenLabel",
    "scope_notes": "scopeNote",
    "exact_matches": "exactMatch",
    "close_matches": "closeMatch",
}


def diff_schemes(old: Scheme, new: Scheme) -> SchemeDiff:
    """Return what is different; concepts are the same if their ids are. Order does not count."""
    before = {concept.id: concept for concept in old.concepts}
    after = {concept.id: concept for concept in new.concepts}
    gone = [id_ for id_ in before if id_ not in after]
    heir = successors(new)
    changes = [
        change
        for id_, concept in before.items()
        if id_ in after
        for change in _changes(concept, after[id_])
    ]
    return SchemeDiff(
        added=tuple(id_ for id_ in after if id_ not in before),
        removed=tuple(id_ for id_ in gone if id_ not in heir),
        merged={id_: heir[id_] for id_ in gone if id_ in heir},
        renamed=tuple(c for c in changes if c.what == "prefLabel"),
        moved=tuple(c for c in changes if c.what == "broader"),
        changed=tuple(c for c in changes if c.what not in {"prefLabel", "broader"}),
    )


def _changes(before: Concept, after: Concept) -> list[Change]:
    old, new = concept_to_json(before), concept_to_json(after)
    names = dict.fromkeys([*old, *new])
    return [
        Change(before.id, _NAMES.get(name, name), old.get(name), new.get(name))
        for name in names
        if _unordered(old.get(name)) != _unordered(new.get(name))
    ]


def _unordered(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _unordered(one) for key, one in value.items()}
    return sorted(value) if isinstance(value, list) else value
