"""Tries at a password, counted so that nobody guesses for long, and what else may be done so many times an hour. A try
that succeeds is not counted."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from sqlalchemy import Connection, delete, func, insert, select, text

from app.store import keys
from app.store.columns import core
from app.store.database import Database
from app.store.history import now
from app.store.tables import Attempt

MOST = 20
SPAN = timedelta(hours=1)

_attempt = core(Attempt)


class TooOften(Exception):
    """Too many tries within the hour; `wait` says how many seconds until the next one is taken."""

    def __init__(self, wait: int) -> None:
        super().__init__(wait)
        self.wait = wait


def begin(database: Database, email: str, address: str) -> list[int]:
    """Counts a try before it is made, so that many at once are not more than many. Raises TooOften."""
    moment = now()
    told = {"account": keys.kept(email), "address": keys.kept(network(address))}
    with database.writing() as db:
        _one_at_a_time(db, told.values())
        db.execute(delete(_attempt).where(_attempt.c.at <= moment - SPAN))
        for kind, key in told.items():
            _ensure_fewer(db, kind, key, MOST, moment)
        return [_insert(db, kind, key) for kind, key in told.items()]


def count(db: Connection, kind: str, address: str, most: int) -> None:
    """Counts what is done from an address at most so often an hour, within the transaction that does it. Raises
    TooOften."""
    moment, key = now(), keys.kept(network(address))
    _one_at_a_time(db, [key])
    db.execute(delete(_attempt).where(_attempt.c.at <= moment - SPAN))
    _ensure_fewer(db, kind, key, most, moment)
    _insert(db, kind, key)


def succeeded(database: Database, numbers: list[int]) -> None:
    with database.writing() as db:
        db.execute(delete(_attempt).where(_attempt.c.id.in_(numbers)))


def network(address: str) -> str:
    """Whoever has one address of version 6 has the other 2^64 beside it."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address):
        return str(found.ipv4_mapped or ip_network((found, 64), strict=False))
    return str(found)


def _ensure_fewer(db: Connection, kind: str, key: str, most: int, moment: datetime) -> None:
    mine = (_attempt.c.kind == kind) & (_attempt.c.key == key)
    oldest, count = db.execute(select(func.min(_attempt.c.at), func.count()).where(mine)).one()
    if count >= most:
        raise TooOften(max(1, round((oldest + SPAN - moment).total_seconds())))


def _insert(db: Connection, kind: str, key: str) -> int:
    (number,) = db.execute(insert(_attempt), {"kind": kind, "key": key, "at": now()}).inserted_primary_key or (0,)
    return int(number)


def _one_at_a_time(db: Connection, told: Iterable[str]) -> None:
    """Tries at one account wait for each other. On SQLite writes do so anyway."""
    if db.dialect.name == "postgresql":
        for key in sorted(told):
            db.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": int(key[:15], 16)})
