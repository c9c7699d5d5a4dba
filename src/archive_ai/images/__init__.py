"""Picture files become pixels: decoded small, upright, in sRGB; files are only read."""

from archive_ai.images.embedded import embedded_record
from archive_ai.images.formats import EXTENSIONS
from archive_ai.images.measures import measure_picture
from archive_ai.images.reader import PictureReader
from archive_ai.images.thumbnails import Form, thumbnail, thumbnail_size

__all__ = [
    "EXTENSIONS",
    "Form",
    "PictureReader",
    "embedded_record",
    "measure_picture",
    "thumbnail",
    "thumbnail_size",
]
