"""People: their accounts, sign-ins, second steps and tokens, links that work once, and tries that are counted.

Nothing here lets anybody in who reads it: of passwords, tokens, codes and links only hashes are kept. The secret of a
second step has to be kept as it is."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import SQLModel

from app.domain.account import Purpose, Role, Scope
from app.store.columns import coded, coded_or_none, identity, may_refer_to, ordered, refers_to, text


class Account(SQLModel, table=True):
    id: int | None = identity()
    email: str = ordered(unique=True)  # as checked_email gives it
    name: str = text()
    role: Role = coded(Role)
    password_hash: str = text()
    totp_secret: str = text()  # empty while there is no second step
    totp_since: datetime | None = None  # None while the secret has not been confirmed by a code
    totp_step: int = 0  # the half minute of the last code used; none is taken twice
    created_at: datetime
    closed_at: datetime | None = None


class Session(SQLModel, table=True):
    """One sign-in of one browser."""

    id: int | None = identity()
    account_id: int = refers_to("account.id")
    token: str = ordered(unique=True)  # SHA-256 of what the cookie holds
    created_at: datetime
    seen_at: datetime  # behind by some minutes at most
    confirmed_at: datetime  # when the password was last typed
    edit_mode: bool = False
    browser: str = text()


class RecoveryCode(SQLModel, table=True):
    """Stands in for the second step, once."""

    __tablename__ = "recovery_code"
    id: int | None = identity()
    account_id: int = refers_to("account.id")
    code: str = ordered()  # SHA-256


class Token(SQLModel, table=True):
    """Lets a program act for an account."""

    id: int | None = identity()
    account_id: int = refers_to("account.id")
    name: str = text()
    token: str = ordered(unique=True)  # SHA-256
    scope: Scope = coded(Scope)
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None = None  # behind by some minutes at most


class Invitation(SQLModel, table=True):
    """A link that works once."""

    id: int | None = identity()
    token: str = ordered(unique=True)  # SHA-256
    purpose: Purpose = coded(Purpose)
    role: Role | None = coded_or_none(Role)  # of the account to be made
    email: str = text()  # of the account to be made; empty when whoever opens the link may say
    account_id: int | None = may_refer_to("account.id")  # whose password is made anew
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None = None


class Attempt(SQLModel, table=True):
    """A try at a password or code that failed or is still under way."""

    __table_args__ = (Index("ix_attempt", "kind", "key", "at"),)
    id: int | None = identity()
    kind: str = text()  # account or address
    key: str = ordered()  # SHA-256 of the e-mail or network address
    at: datetime
