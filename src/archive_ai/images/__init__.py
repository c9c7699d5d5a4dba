"""Picture files become pixels: decoded small, upright, in sRGB; files are only read."""

from archive_ai.images.embedded import embedded_record
from archive_ai.images.formats import EXTENSIONS
from archive_ai.images.measures import measure_picture
from archive_ai.images.reader import PictureReader
from archive_ai.images.thumbnails import Form, thumbnail, thumbnail_size
from archive_ai.images.tiles import MOST_TILED, TILE, Layout, read_tile, write_tiles

__all__ = [
    "EXTENSIONS",
    "MOST_TILED",
    "TILE",
    "Form",
    "Layout",
    "PictureReader",
    "embedded_record",
    "measure_picture",
    "read_tile",
    "thumbnail",
    "thumbnail_size",
    "write_tiles",
]
