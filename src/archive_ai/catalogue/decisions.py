"""Decisions of people: appended, never changed (M2), and what stands because of them.

``standing`` is derived: of each tag the newest decision that was not taken back. It is written in
the transaction of the decision that moves it, and :meth:`Decisions.derive` makes it again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Row, delete, func, or_, select
from sqlalchemy.dialects.sqlite import insert

from archive_ai.catalogue import schema
from archive_ai.catalogue.database import now, writing
from archive_ai.catalogue.files import chunks
from archive_ai.catalogue.speaking import CONCEPT_NOW, spoken
from archive_ai.domain import (
    Decided,
    Decision,
    Origin,
    PhotoId,
    Ruling,
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

        A ruling that says what stands already is not written again; one on a tag that somebody
        decided after it was looked at is a conflict and not written either.
        """
        id_, version = scheme
        with writing(self._engine) as connection:
            photos = [ruling.photo for ruling in rulings]
            stands = _standing(connection, id_, photos)
            runs = _runs_seen(connection, id_, photos)
            becomes = _successors(connection, id_)
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
                if known is not None and _says_the_same(ruling, known, by):
                    unchanged += 1
                    continue
                decision = Decision(
                    first + len(numbers), ruling.photo, id_, version, key[1], ruling.verdict,
                    origin, runs.get(key), by, now(), ruling.note, first, None,
                )  # fmt: skip
                _append(connection, decision)
                _stand(connection, decision)
                stands[key] = decision
                numbers.append(decision.number)
        return Decided(first if numbers else 0, len(numbers), unchanged, conflicts)

    def undo(self, batch: int, by: str) -> Decided:
        """Take a batch back, as a batch of its own; what stood before stands again.

        Decisions of it that were taken back already are left alone.
        """
        table = schema.decision
        taken_back = select(table.c.undoes).where(table.c.undoes.is_not(None))
        query = select(table).where(
            table.c.batch == batch,
            table.c.verdict != Verdict.UNDONE.value,
            table.c.number.not_in(taken_back),
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
            for old in found:
                becomes = _successors(connection, old.scheme)
                _derive(connection, old.scheme, becomes.get(old.concept, old.concept), old.photo)
        return Decided(first if found else 0, len(found), 0, [])

    def last_batch(self, by: str) -> int:
        """Return the newest batch of somebody that was not taken back whole, 0 if there is none."""
        table = schema.decision
        taken_back = select(table.c.undoes).where(table.c.undoes.is_not(None))
        query = select(func.max(table.c.batch)).where(
            table.c.by == by,
            table.c.verdict != Verdict.UNDONE.value,
            table.c.number.not_in(taken_back),
        )
        with self._engine.connect() as connection:
            return int(connection.execute(query).scalar() or 0)

    def history(self, photo: PhotoId) -> list[Decision]:
        """Return every decision on a photo's tags, the oldest first."""
        table = schema.decision
        query = select(table).where(table.c.photo_id == photo).order_by(table.c.number)
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
        taken_back = select(table.c.undoes).where(table.c.undoes.is_not(None))
        query = select(table.c.photo_id, table.c.by).where(
            table.c.scheme == scheme,
            _known_as(scheme, concept),
            table.c.verdict != Verdict.UNDONE.value,
            table.c.number.not_in(taken_back),
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
                becomes = _successors(connection, scheme)
                _derive(connection, scheme, becomes.get(concept, concept), PhotoId(photo))
            return int(
                connection.execute(select(func.count()).select_from(schema.standing)).scalar_one()
            )


def carry_over(connection: Connection, scheme: str, old: str, new: str) -> None:
    """Let what stood for ``old`` stand for ``new``; the decisions stay as they are.

    That ``old`` became ``new``, and with it all that had become ``old``, is written already.
    """
    table, standing = schema.decision, schema.standing
    connection.execute(
        delete(standing).where(standing.c.scheme == scheme, standing.c.concept == old)
    )
    photos = connection.execute(
        select(table.c.photo_id).where(table.c.scheme == scheme, _known_as(scheme, new)).distinct()
    ).scalars()
    for photo in photos.all():
        _derive(connection, scheme, new, PhotoId(photo))


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


def _successors(connection: Connection, scheme: str) -> dict[str, str]:
    table = schema.successor
    query = select(table.c.concept, table.c.becomes).where(table.c.scheme == scheme)
    return {row.concept: row.becomes for row in connection.execute(query)}


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


def _stand(connection: Connection, decision: Decision) -> None:
    """Let a new decision stand in place of the one before."""
    row = insert(schema.standing).values(
        photo_id=decision.photo,
        scheme=decision.scheme,
        concept=decision.concept,
        decision=decision.number,
    )
    connection.execute(row.on_conflict_do_update(set_={"decision": decision.number}))


def _derive(connection: Connection, scheme: str, concept: str, photo: PhotoId) -> None:
    """Find anew which decision stands for a tag, under its name of today."""
    table, standing = schema.decision, schema.standing
    taken_back = select(table.c.undoes).where(table.c.undoes.is_not(None))
    newest = connection.execute(
        select(func.max(table.c.number)).where(
            table.c.photo_id == photo,
            table.c.scheme == scheme,
            _known_as(scheme, concept),
            table.c.verdict != Verdict.UNDONE.value,
            table.c.number.not_in(taken_back),
        )
    ).scalar()
    key = {"photo_id": photo, "scheme": scheme, "concept": concept}
    if newest is None:
        connection.execute(
            delete(standing).where(*(standing.c[name] == value for name, value in key.items()))
        )
    else:
        row = insert(standing).values(**key, decision=newest)
        connection.execute(row.on_conflict_do_update(set_={"decision": newest}))


def _known_as(scheme: str, concept: str) -> ColumnElement[bool]:
    """Whether a decision is about a concept under its name of today or one it had before."""
    table, successor = schema.decision, schema.successor
    before = select(successor.c.concept).where(
        successor.c.scheme == scheme, successor.c.becomes == concept
    )
    return or_(table.c.concept == concept, table.c.concept.in_(before))
