"""What an encoder is, condensed to a fingerprint that vectors and calibrations are bound to."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

Resize = Literal["shortest", "squash", "longest"]


@dataclass(frozen=True, slots=True)
class Preprocessing:
    """How a picture becomes the square of ``size`` pixels that an encoder sees.

    ``resize`` as in open_clip: ``shortest`` scales the shorter side to ``size`` and crops the
    centre, ``squash`` ignores the aspect, ``longest`` fits the longer side and pads with
    ``fill``. ``mean`` and ``std`` are for channels scaled to 0..1.
    """

    size: int
    resize: Resize = "shortest"
    interpolation: str = "bicubic"
    mean: tuple[float, float, float] = (0.5, 0.5, 0.5)
    std: tuple[float, float, float] = (0.5, 0.5, 0.5)
    fill: int = 0


@dataclass(frozen=True, slots=True)
class Crop:
    """The part of an upright picture that a model sees, in pixels of that picture.

    It reaches beyond the picture where the model sees it filled up to a square. ``squeezed``: the
    model sees it as a square although it is none.
    """

    model: str
    left: float
    top: float
    width: float
    height: float
    squeezed: bool


@dataclass(frozen=True, slots=True)
class EncoderCard:
    """Weights, preprocessing, runtime and width of an encoder.

    ``model`` is the reference by which the encoder can be opened again; it is no part of the
    fingerprint, nor are licence and languages.
    """

    model: str
    name: str
    weights_sha256: str
    runtime: str
    width: int
    preprocessing: Preprocessing
    context_length: int
    languages: tuple[str, ...] = ()
    license: str = ""

    @property
    def fingerprint(self) -> str:
        """16 hexadecimal digits; equal exactly when vectors may be compared."""
        parts = {
            "weights": self.weights_sha256,
            "runtime": self.runtime,
            "width": self.width,
            "context_length": self.context_length,
            "preprocessing": asdict(self.preprocessing),
        }
        text = json.dumps(parts, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def to_json(self) -> dict[str, Any]:
        """Return the card as plain values, fingerprint included."""
        return {**asdict(self), "fingerprint": self.fingerprint}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> EncoderCard:
        """Read what :meth:`to_json` wrote."""
        fields = {key: value for key, value in values.items() if key != "fingerprint"}
        settings = dict(fields.pop("preprocessing"))
        settings["mean"], settings["std"] = tuple(settings["mean"]), tuple(settings["std"])
        fields["languages"] = tuple(fields["languages"])
        return cls(preprocessing=Preprocessing(**settings), **fields)
