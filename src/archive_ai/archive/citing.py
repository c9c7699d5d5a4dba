"""Queries to cite: saved once under an id that stays, asked again whenever somebody wants."""

from __future__ import annotations

import base64
import hashlib
import json

from archive_ai.archive.searching import Asking, Searching
from archive_ai.catalogue.database import now
from archive_ai.catalogue.saved_queries import SavedQueries
from archive_ai.catalogue.visibility import Gate
from archive_ai.domain import (
    PhotoId,
    Query,
    Role,
    SavedQuery,
    SearchResult,
    Viewer,
    query_to_json,
)
from archive_ai.errors import UnknownQuery

FIRST_HITS = 20
PUBLIC = Viewer("", Role.READER)
"""As whom a query to cite is answered: a citation shows everybody the same."""


class Citing:
    """Saves queries with what answered them, and asks them again."""

    def __init__(self, searching: Searching, kept: SavedQueries, gate: Gate) -> None:
        self._searching = searching
        self._kept = kept
        self._gate = gate

    def save(self, query: Query, by: str) -> SavedQuery:
        """Save a query with the counts and first photos that a reader gets today.

        The same query, saved again while the same vectors answer with the same counts, has the
        same id. Raises what asking it raises.
        """
        result = self._searching.ask(query, Asking(PUBLIC, FIRST_HITS))
        fingerprint = self._searching.fingerprint()
        answer = {
            "total_strong": result.total_strong,
            "total_weak": result.total_weak,
            "photos": [hit.photo for hit in result.hits],
        }
        said = json.dumps([query_to_json(query), fingerprint, result.generation, answer])
        digest = hashlib.sha256(said.encode()).digest()
        id_ = "q_" + base64.b32encode(digest)[:12].decode("ascii").lower()
        saved = SavedQuery(id_, query, by, now(), result.generation, fingerprint, answer)
        self._kept.keep(saved)
        return self.get(id_)

    def get(self, id_: str) -> SavedQuery:
        """Return what was saved; raise UnknownQuery.

        Of the photos those are named that readers may see by now; a query with an example that
        they may not see any more is not told either.
        """
        found = self._kept.get(id_)
        examples = [one.photo for one in found.query.examples] if found else []
        if found is None or self._gate.visible(PUBLIC, examples) != set(examples):
            raise UnknownQuery(
                f"No query was saved as {id_}.", "Check the id: q_ and 12 letters and digits."
            )
        photos = [PhotoId(photo) for photo in found.answer["photos"]]
        seen = self._gate.visible(PUBLIC, photos)
        answer = {**found.answer, "photos": [photo for photo in photos if photo in seen]}
        return SavedQuery(
            found.id, found.query, found.by, found.at, found.generation, found.fingerprint, answer
        )

    def again(self, id_: str, asking: Asking) -> SearchResult:
        """Ask a saved query anew, of what is there now."""
        return self._searching.ask(self.get(id_).query, asking)
