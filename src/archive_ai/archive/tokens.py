"""Who may sign in to an archive: tokens are made, told once, checked and taken back.

A token is 256 random bits behind a prefix by which a scanner for leaked secrets can know it. As it
cannot be guessed, its plain SHA-256 is kept: a slow hash protects words that people choose.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from archive_ai.catalogue.tokens import Tokens as TokenCatalogue
from archive_ai.domain import Role, Token, Viewer
from archive_ai.errors import LastAdmin, SignInNeeded, UnknownToken, UsageError

PREFIX = "aai_"
RANDOM_BYTES = 32
LONGEST_NAME = 100
LONGEST_LIFE_DAYS = 36_500


class Tokens:
    """The tokens of one archive and the sessions begun with them."""

    def __init__(self, catalogue: TokenCatalogue, session_hours: int) -> None:
        self._catalogue = catalogue
        self._session_life = timedelta(hours=session_hours)

    def create(
        self, name: str, role: Role, by: str, days: int | None = None, keep_admin: bool = False
    ) -> str:
        """Make a token and return it: nobody can read it again later.

        It runs out after ``days``, or never. Raises UsageError for a name that is unfit or was
        given before, even to a token that was revoked: decisions stand under it. With
        ``keep_admin`` a token after which everybody had to sign in and no admin could is not made:
        LastAdmin is raised.
        """
        name = name.strip()
        if not name or len(name) > LONGEST_NAME or not name.isprintable():
            raise UsageError(
                "That is no name for a token.", f"Give 1 to {LONGEST_NAME} printable characters."
            )
        if days is not None and not 1 <= days <= LONGEST_LIFE_DAYS:
            raise UsageError(
                f"A token cannot be valid for {days} days.", f"Give 1 to {LONGEST_LIFE_DAYS}."
            )
        if keep_admin and role is not Role.ADMIN and not self.needed():
            raise LastAdmin(
                "With this token everybody would have to sign in, and no admin could.",
                "Make one for an admin first.",
            )
        said = PREFIX + secrets.token_urlsafe(RANDOM_BYTES)
        start = _time()
        end = None if days is None else _written(start + timedelta(days=days))
        token = Token(name, role, by, _written(start), end, None)
        if not self._catalogue.add(token, _sha256(said)):
            raise UsageError(
                f"There is, or was, a token named {name}.",
                "Choose another name: decisions that were made with a token stand under its name.",
            )
        return said

    def all(self) -> list[Token]:
        """Return every token that was ever made, by name."""
        return self._catalogue.all()

    def get(self, name: str) -> Token:
        """Return a token, revoked or not; raise UnknownToken."""
        found = {token.name: token for token in self._catalogue.all()}.get(name)
        if found is None:
            raise UnknownToken(f"There is no token named {name}.", "See: archive-ai token list.")
        return found

    def revoke(self, name: str, keep_admin: bool = False) -> None:
        """Take a token back and end its sessions; raise UnknownToken if there is none.

        With ``keep_admin`` the last admin's token that works is not taken back: LastAdmin is
        raised. Whoever asks over the network could not undo it there; at the archive's own machine
        another token can always be made.
        """
        at = _written(_time())

        def spare(tokens: Sequence[Token]) -> None:
            admins = {one.name for one in tokens if one.role is Role.ADMIN and one.valid(at)}
            if keep_admin and admins == {name}:
                raise LastAdmin(
                    f"{name} is the last token of an admin that works.",
                    "Make another one first, or revoke it at the archive's own machine: "
                    "archive-ai token revoke.",
                )

        if not self._catalogue.revoke(name, spare):
            raise UnknownToken(
                f"There is no token named {name} to revoke.", "See: archive-ai token list."
            )

    def needed(self) -> bool:
        """Tell whether callers must sign in: as soon as one token was not revoked.

        One that ran out still counts: time alone must not open an archive to everybody.
        """
        return self._catalogue.unrevoked()

    def any_valid(self) -> bool:
        """Tell whether anybody could sign in now."""
        at = _written(_time())
        return any(token.valid(at) for token in self._catalogue.all())

    def viewer(self, said: str) -> Viewer | None:
        """Return whose token this is; None if it is unknown, ran out or was revoked."""
        return _viewer(self._catalogue.with_hash(_sha256(said)))

    def sign_in(self, said: str) -> tuple[str, datetime, Viewer]:
        """Begin a session: return its secret, its end (UTC) and who is signed in.

        It ends with its token at the latest. Raises SignInNeeded if the token is not valid.
        """
        found = self._catalogue.with_hash(_sha256(said))
        viewer = _viewer(found)
        if found is None or viewer is None:
            raise SignInNeeded(
                "This token is unknown, has run out or was revoked.",
                "Check that it was copied whole, or ask whoever runs the archive for a new one.",
            )
        start = _time()
        end = start + self._session_life
        if found.expires_at is not None:
            end = min(end, datetime.fromisoformat(found.expires_at))
        secret = secrets.token_urlsafe(RANDOM_BYTES)
        self._catalogue.start_session(
            _sha256(said), _sha256(secret), _written(start), _written(end)
        )
        return secret, end, viewer

    def viewer_of_session(self, secret: str) -> Viewer | None:
        """Return who signed in; None if the session or its token does not count any more."""
        return _viewer(self._catalogue.of_session(_sha256(secret), _written(_time())))

    def sign_out(self, secret: str) -> None:
        """End a session, if there is one."""
        self._catalogue.end_session(_sha256(secret))


def _viewer(token: Token | None) -> Viewer | None:
    if token is None or not token.valid(_written(_time())):
        return None
    return Viewer(token.name, token.role)


def _sha256(said: str) -> str:
    return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()


def _time() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def _written(time: datetime) -> str:
    return time.isoformat(timespec="seconds")
