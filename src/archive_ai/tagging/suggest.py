"""Suggestions of a scheme's concepts from stored vectors; no picture is read again.

A concept is the mean of the vectors of its labels, alternatives and prompts in all languages. Its
score on a photo is that of a query by words (see the background): the cosine less the photo's mean
cosine with neutral queries. It is suggested where it scores higher than any question that means
nothing does on any photo of this archive. Probabilities come with a calibration, which is learned
from decisions, not from this.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from archive_ai.domain import Background, Concept, Progress, ReportProgress, Suggestion
from archive_ai.errors import ArchiveDamaged
from archive_ai.ports import Encoder, VectorIndex

ROWS_A_BLOCK = 16_384
CONCEPTS_A_PHOTO = 8
"""The best so many concepts of a photo are suggested; further ones are noise in this first cut."""


def concept_vectors(concepts: Sequence[Concept], encoder: Encoder) -> NDArray[np.float32]:
    """Return a unit vector (n, width) for each concept.

    Each language counts alike, however many words it has: first the mean of a language's texts,
    then the mean of the languages.
    """
    texts = [
        (place, language, text) for place, c in enumerate(concepts) for language, text in _texts(c)
    ]
    vectors = encoder.encode_texts([text for _, _, text in texts])
    sums: dict[tuple[int, str], list[int]] = {}
    for number, (place, language, _) in enumerate(texts):
        sums.setdefault((place, language), []).append(number)
    result = np.zeros((len(concepts), encoder.card.width), np.float32)
    for (place, _), numbers in sums.items():
        result[place] += _unit(vectors[numbers].mean(axis=0))
    return np.stack([_unit(row) for row in result]) if len(result) else result


def suggest(
    concepts: Sequence[Concept],
    vectors: NDArray[np.float32],
    index: VectorIndex,
    background: Background,
    report: ReportProgress,
) -> Iterator[Suggestion]:
    """Yield what is suggested for each photo, best first.

    ``vectors`` (n, width) are those of ``concepts``. Raises ArchiveDamaged if the background was
    learned with another model (M5).
    """
    if background.fingerprint != index.fingerprint:
        raise ArchiveDamaged(
            "The background was learned with another model than the vectors were made with.",
            "Index again: it is learned anew.",
        )
    shifted = (vectors - background.mean).T
    count = len(index.photos)
    for start in range(0, count, ROWS_A_BLOCK):
        scores = index.block(start, min(start + ROWS_A_BLOCK, count)) @ shifted
        for offset in np.flatnonzero((scores >= background.tags).any(axis=1)).tolist():
            row = scores[offset]
            for place in np.argsort(-row, kind="stable")[:CONCEPTS_A_PHOTO].tolist():
                if row[place] < background.tags:
                    break
                yield Suggestion(
                    index.photos[start + offset], concepts[place].id, float(row[place])
                )
        report(Progress("tag", min(start + ROWS_A_BLOCK, count), count))


def _texts(concept: Concept) -> Iterator[tuple[str, str]]:
    for language, label in concept.labels.items():
        yield language, label
    for group in (concept.alternatives, concept.prompts):
        for language, texts in group.items():
            for text in texts:
                yield language, text


def _unit(vector: NDArray[np.float32]) -> NDArray[np.float32]:
    return (vector / max(float(np.linalg.norm(vector)), 1e-12)).astype(np.float32)
