"""All pledges of a filter in the columns of the dictionary, as one question for the plain rows of the database: numbers
in millionths, days and codes as the database keeps them.

A question carries everything in itself. It can be asked here, or in a process that knows nothing else."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Dialect,
    Select,
    String,
    and_,
    case,
    func,
    literal,
    or_,
    select,
    type_coerce,
)
from sqlalchemy import cast as as_sql
from sqlalchemy.dialects import sqlite

from app.domain.dictionary import COLUMNS, Holds, Worth
from app.domain.filter import Facet, PledgeFilter
from app.domain.money import ValueSetBy
from app.store import pledges, tables
from app.store.columns import core
from app.store.matching import (
    PLEDGE,
    PORTION,
    SOURCE,
    Scope,
    counts_as_items,
    counts_as_money,
    scope,
)
from app.store.plain import Question, parameter
from app.store.reference import Reference
from app.store.totals import share_of

NAMES = [entry.name for entry in COLUMNS]
ENDS = ("low", "point", "high")
RENAMED = {f"value_{end}_eur": f"value_{end}" for end in ENDS} | {
    "currency": "amount_currency",
    "rate": "value_rate",
    "rate_day": "value_rate_day",
}
LEAD, SYSTEM, FAMILY = core(tables.Donor).alias("lead"), core(tables.System), core(tables.System).alias("family")
EVENT, PACKAGE, ADDRESS = core(tables.Event), core(tables.Package), core(tables.Source)


def asked(db: Connection, wanted: PledgeFilter, reference: Reference, base: str) -> Question:
    """In the order of the filter; `base` is the address of this installation. The columns are those of the
    dictionary."""
    over = scope(wanted)
    told = _held(over) | _named(base) | _counted(wanted, reference, over)
    columns = [plain(told[entry.name], entry.holds).label(entry.name) for entry in COLUMNS]
    tables_read = (
        over.tables.join(LEAD, LEAD.c.id == PLEDGE.c.lead_id)
        .outerjoin(SYSTEM, SYSTEM.c.id == PLEDGE.c.system_id)
        .outerjoin(FAMILY, FAMILY.c.id == PLEDGE.c.family_id)
        .outerjoin(EVENT, EVENT.c.id == PLEDGE.c.event_id)
        .outerjoin(PACKAGE, PACKAGE.c.id == PLEDGE.c.package_id)
    )
    question = select(*columns).select_from(tables_read)
    return in_words(db.dialect, pledges.ordered(wanted, reference, db.dialect.name, question))


def in_words(dialect: Dialect, question: Select[*tuple[Any, ...]]) -> Question:
    """The question as its driver takes it, whoever asks it."""
    if dialect.name == "sqlite":
        dialect = sqlite.dialect(paramstyle="named")
    told = question.compile(dialect=dialect, compile_kwargs={"render_postcompile": True})
    return Question(str(told), {name: parameter(value) for name, value in told.params.items()})


def plain(column: ColumnElement[Any], holds: Holds) -> ColumnElement[Any]:
    """Without what turns it into a value of ours."""
    return type_coerce(column, BigInteger if holds in (Holds.NUMBER, Holds.WHOLE) else String)


def _held(over: Scope) -> dict[str, ColumnElement[Any]]:
    """Columns as the pledge has them, or as it stood on the day."""
    held = {name: RENAMED.get(name, name) for name in NAMES}
    return {name: over.column(column) for name, column in held.items() if column in PLEDGE.c}


def _named(base: str) -> dict[str, ColumnElement[Any]]:
    """What the pledge refers to, by the names that last."""
    number, version = as_sql(PLEDGE.c.id, String), as_sql(PLEDGE.c.version, String)
    return {
        "address": literal(f"{base}/pledges/") + number + "@" + version,
        "donor": LEAD.c.code,
        "donor_name": LEAD.c.name,
        "system": SYSTEM.c.slug,
        "system_name": SYSTEM.c.name,
        "family": FAMILY.c.slug,
        "event": EVENT.c.slug,
        "package": PLEDGE.c.package_id,
        "package_key": PACKAGE.c.key,
        "sources": _addresses(),
        "value_from": _rests_on(),
    }


def _addresses() -> ColumnElement[Any]:
    """In the order of the sources, which an aggregate keeps of the rows it is given: SQLite before 3.44 has no other
    way of saying so."""
    mine = (
        select(ADDRESS.c.url)
        .join_from(SOURCE, ADDRESS, ADDRESS.c.id == SOURCE.c.source_id)
        .where(SOURCE.c.pledge_id == PLEDGE.c.id, ADDRESS.c.url != "")
        .order_by(ADDRESS.c.id)
        .correlate(PLEDGE)
        .subquery()
    )
    return select(func.aggregate_strings(mine.c.url, " ")).correlate(PLEDGE).scalar_subquery()


def _rests_on() -> ColumnElement[Any]:
    """An amount in euros is its own worth."""
    same = [
        or_(
            PLEDGE.c[f"value_{end}"] == PLEDGE.c[f"amount_{end}"],
            and_(PLEDGE.c[f"value_{end}"].is_(None), PLEDGE.c[f"amount_{end}"].is_(None)),
        )
        for end in ENDS
    ]
    set_by = PLEDGE.c.value_set_by
    in_euros = and_(set_by == ValueSetBy.STATED, PLEDGE.c.amount_currency == "EUR", *same)
    return case(
        (or_(set_by == ValueSetBy.ECB, in_euros), str(Worth.AMOUNT)),
        (set_by.is_not(None), str(Worth.STATED)),
        else_=None,
    )


def _counted(wanted: PledgeFilter, reference: Reference, over: Scope) -> dict[str, ColumnElement[Any]]:
    """What sums add of each pledge: the shares of the donors asked for, or of all."""
    mine = [PORTION.c.pledge_id == PLEDGE.c.id]
    codes = wanted.values(Facet.DONOR)
    if codes:
        mine.append(PORTION.c.donor_id.in_([reference.donor_ids[code] for code in codes]))

    def added(
        column: ColumnElement[Any], weight: ColumnElement[Any], counts: ColumnElement[bool]
    ) -> ColumnElement[Any]:
        shares = (
            select(func.sum(type_coerce(column, BigInteger))).where(and_(*mine, weight > 0)).correlate_except(PORTION)
        )
        return case((counts, as_sql(shares.scalar_subquery(), BigInteger)), else_=None)

    found: dict[str, ColumnElement[Any]] = {}
    items = counts_as_items(over)
    for end in ENDS:
        pledged, arrived = PLEDGE.c[f"quantity_{end}"], over.column(f"delivered_{end}")
        if codes:
            found[f"counted_{end}"] = added(PORTION.c[end], PORTION.c.of_items, items)
            found[f"counted_delivered_{end}"] = added(share_of(arrived), PORTION.c.of_items, items)
        else:
            found[f"counted_{end}"] = case((items, type_coerce(pledged, BigInteger)), else_=None)
            found[f"counted_delivered_{end}"] = case((items, type_coerce(arrived, BigInteger)), else_=None)
        found[f"counted_value_{end}_eur"] = added(PORTION.c[f"value_{end}"], PORTION.c.of_money, counts_as_money(over))
    return found
