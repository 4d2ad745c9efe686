"""What donors have given, before and after an import: records, and euros as the dashboard adds them up."""

from collections import defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal

from sqlalchemy import Connection, func, select

from app.domain.import_run import Outcome
from app.domain.milestone import NOTHING_COUNTS, standing
from app.domain.pledge import Counting, Pledge, State
from app.importing.plan import Plan
from app.store import saving
from app.store.columns import core
from app.store.reference import Reference
from app.store.tables import Pledge as PledgeTable

_PLEDGE = core(PledgeTable)
NOTHING = Decimal(0)


@dataclass(frozen=True)
class Given:
    """`euros` of pledges that count, `envelopes` of money that nothing is drawn from yet, as their points."""

    records: int = 0
    euros: Decimal = NOTHING
    envelopes: Decimal = NOTHING

    def __add__(self, other: "Given") -> "Given":
        return Given(self.records + other.records, self.euros + other.euros, self.envelopes + other.envelopes)

    def __sub__(self, other: "Given") -> "Given":
        return Given(self.records - other.records, self.euros - other.euros, self.envelopes - other.envelopes)


@dataclass(frozen=True)
class DonorTotal:
    donor: str
    before: Given
    after: Given


def totals(db: Connection, plan: Plan, reference: Reference, *, set_aside: bool = False) -> list[DonorTotal]:
    """Of the donors that the import changes anything of, by name."""
    before = _before(db, reference)
    after: dict[str, Given] = defaultdict(Given, before)
    touched = set()
    for one in plan.planned:
        value = one.value
        if one.outcome is Outcome.GONE and set_aside:
            value = replace(one.before, counting=Counting.DUPLICATE)
        if one.record != "pledge" or value is None:
            continue
        for pledge, sign in ((one.before, -1), (value, 1)):
            if pledge is not None:
                given = _of(pledge)
                after[pledge.lead] = after[pledge.lead] + given if sign > 0 else after[pledge.lead] - given
                touched.add(pledge.lead)
    names = {donor.code: donor.name for donor in reference.donors.values()}
    order = sorted(touched, key=lambda code: names.get(code, code))
    return [DonorTotal(code, before.get(code, Given()), after[code]) for code in order]


def _before(db: Connection, reference: Reference) -> dict[str, Given]:
    counts = _PLEDGE.c.status.not_in(NOTHING_COUNTS)
    question = (
        select(
            _PLEDGE.c.lead_id, _PLEDGE.c.counting, counts.label("counts"), func.count(), func.sum(_PLEDGE.c.value_point)
        )
        .where(_PLEDGE.c.visible)
        .group_by(_PLEDGE.c.lead_id, _PLEDGE.c.counting, counts)
    )
    found: dict[str, Given] = defaultdict(Given)
    for lead, counting, counted, records, euros in db.execute(question):
        code = reference.donors[lead].code
        found[code] += _given(records, counting, bool(counted), euros or NOTHING)
    return found


def _of(pledge: Pledge) -> Given:
    if pledge.state is not State.PUBLISHED:
        return Given()
    status = pledge.status_pin or standing(list(pledge.milestones), pledge.quantity).status
    return _given(1, pledge.counting, status not in NOTHING_COUNTS, saving.euros(pledge).point or NOTHING)


def _given(records: int, counting: Counting, counted: bool, euros: Decimal) -> Given:
    if not counted:
        return Given(records)
    return Given(
        records,
        euros if counting in (Counting.COUNTS, Counting.FUNDING) else NOTHING,
        euros if counting is Counting.ENVELOPE else NOTHING,
    )
