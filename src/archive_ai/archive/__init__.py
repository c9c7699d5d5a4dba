"""The public Python API: open an archive, index, search, tag."""

from archive_ai.archive.archive import (
    LONGEST_QUERY,
    THUMBNAIL_SIZES,
    Archive,
    PhotoDetails,
)
from archive_ai.settings import Settings, load

__all__ = ["LONGEST_QUERY", "THUMBNAIL_SIZES", "Archive", "PhotoDetails", "Settings", "load"]
