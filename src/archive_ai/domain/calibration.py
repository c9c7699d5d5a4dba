"""From a photo's vector to a probability: what the background and decisions taught.

Every concept is one linear function of the stored vector v (unit length), whatever it was made of:

    logit = slope × score + offset + direction · v,    probability = 1 / (1 + exp(-logit))

``score`` is the concept's zero-shot score (the cosine of v and the concept less the photo's mean
cosine with neutral queries); ``direction`` is what examples taught beyond it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from archive_ai.errors import ArchiveDamaged


class Chosen(StrEnum):
    """Why a person looked at this picture, which says what its label may be used for.

    ``random``: any picture could have come. ``queue``: picked by its probability, never by its
    label. ``accepted``: picked because it shows the concept (reference pictures, clusters that
    were accepted at once); such examples say nothing on how frequent a concept is.
    """

    RANDOM = "random"
    QUEUE = "queue"
    ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class Examples:
    """n pictures that a person decided on for one concept.

    ``vectors`` (n, width) are of unit length, ``labels`` (n,) tell what was accepted, and
    ``chosen`` says of each why it was looked at.
    """

    vectors: NDArray[np.float32]
    labels: NDArray[np.bool_]
    chosen: tuple[Chosen, ...]

    @property
    def picked_by_label(self) -> NDArray[np.bool_]:
        """Tell (n,) which examples were looked at because of what they show."""
        return np.array([one is Chosen.ACCEPTED for one in self.chosen], np.bool_)


@dataclass(frozen=True, slots=True)
class ConceptCalibration:
    """One concept's function and the probability from which on it is suggested.

    ``prevalence`` is the share of the archive that is expected to show it. ``direction`` (width)
    is empty where nothing beyond the words was learned. ``accepted`` and ``rejected`` count the
    examples. ``held_back`` says why the concept suggests nothing; empty: it does.
    """

    concept: str
    slope: float
    offset: float
    threshold: float
    prevalence: float
    direction: tuple[float, ...] = ()
    accepted: int = 0
    rejected: int = 0
    held_back: str = ""


@dataclass(frozen=True, slots=True)
class Calibration:
    """The calibration of a scheme's concepts, good for one model and one version of the scheme."""

    fingerprint: str
    scheme: str
    scheme_version: str
    concepts: tuple[ConceptCalibration, ...]

    def require(self, fingerprint: str, scheme_version: str) -> None:
        """Raise ArchiveDamaged if this was learned with another model or vocabulary (M5)."""
        if self.fingerprint != fingerprint:
            raise ArchiveDamaged(
                f"The calibration of {self.scheme} was learned with model {self.fingerprint}, "
                f"but the vectors are of {fingerprint}.",
                "Tag again: it is learned anew from the archive and all decisions.",
            )
        if self.scheme_version != scheme_version:
            raise ArchiveDamaged(
                f"The calibration was learned with version {self.scheme_version} of "
                f"{self.scheme}, but the vocabulary is {scheme_version}.",
                "Tag again: it is learned anew from the archive and all decisions.",
            )

    def to_json(self) -> dict[str, Any]:
        """Return plain values."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Calibration:
        """Read what :meth:`to_json` wrote.

        Raises ArchiveDamaged if a field is missing or of another kind.
        """
        try:
            concepts = tuple(
                ConceptCalibration(**{**one, "direction": tuple(one["direction"])})
                for one in values["concepts"]
            )
            return cls(
                str(values["fingerprint"]),
                str(values["scheme"]),
                str(values["scheme_version"]),
                concepts,
            )
        except (KeyError, TypeError) as error:
            raise ArchiveDamaged(
                f"A stored calibration cannot be read: {error}.",
                "Tag again: it is learned anew from the archive and all decisions.",
            ) from error
