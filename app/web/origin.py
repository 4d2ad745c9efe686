"""Where a request came in: by which address of ours, whether unread by others on the way, from this machine or not."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import URL
from starlette.requests import HTTPConnection

from app.settings import Settings

SESSION, PLAIN_SESSION = "__Host-session", "session"


def own_origin(request: HTTPConnection, settings: Settings) -> str:
    """Scheme and host of this site: as set, else as asked for."""
    parts = urlsplit(settings.base_url) if settings.base_url else urlsplit(str(request.base_url))
    return f"{parts.scheme}://{parts.netloc}".lower()


def is_secure(request: HTTPConnection, settings: Settings) -> bool:
    """Whether readers come by https; a proxy in front may have taken it off."""
    return request.url.scheme == "https" or settings.base_url.startswith("https://")


def is_loopback(request: HTTPConnection, settings: Settings) -> bool:
    """Whether the site is one for this machine alone."""
    host = (URL(settings.base_url) if settings.base_url else request.url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def session_cookie(request: HTTPConnection, settings: Settings) -> str:
    """The name of the cookie that holds a sign-in; "" where nobody can sign in, since others could read it."""
    if is_secure(request, settings):
        return SESSION
    return PLAIN_SESSION if is_loopback(request, settings) else ""


def safe_path(typed: str, otherwise: str = "/") -> str:
    """An address on this site to go on to. Browsers drop tabs and line ends, and take a backslash for a slash."""
    if not typed.startswith("/") or typed.startswith("//") or "\\" in typed or len(typed) > 4096:
        return otherwise
    if not typed.isprintable() or " " in typed:
        return otherwise
    parts = urlsplit(typed)
    return otherwise if parts.scheme or parts.netloc else typed
