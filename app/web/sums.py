"""What a filter adds up to, one line a kind, and the records that are shown and not added."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from app.domain.filter import NOWHERE, Facet, PledgeFilter
from app.domain.pledge import Counting
from app.domain.quantity import Sum
from app.domain.totals import Kind, Total
from app.store import totals
from app.store.reference import Reference
from app.web import words
from app.web.ask import Ask


@dataclass(frozen=True)
class SumLine:
    """`wanted` is the filter that the sum is of."""

    kind: Kind
    name: str
    role: str
    donors: tuple[str, ...]
    total: Total
    wanted: PledgeFilter
    reference: Reference

    @cached_property
    def records(self) -> PledgeFilter:
        """Leads to exactly the pledges that were added."""
        return records_of(self.kind, self.wanted, self.reference)


def lines(ask: Ask, wanted: PledgeFilter, *, named: bool = True) -> list[SumLine]:
    """The largest kinds first: by pledges, then by number. `named`: with the donors behind each."""
    donors: dict[Kind, list[str]] = {}
    if named:
        for donor, kind in totals.items(ask.db, wanted, ask.reference, by="donor"):
            donors.setdefault(kind, []).append(ask.reference.donors[donor].name)
    found = [
        SumLine(
            kind=kind,
            name=kind_name(kind, ask.reference),
            role=words.word(kind.role),
            donors=tuple(sorted(donors.get(kind, ()))),
            total=total,
            wanted=wanted,
            reference=ask.reference,
        )
        for (_, kind), total in totals.items(ask.db, wanted, ask.reference).items()
    ]
    return sorted(found, key=lambda line: (-line.total.records, -_size(line.total.pledged), line.name))


def kind_name(kind: Kind, reference: Reference) -> str:
    """Patriot: missiles"""
    number = reference.system_codes.get(kind.family)
    family = reference.systems[number].name if number else words.gettext("No system")
    return words.gettext("%(system)s: %(unit)s") % {"system": family, "unit": words.unit_words(kind.unit)}


def records_of(kind: Kind, wanted: PledgeFilter, reference: Reference) -> PledgeFilter:
    """Exactly the pledges that a sum of this kind adds: those of the filter that are of the kind and count."""
    found = wanted.only(Facet.ROLE, kind.role).only(Facet.UNIT, kind.unit).only(Facet.COUNTING, Counting.COUNTS)
    number = reference.system_codes.get(kind.family)
    if number is None:
        return found.only(Facet.AT, NOWHERE)
    node = reference.systems[number]
    # Above the level of a family a kind holds what is filed at that very node, not all that lies below it.
    facet = Facet.SYSTEM if node.code.count(".") >= 2 else Facet.AT
    return found.only(facet, node.slug)


def _size(total: Sum) -> Decimal:
    return total.high if total.high is not None else total.low
