"""Passwords as they are kept: argon2id with 19 MiB and two passes, at most two at a time."""

from threading import BoundedSemaphore

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from app.domain.account import LONGEST, spelled

AT_A_TIME = 2
# The hash of a password that nobody knows: who asks for an account that is not there waits as long as anybody.
NOBODY = "$argon2id$v=19$m=19456,t=2,p=1$1RshhnkjaoPSPfLpQJfzBw$jYkuIraM4ESUou0AChkkqHj9RhYypQUv7d1a6rEGnIs"

_hash = PasswordHash((Argon2Hasher(memory_cost=19 * 1024, time_cost=2, parallelism=1),))
_room = BoundedSemaphore(AT_A_TIME)


def hashed(password: str) -> str:
    """The password is one that `checked_password` has let through."""
    with _room:
        return _hash.hash(password)


def fits(password: str, kept: str | None) -> bool:
    """Whether it is the password of which this hash is kept; None: there is no account."""
    with _room:
        return _hash.verify(spelled(password)[:LONGEST], kept or NOBODY) and bool(kept) and len(password) <= LONGEST
