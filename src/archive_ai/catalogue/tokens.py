"""Who may sign in, and who is signed in: tokens and sessions, by the hashes of what they say."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import Engine, Row, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert

from archive_ai.catalogue import schema
from archive_ai.catalogue.database import now, writing
from archive_ai.domain import Role, Token


class Tokens:
    """The catalogue's tokens and sessions. A revoked token stays, and its name is never reused:
    decisions were written under it.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, token: Token, sha256: str) -> bool:
        """Write a new token. Return False if its name was ever given."""
        statement = (
            insert(schema.token)
            .values(
                name=token.name,
                role=token.role.value,
                hash=sha256,
                by=token.by,
                created_at=token.created_at,
                expires_at=token.expires_at,
            )
            .on_conflict_do_nothing(index_elements=["name"])
        )
        with writing(self._engine) as connection:
            return connection.execute(statement).rowcount == 1

    def all(self) -> list[Token]:
        """Return every token that was ever made, by name."""
        query = select(schema.token).order_by(schema.token.c.name)
        with self._engine.connect() as connection:
            return [_token(row) for row in connection.execute(query)]

    def unrevoked(self) -> bool:
        """Tell whether any token was not taken back, expired or not."""
        query = select(func.count()).where(schema.token.c.revoked_at.is_(None))
        with self._engine.connect() as connection:
            return bool(connection.execute(query).scalar_one())

    def revoke(self, name: str, spare: Callable[[Sequence[Token]], None]) -> bool:
        """Take a token back and end its sessions. Return False if there is none to take back.

        ``spare`` is shown all tokens and raises where this one must stay; no other token is made
        or taken back in between.
        """
        token, session = schema.token, schema.session
        with writing(self._engine) as connection:
            spare([_token(row) for row in connection.execute(select(token))])
            revoked = connection.execute(
                update(token)
                .where(token.c.name == name, token.c.revoked_at.is_(None))
                .values(revoked_at=now())
                .returning(token.c.id)
            ).scalar()
            if revoked is None:
                return False
            connection.execute(delete(session).where(session.c.token_id == revoked))
        return True

    def with_hash(self, sha256: str) -> Token | None:
        """Return the token of which the SHA-256 is ``sha256``, valid or not."""
        query = select(schema.token).where(schema.token.c.hash == sha256)
        with self._engine.connect() as connection:
            row = connection.execute(query).first()
        return None if row is None else _token(row)

    def start_session(self, token: str, session: str, created_at: str, expires_at: str) -> None:
        """Write a session of a token, both by their hashes; forget those that have run out."""
        table = schema.session
        owner = select(schema.token.c.id).where(schema.token.c.hash == token).scalar_subquery()
        with writing(self._engine) as connection:
            connection.execute(delete(table).where(table.c.expires_at <= created_at))
            connection.execute(
                insert(table).values(
                    hash=session, token_id=owner, created_at=created_at, expires_at=expires_at
                )
            )

    def of_session(self, session: str, at: str) -> Token | None:
        """Return the token of a session that has not run out at the time ``at``."""
        table, token = schema.session, schema.token
        query = (
            select(token)
            .join(table, table.c.token_id == token.c.id)
            .where(table.c.hash == session, table.c.expires_at > at)
        )
        with self._engine.connect() as connection:
            row = connection.execute(query).first()
        return None if row is None else _token(row)

    def end_session(self, session: str) -> None:
        """Forget a session."""
        with writing(self._engine) as connection:
            connection.execute(delete(schema.session).where(schema.session.c.hash == session))


def _token(row: Row[tuple[object, ...]]) -> Token:
    return Token(
        name=row.name,
        role=Role(row.role),
        by=row.by,
        created_at=row.created_at,
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
    )
