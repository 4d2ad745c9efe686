"""Pledges as the database hands them to an export."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from app.domain.dictionary import COLUMNS, Holds, Worth
from app.domain.money import UNVALUED, ValueSetBy
from app.domain.pledge import Pledge
from app.domain.table import Column, Rows, Table
from app.formats.record import told

TABLE = Table(
    name="pledges",
    key=("key",),
    columns=tuple(Column(name=one.name, told=one.told, holds=one.holds, empty=one.empty) for one in COLUMNS),
)


def rows(*pledges: Pledge) -> Rows:
    return Rows(TABLE, [[row(pledge) for pledge in pledges]])


def row(pledge: Pledge) -> tuple[Any, ...]:
    """What follows from a pledge is left empty, but for whether its worth follows."""
    record = told(pledge)
    follows = value_from(pledge)
    return tuple(follows if one.name == "value_from" else cell(record, one.at, one.holds) for one in COLUMNS)


def cell(record: dict[str, Any], path: str, holds: Holds) -> Any:
    found: Any = record
    for step in path.split("."):
        found = (found or {}).get(step) if path else None
    if found is not None and holds is Holds.NUMBER:
        return int(Decimal(found) * 1_000_000)
    return found


def value_from(pledge: Pledge) -> str | None:
    value, amount = pledge.value, pledge.amount
    if not value.known:
        return None
    same = amount and (value.low, value.point, value.high) == (amount.low, amount.point, amount.high)
    in_euros = value.set_by is ValueSetBy.STATED and amount and amount.currency == "EUR" and same
    return Worth.AMOUNT if value.set_by is ValueSetBy.ECB or in_euros else Worth.STATED


def plain(pledge: Pledge) -> Pledge:
    """A worth without a number is none, and a table tells no rate of a worth that was stated."""
    return replace(pledge, value=replace(pledge.value, rate=None) if pledge.value.known else UNVALUED)
