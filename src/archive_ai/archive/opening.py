"""Which generation answers, opened with the encoder that made it; both are kept while they hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from threading import RLock

from archive_ai.archive.folder import Folder
from archive_ai.archive.generation import OpenGeneration, open_generation
from archive_ai.catalogue.generations import Generations
from archive_ai.domain import EncoderCard, Generation
from archive_ai.encoders.opening import (
    bundled_models,
    folder_of,
    open_encoder,
    opens_without_torch,
)
from archive_ai.errors import ArchiveAiError, ArchiveDamaged, ModelUnusable, NothingIndexed
from archive_ai.ports import Encoder
from archive_ai.settings import BUNDLED_MODEL, Settings, bundled


@dataclass(frozen=True, slots=True)
class KnownModel:
    """A model that this machine knows by its reference.

    ``installed`` is ``bundled``, ``folder``, ``open_clip`` where that library fetches and keeps the
    weights, or None where it is not here. ``card`` is None where it cannot be known without loading
    torch, or where the model cannot be opened: ``problem`` then says why, and else is empty.
    """

    reference: str
    installed: str | None
    card: EncoderCard | None
    problem: str = ""


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

    def models(self) -> list[KnownModel]:
        """Return the models that are on this machine or were chosen for it.

        Those are the bundled ones, the setting's, and those of the generations as far as they are
        there. What takes torch is not loaded: its card is what the archive was indexed with.
        """
        cards = {one.card.model: one.card for one in self._generations.all()}
        bundle = bundled_models(bundled("models"))
        chosen = [self._settings.model] if self._settings.model else []
        there = [one for one in cards if _installed(one, bundle) is not None]
        found: dict[str, KnownModel] = {}
        for reference in dict.fromkeys([*bundle, *chosen, *there]):
            model = self._known(reference, bundle, cards)
            found.setdefault(model.card.model if model.card else reference, model)
        return list(found.values())

    def _known(
        self, reference: str, bundle: list[str], cards: Mapping[str, EncoderCard]
    ) -> KnownModel:
        kind = _installed(reference, bundle)
        if kind is not None and not opens_without_torch(reference, bundled("models")):
            return KnownModel(reference, kind, cards.get(reference))
        try:
            return KnownModel(reference, kind, self._encoder(reference).card)
        except ArchiveAiError as error:
            return KnownModel(reference, kind, None, str(error))

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


def _installed(reference: str, bundle: list[str]) -> str | None:
    """Tell how a model is on this machine; None where it is not."""
    folder = folder_of(reference)
    if folder is not None:
        return "folder" if folder.is_dir() else None
    if "/" in reference:
        return "open_clip"
    return "bundled" if reference in bundle else None
