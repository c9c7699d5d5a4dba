"""An indexing run: skip what is known, let workers encode the rest, write in the safe order."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from archive_ai.domain import (
    Failure,
    FileState,
    FoundFile,
    IndexReport,
    Progress,
    ReportProgress,
    ScanFile,
)
from archive_ai.indexing.discover import Discovery, absolute, discover
from archive_ai.indexing.encode import STAGES, Encoded, EncodeFiles, Look
from archive_ai.ports import Encoder, Engine, FileCatalogue, Reader, VectorWriter

FILES_A_CHUNK = 16
"""Files one worker takes at least; as many as the encoder wants in one call if that is more."""
FILES_A_LOOK_UP = 512
PHOTOS_A_COMMIT = 128
SECONDS_A_COMMIT = 2.0


@dataclass(frozen=True, slots=True)
class Parts:
    """What an indexing run works with."""

    files: FileCatalogue
    vectors: VectorWriter
    reader: Reader
    look: Look
    encoder: Encoder
    engine: Engine
    generation: int


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be indexed.

    ``collection`` may be empty: then files keep theirs. ``checksum`` reads every file again
    instead of trusting size and time; ``leave_out`` are folders that are not entered.
    """

    paths: Sequence[Path]
    collection: str
    checksum: bool
    leave_out: Sequence[Path]


@dataclass(slots=True)
class _Tally:
    total: int
    done: int = 0
    indexed: int = 0
    unchanged: int = 0
    moved: int = 0
    failures: list[Failure] = field(default_factory=list)
    failed_files: set[Path] = field(default_factory=set)
    seconds: dict[str, float] = field(
        default_factory=lambda: dict.fromkeys((*STAGES, "write"), 0.0)
    )


def index(parts: Parts, wish: Wish, report: ReportProgress) -> IndexReport:
    """Bring the catalogue and the generation up to what lies at the paths.

    A file that cannot be used is a failure with its cause, and the run goes on. It may be stopped
    at any instant: what was committed stays, the rest is done by the next run.
    """
    start = time.perf_counter()
    found = discover(wish.paths, parts.reader.reads, wish.leave_out)
    tally = _Tally(total=len(found.files), failures=list(found.failures))
    tally.failed_files.update(failure.path for failure in found.failures)
    unreached = [ScanFile(f.path, 0, 0, "", FileState.FAILED) for f in found.failures]
    parts.files.record(unreached, (), found.failures, None, wish.collection)
    work = EncodeFiles(parts.reader, parts.look, parts.encoder, parts.files, parts.generation)
    pending = _changed(parts, wish, found, tally, report)
    with closing(parts.engine.map(work, pending)) as results:
        _write_all(parts, wish, results, tally, report)
    missing = _mark_missing(parts.files, wish.paths, found)
    return IndexReport(
        seen=len(found.files) + len(found.failures),
        indexed=tally.indexed,
        unchanged=tally.unchanged,
        moved=tally.moved,
        failed=len(tally.failed_files),
        missing=missing,
        ignored=found.ignored,
        seconds=time.perf_counter() - start,
        stages=tally.seconds,
        failures=tuple(tally.failures),
    )


def _changed(
    parts: Parts, wish: Wish, found: Discovery, tally: _Tally, report: ReportProgress
) -> Iterator[list[FoundFile]]:
    """Yield chunks of the files that a worker must look at."""
    chunk: list[FoundFile] = []
    size = max(FILES_A_CHUNK, parts.encoder.batch_size)
    for start in range(0, len(found.files), FILES_A_LOOK_UP):
        files = found.files[start : start + FILES_A_LOOK_UP]
        unchanged = set() if wish.checksum else _unchanged(parts, files)
        if wish.collection:
            parts.files.assign(sorted(unchanged), wish.collection)
        tally.unchanged += len(unchanged)
        tally.done += len(unchanged)
        _report(tally, report)
        for file in files:
            if file.path not in unchanged:
                chunk.append(file)
                if len(chunk) == size:
                    yield chunk
                    chunk = []
    if chunk:
        yield chunk


def _unchanged(parts: Parts, files: Sequence[FoundFile]) -> set[Path]:
    """Return those of ``files`` for which this generation has nothing to do."""
    known = parts.files.known_files([file.path for file in files])
    same = {
        file.path: known[file.path]
        for file in files
        if file.path in known
        and (known[file.path].size, known[file.path].mtime_ns) == (file.size, file.mtime_ns)
        and known[file.path].sha256
    }
    contents = sorted({file.sha256 for file in same.values()})
    photos = parts.files.photos_of(contents)
    ids = [photo.id for group in photos.values() for photo in group]
    # What an older version indexed was not hashed: it is measured now, its vector stays.
    done = parts.files.with_vector(parts.generation, ids) & parts.files.with_hash(ids)
    # What failed may have been mended with its time kept, or a decoder be there by now.
    failed = parts.files.failed_before(contents)
    settled = {
        path
        for path, file in same.items()
        if file.sha256 not in failed
        and photos.get(file.sha256)
        and all(photo.id in done for photo in photos[file.sha256])
    }
    back = [
        file
        for file in files
        if file.path in settled and known[file.path].state is FileState.MISSING
    ]
    parts.files.set_state(back, FileState.PRESENT)
    return settled


def _write_all(
    parts: Parts,
    wish: Wish,
    results: Iterator[Encoded],
    tally: _Tally,
    report: ReportProgress,
) -> None:
    waiting: list[Encoded] = []
    last = time.perf_counter()
    for result in results:
        waiting.append(result)
        photos = sum(len(encoded.vectors) for encoded in waiting)
        if photos >= PHOTOS_A_COMMIT or time.perf_counter() - last > SECONDS_A_COMMIT:
            _write(parts, wish, waiting, tally)
            waiting, last = [], time.perf_counter()
            _report(tally, report)
    if waiting:
        _write(parts, wish, waiting, tally)
    _report(tally, report)


def _write(parts: Parts, wish: Wish, results: Sequence[Encoded], tally: _Tally) -> None:
    """Make vectors durable, then let the catalogue name them: never the other way round (M3)."""
    start = time.perf_counter()
    files = [file for result in results for file in result.files]
    moved = _moved(parts.files, files)
    # A copy that two workers met at once has two rows; the first is named.
    rows = {
        photo: row
        for result in reversed(results)
        for photo, row in zip(result.vectors, result.rows, strict=True)
    }
    known = parts.files.with_vector(parts.generation, list(rows))
    new = [photo for photo in rows if photo not in known]
    written = parts.vectors.append(new, np.stack([rows[photo] for photo in new])) if new else None
    failures = [failure for result in results for failure in result.failures]
    parts.files.record(
        files,
        [photo for result in results for photo in result.fresh],
        failures,
        written,
        wish.collection,
        {content: one for result in results for content, one in result.embedded.items()},
    )
    fresh = {photo.id: photo.sha256 for result in results for photo in result.fresh}
    encoded = {fresh[photo] for photo in new}
    tally.moved += len(moved)
    tally.unchanged += sum(
        file.state is FileState.PRESENT and file.sha256 not in encoded and file.path not in moved
        for file in files
    )
    tally.indexed += len(new)
    tally.done += len(files)
    tally.failures.extend(failures)
    tally.failed_files.update(failure.path for failure in failures)
    for result in results:
        for stage, seconds in result.seconds.items():
            tally.seconds[stage] += seconds
    tally.seconds["write"] += time.perf_counter() - start


def _moved(catalogue: FileCatalogue, files: Sequence[ScanFile]) -> set[Path]:
    """Return those whose content was known at another path that is gone now."""
    elsewhere: defaultdict[str, list[Path]] = defaultdict(list)
    contents = sorted({file.sha256 for file in files if file.sha256})
    for known in catalogue.files_with(contents):
        elsewhere[known.sha256].append(known.path)
    return {
        file.path
        for file in files
        if elsewhere[file.sha256]
        and file.path not in elsewhere[file.sha256]
        and all(_is_gone(path) for path in elsewhere[file.sha256])
    }


def _mark_missing(files: FileCatalogue, paths: Sequence[Path], found: Discovery) -> int:
    """Mark what is known below ``paths`` and is gone; return how many contents that leaves out.

    A file is gone if it does not exist; what the walk did not see for another reason is left.
    """
    seen = {file.path for file in found.files} | {failure.path for failure in found.failures}
    gone = {
        file.path: file
        for path in paths
        for file in files.files_under(absolute(path))
        if file.path not in seen and (not file.sha256 or _is_gone(file.path))
    }
    files.set_state(
        [
            FoundFile(file.path, file.size, file.mtime_ns)
            for file in gone.values()
            if file.state is not FileState.MISSING
        ],
        FileState.MISSING,
    )
    contents = sorted({file.sha256 for file in gone.values() if file.sha256})
    elsewhere = {
        file.sha256 for file in files.files_with(contents) if file.state is FileState.PRESENT
    }
    return sum(bool(file.sha256) and file.sha256 not in elsewhere for file in gone.values())


def _is_gone(path: Path) -> bool:
    """Tell whether a file does not exist; not being allowed to look is no answer."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


def _report(tally: _Tally, report: ReportProgress) -> None:
    report(Progress("index", tally.done, tally.total, len(tally.failed_files)))
