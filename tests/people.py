"""The cast that signs in: anna and ben edit, clara suggests, ada looks after the accounts."""

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
    found = accounts.of_email(database, email_of(person))
    if found:
        return found.id
    name, role = CAST[person]
    made = accounts.open_account(database, email=email_of(person), name=name, role=role, password_hash=HASH)
    if role is Role.ADMIN:
        second_steps.begin(database, made)
        with database.writing() as db:
            db.execute(core(Account).update().where(core(Account).c.id == made).values(totp_since=now()))
    return made


def key_of(database: Database, person: str) -> str:
    """What the cookie of a new sign-in of theirs holds."""
    return sessions.begin(database, account_of(database, person), "Firefox, Linux")
