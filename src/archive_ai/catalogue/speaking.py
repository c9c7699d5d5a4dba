"""What the machine says now: which suggestions of which runs speak, under today's names.

What a machine says of a concept on a photo is what the newest run says that was applied, was not
withdrawn, and covers both: a run about one concept speaks of that alone, and a run of a generation
that has no vector of the photo did not see it.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from archive_ai.catalogue import schema
from archive_ai.domain import Sensitivity

CONCEPT_NOW: ColumnElement[str] = func.coalesce(
    schema.successor.c.becomes, schema.suggestion.c.concept
).label("concept_now")
"""The id of a suggestion's concept after renamings and mergers."""


# Made once: to name all columns of a table anew for every question takes longer than most answers.
_NEWER = schema.tagging_run.alias()
_TODAY = schema.concept.alias()


def spoken(*columns: Any) -> Select[Any]:
    """Select from the suggestions that speak, reviewed or not, sensitive or not.

    Rows of ``suggestion``, ``tagging_run``, ``concept`` (of the run's version) and ``CONCEPT_NOW``
    can be asked for. Whoever tells others what comes of it goes through :func:`told`.
    """
    run, suggestion, concept = schema.tagging_run, schema.suggestion, schema.concept
    newer, vector, successor = _NEWER, schema.vector, schema.successor
    saw_it = (
        select(vector.c.row)
        .where(
            vector.c.generation == newer.c.generation,
            vector.c.photo_id == suggestion.c.photo_id,
        )
        .correlate(newer, suggestion)
        .exists()
    )
    # Of the newest run, which most suggestions are of, nothing is asked for each of them.
    overruled = (
        select(newer.c.number)
        .where(
            newer.c.number > run.c.number,
            newer.c.scheme == run.c.scheme,
            newer.c.applied_at.is_not(None),
            newer.c.withdrawn_at.is_(None),
            newer.c.concept.in_(("", suggestion.c.concept, CONCEPT_NOW.element)),
            saw_it,
        )
        .correlate(suggestion, run, successor)
        .exists()
    )
    of_the_run = and_(
        concept.c.scheme == run.c.scheme,
        concept.c.version == run.c.scheme_version,
        concept.c.id == suggestion.c.concept,
    )
    renamed = and_(successor.c.scheme == run.c.scheme, successor.c.concept == suggestion.c.concept)
    return (
        select(*columns)
        .select_from(suggestion)
        .join(run, run.c.number == suggestion.c.run)
        .join(concept, of_the_run)
        .outerjoin(successor, renamed)
        .where(run.c.applied_at.is_not(None), run.c.withdrawn_at.is_(None), ~overruled)
    )


def told(*columns: Any) -> Select[Any]:
    """Select from the suggestions that speak and may be told: the one gate for all (M7).

    A concept that asks for review first, in the version of the run or in today's, is not told.
    What a person decided is theirs to say and left out here (M6).
    """
    run, suggestion, concept = schema.tagging_run, schema.suggestion, schema.concept
    standing = schema.standing
    decided = (
        select(standing.c.decision)
        .where(
            standing.c.photo_id == suggestion.c.photo_id,
            standing.c.scheme == run.c.scheme,
            standing.c.concept == CONCEPT_NOW.element,
        )
        .correlate(suggestion, run, schema.successor)
        .exists()
    )
    return spoken(*columns).where(
        concept.c.sensitivity != Sensitivity.REVIEW_FIRST.value,
        ~sensitive_today(run.c.scheme, CONCEPT_NOW.element, run, schema.successor, suggestion),
        ~decided,
    )


def tellable(scheme: Any, version: Any) -> Select[Any]:
    """Select the concepts of a version by their ids then and today, those that may be told (M7).

    It is what :func:`told` asks of each suggestion, asked once of each concept.
    """
    concept, successor = schema.concept, schema.successor
    renamed = and_(successor.c.scheme == scheme, successor.c.concept == concept.c.id)
    today = func.coalesce(successor.c.becomes, concept.c.id)
    return (
        select(concept.c.id, today)
        .outerjoin(successor, renamed)
        .where(
            concept.c.scheme == scheme,
            concept.c.version == version,
            concept.c.sensitivity != Sensitivity.REVIEW_FIRST.value,
            ~sensitive_today(scheme, today, concept, successor),
        )
    )


def sensitive_today(scheme: Any, concept: Any, *outer: Any) -> ColumnElement[bool]:
    """Whether the current version of a scheme asks for review of a concept before it is told."""
    version, today = schema.scheme, _TODAY
    return (
        select(today.c.id)
        .join(version, and_(version.c.id == today.c.scheme, version.c.version == today.c.version))
        .where(
            version.c.current == 1,
            or_(today.c.scheme == scheme),
            today.c.id == concept,
            today.c.sensitivity == Sensitivity.REVIEW_FIRST.value,
        )
        .correlate(*outer)
        .exists()
    )
