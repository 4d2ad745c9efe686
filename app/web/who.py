"""Whoever asks: by the cookie of a sign-in, or by a token."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request

from app.domain.account import Role, Scope
from app.settings import Settings
from app.store import sessions, tokens
from app.store.database import CannotOpen, Database, patience
from app.store.history import now
from app.web.origin import is_loopback, session_cookie

PATIENCE = 0.3  # seconds


@dataclass(frozen=True)
class Who:
    id: int
    email: str
    name: str
    role: Role
    second_step: bool
    session: int | None = None  # None: by a token
    scope: Scope | None = None  # None: by a sign-in
    edit_mode: bool = False
    confirmed_at: datetime | None = None  # when the password was last typed; None by a token
    held_back: bool = False  # an admin who has to set up a second step before anything else

    def may(self, role: Role) -> bool:
        return not self.held_back and self.role.at_least(role)

    @property
    def may_contribute(self) -> bool:
        return self.may(Role.CONTRIBUTOR)

    @property
    def may_edit(self) -> bool:
        return self.may(Role.EDITOR)

    @property
    def may_administer(self) -> bool:
        return self.may(Role.ADMIN)

    @property
    def edits(self) -> bool:
        """Whether a click on a cell opens it."""
        return self.edit_mode and self.may_edit


def find(request: Request, settings: Settings, database: Database) -> Who | None:
    """Asks the database only when the request brings a key. A token goes before a cookie."""
    key = bearer(request)
    if key is not None:
        return _by_token(database, key)
    name = session_cookie(request, settings)
    key = request.cookies.get(name) if name else None
    return by_session(database, key, is_loopback(request, settings)) if key else None


def bearer(request: Request) -> str | None:
    """The token that a program sends; None when it sends none."""
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    return key.strip() if scheme.lower() == "bearer" else None


def _by_token(database: Database, key: str) -> Who | None:
    found = tokens.find(database, key)
    if found is None:
        return None
    if found.used_at is None or now() - found.used_at > tokens.SEEN:
        with _briefly():
            tokens.used(database, found.token_id)
    return Who(**_member(found), scope=found.scope)


def by_session(database: Database, key: str, loopback: bool) -> Who | None:
    found = sessions.find(database, key)
    if found is None:
        return None
    if now() - found.seen_at > sessions.SEEN:
        with _briefly():
            sessions.seen(database, found.session_id)
    return Who(
        **_member(found),
        session=found.session_id,
        edit_mode=found.edit_mode,
        confirmed_at=found.confirmed_at,
        held_back=found.role is Role.ADMIN and found.totp_since is None and not loopback,
    )


@contextmanager
def _briefly() -> Iterator[None]:
    """To note that somebody was here is worth neither a wait nor a refusal."""
    token = patience.set(PATIENCE)
    try:
        with suppress(CannotOpen, SQLAlchemyError):
            yield
    finally:
        patience.reset(token)


def _member(found: Row[*tuple[Any, ...]]) -> dict[str, Any]:
    return {
        "id": found.id,
        "email": found.email,
        "name": found.name,
        "role": found.role,
        "second_step": found.totp_since is not None,
    }
