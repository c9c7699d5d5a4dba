"""The nouns of the system: frozen dataclasses that every floor speaks in."""

from archive_ai.domain.calibration import Calibration, Chosen, ConceptCalibration, Examples
from archive_ai.domain.concepts import Concept, Mode, Scheme, Sensitivity
from archive_ai.domain.encoding import EncoderCard, Preprocessing, Resize
from archive_ai.domain.evaluation import Caption, Labelled
from archive_ai.domain.generations import Generation, Manifest, Segment, VectorRows
from archive_ai.domain.progress import IndexReport, Problem, Progress, ReportProgress, silent
from archive_ai.domain.scans import (
    PHOTO_ID_LENGTH,
    Failure,
    FileState,
    FoundFile,
    Photo,
    PhotoId,
    Picture,
    ScanFile,
    photo_id,
)
from archive_ai.domain.search import Background, Hit, Reason, SearchResult, Strength
from archive_ai.domain.tags import Origin, PhotoDetails, Status, Suggestion, Tag, TaggingRun

__all__ = [
    "PHOTO_ID_LENGTH",
    "Background",
    "Calibration",
    "Caption",
    "Chosen",
    "Concept",
    "ConceptCalibration",
    "EncoderCard",
    "Examples",
    "Failure",
    "FileState",
    "FoundFile",
    "Generation",
    "Hit",
    "IndexReport",
    "Labelled",
    "Manifest",
    "Mode",
    "Origin",
    "Photo",
    "PhotoDetails",
    "PhotoId",
    "Picture",
    "Preprocessing",
    "Problem",
    "Progress",
    "Reason",
    "ReportProgress",
    "Resize",
    "ScanFile",
    "Scheme",
    "SearchResult",
    "Segment",
    "Sensitivity",
    "Status",
    "Strength",
    "Suggestion",
    "Tag",
    "TaggingRun",
    "VectorRows",
    "photo_id",
    "silent",
]
