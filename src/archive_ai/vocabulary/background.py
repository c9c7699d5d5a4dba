"""Questions that no city archive can answer: they show how similar the unrelated looks.

A search says "nothing found" when the best photographs are no more similar to the question
than photographs are to questions about things the archive cannot hold. These are the questions.
"""

from __future__ import annotations

from pathlib import Path

from archive_ai.domain.folding import fold
from archive_ai.errors import BadTable
from archive_ai.vocabulary.tables import as_text, read_bytes


def read_background_queries(path: Path) -> tuple[str, ...]:
    """Read one query a line, in the order of the file.

    Lines that start with ``#`` before the first query are comments; later such a line is a
    fault, because it could be meant as either. Empty lines are skipped. A query that comes
    twice (case folded) would count twice and is a fault too.
    """
    queries: dict[str, str] = {}
    for number, raw in enumerate(as_text(read_bytes(path), path).splitlines(), start=1):
        line = " ".join(raw.split())
        if not line or (line.startswith("#") and not queries):
            continue
        if line.startswith("#"):
            raise BadTable(
                f"{path.name}, line {number}: a comment after the first query.",
                "Move comments to the top of the file.",
            )
        if fold(line) in queries:
            raise BadTable(
                f"{path.name}, line {number}: the query “{line}” comes a second time.",
                "Remove one of the two lines.",
            )
        queries[fold(line)] = line
    if not queries:
        raise BadTable(f"{path.name} holds no query.", "Write one query on each line.")
    return tuple(queries.values())
