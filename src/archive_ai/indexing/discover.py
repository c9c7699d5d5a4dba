"""Which files lie in a folder, seen without opening one."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from archive_ai.domain import Failure, FoundFile
from archive_ai.errors import PathMissing


@dataclass(slots=True)
class Discovery:
    """What a walk found: files to try, how many were ignored by rule, folders it could not enter.

    Ignored are files of kinds that hold no pictures, and everything whose name begins with a dot.
    """

    files: list[FoundFile] = field(default_factory=list)
    ignored: int = 0
    failures: list[Failure] = field(default_factory=list)


def discover(
    paths: Sequence[Path], reads: Callable[[Path], bool], leave_out: Sequence[Path]
) -> Discovery:
    """Walk ``paths`` in the order of names.

    ``reads`` tells by its name whether a file is to be tried; ``leave_out`` are folders that are
    not entered. Folders behind symbolic links are not followed, files are. Raises PathMissing if
    one of ``paths`` is not there, before anything is done.
    """
    require(paths)
    found = Discovery()
    seen: set[Path] = set()
    for path in paths:
        for entry in _walk(absolute(path), leave_out, found):
            if entry in seen:
                continue
            seen.add(entry)
            if entry.name.startswith(".") or not reads(entry):
                found.ignored += 1
            else:
                _add(entry, found)
    found.failures = list({failure.path: failure for failure in found.failures}.values())
    return found


def require(paths: Sequence[Path]) -> None:
    """Raise PathMissing if one of ``paths`` is not there or has a name that cannot be kept."""
    for path in paths:
        if not is_plain(absolute(path)):
            raise PathMissing(f"{_shown(path)} is not valid UTF-8.", "Rename the folder.")
        if not path.exists():
            raise PathMissing(
                f"There is no file or folder {path}.",
                "Check the path, and whether the drive or share is connected.",
            )


def absolute(path: Path) -> Path:
    """Return the path as the catalogue knows it: from the root, without ``..``, links kept."""
    return Path(os.path.abspath(path))  # noqa: PTH100 (Path.absolute keeps ..)


def is_plain(path: Path) -> bool:
    """Tell whether the catalogue can keep the path: its name is valid UTF-8."""
    try:
        os.fsencode(path).decode("utf-8")
    except UnicodeError:
        return False
    return True


def _add(path: Path, found: Discovery) -> None:
    if not is_plain(path):
        found.failures.append(
            Failure(_shown(path), 0, "The file's name is not valid UTF-8.", "Rename the file.")
        )
        return
    try:
        if path.is_symlink() and not path.exists():
            found.failures.append(
                Failure(path, 0, "The link leads nowhere.", "Mend or remove the link.")
            )
            return
        status = path.stat()
    except OSError as error:
        found.failures.append(_unreachable(path, error))
        return
    if stat.S_ISREG(status.st_mode):
        found.files.append(FoundFile(path, status.st_size, status.st_mtime_ns))
    else:
        found.ignored += 1


def _walk(root: Path, leave_out: Sequence[Path], found: Discovery) -> Iterator[Path]:
    if not root.is_dir():
        yield root
        return
    names = {folder.name for folder in leave_out}

    def note(error: OSError) -> None:
        found.failures.append(_unreachable(Path(error.filename), error))

    for folder, folders, files in os.walk(root, onerror=note):
        here = Path(folder)
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".")
            and not (name in names and any(_same(here / name, other) for other in leave_out))
        )
        for name in sorted(files):
            yield here / name


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def _shown(path: Path) -> Path:
    return Path(os.fsencode(path).decode("utf-8", "backslashreplace"))


def _unreachable(path: Path, error: OSError) -> Failure:
    return Failure(
        path,
        0,
        f"It cannot be read ({error.strerror}).",
        "Check the permissions, then index again.",
    )
