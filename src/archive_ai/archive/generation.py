"""One generation opened: its sealed index, its background, and how it is published."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from archive_ai.archive.folder import Folder
from archive_ai.catalogue.generations import Generations
from archive_ai.domain import PHOTO_ID_LENGTH as ID_BYTES
from archive_ai.domain import Background, Generation, Manifest, PhotoId, Segment
from archive_ai.errors import ArchiveDamaged
from archive_ai.indexing.verify import Held, Sealed
from archive_ai.ports import Encoder
from archive_ai.searching.background import learn_background
from archive_ai.settings import bundled
from archive_ai.vectors.approximate import ApproximateIndex
from archive_ai.vectors.approximate_files import read_approximate
from archive_ai.vectors.backgrounds import read_background, write_background
from archive_ai.vectors.durable import sha256_of
from archive_ai.vectors.index import ExactIndex
from archive_ai.vectors.manifests import prune, read_manifest, write_manifest
from archive_ai.vocabulary.background import read_background_queries


@dataclass(frozen=True, slots=True)
class OpenGeneration:
    """What answers queries: an index that never changes, and what was learned for it.

    ``approximate`` is None where there is no approximate index, or none that is good enough.
    """

    generation: Generation
    index: ExactIndex
    background: Background
    approximate: ApproximateIndex | None = None

    @property
    def unfiltered(self) -> ExactIndex | ApproximateIndex:
        """What to search for the best of all photos."""
        return self.index if self.approximate is None else self.approximate


def manifest_of(folder: Folder, generation: Generation) -> Manifest:
    """Return what is sealed of a generation: nothing before the first seal."""
    card = generation.card
    if not generation.manifest:
        return Manifest(generation.number, card.fingerprint, card.width, ())
    path = folder.generation(generation.number)
    found = read_manifest(path, generation.manifest, generation.manifest_sha256)
    if found.fingerprint != card.fingerprint:
        raise ArchiveDamaged(
            f"The vectors in {path} are of another model than the catalogue says.",
            "Run: archive-ai verify.",
        )
    return found


def open_generation(folder: Folder, generation: Generation, encoder: Encoder) -> OpenGeneration:
    """Open what is sealed; learn the background if it is not there."""
    path = folder.generation(generation.number)
    index = ExactIndex(path, manifest_of(folder, generation))
    background = read_background(path, generation.manifest, generation.manifest_sha256)
    if background is None:
        background = _learn(index, generation.manifest_sha256, encoder)
        # A question must not fail because what was learned for it cannot be kept.
        with suppress(OSError):
            write_background(path, generation.manifest, background)
    return OpenGeneration(generation, index, background, _approximate(path, generation, index))


def publish(
    folder: Folder,
    generations: Generations,
    generation: Generation,
    sealed: Manifest,
    encoder: Encoder,
    derive: Callable[[OpenGeneration], None],
) -> bool:
    """Write the manifest, read back what it lists, learn the background, move the pointer.

    ``derive`` makes all else that is kept beside it, before anybody asks the new rows. A generation
    becomes the active one if it covers all that the active one covers. Returns whether it is the
    active one now.
    """
    path = folder.generation(generation.number)
    name, sha256 = write_manifest(path, sealed)
    index = ExactIndex(path, sealed)
    background = _learn(index, sha256, encoder)
    write_background(path, name, background)
    published = replace(generation, manifest=name, manifest_sha256=sha256)
    derive(OpenGeneration(published, index, background))
    covers = generations.covers_active(generation.number)
    generations.commit(generation.number, name, sha256, activate=covers)
    prune(path, name, generation.manifest)
    return covers


def activate(folder: Folder, generations: Generations, generation: Generation) -> bool:
    """Let a sealed generation answer if by now it covers all that the active one covers."""
    prune(folder.generation(generation.number), generation.manifest)
    if generation.active:
        return True
    covers = generations.covers_active(generation.number)
    if covers:
        manifest = (generation.manifest, generation.manifest_sha256)
        generations.commit(generation.number, *manifest, activate=True)
    return covers


def held(
    folder: Folder, generation: Generation, vectors: Mapping[PhotoId, tuple[str, int]]
) -> Held:
    """Return a generation as ``verify`` wants to see it."""
    path = folder.generation(generation.number)
    return Held(
        generation,
        path,
        vectors,
        lambda: manifest_of(folder, generation) if generation.manifest else None,
        lambda segment: _read_sealed(path, segment),
        lambda name: _open_rows(path, name, generation.card.width),
    )


def _learn(index: ExactIndex, manifest_sha256: str, encoder: Encoder) -> Background:
    neutral = read_background_queries(bundled("background") / "queries.txt")
    return learn_background(index, manifest_sha256, encoder.encode_texts(neutral))


def _approximate(path: Path, generation: Generation, index: ExactIndex) -> ApproximateIndex | None:
    found = read_approximate(path, generation.manifest, generation.manifest_sha256)
    if found is None or found[0] is None:
        return None
    try:
        return ApproximateIndex(index, found[0], found[1])
    except ValueError:
        return None


def _read_sealed(folder: Path, segment: Segment) -> Sealed:
    vectors, ids = folder / f"{segment.name}.f16", folder / f"{segment.name}.ids"
    try:
        content = ids.read_bytes()
        whole = (
            sha256_of(ids) == segment.ids_sha256 and sha256_of(vectors) == segment.vectors_sha256
        )
    except OSError:
        return Sealed(segment, None, whole=False)
    names = [
        PhotoId(content[start : start + ID_BYTES].decode("ascii", "replace"))
        for start in range(0, len(content) - ID_BYTES + 1, ID_BYTES)
    ]
    return Sealed(segment, names, whole)


def _open_rows(folder: Path, name: str, width: int) -> int:
    try:
        vectors = (folder / f"{name}.f16").stat().st_size // (2 * width)
        return min(vectors, (folder / f"{name}.ids").stat().st_size // ID_BYTES)
    except OSError:
        return 0
