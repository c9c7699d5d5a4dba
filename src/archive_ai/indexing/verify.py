"""The invariants, checked by their names; nothing is changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from archive_ai.domain import Generation, Manifest, PhotoId, Problem, Segment
from archive_ai.errors import ArchiveDamaged

PHOTOS_NAMED = 20
"""A rule that fails for many photos names this many."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """How a sealed segment is read: ids in order, or None if it is not there or not whole."""

    segment: Segment
    ids: Sequence[PhotoId] | None
    whole: bool


@dataclass(frozen=True, slots=True)
class Held:
    """One generation as catalogue and disk hold it.

    ``vectors`` is what the catalogue names: photo → (segment, row). ``open_rows`` says how many
    whole rows an unsealed segment has.
    """

    generation: Generation
    folder: Path
    vectors: Mapping[PhotoId, tuple[str, int]]
    read_manifest: Callable[[], Manifest | None]
    read_sealed: Callable[[Segment], Sealed]
    open_rows: Callable[[str], int]


def check_generation(held: Held, present: Sequence[PhotoId]) -> Iterator[Problem]:
    """Yield what does not hold in one generation.

    ``present`` are the photos that have a present file; they are asked of the active generation.
    """
    folder = str(held.folder)
    try:
        manifest = held.read_manifest()
    except ArchiveDamaged as error:
        yield Problem("M4", error.what, folder, repairable=True)
        return
    if manifest is None and held.generation.active:
        yield Problem("M4", "The active generation was never sealed.", folder, repairable=True)
    if manifest and manifest.fingerprint != held.generation.card.fingerprint:
        yield Problem(
            "M5",
            f"The manifest is of encoder {manifest.fingerprint}, the generation of "
            f"{held.generation.card.fingerprint}.",
            folder,
            repairable=False,
        )
    sealed = {s.name: held.read_sealed(s) for s in (manifest.segments if manifest else ())}
    yield from _check_segments(sealed, held.folder)
    yield from _check_rows(held, sealed)
    if held.generation.active:
        yield from _check_cover(held, sealed, present)


def _check_segments(sealed: Mapping[str, Sealed], folder: Path) -> Iterator[Problem]:
    for name, found in sealed.items():
        if not found.whole:
            yield Problem(
                "M4",
                f"Segment {name} is not there or not the one that was sealed.",
                str(folder / name),
                repairable=True,
            )


def _check_rows(held: Held, sealed: Mapping[str, Sealed]) -> Iterator[Problem]:
    """M3: every row that the catalogue names is on the disk and is that photo's."""
    wrong: list[PhotoId] = []
    open_rows: dict[str, int] = {}
    for photo, (segment, row) in held.vectors.items():
        if segment in sealed:
            ids = sealed[segment].ids
            fits = ids is not None and row < len(ids) and ids[row] == photo
        else:
            if segment not in open_rows:
                open_rows[segment] = held.open_rows(segment)
            fits = row < open_rows[segment]
        if not fits:
            wrong.append(photo)
    yield from _name("M3", "has no durable vector where the catalogue names one", wrong, held)


def _check_cover(
    held: Held, sealed: Mapping[str, Sealed], present: Sequence[PhotoId]
) -> Iterator[Problem]:
    """S1: every present photo has a vector; S2: every vector is in the sealed index."""
    without = [photo for photo in present if photo not in held.vectors]
    yield from _name("S1", "has no vector in the active generation", without, held)
    unsealed = [p for p, (segment, _) in held.vectors.items() if segment not in sealed]
    yield from _name("S2", "has a vector that is not in the active index yet", unsealed, held)


def _name(rule: str, what: str, photos: Sequence[PhotoId], held: Held) -> Iterator[Problem]:
    for photo in photos[:PHOTOS_NAMED]:
        yield Problem(rule, f"{photo} {what}.", str(held.folder), repairable=True)
    if len(photos) > PHOTOS_NAMED:
        rest = len(photos) - PHOTOS_NAMED
        yield Problem(rule, f"{rest} more: {what}.", str(held.folder), repairable=True)
