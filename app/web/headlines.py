"""A few sums in large type, each of which opens to the records behind it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from app.domain.filter import PledgeFilter, Sort
from app.domain.totals import left_out_because
from app.store import pledges
from app.web import listing, words
from app.web.ask import Ask
from app.web.sums import SumLine

MOST = 4
MOST_RECORDS = 12  # named under a headline; all of them are a link away
READ = 40  # looked at to find those


@dataclass(frozen=True)
class LeftOutLine:
    line: listing.Line
    reason: str


@dataclass(frozen=True)
class Headline:
    """`counted` and `without_number` make the sum; `left_out` are pledges of the same family that do not."""

    sum: SumLine
    counted: list[listing.Line]
    without_number: list[listing.Line]
    left_out: list[LeftOutLine]
    citation: str
    address: str


def headlines(ask: Ask, wanted: PledgeFilter, lines: list[SumLine], most: int = MOST) -> list[Headline]:
    """The kinds with most pledges that give a number and name a family, and of them no two of one family."""
    chosen: list[SumLine] = []
    for line in sorted(lines, key=lambda one: -one.total.pledged.numbered):
        named = line.kind.family.count(".") >= 2
        if named and line.total.pledged.numbered and all(line.kind.family != one.kind.family for one in chosen):
            chosen.append(line)
        if len(chosen) == most:
            break
    return [_headline(ask, wanted, line) for line in chosen]


def _headline(ask: Ask, wanted: PledgeFilter, line: SumLine) -> Headline:
    day = wanted.as_of or date.today()
    asked = line.records.but(sort=Sort.ANNOUNCED, falling=False)
    counted = listing.lines(pledges.some(ask.db, asked, ask.reference, READ), ask.reference, day)
    family = asked.without("role").without("unit").without("counting")
    others = listing.lines(pledges.some(ask.db, family, ask.reference, READ), ask.reference, day)
    left_out = [LeftOutLine(one, _reason(one, line)) for one in others if not _adds(one, line)]
    address = ask.base + line.records.address()
    return Headline(
        sum=line,
        counted=[one for one in counted if one.quantity.numbered][:MOST_RECORDS],
        without_number=[one for one in counted if not one.quantity.numbered][:MOST_RECORDS],
        left_out=left_out[:MOST_RECORDS],
        citation=citation(line, wanted, ask),
        address=address,
    )


def _adds(one: listing.Line, line: SumLine) -> bool:
    """Whether a pledge of the family is of the kind and counts."""
    return (one.role, one.unit) == (line.kind.role, line.kind.unit) and not left_out_because(one.counting, one.status)


def _reason(one: listing.Line, line: SumLine) -> str:
    """Why a pledge of the same family is not in the sum."""
    because = left_out_because(one.counting, one.status)
    if because:
        return words.gettext(because)
    return words.gettext("Counted in %(unit)s (%(role)s), and kinds never add up.") % {
        "unit": words.unit_words(one.unit),
        "role": words.word(one.role),
    }


def citation(line: SumLine, wanted: PledgeFilter, ask: Ask) -> str:
    """Figure, doubt, what it counts, until when."""
    until: Any = wanted.as_of or ask.reference.until
    day = words.day(until) if until else words.gettext("today")
    told = words.gettext("Allied Pledges: %(kind)s, %(sum)s pledged, from %(records)s, records to %(day)s.")
    number = line.total.records
    return told % {
        "kind": line.name,
        "sum": words.sum_words(line.total.pledged, line.kind.unit),
        "records": words.ngettext("%(num)s pledge", "%(num)s pledges", number) % {"num": words.number(number)},
        "day": day,
    }
