"""Which generation answers, opened with the encoder that made it; both are kept while they hold."""

from __future__ import annotations

from threading import RLock

from archive_ai.archive.folder import Folder
from archive_ai.archive.generation import OpenGeneration, open_generation
from archive_ai.catalogue.generations import Generations
from archive_ai.domain import Generation
from archive_ai.encoders.opening import open_encoder
from archive_ai.errors import ArchiveDamaged, ModelUnusable, NothingIndexed
from archive_ai.ports import Encoder
from archive_ai.settings import BUNDLED_MODEL, Settings, bundled


class Opener:
    """Opens encoders and generations once, however many threads ask."""

    def __init__(self, settings: Settings, folder: Folder, generations: Generations) -> None:
        self._settings = settings
        self._folder = folder
        self._generations = generations
        self._encoders: dict[str, Encoder] = {}
        self._opened: OpenGeneration | None = None
        self._lock = RLock()

    def encoder_to_index_with(self) -> Encoder:
        """Return the chosen model's encoder, else the active generation's, else the bundled."""
        active = self._generations.active()
        return self._encoder(
            self._settings.model or (active.card.model if active else BUNDLED_MODEL)
        )

    def open(self) -> tuple[OpenGeneration, Encoder]:
        """Open what answers; the pointer row is read anew, so that no restart is needed (M4).

        Raises NothingIndexed, ArchiveDamaged, or ModelUnusable if the model is not the one that
        made the vectors (M5).
        """
        while True:
            generation = self._generation()
            try:
                return self._opened_as(generation)
            except ArchiveDamaged:
                # Index runs may have published twice since the row was read, and removed what
                # it names: then another row stands there now.
                if self._generation() == generation:
                    raise

    def generation(self) -> Generation:
        """Return what answers, without opening its vectors; raise as :meth:`open` does."""
        return self._generation()

    def _opened_as(self, generation: Generation) -> tuple[OpenGeneration, Encoder]:
        encoder = self._encoder(generation.card.model)
        if encoder.card.fingerprint != generation.card.fingerprint:
            raise ModelUnusable(
                f"The model {generation.card.model} is not the one that this archive was "
                "indexed with: its files have changed.",
                "Index again (archive-ai index FOLDER) to make vectors with the new one.",
            )
        with self._lock:
            if self._opened is None or self._opened.generation != generation:
                self._opened = open_generation(self._folder, generation, encoder)
            return self._opened, encoder

    def _generation(self) -> Generation:
        """Return the generation that answers: the chosen model's, else the active one."""
        chosen = self._settings.model
        if chosen:
            fingerprint = self._encoder(chosen).card.fingerprint
            known = [g for g in self._generations.all() if g.card.fingerprint == fingerprint]
        else:
            known = [g for g in self._generations.all() if g.active]
        if not known or not known[0].manifest:
            with_model = f" with the model {chosen}" if chosen else ""
            raise NothingIndexed(
                f"Nothing is indexed{with_model} in the archive {self._folder.path}.",
                "Index a folder first: archive-ai index FOLDER.",
            )
        return known[0]

    def _encoder(self, model: str) -> Encoder:
        with self._lock:
            if model not in self._encoders:
                workers = self._settings.workers
                self._encoders[model] = open_encoder(model, bundled("models"), workers)
            return self._encoders[model]
