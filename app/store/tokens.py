"""Tokens: keys with which programs act for an account."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from app.domain.account import Scope
from app.store import keys
from app.store.accounts import MEMBER, certain
from app.store.columns import core
from app.store.database import Database
from app.store.history import now
from app.store.tables import Account, Token

PREFIX = "ap_"  # so that a token that leaked into a file is known for what it is
SEEN = timedelta(minutes=5)  # how far behind `used_at` may be
MOST = 50  # tokens of one account

_account, _token = core(Account), core(Token)


class TooManyTokens(ValueError):
    """An account has as many tokens as it may have."""


def find(database: Database, key: str) -> Row[*tuple[Any, ...]] | None:
    """The token that is good, with its account; None once it has ended or the account is closed."""
    query = (
        select(*MEMBER, _token.c.id.label("token_id"), _token.c.scope, _token.c.used_at)
        .join_from(_token, _account, _token.c.account_id == _account.c.id)
        .where(_token.c.token == keys.kept(key), _account.c.closed_at.is_(None), _token.c.expires_at > now())
    )
    with certain(database) as db:
        return db.execute(query).one_or_none()


def make(database: Database, account: int, *, name: str, scope: Scope, days: int) -> str:
    """The key, which is nowhere to be read again. Raises TooManyTokens."""
    key, moment = PREFIX + keys.fresh(), now()
    row = {"account_id": account, "name": name, "token": keys.kept(key), "scope": scope, "created_at": moment}
    with database.writing() as db:
        db.execute(delete(_token).where(_token.c.expires_at <= moment - timedelta(days=30)))
        if len(db.execute(select(_token.c.id).where(_token.c.account_id == account)).all()) >= MOST:
            raise TooManyTokens
        db.execute(insert(_token), row | {"expires_at": moment + timedelta(days=days)})
    return key


def used(database: Database, number: int) -> None:
    with database.writing() as db:
        db.execute(update(_token).where(_token.c.id == number).values(used_at=now()))


def of(database: Database, account: int) -> list[Row[*tuple[Any, ...]]]:
    """The tokens of an account, those that have run out too, the latest first."""
    query = select(_token).where(_token.c.account_id == account).order_by(_token.c.id.desc())
    with certain(database) as db:
        return list(db.execute(query))


def end(database: Database, account: int, number: int) -> bool:
    """Whether the account had such a token; that of another is left alone."""
    with database.writing() as db:
        gone = db.execute(delete(_token).where(_token.c.id == number, _token.c.account_id == account))
        return gone.rowcount == 1
