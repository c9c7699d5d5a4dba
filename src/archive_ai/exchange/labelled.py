"""Reads the tables of described pictures that a model is measured on.

What a table may look like as a file says :mod:`archive_ai.exchange.rows`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from archive_ai.domain import Caption, Labelled
from archive_ai.errors import BadTable
from archive_ai.exchange.rows import kept_rows

LANGUAGE = re.compile(r"[a-z]{2,3}")
LABEL = re.compile(r"label_([a-z]{2,3})")


def read_captions(
    path: Path, splits: Sequence[str] = (), dataset: str | None = None
) -> tuple[Caption, ...]:
    """Read columns picture, lang, caption; keep rows of ``splits`` and ``dataset`` if given.

    Raises PathMissing, or BadTable naming file and line, also where no row is left.
    """
    captions = []
    for line, row in kept_rows(path, ("picture", "lang", "caption"), splits, dataset):
        if not LANGUAGE.fullmatch(row["lang"]):
            raise BadTable(
                f"{path}, line {line}: {row['lang']!r} is no language code.",
                "Write two or three small letters, such as de or en.",
            )
        captions.append(Caption(row["picture"], row["lang"], row["caption"]))
    return tuple(captions)


def read_labels(
    path: Path, splits: Sequence[str] = (), dataset: str | None = None
) -> tuple[Labelled, ...]:
    """Read columns picture, class and at least one of label_de, label_en, …

    Several rows of a picture are several labels; a row that stands twice is kept once. Raises
    PathMissing, or BadTable naming file and line, also where a class has two names in a
    language, or no row is left.
    """
    labels: dict[tuple[str, str], Labelled] = {}
    names: dict[str, tuple[int, Mapping[str, str]]] = {}
    for line, row in kept_rows(path, ("picture", "class"), splits, dataset):
        named = {
            match[1]: text for column, text in row.items() if (match := LABEL.fullmatch(column))
        }
        if not named:
            raise BadTable(f"{path}, line 1: the column label_de or label_en is missing.")
        for language, text in named.items():
            if not text:
                raise BadTable(f"{path}, line {line}: label_{language} is empty.")
        first, known = names.setdefault(row["class"], (line, named))
        if known != named:
            raise BadTable(
                f"{path}, line {line}: class {row['class']!r} has other labels than in line "
                f"{first}."
            )
        labels.setdefault(
            (row["picture"], row["class"]), Labelled(row["picture"], row["class"], known)
        )
    return tuple(labels.values())


def read_pictures(
    path: Path, splits: Sequence[str] = (), dataset: str | None = None
) -> tuple[str, ...]:
    """Read column picture: each name once, in the order of the table (a gallery).

    Raises PathMissing, or BadTable naming file and line, also where no row is left.
    """
    return tuple(
        dict.fromkeys(row["picture"] for _, row in kept_rows(path, ("picture",), splits, dataset))
    )
