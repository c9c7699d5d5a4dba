"""Near-duplicates of an archive: found beside each sealed generation, told as far as one may see.

Groups are found among all photos. Whoever asks sees those members only that are present and not
closed to them, and of what a closed photo alone holds together nothing is a group (M7).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import partial
from threading import RLock

import numpy as np

from archive_ai.archive.folder import Folder
from archive_ai.archive.generation import OpenGeneration
from archive_ai.archive.opening import Opener
from archive_ai.catalogue.measures import MeasureCatalogue
from archive_ai.catalogue.photos import Photos
from archive_ai.catalogue.visibility import Gate
from archive_ai.domain import (
    Duplicate,
    DuplicateGroup,
    DuplicateKind,
    Edges,
    Membership,
    PhotoId,
    Viewer,
)
from archive_ai.errors import NothingIndexed
from archive_ai.searching.duplicates import DuplicateGroups, find_links, judged_again
from archive_ai.vectors.hashes import FlatHashIndex
from archive_ai.vectors.links import newest_links, read_links, write_links

Seen = dict[PhotoId, tuple[PhotoId, ...]]
"""The members of each group that somebody sees, by the first of their ids."""


class Duplicates:
    """Photos that an archive holds more than once; methods may be called from several threads."""

    def __init__(
        self,
        folder: Folder,
        opener: Opener,
        measures: MeasureCatalogue,
        photos: Photos,
        gate: Gate,
    ) -> None:
        self._folder = folder
        self._opener = opener
        self._measures = measures
        self._photos = photos
        self._gate = gate
        self._groups: tuple[str, DuplicateGroups] | None = None
        self._open: tuple[object, DuplicateGroups] | None = None
        self._seen: dict[bool, tuple[object, Seen]] = {}
        self._lock = RLock()

    def refresh(self, opened: OpenGeneration) -> None:
        """Compare what a generation has more than at the last time, and keep what was found."""
        with self._lock:
            self._groups = self._find(opened)

    def groups(self, viewer: Viewer, opened: OpenGeneration) -> DuplicateGroups:
        """Return the groups of a generation that answers, as far as ``viewer`` may see them."""
        return self._groups_for(viewer, opened)

    def all(
        self, viewer: Viewer, after: str = "", limit: int | None = None
    ) -> list[DuplicateGroup]:
        """Return groups by their ids, at most ``limit``, from the first one behind ``after``."""
        opened, _ = self._opener.open()
        seen = self._seen_by(viewer, opened)
        wanted = [group for group in sorted(seen) if group > after][:limit]
        groups = self._groups_for(viewer, opened)
        return [
            DuplicateGroup(group, self._members(seen[group], groups, opened)) for group in wanted
        ]

    def of(self, photo: PhotoId, viewer: Viewer, limit: int = 20) -> list[Duplicate]:
        """Return at most ``limit`` duplicates of a photo, the nearest kind and vector first.

        Raises NothingIndexed for a photo without a vector in the generation that answers.
        """
        opened, _ = self._opener.open()
        groups = self._groups_for(viewer, opened)
        try:
            vector = opened.index.rows([photo])[0]
        except KeyError:
            raise NothingIndexed(
                f"{photo} has no vector in the active generation.",
                "Index it first: archive-ai index.",
            ) from None
        own = groups.group_of([photo]).get(photo)
        same = set(groups.members(own.group)) if own else set()
        rows = opened.index.rows_above(vector, groups.alike_cosine).tolist()
        alike = {opened.index.photos[row] for row in rows} - same
        kinds = _kinds(own, groups.group_of(sorted(same)))
        kinds.update(dict.fromkeys(alike, DuplicateKind.ALIKE))
        kinds.pop(photo, None)
        found = self._shown(photo, self._visible(viewer, kinds), kinds, opened)
        order = list(DuplicateKind)
        found.sort(key=lambda one: (order.index(one.kind), -one.cosine, one.photo))
        return found[:limit]

    def _groups_of(self, opened: OpenGeneration) -> DuplicateGroups:
        generation = opened.generation
        with self._lock:
            if self._groups is None or self._groups[0] != generation.manifest_sha256:
                path = self._folder.generation(generation.number)
                links = read_links(path, generation.manifest, generation.manifest_sha256)
                self._groups = (
                    self._find(opened)
                    if links is None
                    else (generation.manifest_sha256, DuplicateGroups(links))
                )
            return self._groups[1]

    def _find(self, opened: OpenGeneration) -> tuple[str, DuplicateGroups]:
        generation, index = opened.generation, opened.index
        path = self._folder.generation(generation.number)
        looks = self._measures.looks(index.photos)
        hashes = FlatHashIndex(looks.hashes)
        known = newest_links(path)
        if known is not None and known.manifest_sha256 == generation.manifest_sha256:
            fresh = np.where(looks.usable[:, None], looks.hashes, np.uint8(0))
            if np.array_equal(known.hashes, fresh):
                return generation.manifest_sha256, DuplicateGroups(known)
        links = find_links(index, looks, hashes, generation.manifest_sha256, known)
        # Nothing must fail because what was found cannot be kept: it can be found again.
        with suppress(OSError):
            write_links(path, generation.manifest, links)
        return generation.manifest_sha256, DuplicateGroups(links)

    def _groups_for(self, viewer: Viewer, opened: OpenGeneration) -> DuplicateGroups:
        """Return the groups without what is closed to ``viewer``, and what that held together."""
        groups = self._groups_of(opened)
        if viewer.sees_closed:
            return groups
        state = (groups, self._gate.state())
        with self._lock:
            if self._open is None or self._open[0] != state:
                visible = self._visible(viewer, (photo for group in groups for photo in group))
                self._open = state, groups.seen(visible, partial(self._judged, opened))
            return self._open[1]

    def _judged(self, opened: OpenGeneration, photos: Sequence[PhotoId]) -> tuple[Edges, ...]:
        looks = self._measures.looks(photos)
        return judged_again(opened.index, photos, looks, FlatHashIndex(looks.hashes))

    def _seen_by(self, viewer: Viewer, opened: OpenGeneration) -> Seen:
        groups = self._groups_for(viewer, opened)
        state = (groups, self._gate.state())
        with self._lock:
            known = self._seen.get(viewer.sees_closed)
            if known is None or known[0] != state:
                visible = self._visible(viewer, (photo for group in groups for photo in group))
                parts = (tuple(one for one in group if one in visible) for group in groups)
                known = state, {part[0]: part for part in parts if len(part) > 1}
                self._seen[viewer.sees_closed] = known
            return known[1]

    def _visible(self, viewer: Viewer, photos: Iterable[PhotoId]) -> set[PhotoId]:
        """Return those that have a present file and may be seen."""
        return self._gate.visible(viewer, list(self._photos.locate(list(photos))))

    def _members(
        self, photos: Sequence[PhotoId], groups: DuplicateGroups, opened: OpenGeneration
    ) -> tuple[Duplicate, ...]:
        """Show a group's photos, the one with most pixels first."""
        details = {photo: self._photos.get(photo) for photo in photos}
        pixels = {photo: one.width * one.height for photo, one in details.items() if one}
        first, *others = sorted(photos, key=lambda one: (-pixels[one], one))
        members = groups.group_of(photos)
        kinds = _kinds(members[first], members)
        shown = self._shown(first, {first, *others}, kinds, opened)
        order = list(DuplicateKind)
        shown.sort(key=lambda one: (one.photo != first, order.index(one.kind), one.photo))
        return tuple(shown)

    def _shown(
        self,
        first: PhotoId,
        photos: set[PhotoId],
        kinds: dict[PhotoId, DuplicateKind],
        opened: OpenGeneration,
    ) -> list[Duplicate]:
        """Show ``photos`` beside ``first``, in no order."""
        names = sorted(photos)
        places = self._photos.locate(names)
        vectors = opened.index.rows(names)
        cosines = vectors @ opened.index.rows([first])[0]
        shown = []
        for photo, cosine in zip(names, np.minimum(cosines, 1.0).tolist(), strict=True):
            one = self._photos.get(photo)
            if one is not None and photo in places:
                place = places[photo]
                shown.append(Duplicate(photo, kinds[photo], cosine, *place, one.width, one.height))
        return shown


def _kinds(
    own: Membership | None, members: dict[PhotoId, Membership]
) -> dict[PhotoId, DuplicateKind]:
    """Return what each of a group's members is to the one that ``own`` belongs to."""
    return {} if own is None else {photo: one.kind(own) for photo, one in members.items()}
