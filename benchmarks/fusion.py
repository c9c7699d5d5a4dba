"""Is one list of what is written and what is seen better than either alone?

Half of the pictures, drawn at random, get a description in the language of the question (titles of
real photographs are German); all are asked for as ``search_material`` says. Three rankings answer
side by side: what a machine sees (an archive of the same vectors of which nothing is written), what
is written (the full text alone), and the one list of ``Archive.search``. Several draws of the half
are averaged; intervals are over queries. ``--text`` tries another weight of descriptions that hold
some of the words; the weight that is in use was chosen with ``--seed 3``.
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from search_material import (
    LANGUAGES,
    Material,
    described,
    details,
    photographs,
    sample,
    titled,
)
from sqlalchemy import true

from archive_ai.archive import Archive, load
from archive_ai.catalogue.database import open_database
from archive_ai.catalogue.fulltext import FullText
from archive_ai.catalogue.records import Records
from archive_ai.domain import PhotoId, Record, RecordSource, TextKind
from archive_ai.language import Analysis
from archive_ai.searching import scores
from archive_ai.settings import BUNDLED_MODEL, bundled

DEPTH = 20
DRAWS = 5
RESAMPLES = 2000
SOURCES = ("seen", "written", "one list")
MEASURES = ("recall@10", "recall@20", "reciprocal rank")

Figures = NDArray[np.float64]
Answer = Callable[[str], Sequence[PhotoId]]


def records_of_sample(kept: Path, seed: int, language: str) -> list[Record]:
    """Return the titles and descriptions of a sample archive's pictures in one language."""
    return [
        _record(
            row["path"], row[f"title_{language}"], row[f"description_{language}"], int(row["page"])
        )
        for row in described(kept, seed)
    ]


def records_of_photographs(photos: Path) -> list[Record]:
    """Return the titles of real photographs, in the language of their books."""
    return [_record(row["path"], row["title"], "", 1) for row in titled(photos)]


def _record(path: str, title: str, description: str, page: int) -> Record:
    key = f"{path}#{page}"
    return Record(key, RecordSource.TABLE, page=page, title=title, description=description)


@contextmanager
def half_described(
    material: Material, records: Sequence[Record], draw: int, folder: Path
) -> Iterator[dict[str, Answer]]:
    """Open a copy of the material's archive with every other record, drawn by ``draw``."""
    chosen = np.random.default_rng(draw).permutation(len(records))[: len(records) // 2]
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(material.archive.settings.archive, folder)
    language = Analysis(bundled("language") / "german.toml")
    engine = open_database(folder / "catalogue.sqlite")
    changes = Records(engine, language).write([records[one] for one in sorted(chosen)])
    if changes.photos != len(chosen):
        raise SystemExit(f"{len(chosen)} descriptions reached {changes.photos} photos.")
    full_text = FullText(engine, language)

    def written(text: str) -> list[PhotoId]:
        found = full_text.matches(text, lambda _: true())
        return sorted(
            found,
            key=lambda p: (found[p].kind is not TextKind.EXACT, -found[p].relevance, p),
        )[:DEPTH]

    with Archive.open(load(archive=folder, model=BUNDLED_MODEL)) as archive:
        yield {"seen": _search(material.archive), "written": written, "one list": _search(archive)}
    engine.dispose()
    shutil.rmtree(folder)


def _search(archive: Archive) -> Answer:
    def answer(text: str) -> list[PhotoId]:
        hits = archive.search(text, DEPTH).hits
        return [photo for hit in hits for photo in (hit.photo, *hit.duplicates)][:DEPTH]

    return answer


def judged(found: Sequence[PhotoId], right: frozenset[PhotoId]) -> list[float]:
    """Return recall among the first 10 and 20, and 1 / the place of the first right photo."""
    hits = np.array([photo in right for photo in found], bool)
    first = np.flatnonzero(hits)
    rank = 1 / (1 + first[0]) if len(first) else 0.0
    return [hits[:10].sum() / len(right), hits[:20].sum() / len(right), rank]


def measured(
    material: Material, records: Sequence[Record], kept: Path, language: str
) -> dict[str, Figures]:
    """Return the measures (queries, 3) of each source, as a mean over the draws."""
    found = {source: np.zeros((DRAWS, len(material.queries), 3)) for source in SOURCES}
    for draw in range(DRAWS):
        with half_described(material, records, draw, kept / "described") as answers:
            for place, query in enumerate(material.queries):
                right = material.right(query.label)
                for source, answer in answers.items():
                    found[source][draw, place] = judged(answer(query.words[language]), right)
    return {source: figures.mean(axis=0) for source, figures in found.items()}


def table(material: Material, records: Sequence[Record], kept: Path, language: str) -> str:
    """Return rows of means with 95 % intervals, and of what one list gains over each source."""
    found = measured(material, records, kept, language)
    count = len(found["seen"])
    places = np.random.default_rng(0).integers(0, count, (RESAMPLES, count))
    rows = list(found.items())
    best = found["one list"]
    rows += [(f"one list less {source}", best - found[source]) for source in SOURCES[:2]]
    lines = []
    for source, figures in rows:
        means = figures.mean(axis=0)
        low, high = np.quantile(figures[places].mean(axis=1), (0.025, 0.975), axis=0)
        cells = [f"{m:.3f} ({a:.2f} to {b:.2f})" for m, a, b in zip(means, low, high, strict=True)]
        lines.append(f"| {material.name}, {language} | {source} | {' | '.join(cells)} |")
    return "\n".join(lines)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kept", type=Path, required=True)
    parser.add_argument("--photos", type=Path)
    parser.add_argument("--seed", type=int, default=2)
    parser.add_argument("--text", type=float, default=scores.TEXT)
    options = parser.parse_args()
    scores.TEXT = options.text
    print(f"| archive, language | source | {' | '.join(MEASURES)} |\n|---|---|---|---|---|")
    with sample(options.kept, options.seed) as motifs:
        for material in (motifs, details(options.kept, motifs, options.seed)):
            for language in LANGUAGES:
                records = records_of_sample(options.kept, options.seed, language)
                print(table(material, records, options.kept, language), flush=True)
    if options.photos:
        with photographs(options.kept, options.photos) as material:
            records = records_of_photographs(options.photos)
            for language in LANGUAGES:
                print(table(material, records, options.kept, language), flush=True)


if __name__ == "__main__":
    main()
