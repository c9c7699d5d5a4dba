"""The tags of all photos as they are told, in memory: read anew when anything was said since.

What machines say and what people decided is kept apart, so that a decision lets only the few rows
be read again that people wrote. What may be told is decided by the gates of :mod:`.speaking` and
:mod:`.tags`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, repeat

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Engine, Integer, bindparam, func, literal_column, select

from archive_ai.catalogue import schema
from archive_ai.catalogue.by_value import ByValue
from archive_ai.catalogue.kept import Kept
from archive_ai.catalogue.places import Ids, Mask, PhotoPlaces, Places, Which, ids_of
from archive_ai.catalogue.speaking import tellable
from archive_ai.catalogue.tags import decided
from archive_ai.domain import Verdict

Concept = tuple[str, str]
"""Scheme and id of a concept, by its name of today."""

Tagged = ByValue[Concept]

PHOTOS_AT_ONCE = 50_000


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """Photos by what is suggested and undecided, and by what people decided, as it may be told."""

    suggested: Tagged
    accepted: Tagged
    rejected: Tagged


@dataclass(frozen=True, slots=True, eq=False)
class _Said:
    """What people say of photos; ``standing`` is all of it, whether it may be told or not."""

    standing: Tagged
    accepted: Tagged
    rejected: Tagged


@dataclass(frozen=True, slots=True)
class _Run:
    """A run that was applied and stands; those after it have greater numbers."""

    number: int
    generation: int
    scheme: str
    version: str
    concept: str

    def silences(self, older: _Run) -> bool:
        """Tell whether nothing of an older run is left: it saw the same photos, and no more."""
        same = (self.scheme, self.generation) == (older.scheme, older.generation)
        return same and self.number > older.number and self.concept in ("", older.concept)


class TagValues:
    """The tags of all photos of a catalogue."""

    def __init__(self, engine: Engine, places: PhotoPlaces) -> None:
        self._engine = engine
        self._places = places
        self._spoken: Kept[Tagged] = Kept()
        self._said: Kept[_Said] = Kept()
        self._told: Kept[Told] = Kept()

    def told(self) -> Told:
        """Return which photos have which tags now."""
        spoken = self._spoken.get(self._state_of_runs, lambda _: self._read_spoken())
        said = self._said.get(self._state_of_decisions, lambda _: self._read_said())
        return self._told.get(
            lambda: (spoken, said),
            lambda _: Told(spoken.without(said.standing), said.accepted, said.rejected),
        )

    def _state_of_runs(self) -> object:
        with self._engine.connect() as connection:
            runs = _runs(connection)
            # Where several runs speak it depends on who saw which photos.
            vectors = connection.execute(_NEWEST_VECTOR).scalar() if len(runs) > 1 else 0
            return runs, vectors, *_names(connection)

    def _state_of_decisions(self) -> object:
        with self._engine.connect() as connection:
            newest = connection.execute(_NEWEST_DECISION).scalar()
            return newest, *_names(connection)

    def _read_spoken(self) -> Tagged:
        places = self._places.get()
        found: defaultdict[Concept, list[Which]] = defaultdict(list)
        with self._engine.connect() as connection:
            runs = _runs(connection)
            reader = _RunReader(connection, places, runs)
            for run in runs:
                if not any(newer.silences(run) for newer in runs):
                    for concept, which in reader.read(run):
                        found[concept].append(which)
        return ByValue.of({concept: np.concatenate(parts) for concept, parts in found.items()})

    def _read_said(self) -> _Said:
        with self._engine.connect() as connection:
            every = connection.execute(_STANDING).all()
            told = connection.execute(_DECIDED).all()
        places = self._places.get()

        def by(wanted: Verdict) -> Tagged:
            return ByValue.of(
                {
                    (scheme, id_): places.of(ids_of(photos))
                    for scheme, id_, one, photos in told
                    if one == wanted.value
                }
            )

        all_ = {(scheme, id_): places.of(ids_of(photos)) for scheme, id_, photos in every}
        return _Said(ByValue.of(all_), by(Verdict.ACCEPTED), by(Verdict.REJECTED))


class _RunReader:
    """Reads what runs say and is not overruled by newer ones, as far as it may be told."""

    def __init__(self, connection: Connection, places: Places, runs: Sequence[_Run]) -> None:
        self._connection = connection
        self._places = places
        self._runs = runs
        self._seen: dict[int, Mask] = {}

    def read(self, run: _Run) -> Iterator[tuple[Concept, Which]]:
        """Yield concepts by their names of today with places; a concept may come several times."""
        asked = {"scheme": run.scheme, "version": run.version}
        names = [(str(id_), str(now)) for id_, now in self._connection.execute(_NAMES, asked)]
        codes = {id_: code for code, (id_, _) in enumerate(names)}
        newer = [one for one in self._runs if one.scheme == run.scheme and one.number > run.number]
        for concepts, ids in self._parts(run.number):
            found = map(codes.get, concepts, repeat(-1))
            kind = np.int16 if len(codes) < 2**15 else np.int32  # the small one sorts faster
            code: NDArray[np.integer] = np.fromiter(found, kind, len(concepts))
            which = _places_of(self._places, ids)
            speaks = code >= 0
            for other in newer:
                about, saw = _about(other.concept, names), self._saw(other.generation)
                speaks &= ~(about[code] & saw[which])
            order = np.flatnonzero(speaks)
            order = order[np.argsort(code[order], kind="stable")]
            code, which = code[order], which[order]
            bounds = np.searchsorted(code, np.arange(len(names) + 1))
            for one in np.flatnonzero(bounds[1:] > bounds[:-1]).tolist():
                yield (run.scheme, names[one][1]), which[bounds[one] : bounds[one + 1]]

    def _parts(self, run: int) -> Iterator[tuple[list[str], Ids]]:
        """Yield the concepts and photos of a run, by photo, as many at once as memory bears."""
        cuts = ["", *self._places.cuts(PHOTOS_AT_ONCE), "~"]
        for after, last in pairwise(cuts):
            asked = {"run": run, "after": after, "last": last}
            concepts, ids = self._connection.execute(_SUGGESTED, asked).one()
            if ids:
                yield concepts.split("\n"), ids_of(ids)

    def _saw(self, generation: int) -> Mask:
        """Tell of which photos a generation has a vector."""
        if generation not in self._seen:
            ids = self._connection.execute(_SEEN, {"generation": generation}).scalar()
            self._seen[generation] = self._places.mask(ids_of(ids))
        return self._seen[generation]


# One long text instead of a row for each suggestion, which would become objects first.
_SUGGESTED = select(
    func.group_concat(schema.suggestion.c.concept, "\n"),
    func.group_concat(schema.suggestion.c.photo_id, ""),
).where(
    schema.suggestion.c.run == bindparam("run"),
    schema.suggestion.c.photo_id > bindparam("after"),
    schema.suggestion.c.photo_id <= bindparam("last"),
)
_SEEN = select(func.group_concat(schema.vector.c.photo_id, "")).where(
    schema.vector.c.generation == bindparam("generation")
)
_NAMES = tellable(bindparam("scheme"), bindparam("version"))
_NEWEST_VECTOR = select(func.max(literal_column("vector.rowid", Integer))).select_from(
    schema.vector
)
_RUNS = (
    select(*(schema.tagging_run.c[name] for name in ("number", "generation", "scheme")))
    .add_columns(schema.tagging_run.c.scheme_version, schema.tagging_run.c.concept)
    .where(
        schema.tagging_run.c.applied_at.is_not(None), schema.tagging_run.c.withdrawn_at.is_(None)
    )
    .order_by(schema.tagging_run.c.number)
)
_NEWEST_DECISION = select(func.max(schema.decision.c.number))
_CONCEPT = (schema.standing.c.scheme, schema.standing.c.concept)
_PHOTOS = func.group_concat(schema.standing.c.photo_id, "")
_STANDING = select(*_CONCEPT, _PHOTOS).group_by(*_CONCEPT)
_DECIDED = decided(*_CONCEPT, schema.decision.c.verdict, _PHOTOS).group_by(
    *_CONCEPT, schema.decision.c.verdict
)
_CURRENT = select(schema.scheme.c.id, schema.scheme.c.version).where(schema.scheme.c.current == 1)
_SUCCESSORS = select(schema.successor)


def _runs(connection: Connection) -> tuple[_Run, ...]:
    return tuple(_Run(*row) for row in connection.execute(_RUNS))


def _names(connection: Connection) -> tuple[object, ...]:
    """Return what names of concepts depend on, and which of them may be told."""
    return tuple(
        frozenset(tuple(row) for row in connection.execute(query))
        for query in (_CURRENT, _SUCCESSORS)
    )


def _about(concept: str, names: Sequence[tuple[str, str]]) -> NDArray[np.bool_]:
    """Tell for each of ``names`` (then and today) whether a run about ``concept`` speaks of it."""
    found = [concept in ("", *both) for both in names]
    return np.array([*found, False], bool)  # the last one stands for what is not told


def _places_of(places: Places, ids: Ids) -> Which:
    """Return the places of ids, the same of which follow one another."""
    begins = np.ones(len(ids), bool)
    begins[1:] = ids[1:] != ids[:-1]
    which: Which = places.of(ids[begins])[np.cumsum(begins) - 1]
    return which
