"""What people decide about tags: one by one, from a table, taken back, looked up."""

from __future__ import annotations

from collections.abc import Sequence

from archive_ai.archive.vocabularies import Vocabularies
from archive_ai.catalogue.decisions import Decisions
from archive_ai.catalogue.photos import Photos
from archive_ai.catalogue.schemes import Schemes
from archive_ai.domain import Decided, Decision, Origin, PhotoId, Ruling
from archive_ai.errors import UnknownPhoto, UsageError


class Reviewing:
    """Decisions on the tags of one archive. Several people may decide at once.

    Deciding takes no lock that a run holds: whoever reviews goes on while the machine works.
    """

    def __init__(
        self, photos: Photos, decisions: Decisions, schemes: Schemes, vocabularies: Vocabularies
    ) -> None:
        self._photos = photos
        self._decisions = decisions
        self._schemes = schemes
        self._vocabularies = vocabularies

    def decide(
        self,
        rulings: Sequence[Ruling],
        by: str,
        scheme: str = "",
        origin: Origin = Origin.PERSON,
    ) -> Decided:
        """Write rulings as one batch, all of them that are no conflict, or none at all.

        Raises UnknownPhoto, UnknownConcept, or UsageError where ``by`` is empty.
        """
        if not by.strip():
            raise UsageError("A decision needs a name.", "Say who decides: --by NAME.")
        for photo in dict.fromkeys(ruling.photo for ruling in rulings):
            if self._photos.get(photo) is None:
                raise UnknownPhoto(f"This archive holds no photo {photo}.")
        found = self._vocabularies.scheme(scheme)
        for concept in dict.fromkeys(ruling.concept for ruling in rulings):
            self._vocabularies.concept(concept, scheme)
        self._schemes.ensure(found)
        return self._decisions.decide((found.id, found.version), rulings, by.strip(), origin)

    def undo(self, by: str, batch: int = 0) -> Decided:
        """Take a batch of decisions back, by default the newest of ``by``.

        What stood before stands again; nothing is deleted. Raises UsageError if there is nothing
        to take back.
        """
        chosen = batch or self._decisions.last_batch(by)
        undone = self._decisions.undo(chosen, by)
        if not undone.written:
            what = f"The batch {batch}" if batch else f"{by} has decided nothing that"
            raise UsageError(
                f"{what} {'holds nothing that could' if batch else 'could'} be taken back.",
                "See what was decided on a photo: archive-ai tags PHOTO --history.",
            )
        return undone

    def history(self, photo: PhotoId) -> list[Decision]:
        """Return every decision on a photo's tags, the oldest first."""
        return self._decisions.history(photo)
