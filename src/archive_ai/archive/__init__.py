"""The public Python API: open an archive, index, search, tag."""

from archive_ai.archive.archive import Archive, PhotoDetails
from archive_ai.settings import Settings, load

__all__ = ["Archive", "PhotoDetails", "Settings", "load"]
