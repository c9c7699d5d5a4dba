"""What stands because of decisions: of each tag the newest that was not taken back.

Derived, and written in the transaction of the decision that moves it; ``Decisions.derive`` makes
all of it again. A tag stands under the name that its concept has today.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, delete, func, or_, select
from sqlalchemy.dialects.sqlite import insert

from archive_ai.catalogue import schema
from archive_ai.domain import Decision, PhotoId, Verdict

_UNDOING = schema.decision.alias()


def stand(connection: Connection, decision: Decision) -> None:
    """Let a new decision stand in place of the one before."""
    row = insert(schema.standing).values(
        photo_id=decision.photo,
        scheme=decision.scheme,
        concept=decision.concept,
        decision=decision.number,
    )
    connection.execute(row.on_conflict_do_update(set_={"decision": decision.number}))


def derive_tag(connection: Connection, scheme: str, concept: str, photo: PhotoId) -> None:
    """Find anew which decision stands for a tag, under its name of today."""
    table, standing = schema.decision, schema.standing
    newest = connection.execute(
        select(func.max(table.c.number)).where(
            table.c.photo_id == photo,
            table.c.scheme == scheme,
            known_as(scheme, concept),
            table.c.verdict != Verdict.UNDONE.value,
            not_taken_back(),
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


def carry_over(connection: Connection, scheme: str, old: str, new: str) -> None:
    """Let what stood for ``old`` stand for ``new``; the decisions stay as they are.

    That ``old`` became ``new``, and with it all that had become ``old``, is written already.
    """
    standing = schema.standing
    connection.execute(
        delete(standing).where(standing.c.scheme == scheme, standing.c.concept == old)
    )
    derive_concept(connection, scheme, new)


def derive_concept(connection: Connection, scheme: str, concept: str) -> None:
    """Find anew which decisions stand for a concept, under the names that it had or has."""
    table, standing = schema.decision, schema.standing
    connection.execute(
        delete(standing).where(standing.c.scheme == scheme, standing.c.concept == concept)
    )
    photos = connection.execute(
        select(table.c.photo_id)
        .where(table.c.scheme == scheme, known_as(scheme, concept))
        .distinct()
    ).scalars()
    for photo in photos.all():
        derive_tag(connection, scheme, concept, PhotoId(photo))


def successors_of(connection: Connection, scheme: str) -> dict[str, str]:
    """Return whom concepts that are gone became."""
    table = schema.successor
    query = select(table.c.concept, table.c.becomes).where(table.c.scheme == scheme)
    return {row.concept: row.becomes for row in connection.execute(query)}


def not_taken_back() -> ColumnElement[bool]:
    """Whether no other decision takes this one back."""
    table, undoing = schema.decision, _UNDOING
    found = select(undoing.c.number).where(undoing.c.undoes == table.c.number)
    return ~found.correlate(table).exists()


def known_as(scheme: str, concept: str) -> ColumnElement[bool]:
    """Whether a decision is about a concept under its name of today or one it had before."""
    table, successor = schema.decision, schema.successor
    before = select(successor.c.concept).where(
        successor.c.scheme == scheme, successor.c.becomes == concept
    )
    return or_(table.c.concept == concept, table.c.concept.in_(before))
