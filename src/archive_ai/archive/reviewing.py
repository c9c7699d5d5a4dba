"""What people decide about tags: one by one, from a table, taken back, looked up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from archive_ai.archive.vocabularies import Vocabularies
from archive_ai.catalogue.decisions import Decisions
from archive_ai.catalogue.photos import Photos
from archive_ai.catalogue.schemes import Schemes
from archive_ai.domain import Decided, Decision, Origin, PhotoId, Ruling, Verdict
from archive_ai.errors import BadTable, UnknownPhoto, UsageError
from archive_ai.exchange.reviews import read_reviews
from archive_ai.indexing.discover import absolute, is_plain


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
        by = _named(by)
        for photo in dict.fromkeys(ruling.photo for ruling in rulings):
            if self._photos.get(photo) is None:
                raise UnknownPhoto(f"This archive holds no photo {photo}.")
        found = self._vocabularies.scheme(scheme)
        names = self._vocabularies.names(scheme)
        for concept in dict.fromkeys(ruling.concept for ruling in rulings):
            if concept not in names:
                self._vocabularies.concept(concept, scheme)  # which says what is wrong
        said: dict[tuple[PhotoId, str], Verdict] = {}
        for one in rulings:
            key = (one.photo, names[one.concept])
            if said.setdefault(key, one.verdict) is not one.verdict:
                raise UsageError(
                    f"{one.concept} on {one.photo} is both accepted and rejected.",
                    "Keep one of the two.",
                )
        self._schemes.ensure(found)
        return self._decisions.decide((found.id, found.version), rulings, by, origin)

    def from_table(self, table: Path, by: str, scheme: str = "") -> Decided:
        """Write the decisions of a table (path, concept, decision) as one batch, or none at all.

        Paths are those in the archive, absolute, relative to the table or to the working folder,
        or photo ids. Raises BadTable that names the line of what is unknown.
        """
        rows = read_reviews(table)
        names = self._vocabularies.names(scheme)
        rulings = []
        for row in rows:
            photo = self.find(row.path, row.page, table.parent)
            if photo is None:
                raise BadTable(
                    f"{table}, line {row.line}: this archive holds no photo {row.path}, "
                    f"page {row.page}.",
                    "Give paths that were indexed, or ids from a search.",
                )
            if row.concept not in names:
                raise BadTable(
                    f"{table}, line {row.line}: the scheme has no concept {row.concept}.",
                    "See: archive-ai vocabulary show.",
                )
            rulings.append(Ruling(photo, names[row.concept], row.verdict, row.note, row.seen))
        return self.decide(rulings, by, scheme)

    def decide_named(
        self, concept: str, photos: Mapping[str, Sequence[str]], by: str, scheme: str = ""
    ) -> Decided:
        """Decide on one concept: ``photos`` are ids or paths, by "accepted" or "rejected"."""
        rulings = []
        for verdict, named in photos.items():
            for name in named:
                photo = self.find(name, 1, Path())
                if photo is None:
                    raise UnknownPhoto(
                        f"This archive holds no photo {name}.",
                        "Give an id from a search, or a path that was indexed.",
                    )
                rulings.append(Ruling(photo, concept, Verdict(verdict)))
        return self.decide(rulings, by, scheme)

    def find(self, name: str, page: int, folder: Path) -> PhotoId | None:
        """Return the photo of an id or a path: absolute, from here, or from ``folder``."""
        if not is_plain(Path(name)):
            return None
        found = self._photos.get(PhotoId(name))
        for path in (Path(name), folder / name):
            found = found or self._photos.at(absolute(path), page)
        return found.id if found else None

    def undo(self, by: str, batch: int = 0, told: bool = False) -> Decided:
        """Take a batch of decisions back, by default the newest of ``by``.

        What stood before stands again; nothing is deleted. Raises UsageError if there is nothing
        to take back, or, where only what may be ``told`` to anyone may be, something else is.
        """
        by = _named(by)
        chosen = batch or self._decisions.last_batch(by)
        if told and len(self._decisions.of_batch(chosen, told)) < len(
            self._decisions.of_batch(chosen)
        ):
            raise UsageError(
                f"The batch {chosen} holds decisions that are not told over the network.",
                "Take it back on the archive's own machine: archive-ai review --undo.",
            )
        undone = self._decisions.undo(chosen, by)
        if not undone.written:
            what = f"The batch {batch}" if batch else f"{by} has decided nothing that"
            raise UsageError(
                f"{what} {'holds nothing that could' if batch else 'could'} be taken back.",
                "See what was decided on a photo: archive-ai tags PHOTO --history.",
            )
        return undone

    def open_history(self, photo: PhotoId) -> list[Decision]:
        """Return the decisions on a photo's tags that may be told to anyone (M7)."""
        return self._decisions.history(photo, told=True)

    def history(self, photo: PhotoId) -> list[Decision]:
        """Return every decision on a photo's tags, the oldest first."""
        return self._decisions.history(photo)


def _named(by: str) -> str:
    if not by.strip():
        raise UsageError("A decision needs a name.", "Say who decides: --by NAME.")
    return by.strip()
