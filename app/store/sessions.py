"""Sign-ins: each a browser that holds a key in its cookie."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, or_, select, update

from app.store import keys
from app.store.accounts import MEMBER, certain
from app.store.columns import core
from app.store.database import Database
from app.store.history import now
from app.store.tables import Account, Session

IDLE = timedelta(hours=8)
LONGEST = timedelta(days=7)
SEEN = timedelta(minutes=5)  # how far behind `seen_at` may be

_account, _session = core(Account), core(Session)


def find(database: Database, key: str) -> Row[*tuple[Any, ...]] | None:
    """The sign-in that lasts under this key, with its account; None once it has ended or the account is closed."""
    query = (
        select(
            *MEMBER,
            _session.c.id.label("session_id"),
            _session.c.seen_at,
            _session.c.confirmed_at,
            _session.c.edit_mode,
        )
        .join_from(_session, _account, _session.c.account_id == _account.c.id)
        .where(_session.c.token == keys.kept(key), _account.c.closed_at.is_(None))
        .where(_session.c.created_at > now() - LONGEST, _session.c.seen_at > now() - IDLE)
    )
    with certain(database) as db:
        return db.execute(query).one_or_none()


def begin(database: Database, account: int, browser: str) -> str:
    """The key of a new sign-in. Those that have run out, of anybody, are cleared away."""
    with database.writing() as db:
        db.execute(
            delete(_session).where(or_(_session.c.created_at <= now() - LONGEST, _session.c.seen_at <= now() - IDLE))
        )
        return insert_session(db, account, browser)


def insert_session(db: Connection, account: int, browser: str) -> str:
    key, moment = keys.fresh(), now()
    row = {"account_id": account, "token": keys.kept(key), "browser": browser, "edit_mode": False}
    db.execute(insert(_session), row | {"created_at": moment, "seen_at": moment, "confirmed_at": moment})
    return key


def seen(database: Database, number: int) -> None:
    _set(database, number, seen_at=now())


def renew(database: Database, number: int, *, confirmed: bool = False) -> str:
    """The sign-in goes on under a new key; `confirmed`: the password was typed again."""
    key = keys.fresh()
    _set(database, number, token=keys.kept(key), **({"confirmed_at": now()} if confirmed else {}))
    return key


def set_edit_mode(database: Database, number: int, on: bool) -> None:
    _set(database, number, edit_mode=on)


def of(database: Database, account: int) -> list[Row[*tuple[Any, ...]]]:
    """The sign-ins of an account that last, the latest first."""
    query = (
        select(_session)
        .where(_session.c.account_id == account)
        .where(_session.c.created_at > now() - LONGEST, _session.c.seen_at > now() - IDLE)
        .order_by(_session.c.seen_at.desc(), _session.c.id.desc())
    )
    with certain(database) as db:
        return list(db.execute(query))


def end(database: Database, account: int, number: int) -> bool:
    """Whether the account had such a sign-in; that of another is left alone."""
    with database.writing() as db:
        gone = db.execute(delete(_session).where(_session.c.id == number, _session.c.account_id == account))
        return gone.rowcount == 1


def end_others(database: Database, account: int, number: int) -> int:
    """Ends all sign-ins of an account but one; how many."""
    with database.writing() as db:
        return db.execute(delete(_session).where(_session.c.account_id == account, _session.c.id != number)).rowcount


def _set(database: Database, number: int, **values: Any) -> None:
    with database.writing() as db:
        db.execute(update(_session).where(_session.c.id == number).values(**values))
