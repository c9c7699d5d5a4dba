"""What somebody may see of an archive: its photos in a list, and numbers of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from archive_ai.domain.scans import Photo, PhotoId


@dataclass(frozen=True, slots=True)
class ListedPhoto:
    """A photo with the first of its present paths, and the collections that it is in."""

    photo: Photo
    path: Path
    collections: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Legend:
    """What stands under a picture: pixels of the upright picture, and what its records say.

    ``title``, ``signature`` and ``date`` (EDTF, or as it was written) are of the first record that
    says one, those of tables before what lies in the file; empty where none does.
    """

    width: int
    height: int
    title: str = ""
    signature: str = ""
    date: str = ""


class Relation(StrEnum):
    """How another photo belongs to one: a page of the same file, or of the same record."""

    PAGE = "page"
    RECORD = "record"


@dataclass(frozen=True, slots=True)
class Beside:
    """Another photo that belongs to one, and what stands under it."""

    photo: PhotoId
    page: int
    relation: Relation
    legend: Legend


@dataclass(frozen=True, slots=True)
class CollectionCount:
    """A collection and how many of its photos may be seen."""

    name: str
    photos: int


@dataclass(frozen=True, slots=True)
class ConceptCount:
    """On how many photos that may be seen a concept was accepted, on how many it is suggested and
    nobody decided, and on how many it was rejected.
    """

    accepted: int = 0
    suggested: int = 0
    rejected: int = 0
