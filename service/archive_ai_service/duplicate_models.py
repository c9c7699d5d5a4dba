"""What the API answers about duplicates: the same shapes as the command line's ``--json``."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from archive_ai.domain import Duplicate, DuplicateGroup, DuplicateKind

_FIRST, _SECOND = "p_abcdefghijklmnopqrst", "p_bcdefghijklmnopqrstu"
_DUPLICATE: dict[str, JsonValue] = {
    "photo": _SECOND,
    "kind": "same",
    "cosine": 0.97,
    "path": "/scans/F001/F001N_0002.tif",
    "page": 1,
    "width": 1400,
    "height": 1000,
}


class DuplicateAnswer(BaseModel):
    """One photo beside another that it duplicates."""

    model_config = ConfigDict(json_schema_extra={"examples": [_DUPLICATE]})

    photo: str
    kind: DuplicateKind = Field(
        description="identical: same size and tones, another file; same: another size, other "
        "tones, cut or scanned anew; alike: another picture that looks much like it"
    )
    cosine: float = Field(description="of the photos' vectors; 1 is the same vector")
    path: str = Field(description="the file on the archive's machine; its name for readers")
    page: int
    width: int = Field(description="pixels of the upright picture")
    height: int

    @classmethod
    def of(cls, one: Duplicate) -> DuplicateAnswer:
        """Show one duplicate."""
        return cls(
            photo=one.photo,
            kind=one.kind,
            cosine=one.cosine,
            path=str(one.path),
            page=one.page,
            width=one.width,
            height=one.height,
        )


class GroupAnswer(BaseModel):
    """Photos of one picture, the largest scan first; kinds are what each is to the first."""

    group: str = Field(description="the first of the photos' ids", examples=[_FIRST])
    photos: list[DuplicateAnswer]


class GroupsAnswer(BaseModel):
    """A page of groups, by their ids."""

    groups: list[GroupAnswer]
    next: str | None = Field(description="give it as ``after`` for the next page; null: no more")

    @classmethod
    def of(cls, groups: Sequence[DuplicateGroup], more: bool) -> GroupsAnswer:
        """Show groups, and where to go on if there are more."""
        shown = [
            GroupAnswer(group=one.id, photos=[DuplicateAnswer.of(each) for each in one.members])
            for one in groups
        ]
        return cls(groups=shown, next=groups[-1].id if groups and more else None)


class DuplicatesAnswer(BaseModel):
    """What one photo has in common with others: identical ones, the same picture, what is alike."""

    photo: str = Field(examples=[_FIRST])
    duplicates: list[DuplicateAnswer]

    @classmethod
    def of(cls, photo: str, found: Sequence[Duplicate]) -> DuplicatesAnswer:
        """Show a photo's duplicates."""
        return cls(photo=photo, duplicates=[DuplicateAnswer.of(one) for one in found])
