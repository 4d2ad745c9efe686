"""What a reader asks for: read from an address, narrowed, widened and written back to one."""

import re
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode

from app.domain.claim import Confidence
from app.domain.codes import N_, Code
from app.domain.donor import DonorGroup
from app.domain.milestone import Status
from app.domain.pledge import AidType, Counting
from app.domain.quantity import Qualifier
from app.domain.system import Role, Unit

MOST_VALUES = 100  # of one facet; the rest of ten thousand is named as unread
LONGEST_QUESTION = 200
FIRST_YEAR, LAST_YEAR = 1990, 2100
NEAR = 200  # pages that can be asked for by number


class YesNo(Code):
    YES = "yes", N_("yes")
    NO = "no", N_("no")


class Lack(Code):
    DATE = "date", N_("no date")
    QUANTITY = "quantity", N_("no number")
    DELIVERED = "delivered", N_("arrival not stated")
    VALUE = "value", N_("no value")
    SYSTEM = "system", N_("no system named")


class View(Code):
    TABLE = "table", N_("Table")
    CHART = "chart", N_("Chart")
    MAP = "map", N_("Map")


class Measure(Code):
    RECORDS = "records", N_("Pledges")
    ITEMS = "items", N_("Items")
    VALUE = "value", N_("Euros")


class Sort(Code):
    ANNOUNCED = "announced", N_("Announced")
    DONOR = "donor", N_("Donor")
    TITLE = "title", N_("Pledge")
    SYSTEM = "system", N_("System")
    QUANTITY = "quantity", N_("Pledged")
    DELIVERED = "delivered", N_("Delivered")
    AMOUNT = "amount", N_("Amount")
    VALUE = "value", N_("Value")
    STATUS = "status", N_("Status")
    SOURCES = "sources", N_("Sources")
    UPDATED = "updated", N_("Changed")


class Facet(Code):
    """A parameter that may be given several times: any of its values fits."""

    DONOR = "donor", N_("Donor")
    GROUP = "group", N_("Group")
    SYSTEM = "system", N_("System")
    AT = "at", N_("Exactly this system")
    AID = "aid", N_("Kind of aid")
    STATUS = "status", N_("Status")
    YEAR = "year", N_("Year")
    MONTH = "month", N_("Month")
    EVENT = "event", N_("Meeting")
    PACKAGE = "package", N_("Package")
    ROLE = "role", N_("Role")
    UNIT = "unit", N_("Unit")
    QUALIFIER = "qualifier", N_("Number")
    COUNTING = "counting", N_("Counting")
    CONFIDENCE = "confidence", N_("Confidence")
    SOURCE = "source", N_("Sourced")
    LACKS = "lacks", N_("What is missing")
    OVERDUE = "overdue", N_("Overdue")


CODES: dict[Facet, type[Code]] = {
    Facet.GROUP: DonorGroup,
    Facet.AID: AidType,
    Facet.STATUS: Status,
    Facet.ROLE: Role,
    Facet.UNIT: Unit,
    Facet.QUALIFIER: Qualifier,
    Facet.COUNTING: Counting,
    Facet.CONFIDENCE: Confidence,
    Facet.SOURCE: YesNo,
    Facet.LACKS: Lack,
}
NOWHERE = "none"  # of `at`: no system at all
MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
# How texts may be hidden in an address: control signs and those that turn the direction of reading.
UNSEEN = re.compile("[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


@dataclass(frozen=True)
class Known:
    """The names that the records know; a name that is not among them matches nothing."""

    donors: Container[str] = ()
    systems: Container[str] = ()
    events: Container[str] = ()


@dataclass(frozen=True)
class Unread:
    """A piece of an address that could not be read: the page says so, a download refuses."""

    parameter: str
    value: str


@dataclass(frozen=True)
class PledgeFilter:
    chosen: Mapping[Facet, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    since: date | None = None  # parameter `from`
    to: date | None = None
    q: str = ""
    as_of: date | None = None
    sort: Sort = Sort.ANNOUNCED
    falling: bool = True
    after: int | None = None
    before: int | None = None
    page: int = 1
    per: int = 50
    view: View = View.TABLE
    measure: Measure = Measure.RECORDS
    unread: tuple[Unread, ...] = ()

    def values(self, facet: Facet | str) -> tuple[str, ...]:
        return self.chosen.get(Facet(facet), ())

    def has(self, facet: Facet | str, value: str) -> bool:
        return value in self.values(facet)

    @property
    def impossible(self) -> bool:
        """Whether a piece that narrows could not be read and leaves nothing of its facet."""
        return any(
            one.parameter in ("from", "to", "as_of", "q")
            or (one.parameter in FACET_NAMES and not self.values(one.parameter))
            for one in self.unread
        )

    @property
    def narrowed(self) -> bool:
        return bool(self.chosen or self.since or self.to or self.q or self.as_of or self.impossible)

    def with_(self, facet: Facet | str, value: str) -> "PledgeFilter":
        """With one more value of a facet, from the first page on."""
        name = Facet(facet)
        return self._chosen({**self.chosen, name: (*self.values(name), value)})

    def only(self, facet: Facet | str, *values: str) -> "PledgeFilter":
        """With these values in place of all others of the facet."""
        return self._chosen({**self.chosen, Facet(facet): values})

    def without(self, facet: Facet | str, value: str | None = None) -> "PledgeFilter":
        """Without one value of a facet, or without all of them."""
        name = Facet(facet)
        left = tuple(one for one in self.values(name) if value is not None and one != value)
        return self._chosen({**self.chosen, name: left})

    def sorted_by(self, sort: Sort) -> "PledgeFilter":
        """By that column; once more turns the order. Dates, numbers and euros begin with the largest."""
        falling = not self.falling if sort is self.sort else sort not in RISING
        return replace(self._first_page(), sort=sort, falling=falling)

    def but(self, **changes: object) -> "PledgeFilter":
        """With other values of the single parameters, from the first page on."""
        return replace(self._first_page(), **changes)  # type: ignore[arg-type]

    def cleared(self) -> "PledgeFilter":
        """Everything, seen the same way."""
        return PledgeFilter(sort=self.sort, falling=self.falling, per=self.per, view=self.view, measure=self.measure)

    def narrowing(self) -> "PledgeFilter":
        """What decides which records match, without how they are shown."""
        return PledgeFilter(chosen=self.chosen, since=self.since, to=self.to, q=self.q, as_of=self.as_of)

    def pairs(self) -> list[tuple[str, str]]:
        """The parameters in one fixed order, without those at their default: equal filters have equal addresses."""
        found = [(str(facet), value) for facet in Facet for value in self.values(facet)]
        found += [("from", self.since.isoformat())] if self.since else []
        found += [("to", self.to.isoformat())] if self.to else []
        found += [("q", self.q)] if self.q else []
        found += [("as_of", self.as_of.isoformat())] if self.as_of else []
        if (self.sort, self.falling) != (Sort.ANNOUNCED, True):
            found.append(("sort", ("-" if self.falling else "") + self.sort))
        found += [("view", self.view)] if self.view is not View.TABLE else []
        found += [("measure", self.measure)] if self.measure is not Measure.RECORDS else []
        found += [("per", str(self.per))] if self.per != 50 else []
        found += [("page", str(self.page))] if self.page != 1 else []
        found += [("after", str(self.after))] if self.after is not None else []
        found += [("before", str(self.before))] if self.before is not None else []
        return found

    def query(self) -> str:
        return urlencode(self.pairs())

    def address(self, path: str = "/pledges") -> str:
        query = self.query()
        return f"{path}?{query}" if query else path

    def _chosen(self, chosen: Mapping[Facet, tuple[str, ...]]) -> "PledgeFilter":
        kept = {facet: tuple(dict.fromkeys(values)) for facet, values in chosen.items() if values}
        return replace(self._first_page(), chosen=MappingProxyType(kept))

    def _first_page(self) -> "PledgeFilter":
        return replace(self, page=1, after=None, before=None, unread=())


FACET_NAMES = frozenset(str(facet) for facet in Facet)
RISING = {Sort.DONOR, Sort.TITLE, Sort.SYSTEM}


def read(pairs: Iterable[tuple[str, str]], known: Known) -> PledgeFilter:
    """The filter of an address. Parameters nobody knows are ignored; values nobody knows stand in `unread`."""
    return _Reader(known).read(pairs)


class _Reader:
    def __init__(self, known: Known) -> None:
        self.unread: list[Unread] = []
        self.names: dict[Facet, Callable[[str], bool]] = {
            Facet.DONOR: lambda value: value in known.donors,
            Facet.SYSTEM: lambda value: value in known.systems,
            Facet.AT: lambda value: value in known.systems or value == NOWHERE,
            Facet.EVENT: lambda value: value in known.events,
            Facet.PACKAGE: lambda value: _number(value, 1, 2**53) is not None,
            Facet.YEAR: lambda value: _number(value, FIRST_YEAR, LAST_YEAR) is not None,
            Facet.MONTH: lambda value: MONTH.fullmatch(value) is not None,
            Facet.OVERDUE: lambda value: value == YesNo.YES,
        }

    def read(self, pairs: Iterable[tuple[str, str]]) -> PledgeFilter:
        chosen: dict[Facet, dict[str, None]] = {}
        single: dict[str, str] = {}
        for name, value in pairs:
            if value == "":
                continue  # an empty field of the form asks for nothing
            if name in FACET_NAMES:
                self._add(chosen, Facet(name), value)
            else:
                single[name] = value
        sort, falling = self._sort(single)
        return PledgeFilter(
            chosen=MappingProxyType({facet: tuple(values) for facet, values in chosen.items() if values}),
            since=self._day(single, "from"),
            to=self._day(single, "to"),
            q=self._question(single),
            as_of=self._day(single, "as_of"),
            sort=sort,
            falling=falling,
            after=self._whole(single, "after", 0, 2**53, None),
            before=self._whole(single, "before", 0, 2**53, None),
            page=self._whole(single, "page", 1, NEAR, 1) or 1,
            per=self._one_of(single, "per", {"25": 25, "50": 50, "100": 100}, 50),
            view=self._one_of(single, "view", {str(one): one for one in View}, View.TABLE),
            measure=self._one_of(single, "measure", {str(one): one for one in Measure}, Measure.RECORDS),
            unread=tuple(self.unread),
        )

    def _add(self, chosen: dict[Facet, dict[str, None]], facet: Facet, value: str) -> None:
        values = chosen.setdefault(facet, {})
        if value in values:
            return
        codes = CODES.get(facet)
        fits = value in set(codes) if codes else self.names[facet](value)
        if fits and len(values) < MOST_VALUES:
            values[value] = None
        else:
            self._unread(facet, value)

    def _sort(self, single: dict[str, str]) -> tuple[Sort, bool]:
        asked = single.get("sort", "-announced")
        name = asked.removeprefix("-")
        if name not in set(Sort):
            self._unread("sort", asked)
            return Sort.ANNOUNCED, True
        return Sort(name), asked.startswith("-")

    def _day(self, single: dict[str, str], name: str) -> date | None:
        value = single.get(name)
        if value is None:
            return None
        try:
            return date.fromisoformat(value) if re.fullmatch(r"\d{4}-\d\d-\d\d", value) else self._unread(name, value)
        except ValueError:
            return self._unread(name, value)

    def _question(self, single: dict[str, str]) -> str:
        asked = UNSEEN.sub(" ", single.get("q", "")).strip()
        if len(asked) > LONGEST_QUESTION:
            self._unread("q", asked)
            return ""
        return asked

    def _whole(self, single: dict[str, str], name: str, least: int, most: int, default: int | None) -> int | None:
        if name not in single:
            return default
        number = _number(single[name], least, most)
        if number is None:
            self._unread(name, single[name])
        return default if number is None else number

    def _one_of(self, single: dict[str, str], name: str, choices: dict[str, Any], default: Any) -> Any:
        value = single.get(name)
        if value is not None and value not in choices:
            self._unread(name, value)
        return choices.get(value or "", default)

    def _unread(self, name: str, value: str) -> None:
        if len(self.unread) < 20:
            self.unread.append(Unread(str(name), UNSEEN.sub("�", value)[:80]))


def _number(text: str, least: int, most: int) -> int | None:
    if not text.isascii() or not text.isdigit() or len(text) > 16:
        return None
    return int(text) if least <= int(text) <= most else None
