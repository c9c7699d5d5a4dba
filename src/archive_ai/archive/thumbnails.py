"""Thumbnails: drawn once from a file that still is what was indexed, then kept."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from archive_ai.catalogue.files import Files
from archive_ai.domain import Photo
from archive_ai.errors import UnreadablePicture, UsageError
from archive_ai.images import Form, thumbnail
from archive_ai.vectors.durable import write_whole

THUMBNAIL_SIZES = (192, 384, 768, 1536)


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """A small picture whose bytes are read only where somebody wants them.

    ``etag`` changes with every byte: it is of the kept file's name, size and time, or of the
    content where it could not be kept. ``drawn`` says that it was made just now.
    """

    form: Form
    etag: str
    _source: Path | bytes
    drawn: bool

    def read(self) -> bytes:
        """Return the picture."""
        return self._source if isinstance(self._source, bytes) else self._source.read_bytes()


class Thumbnails:
    """The archive's thumbnails; they can be drawn again at any time."""

    def __init__(self, folder: Path, files: Files) -> None:
        self._folder = folder
        self._files = files

    def get(self, photo: Photo, size: int, form: Form = Form.JPEG) -> Thumbnail:
        """Return a picture of at most ``size`` pixels a side.

        Raises UsageError for a size that is not offered, UnreadablePicture if no file is left.
        """
        if size not in THUMBNAIL_SIZES:
            sizes = ", ".join(str(one) for one in THUMBNAIL_SIZES)
            raise UsageError(f"There are no thumbnails of {size} pixels.", f"Sizes: {sizes}.")
        kept = self._folder / photo.id[2:4] / f"{photo.id}-{size}.{form.suffix}"
        with suppress(OSError):
            return _kept(kept, form, drawn=False)
        content = self._draw(photo, size, form)
        # A picture must not stay unseen because its thumbnail cannot be kept.
        with suppress(OSError):
            kept.parent.mkdir(parents=True, exist_ok=True)
            write_whole(kept, content)
            return _kept(kept, form, drawn=True)
        return Thumbnail(form, hashlib.sha256(content).hexdigest()[:32], content, drawn=True)

    def _draw(self, photo: Photo, size: int, form: Form) -> bytes:
        return thumbnail(unchanged_file(self._files, photo), photo.page, size, form)


def unchanged_file(files: Files, photo: Photo) -> Path:
    """Return a file of a photo that still is what was indexed; raise UnreadablePicture."""
    for file in files.files_with([photo.sha256]):
        try:
            status = file.path.stat()
        except OSError:
            continue
        if (status.st_size, status.st_mtime_ns) == (file.size, file.mtime_ns):
            return file.path
    raise UnreadablePicture(
        f"No file of {photo.id} is there as it was indexed.",
        "Connect the drive, or index again.",
    )


def _kept(path: Path, form: Form, drawn: bool) -> Thumbnail:
    status = path.stat()
    etag = f"{path.name}-{status.st_size:x}-{status.st_mtime_ns:x}"
    return Thumbnail(form, etag, path, drawn)
