"""The nouns of the system: frozen dataclasses that every floor speaks in."""

from archive_ai.domain.access import HERE, ClosureRules, Role, Token, Viewer
from archive_ai.domain.calibration import Calibration, Learned
from archive_ai.domain.concepts import Concept, Mode, Scheme, Sensitivity
from archive_ai.domain.dates import DateRange
from archive_ai.domain.decisions import Decided, Decision, Ruling, Verdict
from archive_ai.domain.duplicates import (
    HASH_BYTES,
    HASH_KIND,
    Duplicate,
    DuplicateGroup,
    DuplicateKind,
    Edges,
    Links,
    Looks,
    Membership,
)
from archive_ai.domain.encoding import EncoderCard, Preprocessing, Resize
from archive_ai.domain.evaluation import Caption, Labelled, LabelledTag
from archive_ai.domain.facets import Facets, FacetValue
from archive_ai.domain.fulltext import TextEvidence, TextKind, TextMatch
from archive_ai.domain.generations import Approximation, Generation, Manifest, Segment, VectorRows
from archive_ai.domain.holdings import CollectionCount, ConceptCount, Legend, ListedPhoto
from archive_ai.domain.jobs import Job, JobState
from archive_ai.domain.language import Word
from archive_ai.domain.measures import Colour, Measures, Orientation, orientation
from archive_ai.domain.progress import IndexReport, Problem, Progress, ReportProgress, silent
from archive_ai.domain.query import Example, Filters, Query, SavedQuery, Words
from archive_ai.domain.query_json import query_from_json, query_to_json
from archive_ai.domain.records import (
    Record,
    RecordChanges,
    RecordColumns,
    RecordSource,
    Visibility,
)
from archive_ai.domain.scans import (
    PHOTO_ID_LENGTH,
    Failure,
    FileState,
    FoundFile,
    Photo,
    PhotoId,
    Picture,
    ScanFile,
    id_bytes,
    photo_id,
)
from archive_ai.domain.scheme_json import scheme_from_json, scheme_to_json, scheme_version
from archive_ai.domain.search import (
    Background,
    Hint,
    Hit,
    Reason,
    SearchResult,
    Strength,
)
from archive_ai.domain.tags import (
    Origin,
    PhotoDetails,
    RunDifference,
    Status,
    Suggestion,
    Tag,
    TaggingRun,
)

__all__ = [
    "HASH_BYTES",
    "HASH_KIND",
    "HERE",
    "PHOTO_ID_LENGTH",
    "Approximation",
    "Background",
    "Calibration",
    "Caption",
    "ClosureRules",
    "CollectionCount",
    "Colour",
    "Concept",
    "ConceptCount",
    "DateRange",
    "Decided",
    "Decision",
    "Duplicate",
    "DuplicateGroup",
    "DuplicateKind",
    "Edges",
    "EncoderCard",
    "Example",
    "FacetValue",
    "Facets",
    "Failure",
    "FileState",
    "Filters",
    "FoundFile",
    "Generation",
    "Hint",
    "Hit",
    "IndexReport",
    "Job",
    "JobState",
    "Labelled",
    "LabelledTag",
    "Learned",
    "Legend",
    "Links",
    "ListedPhoto",
    "Looks",
    "Manifest",
    "Measures",
    "Membership",
    "Mode",
    "Orientation",
    "Origin",
    "Photo",
    "PhotoDetails",
    "PhotoId",
    "Picture",
    "Preprocessing",
    "Problem",
    "Progress",
    "Query",
    "Reason",
    "Record",
    "RecordChanges",
    "RecordColumns",
    "RecordSource",
    "ReportProgress",
    "Resize",
    "Role",
    "Ruling",
    "RunDifference",
    "SavedQuery",
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
    "TextEvidence",
    "TextKind",
    "TextMatch",
    "Token",
    "VectorRows",
    "Verdict",
    "Viewer",
    "Visibility",
    "Word",
    "Words",
    "id_bytes",
    "orientation",
    "photo_id",
    "query_from_json",
    "query_to_json",
    "scheme_from_json",
    "scheme_to_json",
    "scheme_version",
    "silent",
]
