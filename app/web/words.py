"""What a page says of values: numbers with their doubt, money, dates. Words come from the message catalogue,
numbers and dates from Babel, both in the language of the one who reads."""

from collections.abc import Callable, Iterable
from contextvars import ContextVar, Token
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from functools import lru_cache
from gettext import NullTranslations
from urllib.parse import urlsplit

from babel import Locale
from babel.dates import format_date, format_datetime, format_interval, format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal

from app.domain.codes import Code
from app.domain.milestone import Delivered
from app.domain.money import Amount, Rate, Value
from app.domain.quantity import Qualifier, Quantity, Sum
from app.domain.when import Precision, When

BILLION = Decimal(1_000_000_000)
MILLION = Decimal(1_000_000)


@dataclass(frozen=True)
class Language:
    translations: NullTranslations
    locale: Locale


ENGLISH = Language(NullTranslations(), Locale("en", "GB"))
_language: ContextVar[Language] = ContextVar("language", default=ENGLISH)


def use(translations: NullTranslations, locale: Locale) -> Token[Language]:
    """From here on, in this context, words are of this catalogue and numbers and dates of this locale."""
    return _language.set(Language(translations, locale))


def locale() -> Locale:
    return _language.get().locale


def gettext(message: str) -> str:
    return _language.get().translations.gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    return _language.get().translations.ngettext(one, many, count)


def _(message: str, **values: object) -> str:
    return gettext(message) % values


def n_(one: str, many: str) -> tuple[str, str]:
    """Marks a pair for the catalogue, as N_ marks a single text."""
    return one, many


UNITS = {
    "missile": n_("missile", "missiles"),
    "round": n_("round", "rounds"),
    "launcher": n_("launcher", "launchers"),
    "gun": n_("gun", "guns"),
    "fire_unit": n_("fire unit", "fire units"),
    "battery": n_("battery", "batteries"),
    "system": n_("system", "systems"),
    "radar": n_("radar", "radars"),
    "vehicle": n_("vehicle", "vehicles"),
    "aircraft": n_("aircraft", "aircraft"),
    "helicopter": n_("helicopter", "helicopters"),
    "uav": n_("drone", "drones"),
    "ship": n_("ship", "ships"),
    "person_trained": n_("person trained", "people trained"),
    "tonne": n_("tonne", "tonnes"),
    "set": n_("set", "sets"),
    "other": n_("item", "items"),
}


@dataclass(frozen=True)
class Said:
    """A figure in the parts a page sets apart: the word of doubt, the number, its unit, and the second line.
    Where there is no number, `absent` is the word that stands for it, and the rest is empty."""

    before: str = ""
    number: str = ""
    unit: str = ""
    note: str = ""
    absent: str = ""

    def __str__(self) -> str:
        return " ".join(part for part in (self.before, self.number, self.unit, self.absent) if part)


# Words and codes


def word(code: Code) -> str:
    """The title of a code."""
    return gettext(code.title)


def unit_words(unit: str | None, number: Decimal | int | None = None) -> str:
    """The unit that stands after a number; its plural where there is none."""
    if not unit:
        return ""
    return ngettext(*UNITS.get(unit, UNITS["other"]), _plural(number))


def listed(words: Iterable[object]) -> str:
    """Germany, Netherlands and Spain"""
    return format_list([str(one) for one in words], locale=locale())


def quoted(words: str) -> str:
    return _("“%(words)s”", words=words.strip().strip("\"“”„'"))


# Numbers


def number(value: Decimal | int) -> str:
    """1,000 or 48.333333: all decimals there are, no zeros after them."""
    return _decimal(value, locale())


def span(low: Decimal, high: Decimal) -> str:
    return _("%(low)s–%(high)s", low=number(low), high=number(high))


def quantity(value: Quantity, unit: str | None = None) -> Said:
    said = _doubt(value, number, span)
    if said.absent:
        return said
    return replace(said, unit=unit_words(unit, _largest(value.point, value.high, value.low)))


def quantity_words(value: Quantity, unit: str | None = None) -> str:
    return str(quantity(value, unit))


def coverage(total: Sum) -> str:
    """How many of the records give a number: 3 of 5 with a number"""
    return _("%(known)s of %(all)s with a number", known=number(total.numbered), all=number(total.members))


def summed(total: Sum, unit: str | None = None) -> Said:
    """A sum with its doubt; the second line says from how many records, or the interval."""
    said = _sum_doubt(total, number, span)
    if said.absent:
        return said
    return replace(said, unit=unit_words(unit, _largest(total.point, total.high, total.low)))


def sum_words(total: Sum, unit: str | None = None) -> str:
    """A sum in one line. "At least" tells by itself that numbers are missing; all else says how many there are."""
    said = summed(total, unit)
    if not total.members or total.numbered == total.members or (total.high is None and total.low):
        return str(said)
    return _("%(sum)s, %(coverage)s", sum=said, coverage=coverage(total))


def delivered(value: Delivered, pledged: Quantity | None = None, unit: str | None = None) -> Said:
    """31 of 42, at least 82, undisclosed, none reported. `of 42` stands where the unit would."""
    if not value.reports:
        return Said(absent=_("none reported"))
    if value.point is None and value.high is None and not value.low:
        return Said(absent=_("undisclosed"))
    whole = pledged.point if pledged is not None and pledged.qualifier is Qualifier.EXACT else None
    if whole is not None:
        after = _("of %(number)s", number=number(whole))
    else:
        after = unit_words(unit, _largest(value.point, value.high, value.low))
    if value.point is not None and value.low == value.point == value.high:
        return Said(number=number(value.point), unit=after)
    if value.point is not None and value.high is not None:
        return Said(_("about"), number(value.point), after, span(value.low, value.high))
    if value.high is None:
        if value.low:
            return Said(_("at least"), number(value.low), after)
        return Said(_("estimated"), number(value.point or Decimal(0)), after)
    if not value.low:
        return Said(_("up to"), number(value.high), after)
    return Said(number=span(value.low, value.high), unit=after)


def delivered_words(value: Delivered, pledged: Quantity | None = None, unit: str | None = None) -> str:
    return str(delivered(value, pledged, unit))


# Money


def money(amount: Amount) -> Said:
    """As published, short: USD 5.5bn; up to EUR 182m; “billions of euros”. The currency stands by its code."""
    code = amount.currency
    return _doubt(amount, lambda one: _priced(code, short(one)), lambda a, b: _priced(code, _short_span(a, b)))


def money_words(amount: Amount) -> str:
    return str(money(amount))


def money_full(amount: Amount) -> str:
    """To the last digit: USD 5,500,000,000."""
    code = amount.currency
    return str(_doubt(amount, lambda one: _priced(code, number(one)), lambda a, b: _priced(code, span(a, b))))


def figure(amount: Amount) -> Said:
    """For a large figure: the currency joins the word before, the magnitude is a word after (5.5, billion)."""
    said = _doubt(amount, lambda one: _long(one)[0], lambda a, b: span(a, b))
    if said.absent or said.number.startswith("“"):
        return said
    lead = amount.point if amount.point is not None else amount.high if amount.high is not None else amount.low
    unit = "" if amount.qualifier in (Qualifier.RANGE, Qualifier.ORDER_OF_MAGNITUDE) or lead is None else _long(lead)[1]
    return Said(" ".join(part for part in (said.before, amount.currency) if part), said.number, unit)


def euros(value: Value) -> str:
    """Worth in euros, short: €139.4m, €5.04bn; "not valued" where nobody knows."""
    return _euros(value, short, _short_span)


def euros_full(value: Value) -> str:
    return _euros(value, number, span)


def euro_sum(total: Sum) -> Said:
    """A sum of worths in euros, short."""
    said = _sum_doubt(total, lambda one: _euro(short(one)), lambda a, b: _euro(_short_span(a, b)))
    return replace(said, absent=_("not valued")) if total.members and not total.numbered else said


def rate_words(rate: Rate) -> str:
    return _("at the ECB rate of %(day)s, %(rate)s", day=day(rate.day), rate=number(rate.per_euro))


def short(value: Decimal) -> str:
    """139.4m, 5.04bn; below a million all digits."""
    millions = (value / MILLION).quantize(Decimal("0.1"), rounding=ROUND_HALF_EVEN)
    if value < MILLION:
        return number(value.quantize(Decimal("0.01"), rounding=ROUND_HALF_EVEN))
    if millions < 1000:
        return _("%(number)sm", number=number(millions))
    billions = (value / BILLION).quantize(Decimal("0.01"), rounding=ROUND_HALF_EVEN)
    return _("%(number)sbn", number=number(billions))


# Dates


def day(value: date) -> str:
    """4 January 2024, in text"""
    return _day(value, "long", locale())


def day_short(value: date) -> str:
    """4 Jan 2024, in tables"""
    return _day(value, "medium", locale())


def day_full(value: date) -> str:
    """Thursday, 4 January 2024"""
    return _day(value, "full", locale())


def month_name(value: date) -> str:
    """January 2024"""
    return _skeleton(value, "yMMMM", locale())


def month_short(value: date) -> str:
    """Jan"""
    return _skeleton(value, "MMM", locale())


def moment(value: datetime) -> str:
    """20 November 2026, 16:02"""
    time = format_datetime(value, "HH:mm", locale=locale())
    return _("%(day)s, %(time)s", day=day(value.date()), time=time)


def when(value: When) -> str:
    """A date as exact as it is known, in text."""
    return _when(value, day, "yMMMM", "yQQQQ", _between)


def when_short(value: When) -> str:
    """A date as exact as it is known, in tables."""
    return _when(value, day_short, "yMMM", "yQQQ", _interval)


def when_read(value: When) -> str:
    """The words as published, and how they were read: early 2024, read as by 31 March 2024"""
    if not value.words or value.latest is None:
        return when(value)
    precise = {
        Precision.MONTH: _("precise to the month"),
        Precision.QUARTER: _("precise to the quarter"),
        Precision.YEAR: _("precise to the year"),
    }.get(value.precision)
    if precise is None:
        return (
            value.words
            if value.words == when(value)
            else _("%(words)s, read as %(read)s", words=value.words, read=when(value))
        )
    read = _("by %(day)s", day=day(value.latest))
    return _("%(words)s, read as %(read)s, %(precise)s", words=value.words, read=read, precise=precise)


def overdue_words(days: int) -> str:
    return ngettext("%(count)s day overdue", "%(count)s days overdue", days) % {"count": number(days)}


# Addresses


def safe_address(address: str | None) -> str:
    """The address if a browser may follow it (http or https), else nothing."""
    try:
        parts = urlsplit((address or "").strip())
        return parts.geturl() if parts.scheme in ("http", "https") and parts.hostname else ""
    except ValueError:
        return ""


def host(address: str | None) -> str:
    """eurasiareview.com"""
    return (urlsplit(safe_address(address)).hostname or "").removeprefix("www.")


FILTERS: dict[str, Callable[..., object]] = {
    "word": word,
    "number": number,
    "quantity": quantity,
    "quantity_words": quantity_words,
    "summed": summed,
    "sum_words": sum_words,
    "coverage": coverage,
    "delivered": delivered,
    "delivered_words": delivered_words,
    "money": money,
    "money_words": money_words,
    "money_full": money_full,
    "figure": figure,
    "euros": euros,
    "euros_full": euros_full,
    "euro_sum": euro_sum,
    "rate_words": rate_words,
    "short": short,
    "day": day,
    "day_short": day_short,
    "day_full": day_full,
    "month_name": month_name,
    "month_short": month_short,
    "moment": moment,
    "when": when,
    "when_short": when_short,
    "when_read": when_read,
    "overdue_words": overdue_words,
    "listed": listed,
    "quoted": quoted,
    "host": host,
    "safe_address": safe_address,
}
GLOBALS: dict[str, Callable[..., object]] = {"unit_words": unit_words, "locale": locale}


# What the functions above share

Shown = Callable[[Decimal], str]
Spanned = Callable[[Decimal, Decimal], str]


def _doubt(value: Quantity, show: Shown, show_span: Spanned) -> Said:
    low, point, high = value.low, value.point, value.high
    match value.qualifier:
        case Qualifier.ORDER_OF_MAGNITUDE if value.words:
            between = low is not None and high is not None
            return Said(number=quoted(value.words), note=show_span(low, high) if between else "")
        case Qualifier.SOME:
            return Said(absent=_("some, no number"))
        case Qualifier.EXACT if point is not None:
            return Said(number=show(point))
        case Qualifier.AT_LEAST if low is not None:
            return Said(_("at least"), show(low))
        case Qualifier.UP_TO if high is not None:
            return Said(_("up to"), show(high), note=_("%(number)s firm", number=show(low)) if low else "")
        case Qualifier.ABOUT if point is not None:
            if low is None or high is None:
                return Said(_("about"), show(point))
            return Said(_("about"), show(point), note=_("%(span)s, assumed", span=show_span(low, high)))
        case Qualifier.ESTIMATED if point is not None:
            return Said(_("estimated"), show(point))
        case Qualifier.ORDER_OF_MAGNITUDE | Qualifier.RANGE if low is not None or high is not None:
            return _between_ends(low, high, show, show_span)
    return Said(absent=_("undisclosed"))


def _between_ends(low: Decimal | None, high: Decimal | None, show: Shown, show_span: Spanned) -> Said:
    if high is None:
        return Said(_("at least"), show(low or Decimal(0)))
    if low is None:
        return Said(_("up to"), show(high))
    return Said(number=show_span(low, high))


def _sum_doubt(total: Sum, show: Shown, show_span: Spanned) -> Said:
    partly = coverage(total) if total.numbered < total.members else ""
    low, high = total.low, total.high
    if not total.members:
        return Said(absent=_("none"))
    if not total.numbered:
        return Said(absent=_("undisclosed"), note=partly)
    if total.sure:
        return Said(number=show(low))
    if total.whole and high is not None:
        interval = show_span(low, high)
        return Said(
            _("about"), show(total.point), note=_("%(span)s, assumed", span=interval) if total.assumed else interval
        )
    if high is None and low:
        return Said(_("at least"), show(low), note=partly)
    if high is None:
        if total.known and total.point:
            return Said(_("estimated"), show(total.point), note=partly)
        return Said(absent=_("nothing sure"), note=partly)
    if low == high:
        return Said(number=show(low), note=partly)
    if not low and not partly:
        return Said(_("up to"), show(high))
    return Said(number=_("%(low)s to %(high)s", low=show(low), high=show(high)), note=partly)


def _largest(*numbers: Decimal | None) -> Decimal | None:
    return next((one for one in numbers if one), Decimal(0) if any(one is not None for one in numbers) else None)


def _plural(value: Decimal | int | None) -> int:
    """The whole number that decides the form of a noun; fractions take the plural."""
    return int(value) if value is not None and value == int(value) else 2


def _priced(currency: str, amount: str) -> str:
    return _("%(currency)s %(amount)s", currency=currency, amount=amount)


def _euro(amount: str) -> str:
    return _("€%(amount)s", amount=amount)


def _euros(value: Value, show: Shown, show_span: Spanned) -> str:
    low, point, high = value.low, value.point, value.high
    if point is not None:
        return _euro(show(point)) if low == high else _("about %(amount)s", amount=_euro(show(point)))
    if high is not None:
        return _euro(show_span(low, high)) if low else _("up to %(amount)s", amount=_euro(show(high)))
    return _("at least %(amount)s", amount=_euro(show(low))) if low is not None else _("not valued")


def _short_span(low: Decimal, high: Decimal) -> str:
    return _("%(low)s–%(high)s", low=short(low), high=short(high))


def _long(value: Decimal) -> tuple[str, str]:
    if value >= BILLION:
        return number((value / BILLION).quantize(Decimal("0.01"), rounding=ROUND_HALF_EVEN)), _("billion")
    if value >= MILLION:
        return number((value / MILLION).quantize(Decimal("0.1"), rounding=ROUND_HALF_EVEN)), _("million")
    return number(value), ""


def _when(
    value: When, show: Callable[[date], str], month: str, quarter: str, between: Callable[[date, date], str]
) -> str:
    first, last = value.earliest, value.latest
    if last is None:
        return quoted(value.words) if value.words else _("from %(day)s", day=show(first)) if first else _("undated")
    if first is None:
        return _("by %(day)s", day=show(last))
    match value.precision:
        case Precision.DAY:
            return show(last)
        case Precision.MONTH:
            return _skeleton(last, month, locale())
        case Precision.QUARTER:
            return _skeleton(last, quarter, locale())
        case Precision.YEAR:
            return _skeleton(last, "y", locale())
    return between(first, last)


def _between(first: date, last: date) -> str:
    start = _skeleton(first, "MMMMd", locale()) if first.year == last.year else day(first)
    return _("between %(first)s and %(last)s", first=start, last=day(last))


def _interval(first: date, last: date) -> str:
    return format_interval(first, last, "yMMMd", locale=locale())


# Babel takes some 30 microseconds for a number or a date, and a page of rows shows the same few hundred times.


@lru_cache(8192)
def _decimal(value: Decimal | int, where: Locale) -> str:
    return format_decimal(value, format="#,##0.######", locale=where)


@lru_cache(8192)
def _day(value: date, style: str, where: Locale) -> str:
    return format_date(value, style, locale=where)


@lru_cache(1024)
def _skeleton(value: date, skeleton: str, where: Locale) -> str:
    return format_skeleton(skeleton, value, locale=where)
