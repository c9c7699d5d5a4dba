"""Who may sign in: tokens are listed, made and taken back by admins."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Response
from pydantic import BaseModel, ConfigDict, Field, JsonValue

from archive_ai.domain import Role, Token
from archive_ai_service.access import Caller, ForAdmins
from archive_ai_service.problems import also, possible

router = APIRouter(prefix="/tokens", tags=["tokens"])

CREATED, NO_CONTENT, CONFLICT = 201, 204, 409
NOT_KEPT = {"Cache-Control": "no-store"}

_TOKEN: dict[str, JsonValue] = {
    "name": "erika",
    "role": "archivist",
    "created_at": "2026-11-25T16:00:00+00:00",
    "created_by": "boss",
    "expires_at": "2027-11-25T16:00:00+00:00",
    "revoked_at": None,
}
_LAST_ADMIN = also(CONFLICT, "No admin could sign in any more")


class TokenAnswer(BaseModel):
    """A token without what it says, which nobody can read again."""

    model_config = ConfigDict(json_schema_extra={"examples": [_TOKEN]})

    name: str
    role: Role
    created_at: str
    created_by: str = Field(description="the token, or the person at the archive's own machine")
    expires_at: str | None = Field(description="UTC; null: never")
    revoked_at: str | None = Field(description="UTC; null: it was not taken back")

    @classmethod
    def of(cls, token: Token) -> TokenAnswer:
        """Show a token."""
        return cls(
            name=token.name,
            role=token.role,
            created_at=token.created_at,
            created_by=token.by,
            expires_at=token.expires_at,
            revoked_at=token.revoked_at,
        )


class TokensAnswer(BaseModel):
    """Every token that was ever made, by name."""

    tokens: list[TokenAnswer]


class NewTokenSent(BaseModel):
    """A token to be made."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(
        max_length=1000,
        examples=["erika"],
        description="Whose it is: decisions stand under this name, so that it is given once.",
    )
    role: Role
    days: int | None = Field(default=None, description="for how many days it is valid; null: ever")


class NewTokenAnswer(BaseModel):
    """A token as it is told once."""

    name: str = Field(examples=["erika"])
    role: Role
    token: str = Field(examples=["aai_…"], description="keep it now: only a hash of it is kept")


@router.get("", summary="Tokens", response_description="All", responses=possible(403))
def tokens(archive: ForAdmins) -> TokensAnswer:
    """List the tokens that were made, those that ran out or were revoked among them."""
    return TokensAnswer(tokens=[TokenAnswer.of(one) for one in archive.tokens.all()])


@router.post(
    "",
    summary="Make a token",
    status_code=CREATED,
    response_description="Made; it is told this once",
    responses={**possible(403, 422), **_LAST_ADMIN},
)
def create(
    archive: ForAdmins, caller: Caller, sent: NewTokenSent, response: Response
) -> NewTokenAnswer:
    """Make a token that somebody signs in with. The first one has to be an admin's: from then on
    everybody must sign in.
    """
    by = caller.name or archive.settings.person
    said = archive.tokens.create(sent.name, sent.role, by, sent.days, keep_admin=True)
    response.headers.update(NOT_KEPT)
    return NewTokenAnswer(name=sent.name.strip(), role=sent.role, token=said)


@router.delete(
    "/{name:path}",
    summary="Take a token back",
    status_code=NO_CONTENT,
    response_description="Whoever is signed in with it no longer is",
    responses={**possible(403, 404), **_LAST_ADMIN},
)
def revoke(
    archive: ForAdmins,
    name: Annotated[str, Path(description="The token's name.", examples=["erika"])],
) -> Response:
    """Revoke a token, at once. The last admin's that works stays: it can be taken back at the
    archive's own machine only.
    """
    archive.tokens.revoke(name, keep_admin=True)
    return Response(status_code=NO_CONTENT)
