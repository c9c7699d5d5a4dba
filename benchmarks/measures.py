"""How often measured colour, negatives and blank pages are right, on pictures of known kind.

``--material`` names a folder with labelled pictures: ``flickr8k.tar`` (colour snapshots, with
``flickr8k-captions.csv.gz``) and ``oldphotos-a.tar``, ``oldphotos-b.tar`` (grey reproductions,
with ``oldphotos.csv.gz``). Other kinds are made from these: grey, sepia, faded, mounted, unevenly
yellowed, saved as JPEG again, inverted; blank pages are drawn. Real negatives and real blank pages
are not among them. ``--split train`` shows the pictures that the thresholds were set on, and the
weights for negatives as they come out anew (this takes scikit-learn).
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import tarfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from PIL import Image, ImageFilter

from archive_ai.domain import Colour, Measures
from archive_ai.images.looks import judged
from archive_ai.images.measures import measure, tone_signs

SOURCES = {
    "old photographs": ("oldphotos.csv.gz", ("oldphotos-a.tar", "oldphotos-b.tar")),
    "snapshots": ("flickr8k-captions.csv.gz", ("flickr8k.tar",)),
}
SEEN = 192
Kind = Callable[[Image.Image, int], Image.Image]
Shown = list[tuple[int, Image.Image]]
"""Pictures with the numbers that settle what is made of them."""


def saved(picture: Image.Image, quality: int = 60) -> Image.Image:
    """The picture as a JPEG file gives it back."""
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=quality)
    return Image.open(file).convert("RGB")


def yellowed(picture: Image.Image, number: int) -> Image.Image:
    """A grey print on yellowed paper with a browner stain, saved as JPEG."""
    dice = np.random.default_rng([11, number])
    grey = np.asarray(judged("grey", picture, number), dtype=np.float32)
    down, across = np.mgrid[: grey.shape[0], : grey.shape[1]] / max(grey.shape[:2])
    centre = dice.random(2)
    near = np.exp(-((across - centre[0]) ** 2 + (down - centre[1]) ** 2) / 0.15)[..., None]
    stain = 1 - near * dice.random() * (1 - np.array([0.93, 0.84, 0.66]))
    paper = grey * np.array([0.94, 0.89, 0.77]) * stain
    return saved(Image.fromarray(np.clip(paper, 0, 255).astype(np.uint8)))


def inverted(picture: Image.Image, number: int) -> Image.Image:
    """A black-and-white negative: density falls with the logarithm of the light (gamma 0.7)."""
    grey = np.asarray(judged("grey", picture, number), dtype=np.float32)
    light = (grey / 255) ** 2.2 + 0.01
    passed = light**-0.7
    passed = (passed - passed.min()) / max(float(np.ptp(passed)), 1e-6)
    return Image.fromarray((255 * passed ** (1 / 2.2)).astype(np.uint8))


def blank(picture: Image.Image, number: int) -> Image.Image:
    """An empty page or frame in the size of ``picture``: uneven light, grain, paper, JPEG."""
    dice = np.random.default_rng([13, number])
    width, height = picture.size
    down, across = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    fall = dice.uniform(0, 0.25) * (across**2 + down**2) / 2 + dice.uniform(-0.1, 0.1) * across
    tone = dice.choice([235.0, 215.0, 180.0, 120.0, 25.0]) * (1 - fall)
    tone = tone + dice.normal(0, dice.uniform(0, 8), (height, width))
    page = tone[..., None] * np.array([1, 1 - dice.uniform(0, 0.06), 1 - dice.uniform(0, 0.2)])
    sheet = Image.fromarray(np.clip(page, 0, 255).astype(np.uint8))
    return saved(sheet.filter(ImageFilter.GaussianBlur(0.6)))


def chain(*looks: str) -> Kind:
    """One look after the other, saved as JPEG at last."""

    def made(picture: Image.Image, number: int) -> Image.Image:
        for look in looks:
            picture = judged(look, picture, number)
        return saved(picture)

    return made


KINDS: dict[str, dict[str, tuple[Kind, Colour]]] = {
    "snapshots": {
        "as they are": (lambda picture, _: picture, Colour.COLOUR),
        "faded": (chain("faded"), Colour.COLOUR),
        "mounted": (chain("mounted"), Colour.COLOUR),
        "on film": (chain("film"), Colour.COLOUR),
        "grey": (chain("grey"), Colour.BLACK_AND_WHITE),
        "grey, grainy, mounted": (chain("grey", "grainy", "mounted"), Colour.BLACK_AND_WHITE),
        "sepia": (chain("sepia"), Colour.TONED),
        "sepia, faded, mounted": (chain("sepia", "faded", "mounted"), Colour.TONED),
        "grey, unevenly yellowed": (yellowed, Colour.TONED),
    },
    "old photographs": {
        "as they are": (lambda picture, _: picture, Colour.BLACK_AND_WHITE),
        "sepia, grainy": (chain("sepia", "grainy"), Colour.TONED),
    },
}


def pictures(
    folder: Path, source: str, train: bool, count: int
) -> Iterator[tuple[int, Image.Image]]:
    """Yield ``count`` pictures of a source, always the same, of the train split or of others.

    Their numbers differ too, so that pages and stains are drawn anew for the others.
    """
    table, tars = SOURCES[source]
    with gzip.open(folder / table, "rt", encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        names = {
            row["picture"]
            for row in rows
            if (row["split"] == "train") is train and row.get("kind", "photo") == "photo"
        }
    chosen = np.random.default_rng(17).permutation(sorted(names))[:count].tolist()
    wanted = set(chosen)
    found: dict[str, bytes] = {}
    for tar in tars:
        with tarfile.open(folder / tar) as members:
            for member in members:
                content = members.extractfile(member) if member.name in wanted else None
                if content is not None:
                    found[member.name] = content.read()
    for number, name in enumerate(chosen, start=0 if train else 1_000_000):
        yield number, Image.open(io.BytesIO(found[name])).convert("RGB")


def measured(picture: Image.Image) -> Measures:
    """Measure a picture in memory as indexing does, in the square that the bundled model sees."""
    seen = picture.resize((SEEN, SEEN), Image.Resampling.BICUBIC, reducing_gap=2.0)
    return measure(np.asarray(seen, dtype=np.uint8), picture.size)


def print_colours(source: str, shown: Shown) -> None:
    """Print how often the colour of each kind is right, and what it is taken for instead."""
    for kind, (make, meant) in KINDS[source].items():
        seen = Counter(measured(make(one, n)).colour for n, one in shown)
        others = ", ".join(f"{what} {n}" for what, n in seen.items() if what is not meant)
        print(f"  {kind}: {meant} in {seen[meant]} of {len(shown)}; {others or 'no other'}")


def print_negatives(shown: Shown) -> None:
    """Print how often a negative and a positive are told, and how often that is right."""
    said: defaultdict[str, Counter[bool | None]] = defaultdict(Counter)
    right = 0
    for number, one in shown:
        for kind, made in (("positives", one), ("negatives", inverted(one, number))):
            found = measured(made)
            said[kind][found.negative] += 1
            right += (found.positive_score < 0) is (kind == "negatives")
    print(f"  sign of the score right: {right / (2 * len(shown)):.3f}")
    for kind, counts in said.items():
        print(
            f"  {kind}: said to be negative {counts[True]}, positive {counts[False]}, "
            f"in doubt {counts[None]}"
        )


def print_blanks(shown: Shown) -> None:
    """Print how often drawn blank pages are found, and how often pictures are taken for one."""
    pages = [measured(blank(one, n)) for n, one in shown]
    kinds = {"as they are": lambda one, _: one, "faded": chain("grey", "faded")}
    print(f"  blank pages found: {sum(page.blank for page in pages)} of {len(pages)}")
    print(f"  their detail at 99 %: {np.percentile([page.detail for page in pages], 99):.1f}")
    for kind, make in kinds.items():
        found = [measured(make(one, n)) for n, one in shown]
        low = np.percentile([one.detail for one in found], 1)
        taken = sum(one.blank for one in found)
        print(f"  {kind}: taken for blank {taken} of {len(found)}; detail at 1 %: {low:.1f}")


def print_weights(shown: Shown) -> None:
    """Print the weights of the signs of a positive, as these pictures and their inversions say."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 (not in every install)

    made = [*(one for _, one in shown), *(inverted(one, number) for number, one in shown)]
    signs = [tone_signs(np.asarray(one, dtype=np.uint8)) for one in made]
    positive = np.arange(len(made)) < len(shown)
    fitted = LogisticRegression(C=10, fit_intercept=False).fit(signs, positive)
    print("weights of upper fifth and texture:", fitted.coef_[0].round(2))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--material", type=Path, required=True)
    parser.add_argument("--split", choices=("train", "others"), default="others")
    parser.add_argument("--count", type=int, default=400, help="pictures of each source")
    options = parser.parse_args()
    train, everything = options.split == "train", []
    for source in SOURCES:
        shown = list(pictures(options.material, source, train, options.count))
        print(f"{source}, {options.split}: {len(shown)} pictures")
        print_colours(source, shown)
        print_negatives(shown)
        print_blanks(shown)
        everything += shown
    if train:
        print_weights(everything)


if __name__ == "__main__":
    main()
