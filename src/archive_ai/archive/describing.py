"""Descriptions: a table of them comes in whole, and a photo's are given out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from archive_ai.archive.folder import Folder
from archive_ai.catalogue.database import now
from archive_ai.catalogue.records import Records
from archive_ai.domain import PhotoId, Record, RecordChanges
from archive_ai.exchange.descriptions import read_descriptions


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of a table.

    ``ignored`` are columns that were left out; ``unreadable_dates`` (line, text) were kept as text.
    """

    changes: RecordChanges
    ignored: tuple[str, ...]
    unreadable_dates: tuple[tuple[int, str], ...]


class Describing:
    """The descriptions of one archive."""

    def __init__(self, folder: Folder, records: Records, person: str) -> None:
        self._folder = folder
        self._records = records
        self._person = person

    def import_table(
        self, table: Path, mapping: Path | None = None, dry_run: bool = False
    ) -> Imported:
        """Take over a table of descriptions (see docs/descriptions.md), all of it or nothing.

        ``dry_run`` does all of it and takes it back. Records wait for photos that are not there
        yet. Raises PathMissing, BadTable that names the lines of what is wrong, ArchiveLocked.
        """
        read = read_descriptions(table, mapping, self._person, now())
        with self._folder.writing():
            changes = self._records.write(read.records, read.columns, dry_run)
        return Imported(changes, read.ignored, read.unreadable_dates)

    def of(self, photos: Sequence[PhotoId]) -> Mapping[PhotoId, list[Record]]:
        """Return the records of each photo that has one, a table's first."""
        return self._records.of(photos)
