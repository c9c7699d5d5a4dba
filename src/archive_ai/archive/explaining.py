"""Why a concept is on a photo, in words, examples and a map over the picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from archive_ai.archive.scoring import Scored, Scoring
from archive_ai.archive.vocabularies import Vocabularies
from archive_ai.catalogue.decisions import Decisions
from archive_ai.catalogue.learning import Learning
from archive_ai.catalogue.measures import MeasureCatalogue
from archive_ai.catalogue.photos import Photos
from archive_ai.domain import Concept, Measures, Photo, Verdict
from archive_ai.errors import NothingIndexed, UnknownPhoto, UnreadablePicture, UsageError
from archive_ai.images import PictureReader
from archive_ai.tagging.explaining import Nearness, heat_map, nearest
from archive_ai.tagging.measuring import Finding, finding
from archive_ai.tagging.probabilities import probabilities
from archive_ai.tagging.suggest import texts_of

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Explanation:
    """What speaks for a concept on a photo.

    ``source`` is ``words``, ``learned`` or ``measured``: then there are ``measures`` of the pixels
    and nothing else, and ``score`` is what was measured if it speaks for the concept. ``texts`` are
    the concept's words nearest to the photo, ``examples`` the accepted photos and reference
    pictures. ``heat`` (8, 8) is how much each part of the picture speaks for it, in log-odds; None
    where the file is not there.
    """

    photo: str
    concept: str
    source: str
    score: float | None
    probability: float | None
    threshold: float | None
    texts: Sequence[Nearness] = ()
    examples: Sequence[Nearness] = ()
    heat: NDArray[np.float32] | None = None
    pixels: NDArray[np.uint8] | None = None
    measures: Measures | None = None

    def to_json(self) -> dict[str, Any]:
        """Return what scripts read."""
        return {
            "photo": self.photo,
            "concept": self.concept,
            "source": self.source,
            "score": self.score,
            "probability": self.probability,
            "threshold": self.threshold,
            "texts": [asdict(one) for one in self.texts],
            "examples": [asdict(one) for one in self.examples],
            "measures": None if self.measures is None else self.measures.to_json(),
            "heat": None if self.heat is None else np.round(self.heat, 4).tolist(),
        }


class Explaining:
    """Explanations of one archive."""

    def __init__(
        self,
        scoring: Scoring,
        vocabularies: Vocabularies,
        decisions: Decisions,
        learning: Learning,
        photos: Photos,
        measures: MeasureCatalogue,
    ) -> None:
        self._scoring = scoring
        self._vocabularies = vocabularies
        self._decisions = decisions
        self._learning = learning
        self._photos = photos
        self._measures = measures
        self._reader = PictureReader()

    def explain(self, photo: Photo, concept: str, scheme: str = "") -> Explanation:
        """Say why ``concept`` is, or is not, suggested for ``photo``.

        Raises UnknownConcept, NothingIndexed for a photo without a vector, and UsageError for a
        concept that no machine may suggest.
        """
        found, one = self._vocabularies.concept(concept, scheme)
        how = finding(one)
        if how is not None and not self._scoring.why_not(one):
            return self._measured(photo, one, how)
        scored = self._scoring.of(scheme, also=one.id)
        ids = [known.id for known in scored.concepts]
        if one.id not in ids:
            raise UsageError(
                f"{concept} is nothing that the machine may suggest.", self._scoring.why_not(one)
            )
        try:
            vector = scored.opened.index.rows([photo.id])[0]
        except KeyError:
            raise NothingIndexed(
                f"{photo.id} has no vector in the active generation.",
                "Index it first: archive-ai index.",
            ) from None
        place = ids.index(one.id)
        log_odds = scored.calibration.log_odds(vector[None])
        mean = scored.opened.background.mean
        texts = list(dict.fromkeys(text for _, text in texts_of(one)))
        pixels, heat = self._seen(photo, scored, place)
        return Explanation(
            photo.id,
            one.id,
            "learned" if one.id in scored.learned else "words",
            float(log_odds[0, place]),
            float(probabilities(log_odds, scored.structure())[0, place]),
            float(scored.calibration.thresholds[place]),
            nearest(texts, scored.encoder.encode_texts(texts), vector, SHOWN, less=mean),
            self._examples(scored, found.id, one.id, photo, vector),
            heat,
            pixels,
        )

    def _measured(self, photo: Photo, concept: Concept, how: Finding) -> Explanation:
        for _, measures in self._measures.of([photo.id]):
            score = how(measures)
            return Explanation(
                photo.id, concept.id, "measured", score, None, None, measures=measures
            )
        raise NothingIndexed(
            f"{photo.id} was not measured; it was indexed by an earlier version.",
            "Index it with the present model: archive-ai index.",
        )

    def _examples(
        self, scored: Scored, scheme: str, concept: str, photo: Photo, vector: NDArray[np.float32]
    ) -> list[Nearness]:
        """Return the accepted photos and reference pictures nearest to the photo."""
        index = scored.opened.index
        known = set(index.photos)
        accepted = [
            one.photo
            for one in self._decisions.of_concept(scheme, concept)
            if one.verdict is Verdict.ACCEPTED and one.photo in known and one.photo != photo.id
        ]
        references = self._learning.references((scheme, concept), scored.card.fingerprint)
        names = [*accepted, *(one.path for one in references)]
        if not names:
            return []
        vectors = [*index.rows(accepted), *(one.vector for one in references)]
        return nearest(names, np.array(vectors, np.float32), vector, SHOWN)

    def _seen(
        self, photo: Photo, scored: Scored, place: int
    ) -> tuple[NDArray[np.uint8] | None, NDArray[np.float32] | None]:
        where = self._photos.locate([photo.id]).get(photo.id)
        if where is None:
            return None, None
        try:
            pixels = self._reader.read(*where, scored.card.preprocessing).pixels
        except UnreadablePicture:  # gone or damaged since it was indexed
            return None, None
        direction = scored.calibration.directions[place]
        return pixels, heat_map(pixels, scored.encoder.encode_images, direction)


def write_heat_map(explanation: Explanation, path: Path) -> None:
    """Draw the map over the picture as the model saw it; ``path`` ends in .png.

    Nothing that is there already is written over: it might be a scan (M1). Raises UnknownPhoto
    where the photo's file is not there, UsageError for another name or one that is taken.
    """
    from archive_ai.images.heat import draw_heat  # noqa: PLC0415 (needed for pictures only)

    if path.suffix.lower() != ".png":
        raise UsageError(f"{path} does not end in .png.", "Name a file that ends in .png.")
    if explanation.source == "measured":
        raise UsageError(f"{explanation.concept} is measured; there is no map of it.")
    if explanation.pixels is None or explanation.heat is None:
        raise UnknownPhoto(f"No file of {explanation.photo} is there.", "Connect its drive.")
    picture = draw_heat(explanation.pixels, explanation.heat)
    try:
        with path.open("xb") as file:
            picture.save(file, "PNG")
    except FileExistsError:
        raise UsageError(f"{path} is there already.", "Give a name that is free.") from None
