"""What counting a whole archive costs: the questions of a page's start, and after one decision.

Each is asked of an archive that was just opened, then again, then after one decision on a tag of
another photo: seconds of the processor. Make the archive with ``synthetic.py``. The decision is
taken back; a history of two decisions is left.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from archive_ai.archive import Archive, View, load
from archive_ai.domain import HERE, Role, Ruling, Status, Verdict, Viewer

READER = Viewer("reader", Role.READER)
BY = "holdings.py"
STARTER = "heilbronn"

Answer = Callable[[View], object]


def concepts(view: View) -> object:
    """Count the starter's concepts, as lists of what can be reviewed and vocabularies do."""
    return view.concept_counts(view.scheme(STARTER))


def facets(text: str) -> Answer:
    """Ask for the numbers beside a query."""
    return lambda view: view.facets(text)


QUESTIONS: dict[str, Answer] = {
    "status": View.status,
    "facets of everything": facets(""),
    "facets of a decade": facets("jahr:1930..1939"),
    "facets of words": facets("Kirche"),
    "collections": View.collections,
    "concepts": concepts,
}


def seconds(answer: Callable[[], object]) -> float:
    """Return the processor's seconds of one answer."""
    start = time.process_time()
    answer()
    return time.process_time() - start


def decide(archive: Archive) -> None:
    """Accept the first suggestion that there is."""
    for listed in archive.seen_by(HERE).photos("", 1000):
        for tag in archive.tags([listed.photo.id]).get(listed.photo.id, []):
            if tag.status is Status.SUGGESTED:
                ruling = Ruling(listed.photo.id, tag.concept, Verdict.ACCEPTED)
                archive.reviewing.decide([ruling], BY, tag.scheme)
                return
    raise SystemExit("Nothing is suggested: tag the archive first.")


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="as synthetic.py was given it")
    settings = load(archive=parser.parse_args().folder.resolve() / "archive")
    print("| CPU s | first | again | after a decision |\n|---|---|---|---|")
    for viewer in (HERE, READER):
        for name, question in QUESTIONS.items():
            with Archive.open(settings) as archive:
                archive.searching.fingerprint()  # model and vectors are opened
                answer = partial(question, archive.seen_by(viewer))
                took = [seconds(answer), seconds(answer)]
                decide(archive)
                took.append(seconds(answer))
                archive.reviewing.undo(BY)
            shown = " | ".join(f"{one:.3f}" for one in took)
            print(f"| {viewer.role.value}: {name} | {shown} |", flush=True)


if __name__ == "__main__":
    main()
