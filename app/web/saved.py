"""The answer to a save: the place that shows it, saved and with Undo; a page where there is no script."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from starlette.responses import RedirectResponse, Response

from app.domain.pledge import Pledge
from app.store import pledges, records
from app.store.editing import Written
from app.web import listing, words
from app.web.ask import Ask
from app.web.changing import Typing
from app.web.meanwhile import titles
from app.web.record import told
from app.web.render import part


@dataclass(frozen=True)
class Saved:
    """`merged` names what somebody else changed meanwhile; `where` is the place that an Undo replaces."""

    id: int
    version: int
    sentence: str
    merged: list[str]
    where: str = "page"

    @property
    def target(self) -> str:
        return {"list": f"#pledge-{self.id}", "record": "#record"}.get(self.where, "")


def answer(ask: Ask, written: Written, typed: Typing, name: str = "") -> Response:
    """`name` is the field or kind of part that was saved."""
    note = saved(written, typed.where)
    if not ask.wants_fragment or typed.where == "page":
        return RedirectResponse(address(written), 303)
    if typed.where == "list":
        return part(ask, "cells/row", line=line(ask, written.id), panel=None, cell=name, saved=note)
    record = records.find(ask.db, written.id)
    shown = told(ask, record) if record else None
    return part(ask, "pledges/record", told=shown, fixed=False, editor=True, editing=True, saved=note)


def address(written: Written) -> str:
    """The record, saying that it was saved and what merged; nothing more where there was nothing to change."""
    if written.change is None:
        return f"/pledges/{written.id}"
    merged = dict.fromkeys(one.field for one in written.theirs)
    told = [("saved", str(written.version)), *([("merged", " ".join(merged))] if merged else [])]
    return f"/pledges/{written.id}?{urlencode(told)}"


def saved(written: Written, where: str = "page") -> Saved | None:
    """None where there was nothing to change."""
    if written.change is None:
        return None
    said = sentence(written.version, written.pledge)
    return Saved(written.id, written.version, said, titles(written.theirs), where)


def sentence(version: int, pledge: Pledge) -> str:
    told = words.gettext("Saved as version %(version)s: %(title)s.")
    return told % {"version": version, "title": pledge.title}


def line(ask: Ask, number: int) -> listing.Line:
    """The row of the list."""
    return listing.lines(pledges.of(ask.db, {number}), ask.reference, date.today())[0]
