"""What a route may reach. Later this is the one place that asks who is calling."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import Depends, Path, Query, Request

from archive_ai.archive import LONGEST_QUERY, THUMBNAIL_SIZES, Archive
from archive_ai.domain import PHOTO_ID_LENGTH
from archive_ai.errors import UnknownPhoto

PHOTO_ID = re.compile(r"p_[a-z2-7]{20}")


def _archive(request: Request) -> Archive:
    archive: Archive = request.app.state.archive
    return archive


def named_photo(photo: str) -> str:
    """Let ids pass and nothing else: ``Archive`` takes paths of this machine as well."""
    if len(photo) != PHOTO_ID_LENGTH or PHOTO_ID.fullmatch(photo) is None:
        raise UnknownPhoto(
            "This archive holds no photo of that name.",
            "Give an id as a search returns it: p_ and 20 letters and digits.",
        )
    return photo


def _photo(
    photo_id: Annotated[
        str, Path(description="The photo's id.", examples=["p_abcdefghijklmnopqrst"])
    ],
) -> str:
    return named_photo(photo_id)


OpenArchive = Annotated[Archive, Depends(_archive)]
KnownPhoto = Annotated[str, Depends(_photo)]
Words = Annotated[
    str,
    Query(
        max_length=LONGEST_QUERY,
        description="What to look for, in German or English.",
        examples=["Kirche am Fluss"],
    ),
]
Limit = Annotated[int, Query(ge=1, le=1000, description="How many hits to return.")]
Size = Annotated[
    int,
    Query(
        description="The longest side in pixels.",
        json_schema_extra={"enum": list(THUMBNAIL_SIZES)},
    ),
]
