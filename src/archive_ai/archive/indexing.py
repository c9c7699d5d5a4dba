"""An index run: from files to a generation that answers, under the archive's one write lock."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from archive_ai.archive.folder import Folder
from archive_ai.archive.generation import (
    OpenGeneration,
    activate,
    manifest_of,
    open_generation,
    publish,
)
from archive_ai.archive.opening import Opener
from archive_ai.catalogue.files import Files
from archive_ai.catalogue.generations import Generations
from archive_ai.domain import IndexReport, ReportProgress, silent
from archive_ai.engines.local import LocalEngine
from archive_ai.images import PictureReader, embedded_record, measure_picture
from archive_ai.indexing.encode import Look
from archive_ai.indexing.run import Parts, Wish, index
from archive_ai.ports import Encoder
from archive_ai.vectors.segments import SegmentWriter

Derive = Callable[[OpenGeneration, Encoder], None]
"""Makes what is kept beside a generation, before anybody asks its new rows."""


class Indexing:
    """Runs over files and folders."""

    def __init__(
        self,
        folder: Folder,
        opener: Opener,
        generations: Generations,
        files: Files,
        reader: PictureReader,
        workers: int,
        derive: Derive,
    ) -> None:
        self._folder = folder
        self._opener = opener
        self._generations = generations
        self._files = files
        self._reader = reader
        self._workers = workers
        self._derive = derive

    def index(
        self,
        paths: Sequence[Path],
        collection: str = "",
        checksum: bool = False,
        report: ReportProgress = silent,
    ) -> IndexReport:
        """Index files and folders with the chosen model; see :func:`archive_ai.indexing.run.index`.

        Raises PathMissing, ArchiveLocked, UnknownModel, ModelUnusable or MissingExtra before
        anything is written.
        """
        encoder = self._opener.encoder_to_index_with()
        with self._folder.writing():
            generation = self._generations.of(encoder.card)
            manifest = manifest_of(self._folder, generation)
            folder = self._folder.generation(generation.number)
            named = self._generations.named_rows(generation.number)
            wish = Wish(paths, collection, checksum, self._folder.made)
            with SegmentWriter(folder, manifest, named) as writer:
                parts = Parts(
                    self._files,
                    writer,
                    self._reader,
                    Look(measure_picture, embedded_record),
                    encoder,
                    LocalEngine(self._workers),
                    generation.number,
                )
                result = index(parts, wish, report)
                sealed = writer.seal()

            def derive(opened: OpenGeneration) -> None:
                self._derive(opened, encoder)

            where = (self._folder, self._generations, generation)
            if sealed == manifest and generation.manifest:
                derive(open_generation(self._folder, generation, encoder))
                activated = activate(*where)
            else:
                activated = publish(*where, sealed, encoder, derive)
        return replace(result, activated=activated)
