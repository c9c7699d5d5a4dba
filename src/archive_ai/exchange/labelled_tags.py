"""Reads the tables of tagged pictures that tags are judged by: what people say is on them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from archive_ai.domain import LabelledTag
from archive_ai.errors import BadTable
from archive_ai.exchange.labelled import kept_rows

PRESENT = {"": True, "yes": True, "ja": True, "1": True, "no": False, "nein": False, "0": False}


def read_labelled_tags(
    path: Path, splits: Sequence[str] = (), dataset: str | None = None
) -> tuple[LabelledTag, ...]:
    """Read columns path and concept; keep rows of ``splits`` and ``dataset`` if given.

    Several rows of a path are several concepts; a row that stands twice is kept once. A row with
    an empty concept says that the picture was looked at, and nothing more. An optional column
    ``present`` says yes or no (ja, nein, 1, 0; empty is yes): a no is a person's word that the
    concept is not there. Raises PathMissing, or BadTable naming file and line.
    """
    tags: dict[tuple[str, str], LabelledTag] = {}
    for line, row in kept_rows(path, ("path", "concept"), splits, dataset, ("concept",)):
        picture, concept = row["path"], row["concept"]
        word = row.get("present", "").casefold()
        if word not in PRESENT:
            raise BadTable(
                f"{path}, line {line}: present is {row['present']!r}.", "Write yes or no."
            )
        tag = LabelledTag(picture, concept, PRESENT[word], line)
        known = tags.setdefault((picture, concept), tag)
        if known.present != tag.present:
            raise BadTable(
                f"{path}, line {line}: {concept} is said to be on {picture} and, in line "
                f"{known.line}, not to be.",
                "Keep one of the two rows.",
            )
    return tuple(tags.values())
