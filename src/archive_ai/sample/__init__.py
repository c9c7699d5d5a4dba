"""The sample archive: old photographs drawn by code, because nothing of others can be shipped."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from archive_ai.sample.motif import MOTIFS, Caption, Motif

if TYPE_CHECKING:
    from archive_ai.sample.archive import (
        BROKEN_FILE,
        DESCRIPTIONS_FILE,
        SamplePicture,
        draw_archive,
        draw_picture,
        draw_siblings,
    )

__all__ = [
    "BROKEN_FILE",
    "DESCRIPTIONS_FILE",
    "FINDING_AID_FILE",
    "MOTIFS",
    "Caption",
    "Motif",
    "SamplePicture",
    "draw_archive",
    "draw_picture",
    "draw_siblings",
]


def __getattr__(name: str) -> object:
    # The list of motifs is wanted without the drawing libraries, which take long to load.
    if name in __all__:
        return getattr(import_module("archive_ai.sample.archive"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
