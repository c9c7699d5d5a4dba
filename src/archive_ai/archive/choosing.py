"""Folders to choose from, for whoever asks over the network what might be indexed.

Only what lies below the roots of the setting ``folders`` is told, and of files only how many.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from archive_ai.archive.jobs import permitted
from archive_ai.errors import PathMissing
from archive_ai.images import EXTENSIONS

MOST_FOLDERS = 1000
"""Of one folder as many are listed."""

MOST_COUNTED = 200_000
"""Entries that are counted for one answer: somebody waits for it, and a share may be slow."""


@dataclass(frozen=True, slots=True)
class FolderToChoose:
    """A folder, how many folders lie in it, and how many files that may be pictures by their names.

    Both are None where it cannot be read, or where counting would take too long.
    """

    path: Path
    folders: int | None
    files: int | None


class Choosing:
    """Looks into folders below the roots that may be indexed over the network.

    Links to folders are passed over, as indexing does, and what begins with a dot.
    """

    def __init__(self, roots: Sequence[str]) -> None:
        self._roots = tuple(roots)

    @property
    def roots(self) -> list[Path]:
        """The roots, without links."""
        return list(dict.fromkeys(Path(os.path.realpath(root)) for root in self._roots))

    def below(self, path: str = "") -> tuple[list[FolderToChoose], bool]:
        """Return the folders in ``path`` by name, and whether there are more than are listed.

        Without a ``path`` the roots themselves. Raises NotAllowed for what lies elsewhere, and
        PathMissing for what is no folder that can be read.
        """
        if path:
            (folder,) = permitted([path], self._roots)
            found = _folders_in(folder)
        else:
            found = self.roots
        counting = _Counting(MOST_COUNTED)
        return [counting.of(one) for one in found[:MOST_FOLDERS]], len(found) > MOST_FOLDERS


def _folders_in(folder: Path) -> list[Path]:
    try:
        with os.scandir(folder) as entries:
            return sorted(Path(one.path) for one in entries if _is_to_enter(one))
    except OSError as error:
        raise PathMissing(
            f"There is no folder {folder} that can be read.",
            "Check the path, and whether the drive or share is connected.",
        ) from error


def _is_to_enter(entry: os.DirEntry[str]) -> bool:
    told = not entry.name.startswith(".") and _is_text(entry.name)
    return told and entry.is_dir(follow_symlinks=False)


def _is_text(name: str) -> bool:
    """Tell whether a name is valid UTF-8: others can be neither told nor indexed."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


class _Counting:
    """Counts what lies in folders, until it was enough for one answer."""

    def __init__(self, left: int) -> None:
        self._left = left

    def of(self, folder: Path) -> FolderToChoose:
        """Count what lies in a folder itself."""
        folders = files = 0
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    self._left -= 1
                    if self._left < 0:
                        return FolderToChoose(folder, None, None)
                    if _is_to_enter(entry):
                        folders += 1
                    elif _may_be_picture(entry):
                        files += 1
        except OSError:
            return FolderToChoose(folder, None, None)
        return FolderToChoose(folder, folders, files)


def _may_be_picture(entry: os.DirEntry[str]) -> bool:
    ending = PurePath(entry.name).suffix[1:].lower()
    hidden = entry.name.startswith(".")
    return ending in EXTENSIONS and not hidden and not entry.is_dir()
