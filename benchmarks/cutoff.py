"""Does search say so where there is nothing, and does it keep what is right?

Asks through ``Archive.search``, as anybody does, of archives of which nothing is written: queries
for what no city archive holds (``--queries``, kind ``absent``, and forty more of
``search_absent.csv``), and for what is there. ``--photos`` names a folder with ``photos.csv``,
``--material`` one with the old photographs and their concepts; without them the sample archives
alone are asked. ``--kept`` keeps the archives between runs. ``--missed`` prints the absent queries
that had a strong hit.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
from search_material import (
    LANGUAGES,
    Asked,
    Material,
    answer,
    old_photographs,
    photographs,
    read_absent,
    sample,
)

from archive_ai.domain import Hit, PhotoId, SearchResult, Strength

FIRST = 20
MORE_ABSENT = Path(__file__).with_name("search_absent.csv")
SEEDS = (2, 3)


@dataclass(frozen=True)
class Judged:
    """What one query gave: counts of hits, and of right ones that are there and that are hidden."""

    strong: int
    shown: int
    right: int
    right_first: int
    hidden: int
    hidden_first: int

    @classmethod
    def of(cls, result: SearchResult, hits: Sequence[Hit], right: frozenset[PhotoId]) -> Judged:
        """Count; a photo that is folded into another counts where that one stands."""
        strong = result.total_strong
        placed = [
            (place, hit.strength is Strength.BELOW)
            for place, hit in enumerate(hits)
            for photo in (hit.photo, *hit.duplicates)
            if photo in right
        ]
        first = [below for place, below in placed if place < FIRST]
        hidden = sum(below for _, below in placed)
        shown = strong + result.total_weak
        return cls(strong, shown, len(placed), len(first), hidden, sum(first))


def judged(material: Material, queries: Sequence[Asked], language: str) -> list[Judged]:
    """Ask in one language; refuse answers that come from anything but the pictures."""
    found = []
    for one in queries:
        result, hits = answer(material.archive, one.words[language])
        told = {reason.source for hit in hits for reason in hit.reasons} - {"words"}
        if told:
            raise SystemExit(f"{one.words[language]} is answered by {told}, not by pictures alone.")
        found.append(Judged.of(result, hits, material.right(one.label)))
    return found


def row(material: Material, absent: Sequence[Sequence[Asked]], language: str) -> str:
    """Return a row of the table."""
    nothing = [judged(material, these, language) for these in absent]
    present = judged(material, material.queries, language)
    silent = [np.mean([not one.strong for one in these]) for these in nothing]
    strong = np.mean([one.strong > 0 for one in present])
    first = sum(one.hidden_first for one in present) / sum(one.right_first for one in present)
    everywhere = sum(one.hidden for one in present) / sum(one.right for one in present)
    shown = [np.mean([one.shown for one in these]) for these in (present, list(chain(*nothing)))]
    photos = material.archive.status()["photos"]
    return (
        f"| {material.name}, {photos} | {language} | {silent[0]:.2f} | {silent[1]:.2f} "
        f"| {strong:.2f} | {first:.3f} | {everywhere:.2f} | {shown[0]:.0f} | {shown[1]:.0f} |"
    )


def missed(material: Material, absent: Sequence[Sequence[Asked]], language: str) -> str:
    """Return the queries for what is not there that had a strong hit all the same."""
    words = [one.words[language] for these in absent for one in these]
    return ", ".join(text for text in words if material.archive.search(text, 1).total_strong)


def materials(options: argparse.Namespace) -> Iterator[AbstractContextManager[Material]]:
    """Yield what is there to be measured on."""
    yield from (sample(options.kept, seed) for seed in SEEDS)
    if options.photos:
        yield photographs(options.kept, options.photos)
    if options.material:
        yield old_photographs(options.kept, options.material, towns=True)
        yield old_photographs(options.kept, options.material, towns=False)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--queries", type=Path, required=True)
    parser.add_argument("--kept", type=Path, required=True)
    parser.add_argument("--photos", type=Path)
    parser.add_argument("--material", type=Path)
    parser.add_argument("--missed", action="store_true")
    options = parser.parse_args()
    absent = [read_absent(path) for path in (options.queries, MORE_ABSENT)]
    print(
        "| archive, photos | language | absent: nothing strong | forty more | present: strong",
        end="",
    )
    print(f" | right hidden, of the first {FIRST} | of all | shown: present | absent |")
    print("|---|---|---|---|---|---|---|---|---|")
    for opening in materials(options):
        with opening as material:
            for language in LANGUAGES:
                print(row(material, absent, language), flush=True)
                if options.missed:
                    print(missed(material, absent, language))


if __name__ == "__main__":
    main()
