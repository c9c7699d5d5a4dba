"""The public Python API: open an archive, index, search, tag."""

from archive_ai.archive.archive import Archive
from archive_ai.archive.choosing import Choosing
from archive_ai.archive.jobs import permitted
from archive_ai.archive.map_points import KINDS as MAP_KINDS
from archive_ai.archive.presenting import Presentation
from archive_ai.archive.questions import LONGEST_QUERY
from archive_ai.archive.thumbnails import THUMBNAIL_SIZES, Thumbnail
from archive_ai.archive.viewing import View
from archive_ai.archive.working import Worker
from archive_ai.domain import PhotoDetails
from archive_ai.exchange.iiif import Publisher
from archive_ai.images import Form
from archive_ai.settings import Settings, load

__all__ = [
    "LONGEST_QUERY",
    "MAP_KINDS",
    "THUMBNAIL_SIZES",
    "Archive",
    "Choosing",
    "Form",
    "PhotoDetails",
    "Presentation",
    "Publisher",
    "Settings",
    "Thumbnail",
    "View",
    "Worker",
    "load",
    "permitted",
]
