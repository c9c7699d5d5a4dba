"""Finds the pictures that a table names, beside the table or in tar files."""

from __future__ import annotations

import gzip
import lzma
import shutil
import tarfile
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import IO

from archive_ai.errors import ArchiveAiError, BadTable, PathMissing

NAMED_AT_MOST = 3


class PictureSource:
    """Gives each picture's name a path that a Reader can open.

    Files below ``folder`` come first, then members of ``tars`` in their order. Members are
    copied to a temporary folder under names of our own, which goes when the ``with`` block ends;
    only regular files without ``..`` and without a leading ``/`` in their name are taken.
    """

    def __init__(self, folder: Path, tars: Sequence[Path] = ()) -> None:
        self._folder = folder
        self._tars = tuple(tars)
        self._temporary: TemporaryDirectory[str] | None = None
        self._copies = 0

    def __enter__(self) -> PictureSource:
        self._temporary = TemporaryDirectory(prefix="archive-ai-")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._temporary is not None:
            self._temporary.cleanup()
            self._temporary = None

    def paths(self, names: Iterable[str]) -> list[tuple[str, Path]]:
        """Return (name, path) of each name once, in order; to be called inside ``with``.

        Raises PathMissing where pictures or a tar are not there, BadTable for a damaged tar.
        """
        wanted = {name: _plain(name) for name in names}
        found = {
            plain: path for name, plain in wanted.items() if _is_file(path := self._folder / name)
        }
        for tar in self._tars:
            missing = set(wanted.values()) - found.keys()
            if missing:
                found |= self._extract(tar, missing)
        lost = [name for name, plain in wanted.items() if plain not in found]
        if lost:
            raise self._nowhere(lost, len(wanted))
        return [(name, found[plain]) for name, plain in wanted.items()]

    def _extract(self, tar: Path, missing: set[str]) -> dict[str, Path]:
        if self._temporary is None:
            raise RuntimeError("PictureSource.paths is for use inside a with block.")
        folder = Path(self._temporary.name)
        found: dict[str, Path] = {}
        try:
            with tarfile.open(tar) as opened:
                for member in opened:
                    name = _plain(member.name)
                    if name not in missing or name in found or not _safe(member):
                        continue
                    content = opened.extractfile(member)
                    if content is not None:
                        found[name] = self._copy(content, folder, PurePosixPath(name).suffix)
        except (tarfile.TarError, EOFError, zlib.error, lzma.LZMAError, gzip.BadGzipFile) as fault:
            raise BadTable(f"{tar} is no tar file, or it is damaged: {fault}.") from fault
        except OSError as fault:
            raise PathMissing(
                f"Pictures cannot be taken from {tar}: {fault.strerror or fault}."
            ) from fault
        return found

    def _copy(self, content: IO[bytes], folder: Path, suffix: str) -> Path:
        self._copies += 1
        path = folder / f"{self._copies:07}{suffix}"
        with content, path.open("xb") as file:
            shutil.copyfileobj(content, file)
        return path

    def _nowhere(self, lost: Sequence[str], asked: int) -> ArchiveAiError:
        where = [str(self._folder), *(tar.name for tar in self._tars)]
        some = ", ".join(lost[:NAMED_AT_MOST]) + (", …" if len(lost) > NAMED_AT_MOST else "")
        count = "1 picture is" if len(lost) == 1 else f"{len(lost)} of {asked} pictures are"
        return PathMissing(
            f"{count} in none of {', '.join(where)}: {some}.",
            "Name the tar that holds them with --pictures, or put them beside the table.",
        )


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # A name that no file can have, such as one that is too long.
        return False


def _plain(name: str) -> str:
    return str(PurePosixPath(name))


def _safe(member: tarfile.TarInfo) -> bool:
    path = PurePosixPath(member.name)
    return member.isfile() and not path.is_absolute() and ".." not in path.parts
