"""What search is measured on: archives of labelled pictures, and what is asked of them.

Each archive is made once below ``kept`` and opened there from then on. Nothing is written about
its pictures, so that only what a machine sees answers.
"""

from __future__ import annotations

import csv
import gzip
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from archive_ai.archive import Archive, load
from archive_ai.archive.searching import MOST_HITS
from archive_ai.domain import Hit, PhotoId, SearchResult
from archive_ai.exchange.pictures import PictureSource
from archive_ai.sample import DESCRIPTIONS_FILE, MOTIFS, draw_archive
from archive_ai.settings import BUNDLED_MODEL

LANGUAGES = ("de", "en")
TAG_QUERIES = Path(__file__).with_name("search_queries.csv")
DETAILS = Path(__file__).with_name("search_details.csv")
LEAST, LEAST_OF_OLD = 2, 8
"""How many pictures must bear a label that is asked for."""

GROUPS = {
    "Kirche": "church", "Bahn": "railway", "Markt": "square or market", "Bruecke": "bridge",
    "Fluss": "river or lake", "Ruine": "ruin", "Ruinen": "ruin", "Strasse": "street",
    "Denkmal": "monument", "Haus": "house", "Leute": "people",
}  # fmt: skip
"""Of the table of photos: the tag that a group says as well."""

TOWNS = ("72878", "69903", "mymylius", "36885", "74610")
"""Books of the test split whose subject are towns and country as a city archive holds them."""


@dataclass(frozen=True)
class Asked:
    """A label and the words to ask for it, by language."""

    label: str
    words: Mapping[str, str]


@dataclass(frozen=True)
class Material:
    """An open archive, the labels of its photos, and what is asked for."""

    name: str
    archive: Archive
    labels: Mapping[PhotoId, frozenset[str]]
    queries: Sequence[Asked]

    def right(self, label: str) -> frozenset[PhotoId]:
        """Return the photos that bear a label."""
        return frozenset(photo for photo, labels in self.labels.items() if label in labels)


@contextmanager
def sample(kept: Path, seed: int) -> Iterator[Material]:
    """Open the sample archive of a seed: one motif a picture, asked for by its own query."""
    folder = kept / f"sample{seed}"
    pictures = folder / "pictures"
    if not (pictures / DESCRIPTIONS_FILE).is_file():
        draw_archive(pictures, seed)
    with _opened(folder / "archive", pictures) as archive:
        labels = {_photo(archive, row): frozenset({row["motif"]}) for row in described(kept, seed)}
        queries = [Asked(one.id, {"de": one.query_de, "en": one.query_en}) for one in MOTIFS]
        yield Material(f"sample archive, seed {seed}", archive, labels, queries)


def details(kept: Path, material: Material, seed: int) -> Material:
    """Return the sample archive labelled by what is on a picture besides its motif.

    What was drawn stands in its description, whether the archive is told of it or not.
    """
    rows = _rows(DETAILS)
    labels = {}
    for row in described(kept, seed):
        text = f"{row['title_de']} {row['description_de']}"
        shown = {one["shows"] for one in rows if re.search(one["shows"], text)}
        labels[_photo(material.archive, row)] = frozenset(shown)
    known = {row["shows"]: row for row in rows}
    queries = [_asked(one, known[one], "query") for one in _often(labels, LEAST, known)]
    return Material(f"{material.name}: details", material.archive, labels, queries)


def described(kept: Path, seed: int) -> list[dict[str, str]]:
    """Return the rows of a sample archive's table, ``path`` as it lies here."""
    pictures = kept / f"sample{seed}" / "pictures"
    rows = _rows(pictures / DESCRIPTIONS_FILE)
    return [row | {"path": str(pictures / row["path"])} for row in rows]


@contextmanager
def photographs(kept: Path, photos: Path) -> Iterator[Material]:
    """Open real photographs with ``photos.csv``; its tags are guessed from captions."""
    with _opened(kept / "photos" / "archive", photos) as archive:
        labels = {}
        for row in titled(photos):
            tags = {tag.strip() for tag in row["tags"].split(";")} | {GROUPS.get(row["group"], "")}
            labels[_photo(archive, row)] = frozenset(filter(None, tags))
        words = {row["tag"]: row for row in _rows(TAG_QUERIES)}
        queries = [_asked(tag, words[tag], "query") for tag in _often(labels, LEAST, words)]
        yield Material("real photographs", archive, labels, queries)


def titled(photos: Path) -> list[dict[str, str]]:
    """Return the rows of ``photos.csv``, with the ``path`` of each."""
    return [row | {"path": str(photos / row["file"])} for row in _rows(photos / "photos.csv")]


@contextmanager
def old_photographs(kept: Path, material: Path, towns: bool) -> Iterator[Material]:
    """Open the test split of the old photographs, all of it or the books about ``towns``.

    They are asked for by the German and English names of the concepts of their captions.
    """
    with gzip.open(material / "oldphotos.csv.gz", "rt", encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["split"] == "test"]
    names = [row["picture"] for row in rows if not towns or row["book"] in TOWNS]
    folder = kept / ("old-towns" if towns else "old")
    _unpacked(folder / "pictures", material, names)
    with _opened(folder / "archive", folder / "pictures") as archive:
        concepts = [r for r in _rows(material / "oldphotos-concepts.csv") if r["picture"] in names]
        found: defaultdict[PhotoId, set[str]] = defaultdict(set)
        for row in concepts:
            path = {"path": str(folder / "pictures" / row["picture"])}
            found[_photo(archive, path)].add(row["class"])
        labels = {photo: frozenset(these) for photo, these in found.items()}
        words = {row["class"]: row for row in concepts}
        queries = [_asked(one, words[one], "label") for one in _often(labels, LEAST_OF_OLD, words)]
        name = "old photographs, books about towns" if towns else "old photographs, all"
        yield Material(name, archive, labels, queries)


def read_absent(path: Path) -> list[Asked]:
    """Return the queries of kind ``absent``: what no city archive holds."""
    return [_asked("", row, "query") for row in _rows(path) if row["kind"] == "absent"]


def answer(archive: Archive, text: str) -> tuple[SearchResult, list[Hit]]:
    """Ask, page by page, until nothing follows; the counts are those of the first page."""
    first = page = archive.search(text, MOST_HITS)
    hits = list(page.hits)
    while page.cursor:
        page = archive.search(text, MOST_HITS, page.cursor)
        hits += page.hits
    return first, hits


@contextmanager
def _opened(folder: Path, pictures: Path) -> Iterator[Archive]:
    made = folder.is_dir()
    with Archive.create(load(archive=folder, model=BUNDLED_MODEL)) as archive:
        if not made:
            archive.index([pictures])
        yield archive


def _unpacked(folder: Path, material: Path, names: Sequence[str]) -> None:
    if folder.is_dir():
        return
    tars = [material / f"oldphotos-{part}.tar" for part in "ab"]
    with PictureSource(material, tars) as source:
        found = source.paths(names)
        folder.mkdir(parents=True)
        for name, path in found:
            (folder / name).write_bytes(path.read_bytes())


def _photo(archive: Archive, row: Mapping[str, str]) -> PhotoId:
    return archive.photo(row["path"], int(row.get("page") or 1)).photo.id


def _often(labels: Mapping[PhotoId, frozenset[str]], least: int, known: Iterable[str]) -> list[str]:
    counts = Counter(label for these in labels.values() for label in these)
    return [label for label in sorted(known) if counts[label] >= least]


def _asked(label: str, row: Mapping[str, str], column: str) -> Asked:
    return Asked(label, {language: row[f"{column}_{language}"] for language in LANGUAGES})


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
