"""Counts of pledges kept with the records: of each value of each facet, alone and together with one other.

They answer a list without a filter and a list with one facet in use without reading a single pledge. The store
adds and takes away in the transaction of the pledge; `verify` counts anew and compares."""

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import product, starmap
from operator import concat
from typing import Any

from sqlalchemy import Connection, select

from app.domain.filter import Facet, YesNo
from app.domain.milestone import NOTHING_COUNTS
from app.domain.totals import COUNTS_AS_ITEMS
from app.store.columns import core
from app.store.tables import Pledge, PledgeGroup, Portion, Tally

ALONE = ""  # the facet of a row that counts all pledges of a value
# Beside the facets: gives a number, is in sums of items, tells of a delivery, has a value.
NUMBERED, COUNTED, TOLD, VALUED = "numbered", "counted", "told", "valued"
SEVERAL = (Facet.DONOR, Facet.GROUP)  # of which a pledge may have more than one value

ENDS = ("low", "point", "high")

Values = list[tuple[str, str]]
Key = tuple[str, str, str, str]

_TALLY = core(Tally)
_PLEDGE = core(Pledge)
_PORTION = core(Portion)
_GROUP = core(PledgeGroup)


def values(pledge: Mapping[str, Any], donors: Iterable[int], groups: Iterable[str]) -> Values:
    """What a pledge is counted under; `pledge` holds the columns of its row. One that is not visible: nothing."""
    if not pledge["visible"]:
        return []
    numbered = any(pledge[f"quantity_{end}"] is not None for end in ENDS)
    counts = pledge["counting"] in COUNTS_AS_ITEMS and pledge["status"] not in NOTHING_COUNTS
    single = {
        Facet.SYSTEM: pledge["system_id"],
        Facet.AID: pledge["aid"],
        Facet.STATUS: pledge["status"],
        Facet.YEAR: pledge["year"],
        Facet.MONTH: None if pledge["year"] is None else f"{pledge['year']}-{pledge['month']:02d}",
        Facet.EVENT: pledge["event_id"],
        Facet.ROLE: pledge["role"],
        Facet.QUALIFIER: pledge["quantity_qualifier"],
        Facet.COUNTING: pledge["counting"],
        Facet.CONFIDENCE: pledge["confidence"],
        Facet.SOURCE: _yes(pledge["sources"] > 0),
        NUMBERED: _yes(numbered),
        COUNTED: _yes(counts),
        TOLD: _yes(pledge["delivered_reports"] > 0),
        VALUED: _yes(any(pledge[f"value_{end}"] is not None for end in ENDS)),
    }
    found = [(str(facet), str(value)) for facet, value in single.items() if value is not None]
    found += [(str(Facet.DONOR), str(donor)) for donor in donors]
    return found + [(str(Facet.GROUP), str(group)) for group in groups]


def add(db: Connection, come: Iterable[Values], gone: Iterable[Values]) -> None:
    """Counts what has come and no longer what has gone."""
    changed = counted(come)
    changed.subtract(counted(gone))
    rows = [(*key, number) for key, number in sorted(changed.items()) if number]
    if rows:  # many and plain, so they go past what SQLAlchemy does to each value
        sign = "?" if db.dialect.name == "sqlite" else "%s"
        db.exec_driver_sql(_ADDED.format(", ".join([sign] * len(COLUMNS))), rows)


def read(db: Connection, facet: str = ALONE, chosen: Iterable[str] = ("",)) -> dict[str, Counter[str]]:
    """The counts of every facet among the pledges with one of the chosen values; alone: among all. With
    several values of a facet of which a pledge may have more than one, a pledge would be counted twice."""
    question = select(_TALLY.c.other, _TALLY.c.other_value, _TALLY.c.number).where(
        _TALLY.c.facet == facet, _TALLY.c.value.in_(list(chosen)), _TALLY.c.number > 0
    )
    found: dict[str, Counter[str]] = {}
    for other, value, number in db.execute(question):
        found.setdefault(other, Counter())[value] += number
    return found


def held(db: Connection, ids: list[int]) -> list[Values]:
    """What pledges are counted under as their rows stand now."""
    donors = _several(db, _PORTION.c.pledge_id, _PORTION.c.donor_id, ids)
    groups = _several(db, _GROUP.c.pledge_id, _GROUP.c.group, ids)
    rows = db.execute(select(_PLEDGE).where(_PLEDGE.c.id.in_(ids)))
    return [values(row._mapping, donors.get(row.id, []), groups.get(row.id, [])) for row in rows]


def counted(pledges: Iterable[Values]) -> Counter[Key]:
    found: Counter[Key] = Counter()
    for held_values in pledges:
        found.update(starmap(concat, product([(ALONE, ""), *held_values], held_values)))  # ty: ignore[invalid-argument-type]
    return found


def rebuild(db: Connection) -> None:
    """Counts everything anew."""
    db.execute(_TALLY.delete())
    last = 0
    while True:
        ids = list(
            db.execute(select(_PLEDGE.c.id).where(_PLEDGE.c.id > last).order_by(_PLEDGE.c.id).limit(500)).scalars()
        )
        if not ids:
            return
        add(db, held(db, ids), [])
        last = ids[-1]


COLUMNS = ("facet", "value", "other", "other_value", "number")
_ADDED = (
    "INSERT INTO tally (facet, value, other, other_value, number) VALUES ({}) "
    "ON CONFLICT (facet, value, other, other_value) DO UPDATE SET number = tally.number + excluded.number"
)


def _several(db: Connection, pledge: Any, value: Any, ids: list[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for number, one in db.execute(select(pledge, value).where(pledge.in_(ids))):
        found.setdefault(number, []).append(one)
    return found


def _yes(true: bool) -> str:
    return YesNo.YES if true else YesNo.NO
