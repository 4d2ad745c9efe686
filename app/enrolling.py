"""Accounts and tokens for whoever runs the program: what the commands do, each told in a sentence."""

from collections.abc import Iterator

from app.domain.account import Role, Scope, checked_email, checked_name, checked_password
from app.settings import Settings
from app.store import accounts, invitations, passwords, tokens
from app.store.database import Database

EVERYWHERE = {"://0.0.0.0": "://127.0.0.1", "://[::]": "://[::1]"}  # where it listens, and how it is asked for


class CannotEnrol(ValueError):
    """The message is one line for whoever typed the command."""


def first_admin(database: Database, address: str) -> str | None:
    """The line with the link for the first admin; None when there is an admin. Older links end."""
    key = invitations.first_admin(database)
    if key is None:
        return None
    for listened, asked in EVERYWHERE.items():
        address = address.replace(listened, asked)
    return f"There is no admin yet. Whoever opens this link first becomes it, within 24 hours: {_link(address, key)}"


def add(database: Database, settings: Settings, typed: str, role: Role, name: str, password: str | None) -> str:
    """With a password the account is made at once; without one, a link with which its owner makes it. Raises
    CannotEnrol."""
    try:
        email = checked_email(typed)
        if password is None:
            address = settings.base_url or f"http://{settings.host}:{settings.port}"
            return _link(address, invitations.invite(database, email=email, role=role))
        called = checked_name(name or email.partition("@")[0])
        hashed = passwords.hashed(checked_password(password, (email, called)))
        accounts.open_account(database, email=email, name=called, role=role, password_hash=hashed)
    except accounts.Taken as error:
        raise CannotEnrol(f"There is an account of {typed} already.") from error
    except ValueError as error:  # NotAccepted, of any of the three
        raise CannotEnrol(str(error)) from error
    return f"The account of {email} is made, as {role}."


def lines(database: Database) -> Iterator[str]:
    """A line for each account."""
    for one in accounts.everybody(database):
        second = "with a second step" if one.totp_since else "without a second step"
        yield f"{one.email}  {one.role}  {'closed' if one.closed_at else second}"


def token(database: Database, typed: str, scope: Scope, days: int) -> str:
    """The token alone, so that it can be read by another program. Raises CannotEnrol."""
    account = accounts.of_email(database, typed.strip().casefold())
    if account is None or account.closed_at:
        raise CannotEnrol(f"There is no open account of {typed}.")
    try:
        return tokens.make(database, account.id, name="command line", scope=scope, days=days)
    except tokens.TooManyTokens as error:
        raise CannotEnrol("An account has 50 tokens at most. End one on its page first.") from error


def _link(address: str, key: str) -> str:
    return f"{address.rstrip('/')}/invitations/{key}"
