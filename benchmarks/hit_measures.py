"""Which measure tells a question that the archive can answer from one that it cannot?

Needs labelled old photographs (``--concepts``, ``--gallery``, ``--pictures``) and queries with a
column ``kind`` whose ``absent`` ones ask for what no city archive holds (``--queries``). The
figures stand in docs/decisions/0004.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from archive_ai.archive.evaluating import Material
from archive_ai.encoders.opening import open_encoder
from archive_ai.evaluation import embed_pictures
from archive_ai.exchange.labelled import read_labels, read_pictures
from archive_ai.exchange.pictures import PictureSource
from archive_ai.images import PictureReader
from archive_ai.settings import BUNDLED_MODEL, bundled
from archive_ai.vocabulary import read_background_queries

Scores = NDArray[np.floating]
MINIMUM = 8


def measures(pictures: Scores, neutral: Scores) -> dict[str, Callable[[Scores], Scores]]:
    """Return each measure as a function from query vectors (n, width) to scores (n, pictures)."""
    background = neutral @ pictures.T
    mean, deviation = background.mean(axis=0), background.std(axis=0)

    def standing(queries: Scores) -> Scores:
        scores = queries @ pictures.T
        deviations = scores.std(axis=1, keepdims=True)
        levels: Scores = (scores - scores.mean(axis=1, keepdims=True)) / deviations
        return levels

    return {
        "cosine": lambda queries: queries @ pictures.T,
        "deviations above the query's mean over the archive": standing,
        "cosine less the photo's mean with neutral queries": lambda q: q @ pictures.T - mean,
        "the same in the photo's deviations": lambda q: (q @ pictures.T - mean) / deviation,
    }


def main() -> None:
    """Print for each measure how well best hits separate, and what the quantiles give."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("--concepts", "--gallery", "--queries"):
        parser.add_argument(name, type=Path, required=True)
    parser.add_argument("--pictures", type=Path, action="append", default=[])
    options = parser.parse_args()
    encoder = open_encoder(BUNDLED_MODEL, bundled("models"))
    material = Material(options.concepts, options.pictures, ("test",))
    labels = read_labels(material.table, material.splits)
    names = read_pictures(options.gallery, material.splits)
    with PictureSource(material.table.parent, material.tars) as source:
        pictures = embed_pictures(encoder, PictureReader(), source.paths(names)).vectors
    counts = {one.concept: sum(o.concept == one.concept for o in labels) for one in labels}
    known = {one.concept: one.labels for one in labels if counts[one.concept] >= MINIMUM}
    present = encoder.encode_texts([text for two in known.values() for text in two.values()])
    with options.queries.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["kind"] == "absent"]
    absent = encoder.encode_texts([row[f"query_{lang}"] for row in rows for lang in ("de", "en")])
    queries = read_background_queries(bundled("background") / "queries.txt")
    neutral = encoder.encode_texts(queries)
    print(f"{len(present)} present, {len(absent)} absent, {len(pictures)} photos")
    for name, measure in measures(pictures, neutral).items():
        best = [measure(vectors).max(axis=1) for vectors in (neutral, present, absent)]
        above = (best[1][:, None] > best[2][None]).mean()
        print(f"{name}: present above absent {above:.3f}")
        for share in (0.75, 0.95, 0.98, 1.0):
            threshold = np.quantile(best[0], share)
            hits = [float((values >= threshold).mean()) for values in best[1:]]
            print(f"  quantile {share:.2f}: present {hits[0]:.2f}, absent {hits[1]:.2f}")


if __name__ == "__main__":
    main()
