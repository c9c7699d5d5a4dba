"""What the archive holds as a whole, and whether it holds together."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Engine

from archive_ai.archive.approximating import figures
from archive_ai.archive.folder import Folder
from archive_ai.archive.generation import held, manifest_of
from archive_ai.archive.jobs import JobQueue
from archive_ai.archive.tagging import Tagging
from archive_ai.catalogue.database import check
from archive_ai.catalogue.files import Files
from archive_ai.catalogue.generations import Generations
from archive_ai.catalogue.photos import Photos
from archive_ai.catalogue.visible_counts import VisibleCounts
from archive_ai.domain import HERE, Problem
from archive_ai.indexing.verify import check_generation


@dataclass(frozen=True, slots=True)
class Overview:
    """Counts and checks over all parts of one archive."""

    engine: Engine
    folder: Folder
    photos: Photos
    files: Files
    generations: Generations
    counts: VisibleCounts
    tagging: Tagging
    jobs: JobQueue

    def holdings(self) -> tuple[int, str] | None:
        """Return how many vectors answer and their model's name, without counting anything."""
        active = self.generations.active()
        return (manifest_of(self.folder, active).rows, active.card.name) if active else None

    def status(self) -> dict[str, Any]:
        """Return what the archive holds, as the JSON that scripts rely on."""
        active = self.generations.active()
        generation: dict[str, Any] | None = None
        if active is not None:
            manifest = manifest_of(self.folder, active)
            generation = {
                "number": active.number,
                "fingerprint": active.card.fingerprint,
                "vectors": manifest.rows,
                "created_at": active.created_at,
                "approximate": figures(self.folder, active),
            }
        return {
            "archive": str(self.folder.path),
            "photos": self.counts.photos(HERE),
            "files": self.files.counts(),
            "generation": generation,
            "generations": len(self.generations.all()),
            "model": active.card.to_json() if active else None,
            "tags": self.counts.tags(HERE),
            "runs": [asdict(run) for run in self.tagging.all()],
            "jobs": [job.to_json() for job in self.jobs.newest()],
        }

    def verify(self) -> tuple[dict[str, int], list[Problem]]:
        """Check the invariants; return what was counted and what does not hold."""
        present = self.photos.present()
        check(self.engine, self.folder.catalogue)
        counted = {"photos": len(present), "generations": 0, "vectors": 0}
        problems: list[Problem] = []
        for generation in self.generations.all():
            vectors = self.generations.vectors(generation.number)
            counted["generations"] += 1
            counted["vectors"] += len(vectors)
            problems += check_generation(held(self.folder, generation, vectors), present)
        return counted, problems
