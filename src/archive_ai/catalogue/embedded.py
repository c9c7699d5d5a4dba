"""Records that lay in the files themselves: written with their photos, linked to all pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import Connection, literal, select
from sqlalchemy.dialects.sqlite import insert

from archive_ai.catalogue import schema
from archive_ai.catalogue.database import now
from archive_ai.catalogue.record_rows import rows_with, write_rows
from archive_ai.catalogue.record_text import write_texts
from archive_ai.domain import Record, RecordSource
from archive_ai.ports import Language


def write_embedded(
    connection: Connection, language: Language, embedded: Mapping[str, Record]
) -> None:
    """Write what the metadata of contents (SHA-256) says of their photos.

    A record that a table has under the same key stays as it is.
    """
    if not embedded:
        return
    at = now()
    write_rows(connection, [replace(record, at=at) for record in embedded.values()])
    found = rows_with(connection, [record.key for record in embedded.values()])
    mine = {
        content: found[record.key]
        for content, record in embedded.items()
        if found[record.key][1].source is RecordSource.EMBEDDED
    }
    write_texts(connection, language, list(mine.values()))
    photo, joined = schema.photo, schema.record_photo
    for content, (number, _) in mine.items():
        photos = select(photo.c.id, literal(number)).where(photo.c.sha256 == content)
        connection.execute(
            insert(joined).from_select(["photo_id", "record_id"], photos).on_conflict_do_nothing()
        )
