"""Tiles of large pictures: made when somebody first looks closely, kept while there is room.

They can be made again at any time, so that nothing is lost with them.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import BoundedSemaphore, Lock
from weakref import WeakValueDictionary

from archive_ai.archive.thumbnails import THUMBNAIL_SIZES, unchanged_file
from archive_ai.catalogue.files import Files
from archive_ai.catalogue.photos import Photos
from archive_ai.domain import Photo, PhotoId
from archive_ai.errors import ArchiveUnusable, UnknownPhoto
from archive_ai.images import MOST_TILED, Layout, read_tile, write_tiles
from archive_ai.vectors.durable import PARTIAL, make_folder, writing_whole

SUFFIX = ".tiles"
MADE_AT_ONCE = 2
"""Pictures of which tiles are made at the same time: each takes memory for a band of it."""

SECONDS_TO_MAKE = 86_400
"""What is not whole after so long was left behind by a process that went down."""

MEGABYTE = 1_000_000


def tiled(photo: Photo) -> Layout | None:
    """Return which tiles a photo has; None where it is seen whole without, or is too large."""
    size = (photo.width, photo.height)
    large = max(size) > THUMBNAIL_SIZES[-1] and size[0] * size[1] <= MOST_TILED
    return Layout(size) if large else None


class Tiles:
    """The tiles of an archive's photos, in one file for each photo; used from several threads."""

    def __init__(self, thumbnails: Path, files: Files, photos: Photos, megabytes: int) -> None:
        self._folder = thumbnails / "tiles"
        self._files = files
        self._photos = photos
        self._most = megabytes * MEGABYTE
        self._at_work = BoundedSemaphore(MADE_AT_ONCE)
        self._guard = Lock()
        self._locks: WeakValueDictionary[PhotoId, Lock] = WeakValueDictionary()

    def of(self, photo: PhotoId) -> PhotoTiles:
        """Return the tiles of one photo, made or not; raise UnknownPhoto."""
        found = self._photos.get(photo)
        if found is None:
            raise UnknownPhoto(
                f"This archive holds no photo {photo}.", "Give an id as a search returns it."
            )
        return PhotoTiles(self, found)

    def path(self, photo: Photo) -> Path:
        """Return where the tiles of a photo are kept."""
        return self._folder / f"{photo.id}{SUFFIX}"

    def make(self, photo: Photo) -> None:
        """Make the tiles of a photo if they are not there; see :meth:`PhotoTiles.make`."""
        path = self.path(photo)
        with self._alone(photo.id):
            if path.exists():
                return
            with self._at_work:
                file = unchanged_file(self._files, photo)
                try:
                    make_folder(self._folder)
                    with writing_whole(path) as made:
                        write_tiles(file, photo.page, (photo.width, photo.height), made)
                except OSError as error:
                    raise ArchiveUnusable(
                        f"The tiles of {photo.id} cannot be kept ({error.strerror or error}).",
                        "Check the free space and the permissions of the archive's folder.",
                    ) from error
        self._make_room(path)

    @contextmanager
    def _alone(self, photo: PhotoId) -> Iterator[None]:
        """Be the one who makes the tiles of a photo; others wait, and find them made."""
        with self._guard:
            lock = self._locks.setdefault(photo, Lock())
        with lock:
            yield

    def _make_room(self, newest: Path) -> None:
        """Drop the tiles that nobody looked at for the longest time, but never the newest."""
        # Tiles must not fail because room cannot be made: too many are kept until the next time.
        with self._guard, suppress(OSError), os.scandir(self._folder) as entries:
            kept: list[tuple[int, int, str]] = []
            for entry in entries:
                with suppress(OSError):  # another process may have dropped it
                    status = entry.stat()
                    if entry.name.endswith(SUFFIX):
                        kept.append((status.st_mtime_ns, status.st_size, entry.path))
                    elif entry.name.endswith(PARTIAL):
                        _drop_if_left_behind(entry.path, status.st_mtime)
            over = sum(size for _, size, _ in kept) - self._most
            for _, size, path in sorted(kept):
                if over <= 0:
                    break
                if path != str(newest):
                    with suppress(OSError):  # in use, or gone already
                        os.unlink(path)  # noqa: PTH108 (a path as scandir names it)
                        over -= size


class PhotoTiles:
    """The tiles of one photo."""

    def __init__(self, tiles: Tiles, photo: Photo) -> None:
        self._tiles = tiles
        self._photo = photo
        self._layout = tiled(photo)

    def find(self, region: str, size: str) -> int | None:
        """Return the number of a tile: see :meth:`archive_ai.images.Layout.find`."""
        return self._layout.find(region, size) if self._layout else None

    def read(self, number: int) -> bytes | None:
        """Return a tile, a JPEG; None where the photo's tiles are not there, or not any more."""
        path = self._tiles.path(self._photo)
        try:
            with path.open("rb") as file:
                content = read_tile(file, number)
        except OSError:
            return None
        except ValueError:
            path.unlink(missing_ok=True)
            return None
        with suppress(OSError):
            os.utime(path)  # it was looked at
        return content

    def make(self) -> None:
        """Make all tiles where they are not there.

        However many ask at once, they are made once. Raises UnreadablePicture where no file is left
        as it was indexed, ArchiveUnusable where they cannot be kept.
        """
        if self._layout is not None:
            self._tiles.make(self._photo)


def _drop_if_left_behind(path: str, modified: float) -> None:
    if modified < time.time() - SECONDS_TO_MAKE:
        os.unlink(path)  # noqa: PTH108 (a path as scandir names it)
