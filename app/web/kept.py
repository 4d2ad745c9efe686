"""What was typed before somebody had to sign in: it goes along with the form, and is sent on when they are back."""

from dataclasses import dataclass

from fastapi import Request
from starlette.exceptions import HTTPException

from app.web import forms
from app.web.forms import Form
from app.web.origin import safe_path

PREFIX = "kept."
TO = "kept_to"
SECRET = ("password", "one_time_code")  # names that begin or end so are never carried on


@dataclass(frozen=True)
class Kept:
    """A form that could not be taken: where it was going, and its fields."""

    to: str
    pairs: tuple[tuple[str, str], ...]

    def hidden(self) -> list[tuple[str, str]]:
        """As hidden fields of another form."""
        return [(TO, self.to), *((PREFIX + name, value) for name, value in self.pairs)]

    def shown(self) -> list[tuple[str, str]]:
        """What a person typed; numbers of versions and empty fields tell nobody anything."""
        return [(name, value) for name, value in self.pairs if value.strip()]


async def typed_before(request: Request) -> Kept | None:
    """The form that this request brought; None when it brought none."""
    if request.method != "POST":
        return None
    try:
        pairs = await forms.fields(request)
    except HTTPException:  # a file, or what is no form: that has to be sent anew
        pairs = []
    here = safe_path(request.url.path + (f"?{request.url.query}" if request.url.query else ""), "")
    return Kept(here, tuple((name, value) for name, value in pairs if not _is_secret(name))) if here else None


def kept_in(typed: Form) -> Kept | None:
    """What a form carries for another."""
    pairs = typed.pairs()
    to = safe_path(next((value for name, value in pairs if name == TO), ""), "")
    carried = tuple((name.removeprefix(PREFIX), value) for name, value in pairs if name.startswith(PREFIX))
    return Kept(to, carried) if to else None


def _is_secret(name: str) -> bool:
    return name.startswith(SECRET) or name.endswith(SECRET)
