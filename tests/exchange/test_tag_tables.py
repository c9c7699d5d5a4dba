"""Tags as a table: the columns that scripts rely on, written as they come, safe in spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from archive_ai.domain import Origin, PhotoId, Status, Tag
from archive_ai.exchange import LocatedTag, write_tags_csv
from archive_ai.exchange.cells import from_cell

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


def _tag(**given: object) -> Tag:
    values: dict[str, object] = {
        "photo": PhotoId("p_a"),
        "concept": "church",
        "labels": {"de": "Kirche", "en": "church"},
        "status": Status.SUGGESTED,
        "origin": Origin.MACHINE,
        "score": -0.25,
        "probability": 0.8,
        "run": 3,
        "model": "archive-mini",
        "generation": 1,
        "scheme": "s",
        "scheme_version": "v",
        "by": "archive-mini@0",
        "at": "2026-01-01T00:00:00Z",
    }
    return Tag(**{**values, **given})  # type: ignore[arg-type]  # a mapping of mixed values


def _rows(text: str, separator: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=separator))


def test_a_row_a_tag() -> None:
    stream = io.StringIO(newline="")
    person = _tag(
        status=Status.ACCEPTED,
        origin=Origin.PERSON,
        score=None,
        probability=None,
        run=None,
        model=None,
        by="Ada",
    )
    tags = [LocatedTag(Path("a, b.tif"), 1, _tag()), LocatedTag(Path("c.tif"), 2, person)]
    assert write_tags_csv(stream, tags) == 2
    assert stream.getvalue() == (
        "path,page,concept,label,status,origin,score,probability,model,run,by,at\n"
        '"a, b.tif",1,church,Kirche,suggested,machine,-0.250000,0.800000,archive-mini,3,'
        "archive-mini@0,2026-01-01T00:00:00Z\n"
        "c.tif,2,church,Kirche,accepted,person,,,,,Ada,2026-01-01T00:00:00Z\n"
    )


def test_the_label_is_in_the_asked_language_or_in_any_or_the_id() -> None:
    stream = io.StringIO(newline="")
    labels = [{"de": "Kirche", "en": "church"}, {"fr": "église"}, {}]
    tags = [LocatedTag(Path("a"), 1, _tag(labels=one)) for one in labels]
    write_tags_csv(stream, tags, language="en", separator=";", byte_order_mark=True)
    assert stream.getvalue().startswith("\ufeffpath;page;")
    shown = [row["label"] for row in _rows(stream.getvalue().removeprefix("\ufeff"), ";")]
    assert shown == ["church", "église", "church"]


def test_rows_are_written_as_they_come() -> None:
    stream = io.StringIO(newline="")
    written: list[int] = []

    def tags() -> Iterator[LocatedTag]:
        for page in range(1, 4):
            written.append(stream.getvalue().count("\n"))
            yield LocatedTag(Path("a"), page, _tag())

    write_tags_csv(stream, tags())
    assert written == [1, 2, 3]


@given(TEXTS, TEXTS, TEXTS, st.floats(-1, 1), st.none() | st.floats(0, 1))
def test_what_is_written_can_be_read_back(
    name: str, label: str, by: str, score: float, probability: float | None
) -> None:
    stream = io.StringIO(newline="")
    tag = _tag(labels={"de": label}, by=by, score=score, probability=probability)
    write_tags_csv(stream, [LocatedTag(Path(name), 7, tag)])
    (row,) = _rows(stream.getvalue())
    assert from_cell(row["path"]) == str(Path(name))
    assert from_cell(row["label"]) == (label or tag.concept)
    assert from_cell(row["by"]) == by
    assert abs(float(row["score"]) - score) <= 5e-7
    assert (row["probability"] == "") is (probability is None)
    if probability is not None:
        assert abs(float(row["probability"]) - probability) <= 5e-7
