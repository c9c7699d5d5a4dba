"""What a researcher meets: silence where there is nothing, and one list better than its sources.

The sample archive of a seed that no choice was fitted on, with the bundled model. These are floors
of quality; the figures themselves stand in benchmarks/README.md.
"""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import true

from archive_ai.archive import Archive, load
from archive_ai.catalogue.database import open_database
from archive_ai.catalogue.fulltext import FullText
from archive_ai.domain import PhotoId, Strength, TextKind
from archive_ai.language import Analysis
from archive_ai.sample import DESCRIPTIONS_FILE, MOTIFS
from archive_ai.settings import BUNDLED_MODEL, bundled

ASKED = Path(__file__).parents[2] / "benchmarks"
SILENT, HIDDEN, FIRST = 0.8, 0.05, 20

Right = dict[str, frozenset[PhotoId]]


@pytest.fixture(scope="module")
def plain(unseen_sample: Path) -> Iterator[Archive]:
    """Return the archive of which nothing is written."""
    with Archive.open(load(archive=unseen_sample / "archive", model=BUNDLED_MODEL)) as archive:
        yield archive


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def pictures(folder: Path, archive: Archive) -> list[tuple[PhotoId, dict[str, str]]]:
    """Return every photo with its row of the sample archive's own table."""
    return [
        (archive.photo(str(folder / "pictures" / row["path"]), int(row["page"])).photo.id, row)
        for row in rows(folder / "pictures" / DESCRIPTIONS_FILE)
    ]


@pytest.mark.parametrize("language", ["de", "en"])
def test_what_is_not_there_gives_nothing_strong(plain: Archive, language: str) -> None:
    asked = [row[f"query_{language}"] for row in rows(ASKED / "search_absent.csv")]
    loud = [text for text in asked if plain.search(text, 1).total_strong]
    assert len(loud) <= (1 - SILENT) * len(asked), loud


@pytest.mark.parametrize("language", ["de", "en"])
def test_what_is_there_is_not_hidden(unseen_sample: Path, plain: Archive, language: str) -> None:
    motif_of = {photo: row["motif"] for photo, row in pictures(unseen_sample, plain)}
    right, hidden, strong = 0, 0, 0
    for motif in MOTIFS:
        result = plain.search(getattr(motif, f"query_{language}"), FIRST)
        found = [hit for hit in result.hits if motif_of[hit.photo] == motif.id]
        right += len(found)
        hidden += sum(hit.strength is Strength.BELOW for hit in found)
        strong += result.total_strong > 0
    assert right >= 0.95 * len(motif_of)
    assert hidden <= HIDDEN * right
    assert strong >= 0.95 * len(MOTIFS)


@pytest.mark.parametrize("language", ["de", "en"])
def test_one_list_is_better_than_either_source(
    unseen_sample: Path, plain: Archive, tmp_path: Path, language: str
) -> None:
    # Details are asked for that stand in the descriptions of half of the pictures only.
    told = pictures(unseen_sample, plain)
    folder = tmp_path / "described"
    shutil.copytree(unseen_sample / "archive", folder)
    with Archive.open(load(archive=folder, model=BUNDLED_MODEL)) as described:
        describe_half(described, [row for _, row in told], language, tmp_path / "table.csv")
        engine = open_database(folder / "catalogue.sqlite")
        full_text = FullText(engine, Analysis(bundled("language") / "german.toml"))

        def written(text: str) -> list[PhotoId]:
            found = full_text.matches(text, lambda _: true())
            exact = TextKind.EXACT
            return sorted(found, key=lambda p: (found[p].kind != exact, -found[p].relevance, p))

        asked = details(told, language)
        seen_alone = recall(asked, lambda text: photos(plain, text))
        written_alone = recall(asked, written)
        one_list = recall(asked, lambda text: photos(described, text))
        engine.dispose()
    assert one_list > seen_alone + 0.05
    assert one_list > written_alone + 0.05


def describe_half(
    archive: Archive, told: Sequence[dict[str, str]], language: str, table: Path
) -> None:
    half = np.random.default_rng(0).permutation(len(told))[: len(told) // 2]
    with table.open("w", encoding="utf-8", newline="") as file:
        written = csv.writer(file)
        written.writerow(["path", "page", "title", "description"])
        for place in half:
            row = told[place]
            texts = (row[f"title_{language}"], row[f"description_{language}"])
            written.writerow([row["path"], row["page"], *texts])
    assert archive.describing.import_table(table).changes.photos == len(half)


def details(told: Sequence[tuple[PhotoId, dict[str, str]]], language: str) -> Right:
    """Return queries for details, and the photos that show them."""
    asked: Right = {}
    for row in rows(ASKED / "search_details.csv"):
        shown = re.compile(row["shows"])
        right = {p for p, one in told if shown.search(one["title_de"] + one["description_de"])}
        if len(right) > 1:
            asked[row[f"query_{language}"]] = frozenset(right)
    return asked


def photos(archive: Archive, text: str) -> list[PhotoId]:
    return [hit.photo for hit in archive.search(text, 10).hits]


def recall(asked: Right, answer: Callable[[str], Sequence[PhotoId]]) -> float:
    shares = [len(right & set(answer(text)[:10])) / len(right) for text, right in asked.items()]
    return float(np.mean(shares))
