"""Every Protocol between what the software does and what it does it with.

Capabilities (indexing, tagging, searching, evaluation) see only these; ``archive`` joins them to
the parts that implement them.
"""

from archive_ai.ports.catalogue import FileCatalogue, PhotoCatalogue, TagCatalogue
from archive_ai.ports.duplicates import HashIndex, LookCatalogue
from archive_ai.ports.encoding import Encoder
from archive_ai.ports.engine import Engine
from archive_ai.ports.language import Language, Split
from archive_ai.ports.projecting import Landmarks, Tell
from archive_ai.ports.reading import Reader
from archive_ai.ports.selecting import Groups, Selection
from archive_ai.ports.vectors import VectorIndex, VectorSearch, VectorWriter

__all__ = [
    "Encoder",
    "Engine",
    "FileCatalogue",
    "Groups",
    "HashIndex",
    "Landmarks",
    "Language",
    "LookCatalogue",
    "PhotoCatalogue",
    "Reader",
    "Selection",
    "Split",
    "TagCatalogue",
    "Tell",
    "VectorIndex",
    "VectorSearch",
    "VectorWriter",
]
