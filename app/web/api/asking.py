"""What a program asks for: the parameters of an address, read strictly. What cannot be read is named and refused."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Annotated, Any

from fastapi import Depends, Path

from app.domain import filter as filters
from app.domain.codes import N_
from app.domain.filter import LONGEST_QUESTION, Known, PledgeFilter
from app.domain.signs import hidden
from app.formats.shape import Day, Faults
from app.store.lists import Place
from app.web import words
from app.web.api.problems import Refused, error
from app.web.ask import Ask, Asked
from app.web.refusals import SignInNeeded
from app.web.who import bearer

MOST, USUAL = 100, 50
LARGEST = 2**53
LONGEST = {"comment": 500, "overrule": 300}
PAGING = ("per", "after", "before")
NOT_HERE = ("page", "view", "measure", "fields", *PAGING)  # of the pages, or read by the API in its own way

UNREADABLE = N_("A parameter of the address cannot be read.")
NOT_KNOWN = N_("This value is not known.")
NO_WHOLE = N_("A whole number from %(least)s to %(most)s is asked for.")
NO_FIELD = N_("There is no field of this name.")
EMPTY = N_("This must not be empty.")
TOO_LONG = N_("This is too long.")
UNSEEN = N_("There are signs in this that nobody can see. Please type it anew.")


def reading(ask: Asked) -> Ask:
    """Anybody, so many times a minute. A token that is none is told so at once: raises SignInNeeded, TooMany."""
    client = ask.request.client
    ask.request.app.state.reads.count(client.host if client else "")
    if bearer(ask.request) is not None and ask.who is None:
        raise SignInNeeded
    return ask


Reading = Annotated[Ask, Depends(reading)]
Number = Annotated[int, Path(ge=0, le=LARGEST, description="Number of the pledge.", examples=[7])]


class Asking:
    """Reads the parameters of one address and gathers what is wrong with them."""

    def __init__(self, ask: Ask) -> None:
        self.ask = ask
        self.given = dict(ask.request.query_params.multi_items())
        self.wrong: dict[str, dict[str, str]] = {}

    def refuse(self, name: str, sentence: str, value: str = "", **told: Any) -> None:
        self.wrong.setdefault(name, error(name, words.gettext(sentence) % told, _visible(value)))

    def ensure_sound(self) -> None:
        """Raises Refused."""
        if self.wrong:
            raise Refused(400, UNREADABLE, self.wrong.values())

    def whole(self, name: str, least: int, most: int, otherwise: Any = None) -> Any:
        text = self.given.get(name)
        if text is None:
            return otherwise
        if text.isascii() and text.isdigit() and len(text) <= 16 and least <= int(text) <= most:
            return int(text)
        self.refuse(name, NO_WHOLE, text, least=least, most=most)
        return otherwise

    def one_of(self, name: str, choices: Iterable[str], otherwise: str = "") -> str:
        text = self.given.get(name)
        if text is not None and text not in set(choices):
            self.refuse(name, NOT_KNOWN, text)
        return otherwise if text is None else text

    def text(self, name: str, most: int = LONGEST_QUESTION, least: int = 1) -> str:
        text = self.given.get(name, "")
        if name in self.given and len(text) < least:
            self.refuse(name, EMPTY)
        elif len(text) > most:
            self.refuse(name, TOO_LONG, text)
        elif hidden(text):
            self.refuse(name, UNSEEN, text)
        return text.strip()

    def day(self, name: str) -> date | None:
        text = self.given.get(name)
        if text is None:
            return None
        found = Faults()
        day: date | None = Day().read(text, name, found)
        for one in found:
            self.refuse(name, one.sentence, text)
        return day

    def place(self) -> Place:
        """Where in a list. In front of a number counts where both are given, as on the pages."""
        after, before = (self.whole(name, 0, LARGEST) for name in ("after", "before"))
        return Place(after, before, self.whole("per", 1, MOST, USUAL))

    def fields(self, known: Iterable[str]) -> list[str] | None:
        """Those of every record that are asked for; None for all."""
        text = self.given.get("fields")
        if text is None:
            return None
        names, told = text.split(","), set(known)
        for name in names:
            if name not in told:
                self.refuse("fields", NO_FIELD, name)
        if len(names) > len(told):
            self.refuse("fields", TOO_LONG, text)
        return names

    def wanted(self) -> PledgeFilter:
        """The filter of the pages, with the paging of the API."""
        reference, place = self.ask.reference, self.place()
        known = Known(reference.donor_ids, reference.system_ids, reference.event_ids)
        pairs = [pair for pair in self.ask.request.query_params.multi_items() if pair[0] not in NOT_HERE]
        found = filters.read(pairs, known)
        for one in found.unread:
            self.refuse(one.parameter, NOT_KNOWN, one.value)
        for name, value in pairs:
            if value == "" and name in filters.FACET_NAMES | {"from", "to", "q", "as_of", "sort"}:
                self.refuse(name, NOT_KNOWN)
        for name in filters.FACET_NAMES & set(self.given):
            if len(self.ask.request.query_params.getlist(name)) > filters.MOST_VALUES:
                self.refuse(name, TOO_LONG)
        self.text("q")
        return replace(found, after=place.after, before=place.before, per=place.per)


def about_a_change(asking: Asking) -> Mapping[str, str]:
    """What stands beside a record that is sent: `comment`, and `overrule`, the reason to save in spite of a warning."""
    return {name: asking.text(name, most, least=0) for name, most in LONGEST.items()}


def _visible(text: str) -> str:
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in text[:80])
