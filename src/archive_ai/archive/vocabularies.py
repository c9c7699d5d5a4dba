"""The schemes that an archive tags with: imported, kept by version, shown, exported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from archive_ai.archive.folder import Folder
from archive_ai.catalogue.schemes import Schemes
from archive_ai.domain import Concept, Scheme, scheme_from_json, scheme_to_json
from archive_ai.errors import BadTable, UnknownConcept
from archive_ai.settings import bundled
from archive_ai.vocabulary import (
    DenyList,
    Fault,
    SchemeDiff,
    check_scheme,
    diff_schemes,
    read_deny_list,
    read_scheme,
    successors,
    write_scheme,
)
from archive_ai.vocabulary.faults import refuse

STARTER = "heilbronn"
"""The id of the vocabulary that ships with the program and is there in every archive."""


class Vocabularies:
    """The archive's schemes, several side by side."""

    def __init__(self, folder: Folder, schemes: Schemes) -> None:
        self._folder = folder
        self._schemes = schemes
        self._read: dict[str, tuple[Mapping[str, Any], Scheme]] = {}

    def scheme(self, name: str = "") -> Scheme:
        """Return the current version of a scheme, by default the starter.

        Raises UnknownConcept if no scheme of that name was imported.
        """
        content = self._schemes.current(name or STARTER)
        if content is not None:
            read = self._read.get(name or STARTER)
            if read is None or read[0] is not content:
                read = self._read[name or STARTER] = content, scheme_from_json(content)
            return read[1]
        if name in ("", STARTER):
            return _starter()
        known = ", ".join(dict.fromkeys([STARTER, *(one["id"] for one in self.all())]))
        raise UnknownConcept(
            f"This archive has no scheme {name}.",
            f"Its schemes are: {known}. Import one with: archive-ai vocabulary import FILE.",
        )

    def concept(self, concept: str, scheme: str = "") -> tuple[Scheme, Concept]:
        """Return a concept by its id, or by the id it had before it was renamed or merged."""
        found = self.scheme(scheme)
        id_ = self._schemes.successors(found.id).get(concept, concept)
        for one in found.concepts:
            if one.id == id_:
                return found, one
        raise UnknownConcept(
            f"The scheme {found.id} has no concept {concept}.",
            "See: archive-ai vocabulary show.",
        )

    def names(self, scheme: str = "") -> dict[str, str]:
        """Return the ids of a scheme's concepts by every id that they have or had."""
        found = self.scheme(scheme)
        ids = {concept.id for concept in found.concepts}
        former = self._schemes.successors(found.id)
        return {old: new for old, new in former.items() if new in ids} | {id_: id_ for id_ in ids}

    def import_file(
        self, path: Path, name: str | None = None
    ) -> tuple[Scheme, SchemeDiff, list[Fault]]:
        """Make the scheme in a file the current version of its name, whole or not at all.

        Returns it, what it changes against the version before (against nothing if there is none)
        and warnings. Raises BadTable that names the faults by line; a concept that is gone although
        people decided about it, and that no other replaces, is such a fault.
        """
        found, faults = check_scheme(path, deny_list(), name=name)
        refuse(path, [fault for fault in faults if not fault.warning])
        if found is None:
            raise BadTable(f"{path.name} holds no scheme.")
        content = self._schemes.current(found.id)
        before = scheme_from_json(content) if content is not None else None
        if before is None and found.id == STARTER:
            before = self.scheme()
        with self._folder.writing():
            orphans = self._schemes.keep(found, scheme_to_json(found), successors(found))
        if orphans:
            raise BadTable(
                f"{path.name} lacks {_listed(orphans)}, about which people have decided.",
                "Keep the concept, or say which one replaces it (dct:replaces; in a table the "
                "column replaces).",
            )
        nothing = Scheme(found.id, found.uri, "", ())
        return found, diff_schemes(before or nothing, found), faults

    def renew(self) -> None:
        """Make the starter of this program the current one, unless somebody imported another.

        So what it replaces is carried over, and what asks for review first in it is held back,
        whatever version the tags were made with. The caller holds the write lock.
        """
        starter = _starter()
        current = self._schemes.current(STARTER)
        if current is None or not self._schemes.is_imported(STARTER):
            before = scheme_from_json(current).version if current is not None else ""
            if before != starter.version:
                self._schemes.keep(starter, scheme_to_json(starter), successors(starter), False)

    def export(self, path: Path, name: str = "") -> Scheme:
        """Write the current version of a scheme in the format that the suffix names."""
        found = self.scheme(name)
        write_scheme(found, path)
        return found

    def diff(self, path: Path, name: str | None = None) -> SchemeDiff:
        """Return what the scheme in a file would change here."""
        found = read_scheme(path, deny_list(), name=name)
        return diff_schemes(self.scheme(found.id), found)

    def all(self) -> list[dict[str, Any]]:
        """Return every version of every scheme that was imported or tagged with."""
        return self._schemes.all()


@cache
def _starter() -> Scheme:
    """Return the vocabulary that ships with the program; it does not change while it runs."""
    return read_scheme(bundled("vocabulary") / f"{STARTER}.ttl")


@cache
def deny_list() -> DenyList:
    """Return what no machine may tag by."""
    return read_deny_list(bundled("deny") / "deny.csv")


def _listed(ids: Sequence[str], most: int = 5) -> str:
    return ", ".join(ids[:most]) + (f" and {len(ids) - most} more" if len(ids) > most else "")
