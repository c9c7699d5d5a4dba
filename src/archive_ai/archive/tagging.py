"""Suggestions by machine: made as a run, compared with what stands, applied, withdrawn."""

from __future__ import annotations

from archive_ai.archive.folder import Folder
from archive_ai.archive.opening import Opener
from archive_ai.archive.vocabularies import Vocabularies, deny_list
from archive_ai.catalogue.database import now
from archive_ai.catalogue.runs import Runs
from archive_ai.domain import ReportProgress, RunDifference, Scheme, TaggingRun, silent
from archive_ai.errors import UsageError
from archive_ai.tagging.suggest import concept_vectors, suggest
from archive_ai.vocabulary import machine_taggable


class Tagging:
    """Tagging runs of one archive."""

    def __init__(
        self, folder: Folder, opener: Opener, runs: Runs, vocabularies: Vocabularies
    ) -> None:
        self._folder = folder
        self._opener = opener
        self._runs = runs
        self._vocabularies = vocabularies

    def tag(
        self, concept: str = "", scheme: str = "", report: ReportProgress = silent
    ) -> tuple[TaggingRun, RunDifference]:
        """Suggest a scheme's concepts (or one) for every photo, as one run that waits.

        Returns the run and what it would change; it speaks once it is applied. Raises
        NothingIndexed, ArchiveLocked, and UsageError for a concept that no machine may suggest.
        """
        chosen_scheme = self._vocabularies.scheme(scheme)
        if concept:
            chosen_scheme, one = self._vocabularies.concept(concept, scheme)
            concept = one.id
        allowed = machine_taggable(chosen_scheme, deny_list())
        chosen = [one for one in allowed if concept in ("", one.id)]
        if not chosen:
            raise UsageError(
                f"{concept or chosen_scheme.id} is nothing that the machine may suggest.",
                _why_not(chosen_scheme, concept),
            )
        opened, encoder = self._opener.open()
        card = opened.generation.card
        with self._folder.writing():
            run = TaggingRun(
                0,
                opened.generation.number,
                card.fingerprint,
                card.name,
                chosen_scheme.id,
                chosen_scheme.version,
                concept,
                opened.background.tags,
                now(),
                0,
            )
            vectors = concept_vectors(chosen, encoder)
            suggestions = suggest(chosen, vectors, opened.index, opened.background, report)
            written = self._runs.write_run(run, chosen_scheme, suggestions)
        return written, self._runs.compare(written.number)

    def all(self) -> list[TaggingRun]:
        """Return every tagging run, the newest first."""
        return self._runs.all()

    def difference(self, run: int) -> RunDifference:
        """Return what a run that waits would change; raise UsageError if there is none."""
        self._waiting(run)
        return self._runs.compare(run)

    def apply(self, run: int) -> None:
        """Let a run speak; raise UsageError if there is none that waits."""
        with self._folder.writing():
            self._waiting(run)
            self._runs.apply(run)

    def withdraw(self, run: int) -> None:
        """Withdraw a whole run; raise UsageError if there is none that stands."""
        with self._folder.writing():
            if not self._runs.withdraw(run):
                raise UsageError(
                    f"There is no tagging run {run} that stands.", "See: archive-ai runs list."
                )

    def _waiting(self, run: int) -> None:
        for known in self._runs.all():
            if known.number == run and known.applied_at is None and known.withdrawn_at is None:
                return
        raise UsageError(
            f"There is no tagging run {run} that waits to be applied.",
            "See: archive-ai runs list.",
        )


def _why_not(scheme: Scheme, concept: str) -> str:
    for known in scheme.concepts:
        if known.id == concept:
            denied = deny_list().refusal(known)
            if denied is not None:
                return f"“{denied.term}” is on the deny list: {denied.reason}"
            return f"Its mode is {known.mode.value}; see the scheme's scope notes."
    return "See the ids in the vocabulary: archive-ai vocabulary show."
