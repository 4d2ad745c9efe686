"""Links that work once: they make an account, or let somebody choose a new password."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, select, update
from sqlalchemy import insert as inserted

from app.domain.account import Purpose, Role
from app.store import accounts, keys
from app.store.accounts import certain
from app.store.columns import core
from app.store.database import Database
from app.store.history import now
from app.store.tables import Account, Invitation

DAY = timedelta(hours=24)
WEEK = timedelta(days=7)

_invitation, _account = core(Invitation), core(Account)


class Spent(Exception):
    """The link has been used, has run out, or was withdrawn."""


def first_admin(database: Database) -> str | None:
    """The key of a link for the first admin; any older one ends. None when there is an admin."""
    with database.writing() as db:
        if _has_admin(db):
            return None
        db.execute(delete(_invitation).where(_invitation.c.purpose == Purpose.FIRST_ADMIN))
        return _make(db, DAY, purpose=Purpose.FIRST_ADMIN, role=Role.ADMIN)


def invite(database: Database, *, email: str, role: Role) -> str:
    """The key of a link with which somebody makes their account; an older one for this address ends. Raises Taken."""
    with database.writing() as db:
        if db.execute(select(_account.c.id).where(_account.c.email == email)).first():
            raise accounts.Taken(email)
        db.execute(delete(_invitation).where(_invitation.c.purpose == Purpose.INVITE, _invitation.c.email == email))
        return _make(db, WEEK, purpose=Purpose.INVITE, role=role, email=email)


def reset(database: Database, account: int) -> str:
    """The key of a link with which somebody chooses a new password; an older one ends."""
    with database.writing() as db:
        db.execute(delete(_invitation).where(_invitation.c.account_id == account))
        return _make(db, DAY, purpose=Purpose.RESET, account_id=account)


def find(database: Database, key: str) -> Row[*tuple[Any, ...]] | None:
    """The link with `known_as`, the e-mail address of the account that it is for."""
    with certain(database) as db:
        return _find(db, key)


def waiting(database: Database) -> list[Row[*tuple[Any, ...]]]:
    """Invitations that nobody has followed yet."""
    query = select(_invitation).where(
        _invitation.c.purpose == Purpose.INVITE, _invitation.c.used_at.is_(None), _invitation.c.expires_at > now()
    )
    with certain(database) as db:
        return list(db.execute(query.order_by(_invitation.c.email, _invitation.c.id)))


def withdraw(database: Database, number: int) -> None:
    with database.writing() as db:
        db.execute(delete(_invitation).where(_invitation.c.id == number))


def accept(database: Database, key: str, *, email: str, name: str, password_hash: str) -> int:
    """The number of the account that was made, or whose password is new. `email` counts where the link names none.
    The second step stays with a new password: an admin takes it away apart. Raises Spent, and Taken."""
    with database.writing() as db:
        link = _find(db, key)
        used = update(_invitation).where(_invitation.c.token == keys.kept(key), _invitation.c.used_at.is_(None))
        if link is None or db.execute(used.values(used_at=now())).rowcount != 1:
            raise Spent
        if link.purpose is Purpose.RESET:
            accounts.set_password(db, link.account_id, password_hash)
            return int(link.account_id)
        return accounts.insert_account(
            db, email=link.email or email, name=name, role=link.role, password_hash=password_hash
        )


def _find(db: Connection, key: str) -> Row[*tuple[Any, ...]] | None:
    query = (
        select(_invitation, _account.c.email.label("known_as"), _account.c.closed_at)
        .outerjoin_from(_invitation, _account, _invitation.c.account_id == _account.c.id)
        .where(_invitation.c.token == keys.kept(key), _invitation.c.used_at.is_(None))
        .where(_invitation.c.expires_at > now(), _account.c.closed_at.is_(None))
    )
    found = db.execute(query).one_or_none()
    return None if found and found.purpose is Purpose.FIRST_ADMIN and _has_admin(db) else found


def _has_admin(db: Connection) -> bool:
    return bool(
        db.execute(select(_account.c.id).where(_account.c.role == Role.ADMIN, _account.c.closed_at.is_(None))).first()
    )


def _make(db: Connection, lasts: timedelta, **values: Any) -> str:
    key, moment = keys.fresh(), now()
    db.execute(delete(_invitation).where(_invitation.c.expires_at <= moment - WEEK))
    row = {"email": "", "role": None, "account_id": None} | values
    db.execute(
        inserted(_invitation),
        row | {"token": keys.kept(key), "created_at": moment, "expires_at": moment + lasts},
    )
    return key
