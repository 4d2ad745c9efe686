"""The cast that signs in: anna and ben edit, clara suggests, ada looks after the accounts."""

from sqlalchemy import update

from app.domain.account import Role
from app.store import accounts, passwords, second_steps, sessions
from app.store.columns import core
from app.store.database import Database
from app.store.history import now
from app.store.tables import Account

CAST = {
    "anna": ("Anna Lind", Role.EDITOR),
    "ben": ("Ben Okoro", Role.EDITOR),
    "clara": ("Clara Vogt", Role.CONTRIBUTOR),
    "ada": ("Ada Novak", Role.ADMIN),
}
PASSWORD = "violet hammers sing at noon"
HASH = passwords.hashed(PASSWORD)  # once for all: it takes its time by design


def email_of(person: str) -> str:
    return f"{person}@pledges.test"


def account_of(database: Database, person: str) -> int:
    """The number of their account, which is made when first asked for. Admins have a second step."""
    (name, role), email = CAST[person], email_of(person)
    found = accounts.of_email(database, email)
    number = found.id if found else None
    if number is None:
        number = accounts.open_account(database, email=email, name=name, role=role, password_hash=HASH)
    if role is Role.ADMIN and not (found and found.totp_since):
        second_steps.begin(database, number)
        with database.writing() as db:
            db.execute(update(core(Account)).where(core(Account).c.id == number).values(totp_since=now()))
    return number


def key_of(database: Database, person: str) -> str:
    """What the cookie of a new sign-in of theirs holds."""
    return sessions.begin(database, account_of(database, person), "Firefox, Linux")
