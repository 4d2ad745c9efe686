"""People with an account: what each role may do, how an e-mail address is compared, which passwords are refused."""

import re
import unicodedata
from collections.abc import Iterable
from threading import Lock

from zxcvbn import zxcvbn

from app.domain.codes import N_, Code

SHORTEST, LONGEST = 12, 1024  # characters of a password
LONGEST_EMAIL, LONGEST_NAME = 254, 100
WEIGHED = 100  # characters of a password that are weighed: the time it takes grows faster than the length
STRONG = 3  # of 0 to 4: at least 10^8 guesses
# Words that whoever guesses here will try first.
OURS = ("allied pledges", "alliedpledges", "pledges", "ukraine", "patriot")
EMAIL = re.compile(r"[^@\s<>\"(),:;\\\[\]]+@[^@\s<>\"(),:;\\\[\]]+\.[^@\s<>\"(),:;\\\[\].]+")

_weighing = Lock()  # zxcvbn keeps the context of a password in a global


class Role(Code):
    """In rising order: each role may do all that the ones before it may."""

    READER = "reader", N_("Reader")
    CONTRIBUTOR = "contributor", N_("Contributor")
    EDITOR = "editor", N_("Editor")
    ADMIN = "admin", N_("Admin")

    @property
    def rank(self) -> int:
        return list(Role).index(self)

    def at_least(self, other: "Role") -> bool:
        return self.rank >= other.rank


class Scope(Code):
    """What a token may do of what its account may."""

    READ = "read", N_("Read")
    WRITE = "write", N_("Read and write")


class Purpose(Code):
    """What a link that works once is for."""

    FIRST_ADMIN = "first_admin", N_("The first admin")
    INVITE = "invite", N_("A new account")
    RESET = "reset", N_("A new password")


class NotAccepted(ValueError):
    """An e-mail address, name or password that is refused; the message is a sentence for whoever typed it."""


def checked_email(typed: str) -> str:
    """The address as it is kept and compared: without case and outer space. Raises NotAccepted."""
    email = unicodedata.normalize("NFKC", typed).strip().casefold()
    if len(email) > LONGEST_EMAIL or not email.isprintable() or not EMAIL.fullmatch(email):
        raise NotAccepted(N_("This is not an e-mail address. One looks like anna@example.org."))
    return email


def checked_name(typed: str) -> str:
    """Raises NotAccepted."""
    name = " ".join(typed.split())
    if not name:
        raise NotAccepted(N_("A name is missing. It stands in the history beside what you change."))
    if len(name) > LONGEST_NAME or not name.isprintable():
        raise NotAccepted(N_("A name has 100 characters at most, all of them visible."))
    return name


def checked_password(typed: str, about: Iterable[str] = ()) -> str:
    """The password as it is hashed. `about` are the e-mail address and the name: a password made of them is weak.
    Raises NotAccepted."""
    password = spelled(typed)
    if len(password) < SHORTEST:
        raise NotAccepted(N_("A password has at least 12 characters. A few words that do not belong together do well."))
    if len(password) > LONGEST:
        raise NotAccepted(N_("A password has 1,024 characters at most."))
    if _strength(password[:WEIGHED], about) < STRONG:
        raise NotAccepted(
            N_("This password is easily guessed: it is common, repeats itself, or is made of your name or address.")
        )
    return password


def _strength(password: str, about: Iterable[str]) -> int:
    """From 0 to 4, of what is left without the words that whoever guesses knows already."""
    known = [piece for text in (*OURS, *about) for piece in (text, *re.split(r"[\W_]+", text)) if len(piece) > 2]
    left = password
    for piece in sorted(known, key=len, reverse=True):
        left = re.sub(re.escape(piece), "", left, flags=re.IGNORECASE)
    with _weighing:
        score: int = zxcvbn(left, known, max_length=WEIGHED)["score"] if left else 0
    return score


def spelled(password: str) -> str:
    """The same letters typed on another keyboard are the same password."""
    return unicodedata.normalize("NFC", password)
