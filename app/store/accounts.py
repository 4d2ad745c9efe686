"""Accounts: who may sign in, and as what."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from app.domain.account import Role
from app.store.columns import core
from app.store.database import Database
from app.store.history import now
from app.store.tables import Account, Invitation, Session, Token

_account, _session = core(Account), core(Session)
WITHOUT_SECOND_STEP: dict[str, object] = dict.fromkeys(["totp_secret"], "") | {"totp_since": None, "totp_step": 0}
# What is asked of an account at every request of somebody signed in.
MEMBER = (_account.c.id, _account.c.email, _account.c.name, _account.c.role, _account.c.totp_since)


class Taken(ValueError):
    """There is an account of this e-mail address already."""


class LastAdmin(ValueError):
    """Nobody would be left to look after the accounts."""


@contextmanager
def certain(database: Database) -> Iterator[Connection]:
    """A connection that sees all that was committed. A replica may lag behind a sign-in, or worse, a sign-out."""
    engine = database.reader if database.reader.url == database.writer.url else database.writer
    with engine.connect() as db:
        yield db


def find(database: Database, number: int) -> Row[*tuple[Any, ...]] | None:
    with certain(database) as db:
        return db.execute(select(_account).where(_account.c.id == number)).one_or_none()


def of_email(database: Database, email: str) -> Row[*tuple[Any, ...]] | None:
    """The account of an address as `checked_email` gives it; closed ones too."""
    with certain(database) as db:
        return db.execute(select(_account).where(_account.c.email == email)).one_or_none()


def everybody(database: Database) -> list[Row[*tuple[Any, ...]]]:
    """Every account, with `seen_at` of its latest sign-in that still lasts; those that are closed come last."""
    seen = select(func.max(_session.c.seen_at)).where(_session.c.account_id == _account.c.id).scalar_subquery()
    query = select(_account, seen.label("seen_at")).order_by(
        _account.c.closed_at.is_not(None), _account.c.email, _account.c.id
    )
    with certain(database) as db:
        return list(db.execute(query))


def admins(database: Database) -> list[Row[*tuple[Any, ...]]]:
    """The admins who can sign in."""
    query = select(_account).where(_account.c.role == Role.ADMIN, _account.c.closed_at.is_(None))
    with certain(database) as db:
        return list(db.execute(query.order_by(_account.c.email)))


def open_account(database: Database, *, email: str, name: str, role: Role, password_hash: str) -> int:
    """The number of a new account. Raises Taken."""
    with database.writing() as db:
        return insert_account(db, email=email, name=name, role=role, password_hash=password_hash)


def insert_account(db: Connection, *, email: str, name: str, role: Role, password_hash: str) -> int:
    row = {"email": email, "name": name, "role": role, "password_hash": password_hash, "created_at": now()}
    try:
        with db.begin_nested():
            made = db.execute(insert(_account), row | WITHOUT_SECOND_STEP)
    except IntegrityError as error:
        raise Taken(email) from error
    (number,) = made.inserted_primary_key or (0,)
    return number


def rename(database: Database, number: int, name: str) -> None:
    with database.writing() as db:
        db.execute(update(_account).where(_account.c.id == number).values(name=name))


def set_password(db: Connection, number: int, password_hash: str, *, but: int | None = None) -> None:
    """All sign-ins of the account end, but the one that is named."""
    db.execute(update(_account).where(_account.c.id == number).values(password_hash=password_hash))
    end_sessions(db, number, but=but)


def change_password(database: Database, number: int, password_hash: str, *, but: int | None = None) -> None:
    with database.writing() as db:
        set_password(db, number, password_hash, but=but)


def set_role(database: Database, number: int, role: Role) -> None:
    """The account is signed out everywhere, and its tokens end with it. Raises LastAdmin."""
    with database.writing() as db:
        if role is not Role.ADMIN:
            _ensure_another_admin(db, number)
        db.execute(update(_account).where(_account.c.id == number).values(role=role))
        _end_all(db, number)


def close(database: Database, number: int) -> None:
    """Signed out everywhere, tokens ended, open links withdrawn. What the account wrote stays. Raises LastAdmin."""
    with database.writing() as db:
        _ensure_another_admin(db, number)
        db.execute(update(_account).where(_account.c.id == number).values(closed_at=now()))
        _end_all(db, number)


def reopen(database: Database, number: int) -> None:
    with database.writing() as db:
        db.execute(update(_account).where(_account.c.id == number).values(closed_at=None))


def end_sessions(db: Connection, number: int, *, but: int | None = None) -> None:
    gone = delete(_session).where(_session.c.account_id == number)
    db.execute(gone if but is None else gone.where(_session.c.id != but))


def _end_all(db: Connection, number: int) -> None:
    end_sessions(db, number)
    for table in (core(Token), core(Invitation)):
        db.execute(delete(table).where(table.c.account_id == number))


def _ensure_another_admin(db: Connection, number: int) -> None:
    """Both of two admins who would demote each other at once are asked for in one order, so that one of them waits."""
    query = select(_account.c.id).where(_account.c.role == Role.ADMIN, _account.c.closed_at.is_(None))
    admins = list(db.execute(query.order_by(_account.c.id).with_for_update()).scalars())
    if admins == [number]:
        raise LastAdmin(number)
