"""Suggestions by machine: made as a run, compared with what stands, applied, withdrawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from itertools import chain
from typing import Any

import numpy as np

from archive_ai.archive.folder import Folder
from archive_ai.archive.scoring import Scoring
from archive_ai.archive.vocabularies import Vocabularies
from archive_ai.catalogue.database import now
from archive_ai.catalogue.measures import MeasureCatalogue
from archive_ai.catalogue.runs import Runs
from archive_ai.domain import (
    Mode,
    ReportProgress,
    RunDifference,
    Sensitivity,
    TaggingRun,
    silent,
)
from archive_ai.errors import UnknownRun, UsageError
from archive_ai.tagging.calibrating import THRESHOLD
from archive_ai.tagging.measuring import finding, measure_concepts
from archive_ai.tagging.suggest import HeldBack, held_back, suggest


@dataclass(frozen=True, slots=True)
class Tagged:
    """A run that waits, what it would change, and which concepts held themselves back."""

    run: TaggingRun
    difference: RunDifference
    held_back: Sequence[HeldBack]

    def to_json(self, applied: bool) -> dict[str, Any]:
        """Return what was suggested as the JSON that scripts rely on."""
        return {
            **asdict(self.run),
            "applied": applied,
            "difference": asdict(self.difference),
            "held_back": [asdict(one) for one in self.held_back],
        }


class Tagging:
    """Tagging runs of one archive."""

    def __init__(
        self,
        folder: Folder,
        scoring: Scoring,
        runs: Runs,
        vocabularies: Vocabularies,
        measures: MeasureCatalogue,
    ) -> None:
        self._folder = folder
        self._scoring = scoring
        self._runs = runs
        self._vocabularies = vocabularies
        self._measures = measures

    def tag(
        self,
        concept: str = "",
        scheme: str = "",
        threshold: float = 0.0,
        report: ReportProgress = silent,
        apply: bool = False,
    ) -> Tagged:
        """Suggest a scheme's concepts (or one) for every photo, as one run.

        Nothing less probable than ``threshold`` is suggested, whatever a concept's own says; what
        is measured has no probability and is always said. The run waits, unless it is to be applied
        at once. Raises
        NothingIndexed, ArchiveLocked, UnknownConcept, and UsageError for a concept that no machine
        may suggest.
        """
        if not 0 <= threshold <= 1:
            raise UsageError(f"{threshold} is no probability.", "Give one from 0 to 1.")
        with self._folder.writing():
            self._vocabularies.renew()
        if concept:
            concept = self._suggestible(concept, scheme)
        scored = self._scoring.of(scheme)
        measured = self._scoring.measured(scored.scheme)
        if concept:
            measured = [one for one in measured if one.id == concept]
            scored = scored.about([] if measured else [concept])
        calibration = replace(
            scored.calibration, thresholds=np.maximum(scored.calibration.thresholds, threshold)
        )
        quiet = held_back(calibration, scored.structure(), scored.rows)
        with self._folder.writing():
            run = TaggingRun(
                0,
                scored.opened.generation.number,
                scored.card.fingerprint,
                scored.card.name,
                scored.scheme.id,
                scored.scheme.version,
                concept,
                threshold or THRESHOLD,
                now(),
                0,
            )
            index = scored.opened.index
            written = self._runs.write_run(
                run,
                scored.scheme,
                chain(
                    suggest(calibration, scored.structure(), index, quiet, report),
                    measure_concepts(measured, self._measures.of(index.photos)),
                ),
            )
            difference = self._runs.compare(written.number)
            if apply:
                self._runs.apply(written.number)
        secret = {c.id for c in scored.concepts if c.sensitivity is Sensitivity.REVIEW_FIRST}
        return Tagged(written, difference, [one for one in quiet if one.concept not in secret])

    def all(self) -> list[TaggingRun]:
        """Return every tagging run, the newest first."""
        return self._runs.all()

    def get(self, run: int) -> TaggingRun:
        """Return a tagging run as it stands; raise UnknownRun."""
        found = {known.number: known for known in self._runs.all()}.get(run)
        if found is None:
            raise UnknownRun(f"There is no tagging run {run}.", "See: archive-ai runs list.")
        return found

    def difference(self, run: int) -> RunDifference:
        """Return what a run that waits would change.

        Raises UnknownRun, or UsageError if it does not wait.
        """
        self._waiting(run)
        return self._runs.compare(run)

    def apply(self, run: int) -> None:
        """Let a run speak; raise UnknownRun, or UsageError if it does not wait."""
        with self._folder.writing():
            self._waiting(run)
            self._runs.apply(run)

    def withdraw(self, run: int) -> None:
        """Withdraw a whole run; raise UnknownRun, or UsageError if it was withdrawn before."""
        with self._folder.writing():
            self.get(run)
            if not self._runs.withdraw(run):
                raise UsageError(
                    f"There is no tagging run {run} that stands.", "See: archive-ai runs list."
                )

    def _suggestible(self, concept: str, scheme: str) -> str:
        """Return the id that a concept has today; raise UsageError if no machine may suggest it."""
        _, one = self._vocabularies.concept(concept, scheme)
        reason = self._scoring.why_not(one)
        if not reason and finding(one) is not None:
            return one.id
        may = not reason or one.mode is Mode.EXAMPLES
        if not may or one.id not in {known.id for known in self._scoring.of(scheme).concepts}:
            raise UsageError(f"{concept} is nothing that the machine may suggest.", reason)
        return one.id

    def _waiting(self, run: int) -> None:
        mine = self.get(run)
        if not mine.written_at or mine.applied_at or mine.withdrawn_at:
            raise UsageError(
                f"There is no tagging run {run} that waits to be applied.",
                "See: archive-ai runs list.",
            )
        for known in self._runs.all():
            speaks = known.applied_at is not None and known.withdrawn_at is None
            covers = known.scheme == mine.scheme and known.concept in ("", mine.concept)
            if known.number > run and speaks and covers:
                raise UsageError(
                    f"Run {known.number} is newer than run {run} and speaks already.",
                    f"Withdraw it first (archive-ai runs withdraw {known.number}), or tag again.",
                )
