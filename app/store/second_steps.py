"""The second step of signing in: codes of an app, and codes on paper for the day the phone is gone."""

import hmac
import secrets
import time

import pyotp
from sqlalchemy import Connection, delete, insert, select, update

from app.store import keys
from app.store.accounts import WITHOUT_SECOND_STEP, certain
from app.store.columns import core
from app.store.database import Database
from app.store.history import now
from app.store.tables import Account, RecoveryCode

ISSUER = "Allied Pledges"
STEP = 30  # seconds
CODES = 10
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another

_account, _code = core(Account), core(RecoveryCode)


def begin(database: Database, account: int) -> None:
    """A secret that waits for its first code; where one counts already, nothing changes."""
    with database.writing() as db:
        waiting = update(_account).where(_account.c.id == account, _account.c.totp_since.is_(None))
        db.execute(waiting.values(totp_secret=pyotp.random_base32(), totp_step=0))


def address(secret: str, email: str) -> str:
    """What an app reads from the picture."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=ISSUER)


def confirm(database: Database, account: int, typed: str) -> list[str] | None:
    """From the first right code on the secret counts. The recovery codes, which are nowhere to be read again; None
    when the code is not right."""
    with database.writing() as db:
        if not _is_code(db, account, typed, waiting=True):
            return None
        db.execute(update(_account).where(_account.c.id == account).values(totp_since=now()))
        db.execute(delete(_code).where(_code.c.account_id == account))
        codes = [_recovery_code() for _ in range(CODES)]
        db.execute(insert(_code), [{"account_id": account, "code": keys.kept(_plain(code))} for code in codes])
        return codes


def passes(database: Database, account: int, typed: str) -> bool:
    """Whether it is a code of the app or of the paper. Either is used up by it."""
    with database.writing() as db:
        if _is_code(db, account, typed, waiting=False):
            return True
        mine = delete(_code).where(_code.c.account_id == account, _code.c.code == keys.kept(_plain(typed)))
        return db.execute(mine).rowcount == 1


def remove(database: Database, account: int) -> None:
    with database.writing() as db:
        take_away(db, account)


def take_away(db: Connection, account: int) -> None:
    db.execute(update(_account).where(_account.c.id == account).values(WITHOUT_SECOND_STEP))
    db.execute(delete(_code).where(_code.c.account_id == account))


def left(database: Database, account: int) -> int:
    """How many recovery codes have not been used."""
    with certain(database) as db:
        return len(db.execute(select(_code.c.id).where(_code.c.account_id == account)).all())


def _is_code(db: Connection, account: int, typed: str, *, waiting: bool) -> bool:
    """A code is good for its half minute and the ones beside it, and is never taken twice."""
    row = db.execute(select(_account).where(_account.c.id == account).with_for_update()).one_or_none()
    typed = "".join(typed.split())
    if row is None or not row.totp_secret or (row.totp_since is None) != waiting or not typed.isascii():
        return False
    clock, present = pyotp.TOTP(row.totp_secret), int(time.time()) // STEP
    for step in (present - 1, present, present + 1):
        if step > row.totp_step and hmac.compare_digest(clock.at(step * STEP), typed):
            db.execute(update(_account).where(_account.c.id == account).values(totp_step=step))
            return True
    return False


def _recovery_code() -> str:
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))


def _plain(code: str) -> str:
    """Without what people add or leave out when they copy it."""
    return "".join(sign for sign in code.lower() if sign.isalnum())
