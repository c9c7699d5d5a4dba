"""What turns a vector into the probability that a photo shows a concept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Calibration:
    """Log-odds of concepts as linear functions of the vectors of one model (M5).

    ``directions`` (n, width) and ``offsets`` (n,) belong to ``concepts``: the log-odds of a photo
    are ``vector @ direction + offset``. ``thresholds`` (n,) are the probabilities from which a
    concept is suggested.
    """

    fingerprint: str
    concepts: Sequence[str]
    directions: NDArray[np.float32]
    offsets: NDArray[np.float32]
    thresholds: NDArray[np.float32]

    def log_odds(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the log-odds (m, n) of vectors (m, width), each concept on its own."""
        found: NDArray[np.float32] = rows @ self.directions.T + self.offsets
        return found


@dataclass(frozen=True, slots=True)
class Learned:
    """What decisions and reference pictures taught about one concept.

    ``report`` says from how many examples, how good it is on pictures it was not taught with,
    and how good the words alone were; ``kept`` is whether it is better than they.
    """

    concept: str
    direction: NDArray[np.float32]
    offset: float
    threshold: float
    kept: bool
    report: Mapping[str, Any]

    def to_json(self) -> dict[str, Any]:
        """Return what the catalogue keeps."""
        return {
            "concept": self.concept,
            "direction": [float(value) for value in self.direction],
            "offset": self.offset,
            "threshold": self.threshold,
        }

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Learned:
        """Return what :meth:`to_json` gave; the report lies beside it in the catalogue."""
        return cls(
            document["concept"],
            np.array(document["direction"], np.float32),
            float(document["offset"]),
            float(document["threshold"]),
            kept=True,
            report={},
        )
