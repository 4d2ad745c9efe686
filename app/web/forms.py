"""What was typed, and what was wrong with it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import Depends, Request
from starlette.exceptions import HTTPException

from app.domain.codes import N_
from app.domain.signs import hidden
from app.web.refusals import Misread
from app.web.words import gettext

BODY = 1024 * 1024  # bytes of a form, and of any request that does not say otherwise
FIELDS = 1000


class Problem(ValueError):
    """One field that cannot be taken as typed. The sentence is translated by whoever shows it."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field, self.sentence = field, sentence


class Problems(dict[str, str]):
    """What was wrong with a form, by field, in the language of the reader."""

    @classmethod
    def told(cls, sentences: Mapping[str, str] | None) -> "Problems":
        return cls({field: gettext(sentence) for field, sentence in (sentences or {}).items()})

    def at(self, field: str) -> str:
        return self.get(field, "")

    def links(self, prefix: str = "") -> list[tuple[str, str]]:
        """For the summary over the form, whose fields have their names as ids, behind a prefix."""
        return [(prefix + field, sentence) for field, sentence in self.items()]


class Form:
    """The fields of a form in their order; a name may stand more than once."""

    def __init__(self, pairs: Iterable[tuple[str, str]] = ()) -> None:
        self._pairs = list(pairs)

    def has(self, name: str) -> bool:
        return any(one == name for one, _ in self._pairs)

    def text(self, name: str, default: str = "") -> str:
        """One line without outer space. Raises Problem for signs that nobody sees."""
        typed = self._last(name, default).strip()
        return self._visible(name, typed)

    def area(self, name: str, default: str = "") -> str:
        """Several lines, ended as one line ends here, without space at the end. Raises Problem."""
        typed = self._last(name, default).replace("\r\n", "\n").replace("\r", "\n").strip("\n").rstrip()
        self._visible(name, typed.replace("\n", " ").replace("\t", " "))
        return typed

    def lines(self, name: str) -> list[str]:
        """The lines of an area that hold something. Raises Problem."""
        return [line.strip() for line in self.area(name).split("\n") if line.strip()]

    def texts(self, name: str) -> list[str]:
        """Every value of a name that may stand more than once. Raises Problem."""
        return [self._visible(name, value.strip()) for one, value in self._pairs if one == name]

    def raw(self, name: str, default: str = "") -> str:
        """Exactly as typed: for passwords, and for showing a form again."""
        return self._last(name, default)

    def pairs(self) -> list[tuple[str, str]]:
        return list(self._pairs)

    def ensure_only(self, names: Iterable[str]) -> None:
        """Raises Misread for a field that the form does not have."""
        known = set(names)
        strange = sorted({name for name, _ in self._pairs} - known)
        if strange:
            told = gettext("This form has no field “%(name)s”.") % {"name": shown(strange[0])}
            raise Misread(told)

    def _last(self, name: str, default: str) -> str:
        return next((value for one, value in reversed(self._pairs) if one == name), default)

    def _visible(self, name: str, text: str) -> str:
        if hidden(text):
            raise Problem(name, N_("There are signs in this that nobody can see. Please type it anew."))
        return text


def shown(text: str) -> str:
    """A text from outside as a sentence can name it."""
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in text[:80])


async def typed(request: Request) -> Form:
    """Reads a form without files. Raises Misread."""
    return Form(await fields(request))


async def fields(request: Request) -> Sequence[tuple[str, str]]:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    body = await request.body()
    if not body:
        return []
    try:
        text = body.decode("utf-8")
        if kind == "application/x-www-form-urlencoded":
            pairs = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=FIELDS)
        elif kind == "multipart/form-data":
            pairs = await _parts(request)
        else:
            raise Misread(N_("Only forms are taken here."), 415)
    except ValueError as error:
        raise Misread from error
    if any("\0" in name or "\0" in value for name, value in pairs):
        raise Misread
    return pairs


async def _parts(request: Request) -> list[tuple[str, str]]:
    try:
        form = await request.form(max_files=0, max_fields=FIELDS, max_part_size=BODY)
    except HTTPException as error:
        raise Misread from error
    return [(name, str(value)) for name, value in form.multi_items()]


Typed = Annotated[Form, Depends(typed)]
