"""Finds the pictures that a table names, beside the table or in tar files."""

from __future__ import annotations

import shutil
import tarfile
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from types import TracebackType

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
        wanted = list(dict.fromkeys(names))
        found = {name: path for name in wanted if (path := self._folder / name).is_file()}
        for tar in self._tars:
            missing = {_plain(name): name for name in wanted if name not in found}
            if missing:
                found |= self._extract(tar, missing)
        lost = [name for name in wanted if name not in found]
        if lost:
            raise self._nowhere(lost, len(wanted))
        return [(name, found[name]) for name in wanted]

    def _extract(self, tar: Path, missing: dict[str, str]) -> dict[str, Path]:
        if self._temporary is None:
            raise RuntimeError("PictureSource.paths is for use inside a with block.")
        target = Path(self._temporary.name)
        found: dict[str, Path] = {}
        try:
            with tarfile.open(tar) as opened:
                for member in opened:
                    name = missing.get(_plain(member.name)) if _safe(member) else None
                    content = opened.extractfile(member) if name is not None else None
                    if name is None or content is None or name in found:
                        continue
                    self._copies += 1
                    copy = target / f"{self._copies:07}{PurePosixPath(name).suffix}"
                    with content, copy.open("xb") as file:
                        shutil.copyfileobj(content, file)
                    found[name] = copy
        except (tarfile.TarError, EOFError, zlib.error) as fault:
            raise BadTable(f"{tar} is no tar file, or damaged: {fault}.") from fault
        except OSError as fault:
            raise PathMissing(f"Pictures cannot be taken from {tar}: {fault}.") from fault
        return found

    def _nowhere(self, lost: Sequence[str], asked: int) -> ArchiveAiError:
        where = [str(self._folder), *(tar.name for tar in self._tars)]
        some = ", ".join(lost[:NAMED_AT_MOST]) + (", …" if len(lost) > NAMED_AT_MOST else "")
        count = "1 picture is" if len(lost) == 1 else f"{len(lost)} of {asked} pictures are"
        return PathMissing(
            f"{count} in none of {', '.join(where)}: {some}.",
            "Name the tar that holds them with --pictures, or put them beside the table.",
        )


def _plain(name: str) -> str:
    return str(PurePosixPath(name))


def _safe(member: tarfile.TarInfo) -> bool:
    path = PurePosixPath(member.name)
    return member.isfile() and not path.is_absolute() and ".." not in path.parts
