"""The sample archive: old photographs drawn by code, because nothing of others can be shipped."""

from archive_ai.sample.archive import (
    BROKEN_FILE,
    SamplePicture,
    draw_archive,
    draw_picture,
    draw_siblings,
)
from archive_ai.sample.motif import MOTIFS, Caption, Motif

__all__ = [
    "BROKEN_FILE",
    "MOTIFS",
    "Caption",
    "Motif",
    "SamplePicture",
    "draw_archive",
    "draw_picture",
    "draw_siblings",
]
