"""One worker's share: hash, decode and encode a handful of files. It writes nothing."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from archive_ai.domain import (
    Failure,
    FileState,
    FoundFile,
    Measures,
    Photo,
    PhotoId,
    Picture,
    Record,
    ScanFile,
    photo_id,
)
from archive_ai.errors import UnreadablePicture
from archive_ai.ports import Encoder, FileCatalogue, Reader

STAGES = ("hash", "decode", "encode")


@dataclass(frozen=True, slots=True)
class Look:
    """What is looked at beside a vector: what the pixels say, and what the file says of them."""

    measure: Callable[[Picture], Measures]
    describe: Callable[[Path], Record | None]


@dataclass(slots=True)
class Encoded:
    """What became of some files.

    ``rows`` (n, width) are the vectors of the photos ``vectors``; ``fresh`` are all photos that
    the files hold as far as they could be read. ``embedded`` is what the metadata of contents
    (SHA-256) says of their photos. ``seconds`` by stage are of this worker alone.
    """

    files: list[ScanFile] = field(default_factory=list)
    fresh: list[Photo] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    embedded: dict[str, Record] = field(default_factory=dict)
    vectors: list[PhotoId] = field(default_factory=list)
    rows: NDArray[np.float32] = field(default_factory=lambda: np.empty((0, 0), np.float32))
    seconds: dict[str, float] = field(default_factory=lambda: dict.fromkeys(STAGES, 0.0))


class EncodeFiles:
    """Callable for an engine: takes found files, gives :class:`Encoded`."""

    def __init__(
        self,
        reader: Reader,
        look: Look,
        encoder: Encoder,
        files: FileCatalogue,
        generation: int,
    ) -> None:
        self._reader = reader
        self._look = look
        self._encoder = encoder
        self._files = files
        self._generation = generation

    def __call__(self, found: Sequence[FoundFile]) -> Encoded:
        """Hash every file; decode what was not measured, encode what has no vector yet."""
        result = Encoded()
        hashed = [file for file in (self._hash(one, result) for one in found) if file]
        known = self._files.photos_of([file.sha256 for file in hashed])
        ids = [photo.id for photos in known.values() for photo in photos]
        done = self._files.with_vector(self._generation, ids)
        measured = done & self._files.with_hash(ids)
        failed = self._files.failed_before([file.sha256 for file in hashed])
        batch: list[tuple[PhotoId, NDArray[np.uint8]]] = []
        parts: list[NDArray[np.float32]] = []
        queued: set[PhotoId] = set(done)
        for file in hashed:
            photos = known.get(file.sha256, ())
            settled = photos and all(photo.id in measured for photo in photos)
            if settled and file.sha256 not in failed:
                result.files.append(file)
                continue
            for photo, picture in self._decode(file, result):
                if photo.id in queued:
                    continue
                queued.add(photo.id)
                batch.append((photo.id, picture.pixels))
                if len(batch) == self._encoder.batch_size:
                    parts.append(self._encode(batch, result))
                    batch = []
        if batch:
            parts.append(self._encode(batch, result))
        if parts:
            result.rows = np.concatenate(parts)
        self._drop_changed(hashed, result)
        return result

    def _drop_changed(self, files: Sequence[ScanFile], result: Encoded) -> None:
        """Take back what was read of files that changed between being hashed and being decoded."""
        changed = {file.path: file for file in files if not _is_as_found(file)}
        if not changed:
            return
        contents = {file.sha256 for file in changed.values()}
        ids = {photo.id for photo in result.fresh if photo.sha256 in contents}
        keep = [photo not in ids for photo in result.vectors]
        result.rows = result.rows[keep] if len(result.rows) else result.rows
        result.vectors = [photo for photo in result.vectors if photo not in ids]
        result.fresh = [photo for photo in result.fresh if photo.id not in ids]
        result.embedded = {
            content: one for content, one in result.embedded.items() if content not in contents
        }
        result.failures = [one for one in result.failures if one.path not in changed]
        result.files = [one for one in result.files if one.path not in changed]
        for path, file in changed.items():
            # Without a hash it is looked at again by the next run.
            result.files.append(ScanFile(path, file.size, file.mtime_ns, "", FileState.FAILED))
            advice = "Index again when nothing writes to it any more."
            result.failures.append(Failure(path, 0, "It changed while it was read.", advice))

    def _hash(self, file: FoundFile, result: Encoded) -> ScanFile | None:
        start = time.perf_counter()
        try:
            with file.path.open("rb") as content:
                digest = hashlib.file_digest(content, "sha256").hexdigest()
        except OSError as error:
            result.files.append(ScanFile(file.path, file.size, file.mtime_ns, "", FileState.FAILED))
            result.failures.append(
                Failure(
                    file.path,
                    0,
                    f"The file cannot be read ({error.strerror}).",
                    "Check the permissions and the disk, then index again.",
                )
            )
            return None
        finally:
            result.seconds["hash"] += time.perf_counter() - start
        return ScanFile(file.path, file.size, file.mtime_ns, digest)

    def _decode(self, file: ScanFile, result: Encoded) -> Iterator[tuple[Photo, Picture]]:
        """Yield the photos of a file; note the file as failed if none could be read."""
        failures: list[Failure] = []
        count = 0
        try:
            pages = self._reader.pages(file.path)
        except UnreadablePicture as error:
            failures.append(Failure(file.path, 0, error.what, error.advice))
            pages = 0
        for page in range(1, pages + 1):
            start = time.perf_counter()
            try:
                picture = self._reader.read(file.path, page, self._encoder.card.preprocessing)
                measures = self._look.measure(picture)
            except UnreadablePicture as error:
                number = page if pages > 1 else 0
                failures.append(Failure(file.path, number, error.what, error.advice))
                continue
            finally:
                result.seconds["decode"] += time.perf_counter() - start
            photo = Photo(
                photo_id(file.sha256, page),
                file.sha256,
                page,
                picture.width,
                picture.height,
                picture.format,
                measures,
            )
            count += 1
            result.fresh.append(photo)
            yield photo, picture
        if count:
            self._describe(file, result)
        state = FileState.PRESENT if count else FileState.FAILED
        result.files.append(ScanFile(file.path, file.size, file.mtime_ns, file.sha256, state))
        result.failures.extend(failures)

    def _describe(self, file: ScanFile, result: Encoded) -> None:
        start = time.perf_counter()
        record = self._look.describe(file.path)
        if record is not None:
            result.embedded[file.sha256] = replace(record, key=photo_id(file.sha256, 1))
        result.seconds["decode"] += time.perf_counter() - start

    def _encode(
        self, batch: list[tuple[PhotoId, NDArray[np.uint8]]], result: Encoded
    ) -> NDArray[np.float32]:
        start = time.perf_counter()
        rows = self._encoder.encode_images(np.stack([pixels for _, pixels in batch]))
        result.vectors.extend(photo for photo, _ in batch)
        result.seconds["encode"] += time.perf_counter() - start
        return rows


def _is_as_found(file: ScanFile) -> bool:
    try:
        status = file.path.stat()
    except OSError:
        return False
    return (status.st_size, status.st_mtime_ns) == (file.size, file.mtime_ns)
