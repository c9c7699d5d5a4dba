"""What the catalogue keeps, in the parts that its users need."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from archive_ai.domain import (
    Failure,
    FileState,
    FoundFile,
    Photo,
    PhotoId,
    Record,
    ScanFile,
    Scheme,
    Suggestion,
    TaggingRun,
    VectorRows,
)


class FileCatalogue(Protocol):
    """Files, their photos and failures, as an indexing run reads and writes them."""

    def known_files(self, paths: Sequence[Path]) -> Mapping[Path, ScanFile]:
        """Return what is known of these paths."""

    def files_under(self, folder: Path) -> Iterable[ScanFile]:
        """Yield every known file at or below ``folder``."""

    def files_with(self, sha256s: Sequence[str]) -> Sequence[ScanFile]:
        """Return the known files with one of these contents, by path."""

    def failed_before(self, sha256s: Sequence[str]) -> set[str]:
        """Return those contents of which a page, or all, could not be used."""

    def photos_of(self, sha256s: Sequence[str]) -> Mapping[str, Sequence[Photo]]:
        """Return the known photos of each content, by page."""

    def with_vector(self, generation: int, photos: Sequence[PhotoId]) -> set[PhotoId]:
        """Return those of ``photos`` that have a vector in the generation."""

    def with_hash(self, photos: Sequence[PhotoId]) -> set[PhotoId]:
        """Return those of ``photos`` whose looks were measured and hashed."""

    def record(
        self,
        files: Sequence[ScanFile],
        photos: Sequence[Photo],
        failures: Sequence[Failure],
        vectors: VectorRows | None,
        collection: str,
        embedded: Mapping[str, Record] | None = None,
    ) -> None:
        """Write files, photos, failures, vectors and what describes photos in one transaction.

        ``collection`` is given to the files if it is not empty; a file that has none gets the
        default. What was known of these files' failures before is replaced. The vectors' rows must
        be durable already (M3). ``embedded`` is what the metadata of contents (SHA-256) says;
        photos whose records wait for them are linked before anybody can see them (M7).
        """

    def assign(self, paths: Sequence[Path], collection: str) -> None:
        """Put known files into a collection."""

    def set_state(self, files: Sequence[FoundFile], state: FileState) -> None:
        """Note a new time and state of known files whose content is the same."""


class PhotoCatalogue(Protocol):
    """Where photos lie."""

    def locate(self, photos: Sequence[PhotoId]) -> Mapping[PhotoId, tuple[Path, int]]:
        """Return path and page of those that have a present file; the others are left out."""


class TagCatalogue(Protocol):
    """Tagging runs and their suggestions."""

    def write_run(
        self, run: TaggingRun, scheme: Scheme, suggestions: Iterable[Suggestion]
    ) -> TaggingRun:
        """Write a run with its suggestions and the scheme's labels in one transaction.

        ``number`` of the run that comes back is the new one; ``suggestions`` counts those that
        may be told before a review (M7).
        """
