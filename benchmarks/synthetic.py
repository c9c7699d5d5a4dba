"""An archive of any size for measurements: few pictures, many files, vectors around real ones.

The sample archive's pictures are drawn and indexed. Every further photo is one of them again: a
hard link to its file under a name of its own, with a vector that lies between the picture's and
another one's. So no picture is decoded but the drawn ones, and thumbnails, search by words and the
map work as they do in an archive. Vectors, catalogue, descriptions, tags, decisions and map are
written by the program's own code.

What is made up: the hashes of the files' contents (links share theirs), so that each link is a
photo; and there are no perceptual hashes beside those of the drawn pictures, so that only these
have duplicates. Therefore nobody should index the folder ``photos`` of such an archive again.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from archive_ai.archive import Archive, View, load
from archive_ai.archive.generation import manifest_of, publish
from archive_ai.catalogue.database import now
from archive_ai.catalogue.measures import MeasureCatalogue
from archive_ai.domain import (
    HERE,
    Measures,
    Photo,
    PhotoId,
    Record,
    RecordSource,
    Role,
    Ruling,
    ScanFile,
    Status,
    Verdict,
    Viewer,
    Visibility,
    photo_id,
)
from archive_ai.sample import BROKEN_FILE, DESCRIPTIONS_FILE, draw_archive
from archive_ai.vectors.segments import SegmentWriter

Floats = NDArray[np.float32]

AT_ONCE = 2000
FILES_A_FOLDER = 1000
COLLECTIONS = 24
DESCRIBED, CLOSED = 0.4, 0.01
"""Shares of photos with a description, and of these descriptions that close their photo."""

ALIKE = 8
DECIDED = 1000
READER = Viewer("reader", Role.READER)
PLACES = (
    "Heilbronn", "Böckingen", "Neckargartach", "Sontheim", "Biberach", "Kirchhausen", "Weinsberg",
    "Neckarsulm", "Lauffen", "Wimpfen", "Eppingen", "Löwenstein", "Brackenheim", "Stuttgart",
)  # fmt: skip
KINDS = ("Fotografie", "Postkarte", "Dia", "Negativ", "Plan", "Plakat")


@dataclass(frozen=True)
class Original:
    """A drawn picture, what was indexed of it, and its caption."""

    path: Path
    photo: Photo
    measures: Measures | None
    vector: Floats
    title: str
    description: str
    year: int


@dataclass(frozen=True)
class Made:
    """One further photo: its number, of which original it is, and in which collection."""

    number: int
    original: Original
    collection: str
    record: Record | None

    def photo(self, seed: int) -> Photo:
        """The photo, under a hash of its number."""
        sha256 = hashlib.sha256(f"synthetic {seed} {self.number}".encode()).hexdigest()
        page, measures = self.original.photo.page, self.original.measures
        named = replace(self.original.photo, id=photo_id(sha256, page), sha256=sha256)
        return replace(named, measures=replace(measures, hash=b"") if measures else None)


def signature(number: int) -> tuple[str, str]:
    """Return folder and signature of a photo."""
    folder = f"S{number // FILES_A_FOLDER:04d}"
    return folder, f"{folder}-{number % FILES_A_FOLDER:04d}"


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Print how long something took."""
    start, cpu = time.perf_counter(), time.process_time()
    yield
    took = time.perf_counter() - start
    print(f"{what}: {took:.1f} s, {time.process_time() - cpu:.1f} CPU s", flush=True)


def originals(archive: Archive, pictures: Sequence[Path]) -> list[Original]:
    """Return the drawn pictures of the archive with their captions."""
    captions: dict[tuple[str, int], dict[str, str]] = {}
    for folder in pictures:
        with (folder / DESCRIPTIONS_FILE).open(newline="", encoding="utf-8") as table:
            for row in csv.DictReader(table):
                captions[str(folder / row["path"]), int(row["page"])] = row
    opened, _ = archive._opener.open()
    photos = list(opened.index.photos)
    measures = dict(MeasureCatalogue(archive._engine).of(photos))
    places = archive._photos.locate(photos)
    found = []
    for photo in photos:
        path, page = places[photo]
        caption, known = captions[str(path), page], archive._photos.get(photo)
        if known is not None:
            told = (caption["title_de"], caption["description_de"], int(caption["year"]))
            vector = opened.index.rows([photo])[0]
            found.append(Original(path, known, measures.get(photo), vector, *told))
    return sorted(found, key=lambda one: str(one.path))


def made(known: Sequence[Original], count: int, seed: int) -> list[Made]:
    """Choose what each photo is of; collections are of very different sizes."""
    dice = np.random.default_rng(seed)
    chosen = dice.integers(0, len(known), count)
    sizes = 1 / np.arange(1, COLLECTIONS + 1)
    strayed = dice.choice(COLLECTIONS, count, p=sizes / sizes.sum())
    of_kind = chosen * COLLECTIONS // len(known)
    collections = np.where(dice.random(count) < 0.6, of_kind, strayed)
    described, closed = dice.random(count) < DESCRIBED, dice.random(count) < CLOSED
    years = dice.integers(-15, 16, count)
    found = []
    for number in range(count):
        original = known[chosen[number]]
        record = None
        if described[number]:
            record = _record(number, original, original.year + int(years[number]), closed[number])
        collection = f"Bestand {collections[number] + 1:02d}"
        found.append(Made(number, original, collection, record))
    return sorted(found, key=lambda one: one.collection)


def _record(number: int, original: Original, year: int, closed: bool) -> Record:
    place = PLACES[number * 7 % len(PLACES)]
    signed = signature(number)[1]
    return Record(
        signed,
        RecordSource.TABLE,
        signature=signed,
        title=f"{original.title.rpartition(',')[0]} in {place}, {year}",
        description=original.description,
        place=place,
        kind=KINDS[number % len(KINDS)],
        date=f"{year}",
        first=f"{year}-01-01",
        last=f"{year}-12-31",
        visibility=Visibility.CLOSED if closed else Visibility.OPEN,
        by="synthetic.py",
        at=now(),
        by_signature=True,
    )


class Space:
    """Where vectors lie: between each picture and another, most often one that is like it."""

    def __init__(self, known: Sequence[Original]) -> None:
        self._places = {one.photo.id: place for place, one in enumerate(known)}
        self._known = np.array([one.vector for one in known])
        self._like = np.argsort(-(self._known @ self._known.T), axis=1)[:, 1 : ALIKE + 1]

    def draw(self, some: Sequence[Made], dice: np.random.Generator) -> Floats:
        """Return vectors (n, width) of unit length, with some noise."""
        count = len(some)
        own = np.array([self._places[one.original.photo.id] for one in some])
        like = self._like[own, dice.integers(0, self._like.shape[1], count)]
        anywhere = dice.integers(0, len(self._known), count)
        other = np.where(dice.random(count) < 0.8, like, anywhere)
        base, far = self._known[own], dice.beta(2.0, 3.0, (count, 1))
        noise = dice.standard_normal(base.shape) * (0.4 / base.shape[1] ** 0.5)
        rows = base + far * (self._known[other] - base) + noise
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


def link(folder: Path, one: Made) -> ScanFile:
    """Put the original's file into ``folder`` under the photo's own name."""
    where, signed = signature(one.number)
    path = folder / where / f"{signed.replace('-', '_')}{one.original.path.suffix}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    os.link(one.original.path, path)
    status = path.stat()
    return ScanFile(path, status.st_size, status.st_mtime_ns, "")


def fill(archive: Archive, folder: Path, every: Sequence[Made], seed: int) -> None:
    """Write files, vectors and catalogue rows of all photos, seal and publish their generation."""
    by_photo = {one.original.photo.id: one.original for one in every}
    space = Space([by_photo[photo] for photo in sorted(by_photo)])
    encoder = archive._opener.encoder_to_index_with()
    with archive._folder.writing():
        generation = archive._generations.of(encoder.card)
        manifest = manifest_of(archive._folder, generation)
        path = archive._folder.generation(generation.number)
        with SegmentWriter(
            path, manifest, archive._generations.named_rows(generation.number)
        ) as writer:
            with timed("files, vectors and catalogue"):
                for start, stop in _batches(every):
                    some = every[start:stop]
                    photos = [one.photo(seed) for one in some]
                    rows = space.draw(some, np.random.default_rng([seed, start]))
                    named = writer.append([one.id for one in photos], rows)
                    files = [
                        replace(link(folder, one), sha256=photo.sha256)
                        for one, photo in zip(some, photos, strict=True)
                    ]
                    archive._files.record(files, photos, (), named, some[0].collection)
            sealed = writer.seal()
        with timed("publishing"):
            where = (archive._folder, archive._generations, generation)
            publish(*where, sealed, encoder, lambda opened: archive._derive(opened, encoder))


def _batches(every: Sequence[Made]) -> Iterator[tuple[int, int]]:
    """Yield parts of at most ``AT_ONCE`` photos, each of one collection."""
    start = 0
    for place in range(1, len(every) + 1):
        if place == len(every) or (
            every[place].collection != every[start].collection or place - start == AT_ONCE
        ):
            yield start, place
            start = place


def decide(archive: Archive, photos: Sequence[PhotoId]) -> None:
    """Accept most and reject some of what is suggested."""
    rulings: list[Ruling] = []
    for photo, tags in archive.tags(photos).items():
        for tag in tags[:2]:
            if tag.status is Status.SUGGESTED:
                right = (int(tag.score or 0) + len(rulings)) % 4
                verdict = Verdict.ACCEPTED if right else Verdict.REJECTED
                rulings.append(Ruling(photo, tag.concept, verdict))
    for start in range(0, min(len(rulings), DECIDED), 100):
        archive.reviewing.decide(rulings[start : min(start + 100, DECIDED)], "synthetic.py")


def make(folder: Path, count: int, options: argparse.Namespace) -> None:
    """Make the archive in ``folder / 'archive'``, of ``count`` photos beside the drawn ones."""
    pictures = [folder / "pictures" / str(seed) for seed in range(1, options.seeds + 1)]
    with timed(f"drawing {len(pictures)} x 120 pictures"):
        for seed, shelf in enumerate(pictures, 1):
            if not (shelf / DESCRIPTIONS_FILE).exists():
                draw_archive(shelf, seed)
                (shelf / BROKEN_FILE).unlink()
    settings = load(archive=folder / "archive", person="synthetic.py")
    with Archive.create(settings, pictures) as archive:
        with timed("indexing them"):
            archive.index(pictures, "Muster")
        every = made(originals(archive, pictures), count, options.seed)
        records = [one.record for one in every if one.record is not None]
        with timed(f"writing {len(records)} descriptions"):
            archive.describing._records.write(records)
        fill(archive, folder / "photos", every, options.seed)
        if not options.no_tags:
            with timed("tagging"):
                archive.tag()
            with timed("deciding"):
                decide(archive, [one.photo(options.seed).id for one in every[::7][: 2 * DECIDED]])
        if options.map:
            with timed("drawing the map"):
                print(archive.map.draw())


def ask(folder: Path) -> None:
    """Time what a page asks for, each twice: the first time nothing is remembered."""
    with Archive.open(load(archive=folder / "archive")) as archive:
        archive.search("Kirche")
        for viewer in (HERE, READER):
            for what, answer in _asked(archive.seen_by(viewer), archive.map.figures() is not None):
                took = []
                for _ in range(2):
                    start = time.process_time()
                    answer()
                    took.append(time.process_time() - start)
                print(f"{viewer.role.value} {what}: {took[0]:.3f} CPU s, again {took[1]:.3f}")


def _asked(seen: View, mapped: bool) -> Iterator[tuple[str, Callable[[], object]]]:
    yield "status", seen.status
    yield "facets", partial(seen.facets, "")
    yield "facets of a decade", partial(seen.facets, "jahr:1930..1939")
    yield "photos", partial(seen.photos, "", 100)
    yield "collections", seen.collections
    yield "search", partial(seen.search, "Kirche am Fluss")
    if mapped:
        yield "map", seen.map
        for by in ("collection", "decade", "colour", "tag:kirche"):
            yield f"map by {by}", partial(seen.map_values, by)
        version, points = seen.map().version, range(min(10_000, len(seen.map().photos)))
        yield f"{len(points)} map photos", partial(seen.map_photos, version, points)


def main() -> None:
    """Make the archive, or time what is asked of one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--photos", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seeds", type=int, default=2, help="how many times 120 pictures to draw")
    parser.add_argument("--no-tags", action="store_true")
    parser.add_argument("--map", action="store_true", help="draw the map, too")
    parser.add_argument("--ask", action="store_true", help="only time what a page asks for")
    options = parser.parse_args()
    folder = options.folder.resolve()
    if options.ask:
        ask(folder)
        return
    with timed(f"all of {options.photos} photos"):
        make(folder, options.photos, options)


if __name__ == "__main__":
    main()
