"""Reads the tables of described pictures that a model is measured on.

A table is a CSV file in UTF-8, gzipped or not, with a header row, separated by commas or, as
German spreadsheets write it, by semicolons.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from archive_ai.domain import Caption, Labelled
from archive_ai.errors import BadTable
from archive_ai.exchange.cells import Row, cells

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


def kept_rows(
    path: Path,
    columns: Sequence[str],
    splits: Sequence[str] = (),
    dataset: str | None = None,
    may_be_empty: Sequence[str] = (),
) -> Iterator[Row]:
    """Yield line number and stripped cells of the rows of ``splits`` and ``dataset`` if given.

    No cell of ``columns`` is empty but of those that ``may_be_empty``. Raises PathMissing, or
    BadTable naming file and line, also where no row is left.
    """
    wanted = ({"split": set(splits)} if splits else {}) | (
        {"dataset": {dataset}} if dataset else {}
    )
    kept = 0
    for line, row in cells(path, (*columns, *wanted)):
        if any(row[column] not in values for column, values in wanted.items()):
            continue
        for column in columns:
            if not row[column] and column not in may_be_empty:
                raise BadTable(f"{path}, line {line}: {column} is empty.")
        kept += 1
        yield line, row
    if not kept:
        asked = [f"split {' or '.join(splits)}"] * bool(splits) + [f"dataset {dataset}"] * bool(
            dataset
        )
        raise BadTable(
            f"{path} holds no row" + (f" with {' and '.join(asked)}." if asked else "."),
            "Look at the columns split and dataset." if asked else "",
        )
