"""Single buildings, learned from a few pictures of them: drawn ones and real ones."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
from tagging_bench import Bench, average, chance_of, taught
from tagging_material import Labels, disturbed, drawn_buildings, pictured

from archive_ai.tagging.learning import ALIKE
from archive_ai.tagging.measures import average_precision

REFERENCES = 5
REAL = Path(__file__).parent / "real_buildings.csv"
"""Real buildings with three and more views, picked by looking at the pictures."""


def drawn(bench: Bench) -> None:
    """Drawn buildings: five references, found again among others in new views and tones."""
    labels, disturbances = drawn_buildings(bench.encoder, bench.cache)
    start = bench.start(labels)
    names = np.array(labels.pictures)
    seldom = np.append(names[1:] != names[:-1], True) | (names == "")
    figures = []
    for column, concept in enumerate(labels.concepts):
        shown = np.flatnonzero(labels.truth[:, column])
        for seed in range(bench.seeds):
            references = np.random.default_rng(seed).permutation(shown)[:REFERENCES]
            rest = np.setdiff1d(np.arange(len(names)), references)
            shows = np.ones(REFERENCES, np.bool_)
            looks = np.concatenate([disturbances[row] for row in references.tolist()])
            one = taught(start, column, labels.vectors, references, shows, looks)
            assert one is not None
            odds = labels.vectors[rest] @ one.direction + one.offset
            near = (labels.vectors[rest] @ labels.vectors[references].T).max(axis=1)
            truth = labels.truth[rest, column]
            few = truth | seldom[rest]
            suggested = chance_of(odds) >= one.threshold
            figures.append(
                (
                    average_precision(odds, truth),
                    average_precision(near, truth),
                    average_precision(odds[few], truth[few]),
                    float(suggested.sum()),
                    float((suggested & truth).sum()),
                    float(truth.sum()),
                )
            )
        _say_drawn(concept, np.mean(figures[-bench.seeds :], axis=0).tolist())
    _say_drawn(f"all, {REFERENCES} references", np.mean(figures, axis=0).tolist())


def _say_drawn(what: str, mean: list[float]) -> None:
    print(
        f"{what:22s} AP {mean[0]:.3f} (nearest reference {mean[1]:.3f}; other buildings in one "
        f"view each {mean[2]:.3f}); suggested {mean[3]:.1f}, right {mean[4]:.1f} of {mean[5]:.0f}",
        flush=True,
    )


def real(bench: Bench) -> None:
    """Real buildings: one view left out, the others are references, among all old photographs."""
    with REAL.open(encoding="utf-8", newline="") as file:
        building = {row["picture"]: row["building"] for row in csv.DictReader(file)}
    labels = pictured(bench.encoder, bench.material, bench.cache, building)
    start = bench.start(labels)
    disturbances = disturbed(bench.encoder, bench.material, sorted(building))
    places, found = [], []
    for column, concept in enumerate(labels.concepts):
        views = np.flatnonzero(labels.truth[:, column])
        mine = []
        for view in views.tolist():
            mine.append(_place(labels, column, view, views))
            references = views[views != view][:REFERENCES]
            shows = np.ones(len(references), np.bool_)
            looks = np.concatenate([disturbances[labels.pictures[row]] for row in references])
            one = taught(start, column, labels.vectors, references, shows, looks)
            if one is None:  # two references: the nearest of them is all there is to go by
                odds = (labels.vectors @ labels.vectors[references].T).max(axis=1)
            else:
                odds = labels.vectors @ one.direction + one.offset
            others = ~labels.truth[:, column]
            found.append(int((odds[others] >= odds[view]).sum()) + 1)
        places += mine
        print(
            f"{concept:22s} {len(views)} views: place of the one left out "
            f"{found[-len(views) :]}, by the nearest reference {mine}"
        )
    for what, each in (("learned", found), ("nearest reference", places)):
        array = np.array(each)
        print(
            f"{what}: {len(array)} views among {len(labels.vectors)} photographs; first "
            f"{(array == 1).mean():.2f}, among the first ten {(array <= 10).mean():.2f}, mean of "
            f"1/place {average(1 / array):.2f}"
        )


def _place(labels: Labels, column: int, view: int, views: np.ndarray) -> int:
    """Return the place, from 1, of ``view`` by its nearest other view."""
    references = labels.vectors[views[views != view][:REFERENCES]]
    near = (labels.vectors @ references.T).max(axis=1)
    if near[view] >= ALIKE:
        print(f"  {labels.pictures[view]} is a near-duplicate of another view")
    return int((near[~labels.truth[:, column]] >= near[view]).sum()) + 1
