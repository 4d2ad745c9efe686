"""How much of a filter is known: with a number, with word of a delivery, valued, dated, sourced; and what is in no sum.

Without a filter, or with one facet in use, the kept counts answer; else the pledges are read."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, and_, func, select

from app.domain.claim import Confidence
from app.domain.filter import Facet, PledgeFilter, YesNo
from app.domain.milestone import Status
from app.domain.pledge import Counting
from app.domain.quantity import Sum
from app.domain.system import family
from app.domain.totals import Total
from app.store import facets, tally
from app.store.matching import PLEDGE, PORTION, conditions, counts_as_items, overdue, scope
from app.store.reference import Reference
from app.store.totals import BY, ENDS, count_where

YES = str(YesNo.YES)
HELD = {"donor": Facet.DONOR, "system": Facet.SYSTEM, "family": Facet.SYSTEM, "month": Facet.MONTH, "year": Facet.YEAR}


class LeftOut(NamedTuple):
    counting: Counting
    status: Status
    number: int


def gaps(db: Connection, wanted: PledgeFilter, reference: Reference) -> dict[str, int]:
    """How many pledges there are in all, numbered, delivered (told to be), valued, dated, sourced, overdue, disputed,
    named (down to a family) and counted in sums of items."""
    over = scope(wanted)
    given = conditions(wanted, reference, db.dialect.name)
    late = select(func.count()).select_from(over.tables).where(*given.values(), overdue(over))
    kept = facets.kept(db, wanted, reference)
    if kept is not None:
        return _from_kept(kept, reference) | {"overdue": db.execute(late).scalar_one()}
    row = db.execute(
        select(
            func.count().label("all"),
            func.count(func.coalesce(*(PLEDGE.c[f"quantity_{end}"] for end in ENDS))).label("numbered"),
            count_where(over.column("delivered_reports") > 0).label("delivered"),
            func.count(func.coalesce(*(PLEDGE.c[f"value_{end}"] for end in ENDS))).label("valued"),
            func.count(PLEDGE.c.announced_latest).label("dated"),
            count_where(PLEDGE.c.sources > 0).label("sourced"),
            count_where(overdue(over)).label("overdue"),
            count_where(PLEDGE.c.confidence == Confidence.DISPUTED).label("disputed"),
            count_where(PLEDGE.c.system_code.like("%.%.%")).label("named"),
            count_where(counts_as_items(over)).label("counted"),
        )
        .select_from(over.tables)
        .where(*given.values())
    ).one()
    return {name: value or 0 for name, value in row._mapping.items()}


def records(db: Connection, wanted: PledgeFilter, reference: Reference, by: str) -> dict[Any, Total]:
    """How many pledges there are and how many say how many: a pledge stands under each donor that `donor=` matches.
    `pledged.numbered` of `pledged.members` give a number, `delivered.numbered` tell of a delivery."""
    if not wanted.narrowed:
        return _records_kept(db, reference, by)
    over = scope(wanted)
    matching, tables = and_(*conditions(wanted, reference, db.dialect.name).values()), over.tables
    if by == "donor":
        tables = tables.join(PORTION, PORTION.c.pledge_id == PLEDGE.c.id)
        codes = wanted.values(Facet.DONOR)
        if codes:
            matching = and_(matching, PORTION.c.donor_id.in_([reference.donor_ids[code] for code in codes]))
    numbered = func.count(func.coalesce(*(PLEDGE.c[f"quantity_{end}"] for end in ENDS)))
    told = count_where(over.column("delivered_reports") > 0)
    question = select(BY[by], func.count(), numbered, told).select_from(tables).where(matching).group_by(BY[by])
    return {row[0]: _total(row[1], row[2], row[3] or 0) for row in db.execute(question)}


def left_out(db: Connection, wanted: PledgeFilter, reference: Reference) -> list[LeftOut]:
    """How many pledges are in no sum of items, by counting class and status."""
    over = scope(wanted)
    status = over.column("status")
    question = (
        select(PLEDGE.c.counting, status, func.count())
        .select_from(over.tables)
        .where(*conditions(wanted, reference, db.dialect.name).values(), ~counts_as_items(over))
        .group_by(PLEDGE.c.counting, status)
    )
    return sorted(LeftOut(*row) for row in db.execute(question))


def _records_kept(db: Connection, reference: Reference, by: str) -> dict[Any, Total]:
    facet = HELD[by]
    whole, size = tally.read(db), Counter[str]()
    numbered = tally.read(db, tally.NUMBERED, [YES]).get(facet, Counter())
    told = tally.read(db, tally.TOLD, [YES]).get(facet, Counter())
    size.update(whole.get(facet, Counter()))
    found: dict[Any, Total] = {}
    for held, members in size.items():
        key = _key(by, held, reference)
        before = found.get(key, Total())
        one = _total(members, numbered[held], told[held])
        found[key] = before + one
    if by != "donor":  # those that have no such value
        every, known = whole.get(tally.NUMBERED, Counter()), size.total()
        if every.total() > known:
            rest = every[YES] - numbered.total()
            found[None] = _total(every.total() - known, rest, whole.get(tally.TOLD, Counter())[YES] - told.total())
    return found


def _key(by: str, held: str, reference: Reference) -> Any:
    """What the pledges hold in place of what the counts hold."""
    if by == "month":
        return int(held.replace("-", ""))
    if by == "family":
        return reference.system_codes[family(reference.systems[int(held)].code)]
    return int(held)


def _total(members: int, numbered: int, told: int) -> Total:
    return Total(Sum(members=members, numbered=numbered), Sum(members=members, numbered=told), members, told)


def _from_kept(kept: Mapping[str, Counter[str]], reference: Reference) -> dict[str, int]:
    def of(name: str, *values: str) -> int:
        return sum(kept.get(name, Counter())[value] for value in values)

    named = [str(number) for number, node in reference.systems.items() if node.code.count(".") >= 2]
    return {
        "all": kept.get(tally.NUMBERED, Counter()).total(),
        "numbered": of(tally.NUMBERED, YES),
        "delivered": of(tally.TOLD, YES),
        "valued": of(tally.VALUED, YES),
        "dated": kept.get(Facet.YEAR, Counter()).total(),
        "sourced": of(Facet.SOURCE, YES),
        "disputed": of(Facet.CONFIDENCE, Confidence.DISPUTED),
        "named": of(Facet.SYSTEM, *named),
        "counted": of(tally.COUNTED, YES),
    }
