"""M2 and M6: whatever runs, decisions, undoings, withdrawals and mergers come, what a person
decided stands until a person says otherwise."""

from __future__ import annotations

import os
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import Engine, delete, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import IntegrityError

from archive_ai.catalogue import schema
from archive_ai.catalogue.database import open_database, prepare
from archive_ai.catalogue.decisions import Decisions
from archive_ai.catalogue.places import PhotoPlaces
from archive_ai.catalogue.runs import Runs
from archive_ai.catalogue.schemes import Schemes
from archive_ai.catalogue.tag_values import TagValues
from archive_ai.catalogue.tags import Tags
from archive_ai.domain import (
    Concept,
    Origin,
    PhotoId,
    Ruling,
    Scheme,
    Sensitivity,
    Status,
    Suggestion,
    TaggingRun,
    Verdict,
)

SEQUENCES = int(os.environ.get("ARCHIVE_AI_TEST_SEQUENCES", "150"))
"""How many sequences are tried; `make soak` tries 20,000."""

PHOTOS = tuple(PhotoId(f"p_{letter * 20}") for letter in "abc")
CONCEPTS = ("bruecke", "kirche", "markt", "heikel")
PEOPLE = ("erika", "otto")
OLD, NEW = "markt", "kirche"  # the one becomes the other when the scheme is renewed

photos = st.sampled_from(PHOTOS)
people = st.sampled_from(PEOPLE)
verdicts = st.sampled_from([Verdict.ACCEPTED, Verdict.REJECTED])


def scheme_of(version: str, concepts: tuple[str, ...]) -> Scheme:
    """Return a scheme in which one concept asks for review first."""
    return Scheme(
        "s",
        "https://x.example/s",
        version,
        tuple(
            Concept(
                name,
                f"https://x.example/s/{name}",
                {"de": name, "en": name},
                sensitivity=Sensitivity.REVIEW_FIRST if name == "heikel" else Sensitivity.NONE,
            )
            for name in concepts
        ),
    )


FIRST = scheme_of("0" * 12, CONCEPTS)
SECOND = scheme_of("1" * 12, tuple(name for name in CONCEPTS if name != OLD))


def seen_by(generation: int) -> tuple[PhotoId, ...]:
    """Return of which photos a generation has a vector: all that a run of it may speak of."""
    return PHOTOS[generation - 1 :]


@cache
def empty_catalogue() -> bytes:
    """Return a catalogue with three photos and two generations, one of which lacks a photo."""
    path = Path(":memory:")
    engine = open_database(path)
    prepare(engine, path)
    with engine.begin() as connection:
        for photo in PHOTOS:
            values = {"id": photo, "sha256": photo, "page": 1, "width": 1, "height": 1}
            connection.execute(insert(schema.photo).values(**values, format="PNG"))
        for number in (1, 2):
            connection.execute(
                insert(schema.generation).values(
                    number=number, fingerprint=str(number), card={}, manifest="m",
                    manifest_sha256="", active=number == 1, created_at="",
                )
            )  # fmt: skip
            for row, photo in enumerate(seen_by(number)):
                connection.execute(
                    insert(schema.vector).values(
                        generation=number, photo_id=photo, segment="1", row=row
                    )
                )
    with engine.connect() as connection:
        raw: Any = connection.connection.driver_connection
        content: bytes = raw.serialize()
    engine.dispose()
    return content


@cache
def shared_engine() -> Engine:
    """Return one engine for all sequences: it remembers how every statement is compiled."""
    return open_database(Path(":memory:"))


class Reviewed(RuleBasedStateMachine):
    """A catalogue beside a plain list of what people said; both must say the same."""

    engine: Engine

    @initialize()
    def begin(self) -> None:
        self.engine = shared_engine()
        with self.engine.connect() as connection:
            raw: Any = connection.connection.driver_connection
            raw.deserialize(empty_catalogue())
        self.runs, self.decisions = Runs(self.engine), Decisions(self.engine)
        self.schemes, self.tags = Schemes(self.engine), Tags(self.engine)
        self.places = PhotoPlaces(self.engine)
        self.values = TagValues(self.engine, self.places)
        self.scheme = FIRST
        self.schemes.keep(FIRST, {}, {})
        self.said: list[tuple[PhotoId, str, Verdict, int]] = []  # the last is the batch
        self.taken_back: set[int] = set()
        self.kept: dict[int, tuple[object, ...]] = {}

    def now(self, concept: str) -> str:
        return NEW if concept == OLD and self.scheme is SECOND else concept

    @rule(
        generation=st.sampled_from([1, 2]),
        concept=st.sampled_from(["", *CONCEPTS]),
        seen=st.lists(st.tuples(photos, st.sampled_from(CONCEPTS)), unique=True),
        applied=st.booleans(),
    )
    def tag(
        self, generation: int, concept: str, seen: list[tuple[PhotoId, str]], applied: bool
    ) -> None:
        known = {one.id for one in self.scheme.concepts}
        run = TaggingRun(
            0, generation, str(generation), "tiny", "s", self.scheme.version, concept, 0.1, "t", 0
        )
        suggestions = [
            Suggestion(photo, name, 0.5)
            for photo, name in seen
            if name in known and concept in ("", name) and photo in seen_by(generation)
        ]
        written = self.runs.write_run(run, self.scheme, suggestions)
        if applied:
            self.runs.apply(written.number)

    @rule(which=st.integers(min_value=1, max_value=6))
    def withdraw(self, which: int) -> None:
        self.runs.withdraw(which)

    @rule(by=people, said=st.lists(st.tuples(photos, st.sampled_from(CONCEPTS), verdicts)))
    def decide(self, by: str, said: list[tuple[PhotoId, str, Verdict]]) -> None:
        known = {one.id for one in self.scheme.concepts}
        rulings = [Ruling(p, c, v) for p, c, v in said if c in known]
        decided = self.decisions.decide(("s", self.scheme.version), rulings, by)
        assert decided.conflicts == []
        assert decided.written + decided.unchanged == len(rulings)
        if decided.batch:
            self.said += [
                (row.photo_id, row.concept, Verdict(row.verdict), row.batch)
                for row in self._rows()
                if row.batch == decided.batch
            ]

    @rule(by=people, photo=photos, concept=st.sampled_from(CONCEPTS), verdict=verdicts)
    def decide_unseen(self, by: str, photo: PhotoId, concept: str, verdict: Verdict) -> None:
        """A ruling by somebody who saw nothing decided never overrules what was."""
        concept = self.now(concept)
        before = self._expected().get((photo, concept))
        ruling = Ruling(photo, concept, verdict, seen=0)
        decided = self.decisions.decide(("s", self.scheme.version), [ruling], by)
        if before is not None and before is not verdict:
            assert (decided.written, len(decided.conflicts)) == (0, 1)
        elif decided.written:
            self.said.append((photo, concept, verdict, decided.batch))

    @precondition(lambda self: self.said)
    @rule(by=people, data=st.data())
    def undo(self, by: str, data: st.DataObject) -> None:
        batch = data.draw(st.sampled_from(sorted({batch for *_, batch in self.said})))
        undone = self.decisions.undo(batch, by)
        assert (undone.written == 0) == (batch in self.taken_back)
        self.taken_back.add(batch)

    @precondition(lambda self: self.scheme is FIRST)
    @rule()
    def renew_the_scheme(self) -> None:
        self.scheme = SECOND
        assert self.schemes.keep(SECOND, {}, {OLD: NEW}) == []

    @precondition(lambda self: self.scheme is SECOND)
    @rule()
    def bring_the_old_scheme_back(self) -> None:
        """A concept that is there again speaks for itself."""
        self.scheme = FIRST
        assert self.schemes.keep(FIRST, {}, {}) == []

    @rule()
    def derive_again(self) -> None:
        assert self.decisions.derive() == len(self._expected())

    @invariant()
    def what_people_said_stands(self) -> None:
        told = {
            (tag.photo, tag.concept): tag for tags in self.tags.of(PHOTOS).values() for tag in tags
        }
        expected = self._expected()
        for key, verdict in expected.items():
            if key[1] == "heikel" and verdict is Verdict.REJECTED:
                assert key not in told
            else:
                assert told[key].status.value == verdict.value
                assert told[key].origin is Origin.PERSON
        for key, tag in told.items():
            if key not in expected:
                assert (tag.status, tag.origin) == (Status.SUGGESTED, Origin.MACHINE)
                assert tag.concept != "heikel"

    @invariant()
    def what_is_kept_in_memory_is_what_is_told(self) -> None:
        told = self.values.told()
        kept = Counter(
            (PhotoId(self.places.get().ids[place].decode()), concept, status)
            for status, tags in (
                (Status.SUGGESTED, told.suggested),
                (Status.ACCEPTED, told.accepted),
                (Status.REJECTED, told.rejected),
            )
            for (_, concept), places in tags.parts()
            for place in places.tolist()
        )
        tags = [tag for tags in self.tags.of(PHOTOS).values() for tag in tags]
        assert kept == Counter((tag.photo, tag.concept, tag.status) for tag in tags)

    @invariant()
    def no_decision_is_changed_or_lost(self) -> None:
        rows = {row.number: tuple(row) for row in self._rows()}
        assert self.kept.items() <= rows.items()
        self.kept = rows

    def _expected(self) -> dict[tuple[PhotoId, str], Verdict]:
        alive = [one for one in self.said if one[3] not in self.taken_back]
        return {(photo, self.now(concept)): verdict for photo, concept, verdict, _ in alive}

    def _rows(self) -> list[object]:
        with self.engine.connect() as connection:
            query = select(schema.decision).order_by(schema.decision.c.number)
            return list(connection.execute(query))


def test_no_interleaving_changes_a_decided_tag() -> None:
    run_state_machine_as_test(
        Reviewed,
        settings=settings(
            max_examples=SEQUENCES,
            stateful_step_count=12,
            deadline=None,
            suppress_health_check=list(HealthCheck),  # real SQLite takes its time
        ),
    )


@pytest.mark.parametrize("deed", [delete(schema.decision), update(schema.decision).values(by="x")])
def test_the_catalogue_itself_refuses_to_change_or_delete_a_decision(deed: object) -> None:
    machine = Reviewed()
    machine.begin()
    machine.decide("erika", [(PHOTOS[0], "kirche", Verdict.ACCEPTED)])
    with (
        pytest.raises(IntegrityError, match="never changed or deleted"),
        machine.engine.begin() as connection,
    ):
        connection.execute(deed)
    machine.no_decision_is_changed_or_lost()
