"""What is wrong in a pledge about to be saved: `errors` are refused, `lints` may be overruled with a reason."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from app.domain.codes import N_, Code
from app.domain.milestone import standing
from app.domain.money import Amount
from app.domain.numerals import numeral
from app.domain.pledge import Party, PartyRole, Pledge, ShareKind
from app.domain.quantity import UNDISCLOSED, Qualifier, Quantity
from app.domain.share import GIVERS
from app.domain.system import Role, fits
from app.domain.when import When, when_typed

LONGEST_TITLE, LONGEST_TEXT = 300, 20_000
FIRST_DAY = date(2014, 1, 1)
TIMES_THE_LARGEST, FEWEST_RECORDS = 10, 3
DAYS_APART = 30


class Error(Code):
    NO_TITLE = "no_title", N_("A pledge needs a title, as in “Leopard 2 tanks”.")
    LONG_TITLE = "long_title", N_("The title is too long: it has %(count)s characters, and at most 300 are kept.")
    LONG_TEXT = "long_text", N_("The text is too long: it has %(count)s characters, and at most 20,000 are kept.")
    ANNOUNCED = (
        "announced",
        N_("It cannot be announced “%(dates)s”: that is before 2014 or more than a year ahead."),
    )
    EXPECTED = (
        "expected",
        N_("It cannot be expected “%(dates)s”: that is before 2014 or more than thirty years ahead."),
    )
    HAPPENED = (
        "happened",
        N_("Nothing can have happened “%(dates)s”: that is before 2014 or more than a year ahead."),
    )
    NEGATIVE_SHARE = "negative_share", N_("The share of %(donor)s is negative. Leave it empty where it is not known.")
    ABOVE_THE_WHOLE = "above_the_whole", N_("The shares come to %(percent)s per cent, and a whole has 100.")
    PARTY_TWICE = "party_twice", N_("%(donor)s stands twice in the same role.")
    FUNDING_COUNTED = (
        "funding_counted",
        N_("Funding has no number of items. Write “undisclosed”, and the money as the amount."),
    )
    PIN_WITHOUT_REASON = "pin_without_reason", N_("A pinned status needs a reason.")
    LINK_TO_ITSELF = "link_to_itself", N_("A pledge cannot be linked to itself.")


class Doubt(Code):
    FAR_LARGER = (
        "far_larger",
        N_("%(number)s is more than ten times the largest number known of this kind, %(largest)s."),
    )
    UNFITTING_UNIT = "unfitting_unit", N_("The role “%(role)s” is seldom counted in %(unit)s.")
    DELIVERED_EARLY = (
        "delivered_early",
        N_("A delivery dated “%(dates)s” comes before the announcement, “%(announced)s”."),
    )
    DELIVERED_MORE = "delivered_more", N_("More is delivered, %(delivered)s, than is pledged, %(pledged)s.")
    PARTS_ABOVE = "parts_above", N_("The parts of this pledge come to %(parts)s, more than its %(whole)s.")
    ABOVE_ITS_WHOLE = (
        "above_its_whole",
        N_("With this pledge, the parts of “%(title)s” come to %(parts)s of %(whole)s."),
    )
    ANNOUNCED_AHEAD = "announced_ahead", N_("The announcement lies ahead: “%(dates)s”.")
    HAPPENED_AHEAD = "happened_ahead", N_("A delivery or status lies ahead: “%(dates)s”.")
    LIKELY_DOUBLE = "likely_double", N_("“%(title)s” looks like the same pledge.")


@dataclass(frozen=True)
class Lint:
    """`field` is the name of a field or of a kind of part. `values` go into the sentence; words among them are
    texts of the catalogue."""

    code: Error | Doubt
    field: str
    values: tuple[tuple[str, str], ...] = ()

    @property
    def sentence(self) -> str:
        """A pattern of the catalogue."""
        return self.code.title


class Kin(NamedTuple):
    """Another pledge: its quantity where role and unit are the same, else undisclosed."""

    key: str
    title: str
    quantity: Quantity = UNDISCLOSED
    amount: Amount | None = None


class Whole(NamedTuple):
    """A pledge that this one is part of or drawn from, and its other parts."""

    itself: Kin
    others: tuple[Kin, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Around:
    """What the store knows of other pledges. `largest` is the greatest number that one of the `records` of the same
    family, role and unit gives, this pledge aside."""

    today: date
    largest: Decimal | None = None
    records: int = 0
    parts: tuple[Kin, ...] = ()
    wholes: tuple[Whole, ...] = ()
    doubles: tuple[Kin, ...] = ()  # those that are `alike`


def errors(pledge: Pledge, today: date) -> list[Lint]:
    """What is refused, whoever says so."""
    return [*_texts(pledge), *_impossible_days(pledge, today), *_shares(pledge.parties), *_contradictions(pledge)]


def lints(pledge: Pledge, around: Around) -> list[Lint]:
    """What is asked about before it is saved."""
    return [
        *_sizes(pledge, around),
        *_deliveries(pledge),
        *_parts(pledge, around),
        *_ahead(pledge, around.today),
        *(_lint(Doubt.LIKELY_DOUBLE, "title", title=double.title) for double in around.doubles),
    ]


def alike(pledge: Pledge, other: Pledge) -> bool:
    """Whether two records may tell of one pledge: the same donor, system and unit, announced within 30 days of each
    other. What names no system has the same amount. A link between them or a dataset that has both tells them apart."""
    if pledge.key in {other.key, *(link.to for link in other.links)} or other.key in {link.to for link in pledge.links}:
        return False
    if pledge.dataset and pledge.dataset == other.dataset:
        return False
    if (pledge.lead, pledge.system, pledge.unit) != (other.lead, other.system, other.unit):
        return False
    if pledge.system is None and (pledge.amount is None or not _same(pledge.amount, other.amount)):
        return False
    mine, theirs = pledge.announced.latest, other.announced.latest
    return mine is not None and theirs is not None and abs((mine - theirs).days) <= DAYS_APART


def _texts(pledge: Pledge) -> Iterator[Lint]:
    if not pledge.title.strip():
        yield _lint(Error.NO_TITLE, "title")
    if len(pledge.title) > LONGEST_TITLE:
        yield _lint(Error.LONG_TITLE, "title", count=f"{len(pledge.title):,}")
    for name, text in (("summary", pledge.summary), ("note", pledge.note)):
        if len(text) > LONGEST_TEXT:
            yield _lint(Error.LONG_TEXT, name, count=f"{len(text):,}")


def _impossible_days(pledge: Pledge, today: date) -> Iterator[Lint]:
    if _outside(pledge.announced, today, years=1):
        yield _lint(Error.ANNOUNCED, "announced", dates=when_typed(pledge.announced))
    if _outside(pledge.expected, today, years=30):
        yield _lint(Error.EXPECTED, "expected", dates=when_typed(pledge.expected))
    for one in pledge.milestones:
        if _outside(one.dates, today, years=1):
            yield _lint(Error.HAPPENED, "milestones", dates=when_typed(one.dates))


def _shares(parties: tuple[Party, ...]) -> Iterator[Lint]:
    for one in parties:
        if one.share is not None and one.share < 0:
            yield _lint(Error.NEGATIVE_SHARE, "parties", donor=one.donor)
    for roles in (GIVERS, (PartyRole.PROCURER,), (PartyRole.BENEFICIARY,)):
        told = [one.share for one in parties if one.role in roles and one.share_kind is ShareKind.PERCENT and one.share]
        if sum(told) > 100:
            yield _lint(Error.ABOVE_THE_WHOLE, "parties", percent=numeral(sum(told, Decimal(0))))
    for (donor, _), times in Counter((one.donor, one.role) for one in parties).items():
        if times > 1:
            yield _lint(Error.PARTY_TWICE, "parties", donor=donor)


def _contradictions(pledge: Pledge) -> Iterator[Lint]:
    if pledge.role is Role.FUNDING and pledge.quantity.qualifier is not Qualifier.UNDISCLOSED:
        yield _lint(Error.FUNDING_COUNTED, "quantity")
    if pledge.status_pin is not None and not pledge.status_pin_reason.strip():
        yield _lint(Error.PIN_WITHOUT_REASON, "status_pin_reason")
    if any(link.to == pledge.key for link in pledge.links):
        yield _lint(Error.LINK_TO_ITSELF, "links")


def _sizes(pledge: Pledge, around: Around) -> Iterator[Lint]:
    number, largest = _number(pledge.quantity), around.largest
    if number is not None and largest and around.records >= FEWEST_RECORDS and number > largest * TIMES_THE_LARGEST:
        yield _lint(Doubt.FAR_LARGER, "quantity", number=numeral(number), largest=numeral(largest))
    if not fits(pledge.role, pledge.unit):
        yield _lint(Doubt.UNFITTING_UNIT, "unit", role=pledge.role.title, unit=pledge.unit.title)


def _deliveries(pledge: Pledge) -> Iterator[Lint]:
    """Only what is sure: the last day of the delivery lies before the first of the announcement, and the least
    that was delivered is above the most that was pledged."""
    announced = pledge.announced.earliest
    for one in pledge.milestones:
        if one.basis and announced and one.dates.latest and one.dates.latest < announced:
            told = when_typed(pledge.announced)
            yield _lint(Doubt.DELIVERED_EARLY, "milestones", dates=when_typed(one.dates), announced=told)
    delivered, pledged = standing(list(pledge.milestones), pledge.quantity).delivered, pledge.quantity.high
    if pledged is not None and delivered.low > pledged:
        yield _lint(Doubt.DELIVERED_MORE, "milestones", delivered=numeral(delivered.low), pledged=numeral(pledged))


def _parts(pledge: Pledge, around: Around) -> Iterator[Lint]:
    for name, whole, parts in (
        ("quantity", pledge.quantity, [part.quantity for part in around.parts]),
        ("amount", pledge.amount, [part.amount for part in around.parts]),
    ):
        if (excess := _excess(whole, parts)) is not None:
            yield _lint(Doubt.PARTS_ABOVE, name, parts=numeral(excess[0]), whole=numeral(excess[1]))
    for kin, others in around.wholes:
        for name, whole, parts in (
            ("quantity", kin.quantity, [pledge.quantity, *(one.quantity for one in others)]),
            ("amount", kin.amount, [pledge.amount, *(one.amount for one in others)]),
        ):
            if (excess := _excess(whole, parts)) is not None:
                told = {"title": kin.title, "parts": numeral(excess[0]), "whole": numeral(excess[1])}
                yield _lint(Doubt.ABOVE_ITS_WHOLE, name, **told)


def _ahead(pledge: Pledge, today: date) -> Iterator[Lint]:
    """A day of grace: it is tomorrow already where some of the donors are."""
    tomorrow = today + timedelta(days=1)
    if pledge.announced.earliest and pledge.announced.earliest > tomorrow:
        yield _lint(Doubt.ANNOUNCED_AHEAD, "announced", dates=when_typed(pledge.announced))
    for one in pledge.milestones:
        if one.dates.earliest and one.dates.earliest > tomorrow:
            yield _lint(Doubt.HAPPENED_AHEAD, "milestones", dates=when_typed(one.dates))


def _excess(whole: Quantity | None, parts: Iterable[Quantity | None]) -> tuple[Decimal, Decimal] | None:
    """The least that the parts come to and the most that the whole is, where the parts are surely more. Amounts
    count in the currency of the whole."""
    if whole is None or whole.high is None:
        return None
    currency = getattr(whole, "currency", "")
    told = [one for one in parts if one is not None and getattr(one, "currency", "") == currency]
    least = sum((one.low or Decimal(0) for one in told), Decimal(0))
    return (least, whole.high) if least > whole.high else None


def _same(amount: Amount, other: Amount | None) -> bool:
    return other is not None and (amount.currency, _number(amount)) == (other.currency, _number(other))


def _number(one: Quantity) -> Decimal | None:
    return next((end for end in (one.point, one.high, one.low) if end is not None), None)


def _outside(when: When, today: date, years: int) -> bool:
    """Whether one of its days lies before 2014 or more than so many years ahead."""
    latest = today + timedelta(days=366 * years)
    return any(day is not None and not FIRST_DAY <= day <= latest for day in (when.earliest, when.latest))


def _lint(code: Error | Doubt, field: str, **values: str) -> Lint:
    return Lint(code, field, tuple(values.items()))
