"""The sample archive with the bundled model: the whole way, on a seed that no training saw."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from archive_ai.archive import Archive, load
from archive_ai.sample import BROKEN_FILE, MOTIFS, draw_siblings
from archive_ai.settings import BUNDLED_MODEL

UNSEEN_SEED = 2
IN_FIRST_FIVE = 3
SHARE_OF_MOTIFS = 0.8


@pytest.fixture(scope="module")
def sample(
    unseen_sample: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Archive, Path]]:
    folder = tmp_path_factory.mktemp("journey") / "archive"
    shutil.copytree(unseen_sample / "archive", folder)
    pictures = unseen_sample / "pictures"
    with Archive.open(load(archive=folder, model=BUNDLED_MODEL)) as archive:
        assert [failure.path for failure in archive.failures()] == [pictures / BROKEN_FILE]
        yield archive, pictures


@pytest.fixture(scope="module")
def motif_of(
    sample: tuple[Archive, Path], tmp_path_factory: pytest.TempPathFactory
) -> dict[tuple[str, int], str]:
    import csv

    with (sample[1] / "descriptions.csv").open(encoding="utf-8", newline="") as file:
        return {(row["path"], int(row["page"])): row["motif"] for row in csv.DictReader(file)}


@pytest.mark.parametrize("language", ["de", "en"])
def test_motifs_are_found_by_their_names(
    sample: tuple[Archive, Path], motif_of: dict[tuple[str, int], str], language: str
) -> None:
    archive, pictures = sample
    found: dict[str, int] = defaultdict(int)
    for motif in MOTIFS:
        query = getattr(motif, f"query_{language}")
        for hit in archive.search(query, 5).hits:
            key = (hit.path.relative_to(pictures).as_posix(), hit.page)
            found[motif.id] += motif_of[key] == motif.id
    good = sum(found[motif.id] >= IN_FIRST_FIVE for motif in MOTIFS)
    assert good >= SHARE_OF_MOTIFS * len(MOTIFS), dict(found)


def test_everything_holds_afterwards(sample: tuple[Archive, Path]) -> None:
    archive, _ = sample
    run = archive.tag()
    assert run.suggestions > 0
    assert archive.verify()[1] == []
    assert archive.status()["photos"] == archive.status()["generation"]["vectors"]


def test_every_container_gives_the_vector_of_its_plain_sibling(tmp_path: Path) -> None:
    siblings = draw_siblings(tmp_path / "siblings", seed=UNSEEN_SEED)
    with Archive.create(load(archive=tmp_path / "archive", model=BUNDLED_MODEL)) as archive:
        archive.index([tmp_path / "siblings"])
        opened, _ = archive._opener.open()
        for name, (plain, other) in siblings.items():
            page = int(name.removeprefix("tiff-page-")) if name.startswith("tiff-page") else 1
            one = opened.index.rows([archive.photo(str(plain)).photo.id])[0]
            two = opened.index.rows([archive.photo(str(other), page).photo.id])[0]
            assert float(np.dot(one, two)) >= 0.99, name
