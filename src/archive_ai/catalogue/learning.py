"""What was learned: reference pictures of concepts, and calibrations, each of one fingerprint."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Engine, func, or_, select
from sqlalchemy.dialects.sqlite import insert

from archive_ai.catalogue import schema
from archive_ai.catalogue.database import now, writing

STORED = np.dtype("<f2")


@dataclass(frozen=True, slots=True)
class Reference:
    """A picture that shows a concept, as one model sees it; it need not be in the archive.

    ``vector`` (width) is of unit length; ``disturbances`` (k, width) are by how much it changes
    with tone, frame and mount.
    """

    sha256: str
    page: int
    path: str
    vector: NDArray[np.float32]
    disturbances: NDArray[np.float32]


class Learning:
    """The catalogue's references and calibrations."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add_references(
        self,
        concept: tuple[str, str],
        fingerprint: str,
        references: Sequence[Reference],
        by: str,
    ) -> int:
        """Keep reference pictures of a concept (scheme and id); return how many are new."""
        scheme, id_ = concept
        rows = [
            {
                "scheme": scheme,
                "concept": id_,
                "sha256": one.sha256,
                "page": one.page,
                "fingerprint": fingerprint,
                "path": one.path,
                "vector": one.vector.astype(STORED).tobytes(),
                "disturbances": one.disturbances.astype(STORED).tobytes(),
                "by": by,
                "at": now(),
            }
            for one in references
        ]
        with writing(self._engine) as connection:
            return sum(
                connection.execute(
                    insert(schema.reference).values(**row).on_conflict_do_nothing()
                ).rowcount
                for row in rows
            )

    def references(self, concept: tuple[str, str], fingerprint: str) -> list[Reference]:
        """Return what is kept of a concept for one model, in the order it was added.

        Also what was taught about concepts that became this one.
        """
        table, successor = schema.reference, schema.successor
        before = select(successor.c.concept).where(
            successor.c.scheme == concept[0], successor.c.becomes == concept[1]
        )
        query = (
            select(table)
            .where(
                table.c.scheme == concept[0],
                or_(table.c.concept == concept[1], table.c.concept.in_(before)),
                table.c.fingerprint == fingerprint,
            )
            .order_by(table.c.at, table.c.sha256, table.c.page)
        )
        with self._engine.connect() as connection:
            return [
                Reference(
                    row.sha256,
                    row.page,
                    row.path,
                    _floats(row.vector),
                    _floats(row.disturbances).reshape(-1, len(row.vector) // STORED.itemsize),
                )
                for row in connection.execute(query)
            ]

    def keep(
        self,
        scheme: tuple[str, str],
        fingerprint: str,
        concept: str,
        content: Mapping[str, Any],
        report: Mapping[str, Any],
        kept: bool,
    ) -> int:
        """Write a calibration of a scheme (id and version); return its number.

        One that was no better than what was there is written too, to say so, but not used.
        """
        with writing(self._engine) as connection:
            return int(
                connection.execute(
                    insert(schema.calibration)
                    .values(
                        scheme=scheme[0],
                        scheme_version=scheme[1],
                        concept=concept,
                        fingerprint=fingerprint,
                        content=dict(content),
                        report=dict(report),
                        kept=int(kept),
                        made_at=now(),
                    )
                    .returning(schema.calibration.c.number)
                ).scalar_one()
            )

    def newest(self, scheme: str, fingerprint: str) -> int:
        """Return the number of the newest calibration that was kept, 0 before there is one."""
        table = schema.calibration
        query = select(func.max(table.c.number)).where(
            table.c.scheme == scheme, table.c.fingerprint == fingerprint, table.c.kept == 1
        )
        with self._engine.connect() as connection:
            return int(connection.execute(query).scalar() or 0)

    def in_use(self, scheme: str, fingerprint: str) -> dict[str, Mapping[str, Any]]:
        """Return the newest calibration that was kept, by concept, for one model (M5)."""
        table, successor = schema.calibration, schema.successor
        name = func.coalesce(successor.c.becomes, table.c.concept)
        renamed = (successor.c.scheme == table.c.scheme) & (successor.c.concept == table.c.concept)
        newest = (
            select(func.max(table.c.number))
            .select_from(table)
            .outerjoin(successor, renamed)
            .where(
                table.c.scheme == scheme,
                table.c.fingerprint == fingerprint,
                table.c.kept == 1,
            )
            .group_by(name)
        )
        query = (
            select(name.label("concept_now"), table.c.content)
            .select_from(table)
            .outerjoin(successor, renamed)
            .where(table.c.number.in_(newest))
        )
        with self._engine.connect() as connection:
            return {row.concept_now: row.content for row in connection.execute(query)}


def _floats(stored: bytes) -> NDArray[np.float32]:
    return np.frombuffer(stored, STORED).astype(np.float32)
