"""Decisions of people: appended, never changed (M2), and what stands because of them.

What stands is written in the transaction of the decision that moves it: :mod:`.standing`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Row, and_, delete, func, select
from sqlalchemy.dialects.sqlite import insert

from archive_ai.catalogue import schema
from archive_ai.catalogue.chunks import chunks
from archive_ai.catalogue.database import now, writing
from archive_ai.catalogue.speaking import CONCEPT_NOW, sensitive_today, spoken
from archive_ai.catalogue.standing import (
    derive_tag,
    known_as,
    not_taken_back,
    stand,
    successors_of,
)
from archive_ai.domain import (
    Decided,
    Decision,
    Origin,
    PhotoId,
    Ruling,
    Sensitivity,
    Verdict,
)

Key = tuple[PhotoId, str]  # photo and concept


class Decisions:
    """The catalogue's decisions; several people may write at once."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def decide(
        self,
        scheme: tuple[str, str],
        rulings: Sequence[Ruling],
        by: str,
        origin: Origin = Origin.PERSON,
    ) -> Decided:
        """Write rulings about concepts of ``scheme`` (id and version) as one batch, or none.

        A ruling that says what stands already is not written again, nor is one that is sent twice;
        one on a tag that somebody decided after it was looked at is a conflict and not written
        either.
        """
        id_, version = scheme
        with writing(self._engine) as connection:
            photos = [ruling.photo for ruling in rulings]
            stands = _standing(connection, id_, photos)
            runs = _runs_seen(connection, id_, photos)
            becomes = successors_of(connection, id_)
            conflicts: list[Decision] = []
            numbers: list[int] = []
            first = _next_number(connection)
            unchanged = 0
            for ruling in rulings:
                key = (ruling.photo, becomes.get(ruling.concept, ruling.concept))
                known = stands.get(key)
                if known is not None and _unseen(ruling, known):
                    conflicts.append(known)
                    continue
                if known is not None and (
                    _says_the_same(ruling, known, by)
                    or _sent_before(connection, id_, key, ruling, by)
                ):
                    unchanged += 1
                    continue
                decision = Decision(
                    first + len(numbers), ruling.photo, id_, version, key[1], ruling.verdict,
                    origin, runs.get(key), by, now(), ruling.note, first, None,
                )  # fmt: skip
                _append(connection, decision)
                stand(connection, decision)
                stands[key] = decision
                numbers.append(decision.number)
        return Decided(first if numbers else 0, len(numbers), unchanged, conflicts)

    def undo(self, batch: int, by: str) -> Decided:
        """Take a batch back, as a batch of its own; what stood before stands again.

        Decisions of it that were taken back already are left alone.
        """
        table = schema.decision
        query = select(table).where(
            table.c.batch == batch,
            table.c.verdict != Verdict.UNDONE.value,
            not_taken_back(),
        )
        with writing(self._engine) as connection:
            first = _next_number(connection)
            found = [decision_of(row) for row in connection.execute(query)]
            for place, old in enumerate(found):
                undone = Decision(
                    first + place, old.photo, old.scheme, old.scheme_version, old.concept,
                    Verdict.UNDONE, Origin.PERSON, None, by, now(), "", first, old.number,
                )  # fmt: skip
                _append(connection, undone)
            names = {one.scheme: successors_of(connection, one.scheme) for one in found}
            for old in found:
                becomes = names[old.scheme]
                derive_tag(connection, old.scheme, becomes.get(old.concept, old.concept), old.photo)
        return Decided(first if found else 0, len(found), 0, [])

    def last_batch(self, by: str) -> int:
        """Return the newest batch of somebody that was not taken back whole, 0 if there is none."""
        table = schema.decision
        query = select(func.max(table.c.batch)).where(
            table.c.by == by,
            table.c.verdict != Verdict.UNDONE.value,
            not_taken_back(),
        )
        with self._engine.connect() as connection:
            return int(connection.execute(query).scalar() or 0)

    def history(self, photo: PhotoId, told: bool = False) -> list[Decision]:
        """Return every decision on a photo's tags, the oldest first.

        Only those that may be ``told`` before a review, if so wished (M7): none on a concept that
        asked for review first in the version of the decision, or does so today.
        """
        return self._decisions(schema.decision.c.photo_id == photo, told)

    def of_batch(self, batch: int, told: bool = False) -> list[Decision]:
        """Return the decisions of a batch, only those that may be ``told`` if so wished."""
        return self._decisions(schema.decision.c.batch == batch, told)

    def _decisions(self, which: ColumnElement[bool], told: bool) -> list[Decision]:
        table, concept, successor = schema.decision, schema.concept, schema.successor
        query = select(table).where(which).order_by(table.c.number)
        if told:
            then = and_(
                concept.c.scheme == table.c.scheme,
                concept.c.version == table.c.scheme_version,
                concept.c.id == table.c.concept,
            )
            renamed = and_(
                successor.c.scheme == table.c.scheme, successor.c.concept == table.c.concept
            )
            name = func.coalesce(successor.c.becomes, table.c.concept)
            query = (
                query.outerjoin(concept, then)
                .outerjoin(successor, renamed)
                .where(
                    func.coalesce(concept.c.sensitivity, "") != Sensitivity.REVIEW_FIRST.value,
                    ~sensitive_today(table.c.scheme, name, table, successor),
                )
            )
        with self._engine.connect() as connection:
            return [decision_of(row) for row in connection.execute(query)]

    def standing(self, scheme: str, photos: Sequence[PhotoId]) -> Mapping[Key, Decision]:
        """Return what stands on these photos, by photo and concept."""
        with self._engine.connect() as connection:
            return _standing(connection, scheme, photos)

    def of_concept(self, scheme: str, concept: str) -> list[Decision]:
        """Return what stands of one concept on all photos, the oldest first."""
        table, decision = schema.standing, schema.decision
        query = (
            select(decision)
            .join(table, table.c.decision == decision.c.number)
            .where(table.c.scheme == scheme, table.c.concept == concept)
            .order_by(decision.c.number)
        )
        with self._engine.connect() as connection:
            return [decision_of(row) for row in connection.execute(query)]

    def verdicts(self, scheme: str, concept: str) -> dict[PhotoId, Verdict]:
        """Return what stands of one concept, by photo."""
        table, decision = schema.standing, schema.decision
        query = (
            select(table.c.photo_id, decision.c.verdict)
            .join(decision, table.c.decision == decision.c.number)
            .where(table.c.scheme == scheme, table.c.concept == concept)
        )
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
        return {PhotoId(photo): Verdict(verdict) for photo, verdict in rows}

    def newest(self, scheme: str, most: int) -> list[tuple[PhotoId, str, bool]]:
        """Return photo, today's concept and whether it is there, of the newest that stand."""
        table, decision = schema.standing, schema.decision
        query = (
            select(table.c.photo_id, table.c.concept, decision.c.verdict)
            .join(decision, table.c.decision == decision.c.number)
            .where(table.c.scheme == scheme)
            .order_by(decision.c.number.desc())
            .limit(most)
        )
        with self._engine.connect() as connection:
            return [
                (PhotoId(photo), concept, verdict == Verdict.ACCEPTED.value)
                for photo, concept, verdict in connection.execute(query)
            ]

    def readers(self, scheme: str, concept: str) -> Mapping[PhotoId, set[str]]:
        """Return who has said anything that was not taken back about a concept, by photo."""
        table = schema.decision
        query = select(table.c.photo_id, table.c.by).where(
            table.c.scheme == scheme,
            known_as(scheme, concept),
            table.c.verdict != Verdict.UNDONE.value,
            not_taken_back(),
        )
        found: dict[PhotoId, set[str]] = {}
        with self._engine.connect() as connection:
            for photo, by in connection.execute(query):
                found.setdefault(PhotoId(photo), set()).add(by)
        return found

    def derive(self) -> int:
        """Make ``standing`` again from the decisions; return how many tags stand."""
        table = schema.decision
        with writing(self._engine) as connection:
            connection.execute(delete(schema.standing))
            keys = connection.execute(
                select(table.c.scheme, table.c.concept, table.c.photo_id).distinct()
            ).all()
            for scheme, concept, photo in keys:
                becomes = successors_of(connection, scheme)
                derive_tag(connection, scheme, becomes.get(concept, concept), PhotoId(photo))
            return int(
                connection.execute(select(func.count()).select_from(schema.standing)).scalar_one()
            )


def decision_of(row: Row[Any]) -> Decision:
    """Return a row of the table as the noun."""
    return Decision(
        row.number, PhotoId(row.photo_id), row.scheme, row.scheme_version, row.concept,
        Verdict(row.verdict), Origin(row.origin), row.run, row.by, row.at, row.note, row.batch,
        row.undoes,
    )  # fmt: skip


def _unseen(ruling: Ruling, known: Decision) -> bool:
    """Tell whether the ruling would overrule what its author had not seen."""
    return (
        ruling.seen is not None
        and ruling.seen != known.number
        and known.verdict is not ruling.verdict
    )


def _says_the_same(ruling: Ruling, known: Decision, by: str) -> bool:
    """A second reader who agrees is a decision of its own; the same person again is none."""
    return known.verdict is ruling.verdict and known.by == by and ruling.note in ("", known.note)


def _sent_before(connection: Connection, scheme: str, key: Key, ruling: Ruling, by: str) -> bool:
    """Tell whether the same person has written this since they looked: its answer got lost.

    Somebody else may have agreed meanwhile, so that it is not their decision that stands.
    """
    if ruling.seen is None:
        return False
    table = schema.decision
    query = select(table.c.number).where(
        table.c.photo_id == key[0],
        table.c.scheme == scheme,
        known_as(scheme, key[1]),
        table.c.number > ruling.seen,
        table.c.by == by,
        table.c.verdict == ruling.verdict.value,
        table.c.note == ruling.note,
        not_taken_back(),
    )
    return connection.execute(query.limit(1)).first() is not None


def _standing(
    connection: Connection, scheme: str, photos: Sequence[PhotoId]
) -> dict[Key, Decision]:
    table, decision = schema.standing, schema.decision
    found: dict[Key, Decision] = {}
    for part in chunks(list(dict.fromkeys(photos))):
        query = (
            select(decision, table.c.concept.label("stands_for"))
            .join(table, table.c.decision == decision.c.number)
            .where(table.c.scheme == scheme, table.c.photo_id.in_(part))
        )
        for row in connection.execute(query):
            found[PhotoId(row.photo_id), row.stands_for] = decision_of(row)
    return found


def _runs_seen(connection: Connection, scheme: str, photos: Sequence[PhotoId]) -> dict[Key, int]:
    """Return the run that suggests a concept on a photo now, by photo and concept."""
    found: dict[Key, int] = {}
    for part in chunks(list(dict.fromkeys(photos))):
        query = spoken(schema.suggestion.c.photo_id, CONCEPT_NOW, schema.suggestion.c.run).where(
            schema.tagging_run.c.scheme == scheme, schema.suggestion.c.photo_id.in_(part)
        )
        for photo, concept, run in connection.execute(query):
            found[PhotoId(photo), concept] = run
    return found


def _next_number(connection: Connection) -> int:
    newest = connection.execute(select(func.max(schema.decision.c.number))).scalar()
    return int(newest or 0) + 1


def _append(connection: Connection, decision: Decision) -> None:
    connection.execute(
        insert(schema.decision).values(
            number=decision.number,
            photo_id=decision.photo,
            scheme=decision.scheme,
            scheme_version=decision.scheme_version,
            concept=decision.concept,
            verdict=decision.verdict.value,
            origin=decision.origin.value,
            run=decision.run,
            by=decision.by,
            at=decision.at,
            note=decision.note,
            batch=decision.batch,
            undoes=decision.undoes,
        )
    )
