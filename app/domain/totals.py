"""Pledges added up: what counts, what was left out, and why. Items add only within one family, role and unit."""

from dataclasses import dataclass, field

from app.domain.codes import N_
from app.domain.milestone import NOTHING_COUNTS, Status
from app.domain.pledge import COUNTING_REASONS, Counting
from app.domain.quantity import Sum
from app.domain.system import Role, Unit

COUNTS_AS_ITEMS = (Counting.COUNTS,)
COUNTS_AS_MONEY = (Counting.COUNTS, Counting.FUNDING, Counting.ENVELOPE)

STATUS_REASONS = {
    Status.SIGNALLED: N_("Signalled, not yet announced."),
    Status.CANCELLED: N_("Cancelled."),
    Status.LAPSED: N_("Lapsed."),
    Status.SUPERSEDED: N_("Superseded by another record."),
}


@dataclass(frozen=True, order=True)
class Kind:
    """What may be added up: one family (the code of its node, "" where there is none), one role, one unit."""

    family: str
    role: Role
    unit: Unit


@dataclass(frozen=True)
class Total:
    """Of one kind, for one donor, system, month or all. `delivered` has as many members as `pledged`; those that
    tell of no delivery leave its upper end open. `told` of them tell of a delivery, with a number or without."""

    pledged: Sum = field(default_factory=Sum)
    delivered: Sum = field(default_factory=Sum)
    records: int = 0
    told: int = 0

    def __add__(self, other: "Total") -> "Total":
        return Total(
            self.pledged + other.pledged,
            self.delivered + other.delivered,
            self.records + other.records,
            self.told + other.told,
        )


def left_out_because(counting: Counting, status: Status) -> str | None:
    """The reason, as a sentence of the catalogue, why a pledge is in no sum of items; None when it counts."""
    if counting not in COUNTS_AS_ITEMS:
        return COUNTING_REASONS[counting]
    return STATUS_REASONS[status] if status in NOTHING_COUNTS else None
