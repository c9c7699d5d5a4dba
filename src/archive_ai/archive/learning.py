"""Concepts learned from decisions and from reference pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from archive_ai.archive.folder import Folder
from archive_ai.archive.scoring import Scored, Scoring
from archive_ai.archive.vocabularies import Vocabularies
from archive_ai.catalogue.decisions import Decisions
from archive_ai.catalogue.learning import Learning, Reference
from archive_ai.domain import Concept, Learned, PhotoId, Progress, ReportProgress, Verdict, silent
from archive_ai.errors import UnreadablePicture, UsageError
from archive_ai.images import PictureReader
from archive_ai.images.looks import aged, framed_anew
from archive_ai.indexing.discover import discover
from archive_ai.ports import Encoder
from archive_ai.tagging.learning import ALIKE, Examples, Prior, learn
from archive_ai.vectors.durable import sha256_of

LOOKS = 16
DECISIONS = 5_000
"""The newest so many of a concept are learned from."""

UNSEEN = 1_000
"""Photos that nobody looked at, taken as weak negatives."""


@dataclass(frozen=True, slots=True)
class Taught:
    """What came of learning a concept: from what, and whether it is used from now on.

    ``earlier`` is whether something that was learned before stays in use instead.
    """

    learned: Learned
    kept: bool
    earlier: bool
    references: int
    unreadable: tuple[str, ...]
    calibration: int


class Teaching:
    """Learning of one archive."""

    def __init__(
        self,
        folder: Folder,
        scoring: Scoring,
        vocabularies: Vocabularies,
        decisions: Decisions,
        learning: Learning,
    ) -> None:
        self._folder = folder
        self._scoring = scoring
        self._vocabularies = vocabularies
        self._decisions = decisions
        self._learning = learning
        self._reader = PictureReader()

    def learn(
        self,
        concept: str,
        by: str,
        references: Path | None = None,
        scheme: str = "",
        precision: float = 0.9,
        report: ReportProgress = silent,
    ) -> Taught:
        """Teach one concept from what was decided, and from the pictures in a folder.

        The pictures need not be in the archive; they are only read, and what the model sees in
        them is kept with their names. It is used from the next tagging run on if it is better
        than the words alone. Raises UnknownConcept, PathMissing, UsageError (too few examples, or
        a concept that no machine may suggest), ArchiveLocked.
        """
        if not 0 < precision < 1:
            raise UsageError(f"{precision} is no precision.", "Give one between 0 and 1.")
        found, one = self._vocabularies.concept(concept, scheme)
        scored = self._scoring.of(scheme, also=one.id)
        if one.id not in {known.id for known in scored.concepts}:
            raise UsageError(
                f"{concept} is nothing that the machine may suggest.", self._scoring.why_not(one)
            )
        with self._folder.writing():
            unreadable: list[str] = []
            if references is not None:
                added = self._read(references, scored, unreadable, report)
                key = (found.id, one.id)
                self._learning.add_references(key, scored.card.fingerprint, added, by)
            examples, count = self._examples(scored, one)
            words = scored.about([one.id]).words
            prior = Prior(words.directions[0], float(words.offsets[0]))
            learned = learn(one.id, examples, prior, precision)
            # By words alone a concept by examples is not found at all.
            kept = learned.kept or (one.id not in scored.learned and _by_examples(one))
            number = self._learning.keep(
                (found.id, found.version),
                scored.card.fingerprint,
                one.id,
                learned.to_json(),
                {**learned.report, "references": count, "kept": kept},
                kept,
            )
        earlier = not kept and one.id in scored.learned
        return Taught(learned, kept, earlier, count, tuple(unreadable), number)

    def _read(
        self, folder: Path, scored: Scored, unreadable: list[str], report: ReportProgress
    ) -> list[Reference]:
        files = discover([folder], self._reader.reads, []).files
        found = []
        for done, file in enumerate(files, start=1):
            try:
                picture = self._reader.read(file.path, 1, scored.card.preprocessing)
            except UnreadablePicture as error:
                unreadable.append(str(error))
                continue
            vector, disturbances = seen_in_looks(picture.pixels, scored.encoder)
            found.append(Reference(sha256_of(file.path), 1, str(file.path), vector, disturbances))
            report(Progress("learn", done, len(files), len(unreadable)))
        if not found:
            raise UsageError(
                f"{folder} holds no picture that can be read.", "Name a folder with pictures."
            )
        return found

    def _examples(self, scored: Scored, concept: Concept) -> tuple[Examples, int]:
        """Return what to learn from, and how many reference pictures are among it."""
        index = scored.opened.index
        place = {photo: row for row, photo in enumerate(index.photos)}
        decided = [
            one
            for one in self._decisions.of_concept(scored.scheme.id, concept.id)
            if one.photo in place
        ]
        seen = {one.photo for one in decided}
        decided = decided[-DECISIONS:]
        references = self._learning.references(
            (scored.scheme.id, concept.id), scored.card.fingerprint
        )
        vectors = [index.rows([one.photo])[0] for one in decided]
        vectors += [reference.vector for reference in references]
        disturbances = [reference.disturbances for reference in references]
        shown = [one.verdict is Verdict.ACCEPTED for one in decided] + [True] * len(references)
        examples = Examples(
            np.array(vectors, np.float32).reshape(len(vectors), scored.card.width),
            np.array(shown, np.bool_),
            _unseen(scored, seen, references),
            np.concatenate(disturbances) if disturbances else None,
        )
        return examples, len(references)


def seen_in_looks(
    pixels: NDArray[np.uint8], encoder: Encoder
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the vector (width,) of a picture, and by how much it changes with its look (k, width).

    ``pixels`` (size, size, 3) are looked at as they are and in ``LOOKS`` other tones, frames and
    mounts, always the same ones.
    """
    picture = Image.fromarray(pixels)
    looks = [pixels]
    for number in range(LOOKS):
        dice = np.random.default_rng([19, number])
        look = aged(framed_anew(picture, dice), dice).resize(picture.size)
        looks.append(np.asarray(look, np.uint8))
    vectors = encoder.encode_images(np.stack(looks))
    return vectors[0], vectors - vectors.mean(axis=0)


def _by_examples(concept: Concept) -> bool:
    return concept.mode.value == "examples"


def _unseen(
    scored: Scored, decided: set[PhotoId], references: Sequence[Reference]
) -> NDArray[np.float32]:
    """Return photos that nobody decided on, and that are no copies of reference pictures."""
    index = scored.opened.index
    dice = np.random.default_rng(0)
    count = len(index.photos)
    rows = dice.choice(count, min(UNSEEN + len(decided), count), replace=False)
    photos = [index.photos[row] for row in np.sort(rows).tolist()]
    unseen = index.rows([photo for photo in photos if photo not in decided][:UNSEEN])
    if references:
        known = np.stack([one.vector for one in references])
        unseen = unseen[(unseen @ known.T).max(axis=1) < ALIKE]
    return unseen


def report_of(taught: Taught) -> dict[str, Any]:
    """Return what was learned as the JSON that scripts rely on."""
    return {
        "concept": taught.learned.concept,
        "kept": taught.kept,
        "earlier_in_use": taught.earlier,
        "threshold": taught.learned.threshold,
        "references": taught.references,
        "unreadable": list(taught.unreadable),
        **taught.learned.report,
    }
