"""Keys that are handed out once: 256 random bits. Only their SHA-256 is kept, so whoever reads it cannot use it."""

import hashlib
import secrets


def fresh() -> str:
    return secrets.token_urlsafe(32)


def kept(key: str) -> str:
    """What stands in the database for a key. A plain digest does: a key, unlike a password, cannot be guessed."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
