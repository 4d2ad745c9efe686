"""The words inside charts, in the reader's language."""

from decimal import Decimal

from app.charts.words import Words
from app.web import words


def units() -> Words:
    """For numbers of things or of pledges."""
    return Words.translated(words.gettext, number=words.number, pledges=_pledges, month=words.month_short)


def euros() -> Words:
    return Words.translated(words.gettext, number=_euros, pledges=_pledges, month=words.month_short)


def _pledges(count: int) -> str:
    return words.ngettext("%(num)s pledge", "%(num)s pledges", count) % {"num": words.number(count)}


def _euros(number: Decimal) -> str:
    return words.gettext("€%(amount)s") % {"amount": words.short(number)}
