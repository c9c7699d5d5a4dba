"""How well photos are dated by their pictures, on photos of books that were never seen.

``--material`` names a folder with ``oldphotos.csv.gz``, ``oldphotos-a.tar``, ``oldphotos-b.tar``:
photos out of books of known year. That is the year of printing, so a photo is that old or older,
and the figures say how well the printing is dated. Series are books. ``--vectors FILE.npz`` keeps
the vectors between runs.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import re
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from archive_ai.domain import DateRange
from archive_ai.encoders.opening import open_encoder
from archive_ai.evaluation import embed_pictures
from archive_ai.exchange.pictures import PictureSource
from archive_ai.images import PictureReader
from archive_ai.settings import BUNDLED_MODEL, bundled
from archive_ai.tagging.dating import learn_dates

YEAR = re.compile(r"\b1[89]\d\d\b")
ABOUT = 5  # years before and after one that is given as "um"
PARTS = 5


def rows_of(material: Path) -> dict[str, tuple[DateRange, str]]:
    """Return date and book of each photo that has a year."""
    found = {}
    with gzip.open(material / "oldphotos.csv.gz", "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            years = [int(year) for year in YEAR.findall(row["year"])]
            if years and row["kind"] == "photo":
                about = ABOUT if "um" in row["year"] else 0
                date = DateRange(min(years) - about, max(years) + about)
                found[row["picture"]] = date, row["book"]
    return found


def vectors_of(
    material: Path, names: list[str], model: str, kept: Path | None
) -> dict[str, NDArray[np.float32]]:
    """Return the vector of each picture, from ``kept`` if it is there."""
    if kept is None or not kept.exists():
        tars = [material / f"oldphotos-{part}.tar" for part in "ab"]
        with PictureSource(material, tars) as source:
            encoder = open_encoder(model, bundled("models"))
            embedded = embed_pictures(encoder, PictureReader(), source.paths(names))
        pictures, vectors = np.array(embedded.pictures), embedded.vectors
        if kept is not None:
            np.savez(kept, names=pictures, vectors=vectors)
    else:
        stored = np.load(kept)
        pictures, vectors = stored["names"], stored["vectors"]
    return dict(zip(pictures.tolist(), vectors, strict=True))


def main() -> None:
    """Learn on four fifths of the books, judge on the fifth, in turn; print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--material", type=Path, required=True)
    parser.add_argument("--model", default=BUNDLED_MODEL)
    parser.add_argument("--vectors", type=Path)
    parser.add_argument("--coverage", type=float, default=0.9)
    options = parser.parse_args()
    dated = rows_of(options.material)
    by_name = vectors_of(options.material, list(dated), options.model, options.vectors)
    names = [name for name in dated if name in by_name]
    vectors = np.stack([by_name[name] for name in names])
    dates, books = [dated[name][0] for name in names], np.array([dated[name][1] for name in names])
    series, places = np.unique(books, return_inverse=True)
    part = (np.random.default_rng(5).permutation(len(series)) % PARTS)[places]
    held, widths, errors = np.zeros(len(names)), np.zeros(len(names)), []
    for place in range(PARTS):
        taught, judged = np.flatnonzero(part != place), np.flatnonzero(part == place)
        known = [dates[row] for row in taught]
        model = learn_dates(vectors[taught], known, books[taught].tolist(), "", options.coverage)
        errors.append((model.error, model.error_without_pictures))
        for row, found in zip(judged, model.predict(vectors[judged], ""), strict=True):
            held[row] = found.first <= dates[row].first and dates[row].last <= found.last
            widths[row] = found.last - found.first + 1
    by_book = [float(held[books == book].mean()) for book in series]
    error, without = np.mean(errors, axis=0)
    print(f"{len(names)} photos of {len(series)} books, promised {options.coverage}")
    print(f"held: {np.mean(by_book):.3f} of a book on average, {held.mean():.3f} of all photos")
    print(f"width of a range: {np.median(widths):.0f} years in the middle")
    print(f"mean error {error:.1f} years; without looking at the pictures {without:.1f}")


if __name__ == "__main__":
    main()
