"""Files, their photos, failures and vectors: what an indexing run reads and writes."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from sqlalchemy import Connection, Engine, Row, bindparam, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert

from archive_ai.catalogue import schema
from archive_ai.catalogue.chunks import chunks
from archive_ai.catalogue.database import now
from archive_ai.catalogue.embedded import write_embedded
from archive_ai.catalogue.linking import link
from archive_ai.catalogue.moves import measured
from archive_ai.catalogue.path_words import write_paths
from archive_ai.domain import (
    ClosureRules,
    Failure,
    FileState,
    FoundFile,
    Photo,
    PhotoId,
    Record,
    ScanFile,
    VectorRows,
)
from archive_ai.ports import Language

DEFAULT_COLLECTION = "default"


class Files:
    """The catalogue's files; implements ``ports.FileCatalogue``."""

    def __init__(
        self, engine: Engine, language: Language, rules: ClosureRules | None = None
    ) -> None:
        self._engine = engine
        self._language = language
        self._rules = rules or ClosureRules()

    def known_files(self, paths: Sequence[Path]) -> Mapping[Path, ScanFile]:
        """Return what is known of these paths."""
        found: dict[Path, ScanFile] = {}
        with self._engine.connect() as connection:
            for part in chunks([str(path) for path in paths]):
                query = select(schema.file).where(schema.file.c.path.in_(part))
                for row in connection.execute(query):
                    found[Path(row.path)] = _scan_file(row)
        return found

    def files_under(self, folder: Path) -> Iterator[ScanFile]:
        """Yield every known file at or below ``folder``, by path."""
        inside = f"{str(folder).rstrip(os.sep)}{os.sep}"
        beyond = inside[:-1] + chr(ord(os.sep) + 1)
        path = schema.file.c.path
        # A range instead of LIKE: exact for every character, and it uses the index.
        query = (
            select(schema.file)
            .where((path == str(folder)) | ((path >= inside) & (path < beyond)))
            .order_by(path)
        )
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
        yield from (_scan_file(row) for row in rows)

    def files_with(self, sha256s: Sequence[str]) -> Sequence[ScanFile]:
        """Return the known files with one of these contents, by path."""
        found: list[ScanFile] = []
        with self._engine.connect() as connection:
            for part in chunks(sha256s):
                query = select(schema.file).where(schema.file.c.sha256.in_(part))
                found += [_scan_file(row) for row in connection.execute(query)]
        return sorted(found, key=lambda file: file.path)

    def failed_before(self, sha256s: Sequence[str]) -> set[str]:
        """Return those contents of which a page, or all, could not be used."""
        file, failure = schema.file, schema.failure
        found: set[str] = set()
        with self._engine.connect() as connection:
            for part in chunks(sha256s):
                query = (
                    select(file.c.sha256)
                    .join(failure, failure.c.file_id == file.c.id)
                    .where(file.c.sha256.in_(part))
                )
                found.update(connection.execute(query).scalars())
        return found

    def photos_of(self, sha256s: Sequence[str]) -> Mapping[str, Sequence[Photo]]:
        """Return the known photos of each content, by page."""
        found: defaultdict[str, list[Photo]] = defaultdict(list)
        with self._engine.connect() as connection:
            for part in chunks(sha256s):
                query = (
                    select(schema.photo)
                    .where(schema.photo.c.sha256.in_(part))
                    .order_by(schema.photo.c.page)
                )
                for row in connection.execute(query):
                    found[row.sha256].append(photo_from(row))
        return found

    def with_vector(self, generation: int, photos: Sequence[PhotoId]) -> set[PhotoId]:
        """Return those of ``photos`` that have a vector in the generation."""
        found: set[PhotoId] = set()
        vector = schema.vector
        with self._engine.connect() as connection:
            for part in chunks(photos):
                query = select(vector.c.photo_id).where(
                    vector.c.generation == generation, vector.c.photo_id.in_(part)
                )
                found.update(connection.execute(query).scalars())
        return found

    def with_hash(self, photos: Sequence[PhotoId]) -> set[PhotoId]:
        """Return those of ``photos`` whose looks were measured and hashed."""
        found: set[PhotoId] = set()
        measure = schema.measure
        with self._engine.connect() as connection:
            for part in chunks(photos):
                query = select(measure.c.photo_id).where(
                    measure.c.photo_id.in_(part), measure.c.hash.is_not(None)
                )
                found.update(connection.execute(query).scalars())
        return found

    def record(
        self,
        files: Sequence[ScanFile],
        photos: Sequence[Photo],
        failures: Sequence[Failure],
        vectors: VectorRows | None,
        collection: str,
        embedded: Mapping[str, Record] | None = None,
    ) -> None:
        """Write files, photos, failures, vectors and what describes photos in one transaction.

        ``collection`` is given to the files if it is not empty; a file that has none gets the
        default. What was known of these files' failures before is replaced. The vectors' rows must
        be durable already (M3). ``embedded`` is what the metadata of contents (SHA-256) says;
        photos whose records wait for them are linked before anybody can see them (M7).
        """
        with self._engine.begin() as connection:
            ids = _write_files(connection, files, collection)
            _write_photos(connection, photos)
            if ids:
                connection.execute(
                    delete(schema.failure).where(schema.failure.c.file_id == bindparam("known")),
                    [{"known": file_id} for file_id in ids.values()],
                )
            if failures:
                connection.execute(
                    insert(schema.failure),
                    [
                        {
                            "file_id": ids[str(failure.path)],
                            "page": failure.page,
                            "cause": failure.cause,
                            "advice": failure.advice,
                        }
                        for failure in failures
                    ],
                )
            if vectors is not None:
                _name_vectors(connection, vectors)
            write_embedded(connection, self._language, embedded or {})
            link(connection, [file.sha256 for file in files], self._rules)

    def assign(self, paths: Sequence[Path], collection: str) -> None:
        """Put known files into a collection."""
        with self._engine.begin() as connection:
            number = _collection_id(connection, collection)
            for part in chunks([str(path) for path in paths]):
                connection.execute(
                    update(schema.file)
                    .where(schema.file.c.path.in_(part))
                    .values(collection_id=number)
                )

    def set_state(self, files: Sequence[FoundFile], state: FileState) -> None:
        """Note a new time and state of known files whose content is the same."""
        if not files:
            return
        statement = (
            update(schema.file)
            .where(schema.file.c.path == bindparam("at_path"))
            .values(mtime_ns=bindparam("new_mtime"), state=state.value, seen_at=now())
        )
        with self._engine.begin() as connection:
            connection.execute(
                statement, [{"at_path": str(f.path), "new_mtime": f.mtime_ns} for f in files]
            )
            # What went away lends its name to nobody, and what came back does again.
            link(connection, _contents(connection, files), self._rules)

    def counts(self) -> dict[str, int]:
        """Count files by state; every state is named."""
        query = select(schema.file.c.state, func.count()).group_by(schema.file.c.state)
        with self._engine.connect() as connection:
            found: dict[str, int] = {row[0]: row[1] for row in connection.execute(query)}
        return {state.value: found.get(state.value, 0) for state in FileState}

    def failures(self) -> list[Failure]:
        """List what could not be used, by path and page; files that are gone are left out."""
        failure, file = schema.failure, schema.file
        query = (
            select(file.c.path, failure.c.page, failure.c.cause, failure.c.advice)
            .join(file, file.c.id == failure.c.file_id)
            .where(file.c.state != FileState.MISSING.value)
            .order_by(file.c.path, failure.c.page)
        )
        with self._engine.connect() as connection:
            return [
                Failure(Path(path), page, cause, advice)
                for path, page, cause, advice in connection.execute(query)
            ]


def _contents(connection: Connection, files: Sequence[FoundFile]) -> Iterator[str]:
    for part in chunks([str(file.path) for file in files]):
        query = select(schema.file.c.sha256).where(schema.file.c.path.in_(part))
        yield from connection.execute(query).scalars().all()


def photo_from(row: Row[tuple[object, ...]]) -> Photo:
    """Read a photo from a row of its table."""
    return Photo(PhotoId(row.id), row.sha256, row.page, row.width, row.height, row.format)


def _scan_file(row: Row[tuple[object, ...]]) -> ScanFile:
    return ScanFile(Path(row.path), row.size, row.mtime_ns, row.sha256, FileState(row.state))


def _collection_id(connection: Connection, name: str) -> int:
    connection.execute(insert(schema.collection).values(name=name).on_conflict_do_nothing())
    query = select(schema.collection.c.id).where(schema.collection.c.name == name)
    return int(connection.execute(query).scalar_one())


def _write_files(
    connection: Connection, files: Sequence[ScanFile], collection: str
) -> dict[str, int]:
    if not files:
        return {}
    statement = insert(schema.file)
    columns = ["size", "mtime_ns", "sha256", "state", "seen_at"]
    if collection:
        columns.append("collection_id")
    number = _collection_id(connection, collection or DEFAULT_COLLECTION)
    statement = statement.on_conflict_do_update(
        index_elements=["path"], set_={name: statement.excluded[name] for name in columns}
    )
    seen_at = now()
    connection.execute(
        statement,
        [
            {
                "path": str(file.path),
                "collection_id": number,
                "size": file.size,
                "mtime_ns": file.mtime_ns,
                "sha256": file.sha256,
                "state": file.state.value,
                "seen_at": seen_at,
            }
            for file in files
        ],
    )
    ids: dict[str, int] = {}
    for part in chunks([str(file.path) for file in files]):
        query = select(schema.file.c.path, schema.file.c.id).where(schema.file.c.path.in_(part))
        ids.update({row[0]: row[1] for row in connection.execute(query)})
    write_paths(connection, ids)
    return ids


def _write_photos(connection: Connection, photos: Sequence[Photo]) -> None:
    if not photos:
        return
    connection.execute(
        insert(schema.photo).on_conflict_do_nothing(),
        [
            {
                "id": photo.id,
                "sha256": photo.sha256,
                "page": photo.page,
                "width": photo.width,
                "height": photo.height,
                "format": photo.format,
            }
            for photo in photos
        ],
    )
    measures = [_measure_row(photo) for photo in photos if photo.measures is not None]
    if measures:
        statement = insert(schema.measure)
        again = {
            column.name: statement.excluded[column.name]
            for column in schema.measure.c
            if not column.primary_key
        }
        connection.execute(
            statement.on_conflict_do_update(index_elements=["photo_id"], set_=again), measures
        )
        measured(connection)


def _measure_row(photo: Photo) -> dict[str, object]:
    measures = photo.measures
    assert measures is not None
    return {
        "photo_id": photo.id,
        "colour": measures.colour.value,
        "tint": measures.tint,
        "chroma": measures.chroma,
        "negative": measures.negative,
        "positive_score": measures.positive_score,
        "blank": measures.blank,
        "detail": measures.detail,
        "hash": measures.hash or None,
    }


def _name_vectors(connection: Connection, vectors: VectorRows) -> None:
    connection.execute(
        insert(schema.vector).on_conflict_do_nothing(),
        [
            {
                "generation": vectors.generation,
                "photo_id": photo,
                "segment": vectors.segment,
                "row": vectors.first_row + offset,
            }
            for offset, photo in enumerate(vectors.photos)
        ],
    )
