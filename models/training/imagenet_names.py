"""Names of the 1,000 ImageNet classes in English and German, for the class prior."""

from __future__ import annotations

import csv
from pathlib import Path

TABLE = Path(__file__).parent / "imagenet_de.csv"


def names() -> dict[str, list[str]]:
    """Language to 1,000 class names in class order."""
    with TABLE.open(encoding="utf-8", newline="") as stream:
        rows = sorted(csv.DictReader(stream), key=lambda row: int(row["index"]))
    return {"en": [r["english"] for r in rows], "de": [r["german"] for r in rows]}
