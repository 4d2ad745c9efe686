"""What a chart says of its numbers, in finished words. The page hands in the same words translated."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from app.domain.codes import N_
from app.domain.quantity import Sum


def english_number(number: Decimal) -> str:
    """Thousands with commas, without closing zeros: 19,638 or 48.33."""
    text = f"{number:,.2f}"
    return text.rstrip("0").rstrip(".")


def english_month(day: date) -> str:
    return f"{day:%b}"


def english_pledges(count: int) -> str:
    return "1 pledge" if count == 1 else f"{count:,} pledges"


@dataclass(frozen=True)
class Words:
    """`number` writes an amount (with its currency, if it has one), `pledges` a count of records, `month` a short name.
    `say` puts a sum that has a number into words as the rest of the page does; None: with the words that stand here."""

    at_least: str = N_("at least")
    about: str = N_("about")
    up_to: str = N_("up to")
    estimated: str = N_("estimated")
    undisclosed: str = N_("undisclosed")
    none_reported: str = N_("none reported")
    assumed: str = N_("{interval}, assumed")
    interval: str = N_("{low}–{high}")
    of: str = N_("of {all}")
    one_or_more: str = N_("{low} or {high}")
    pledged: str = N_("{quantity} pledged")
    delivered: str = N_("{quantity} delivered")
    delivered_undisclosed: str = N_("delivered undisclosed")
    disputed: str = N_("disputed")
    without_number: str = N_("Pledged without a number")
    not_counted: str = N_("Known, but not counted")
    added_up: str = N_("Added up since the first month")
    until: str = N_("to {month}")
    outside: str = N_("Outside this map: {donors}.")
    or_more: str = N_("{low} or more")
    under: str = N_("under {high}")
    to_under: str = N_("{low} to under {high}")
    left_out: str = N_("Left out: {what}")
    key_delivered: str = N_("delivered")
    key_pledged: str = N_("pledged")
    key_doubt: str = N_("between low and high")
    key_point: str = N_("between low and high; the stroke is the point")
    key_open: str = N_("no upper end, or undisclosed")
    key_disputed: str = N_("sources differ")
    key_uncounted: str = N_("shown, not counted")
    key_numbered: str = N_("with a number")
    key_unnumbered: str = N_("undisclosed")
    key_no_value: str = N_("pledged, no number given")
    key_land: str = N_("no pledges")
    number: Callable[[Decimal], str] = english_number
    pledges: Callable[[int], str] = english_pledges
    month: Callable[[date], str] = english_month
    say: Callable[[Sum], "Said"] | None = None

    @classmethod
    def translated(cls, gettext: Callable[[str], str], **writers: Callable) -> "Words":
        """The same words in the reader's language. `writers` are `number`, `pledges`, `month` and `say`."""
        said: dict[str, Any] = {one.name: gettext(one.default) for one in fields(cls) if isinstance(one.default, str)}
        return cls(**said, **writers)


ENGLISH = Words()


@dataclass(frozen=True)
class Said:
    """A number in the parts that are set apart: the word of doubt, the number, what follows, and its interval.
    Where there is no number, `absent` is the word that stands for it, and the rest is empty."""

    before: str = ""
    number: str = ""
    unit: str = ""
    note: str = ""
    absent: str = ""

    def __str__(self) -> str:
        return " ".join(part for part in (self.before, self.number, self.unit, self.absent) if part)


def say(total: Sum | None, words: Words, *, records: bool = False) -> Said:
    """How a sum is said. None: nothing was reported. With `records`, how many of its members give a number."""
    if total is None or not total.members:
        return Said(absent=words.none_reported)
    if records:
        return _records(total, words)
    if not total.numbered:
        return Said(absent=words.undisclosed)
    return words.say(total) if words.say else _doubt(total, words)


def say_delivered(total: Sum | None, words: Words, *, disputed: bool = False) -> str:
    """The line under the value. Nothing when nothing was reported, for most charts do not speak of it."""
    if total is None or not total.members:
        return ""
    if not total.numbered:
        return words.delivered_undisclosed
    said = str(say(total, words))
    if disputed and total.high is not None and total.low < total.high:
        said = words.one_or_more.format(low=words.number(total.low), high=words.number(total.high))
    return words.delivered.format(quantity=said)


def _doubt(total: Sum, words: Words) -> Said:
    write = words.number
    if total.high is None:
        if total.low or not total.known:
            return Said(words.at_least, write(total.low))
        return Said(words.estimated, write(total.point), "" if total.whole else words.of.format(all=total.members))
    if total.low == total.high:
        return Said(number=write(total.low))
    interval = words.interval.format(low=write(total.low), high=write(total.high))
    if total.whole:
        return Said(
            words.about, write(total.point), note=words.assumed.format(interval=interval) if total.assumed else interval
        )
    if not total.low:
        return Said(words.up_to, write(total.high))
    return Said(number=interval)


def _records(total: Sum, words: Words) -> Said:
    if total.numbered == total.members:
        return Said(number=words.number(Decimal(total.members)))
    return Said(
        number=words.number(Decimal(total.numbered)), unit=words.of.format(all=words.number(Decimal(total.members)))
    )
