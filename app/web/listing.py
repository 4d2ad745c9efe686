"""Rows of a list as the templates read them: one line a pledge."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.domain.claim import ClaimField
from app.domain.donor import Donor
from app.domain.milestone import RANKED, Delivered, Status
from app.domain.money import Amount, Value
from app.domain.pledge import Counting
from app.domain.quantity import Qualifier, Quantity
from app.domain.system import Role, System, Unit
from app.domain.when import When
from app.store import rows
from app.store.matching import CLOSED
from app.store.reference import Reference
from app.web import words
from app.web.words import Said


@dataclass(frozen=True)
class Line:
    id: int
    title: str
    announced: When
    donor: Donor
    system: System | None
    role: Role
    unit: Unit
    quantity: Quantity
    arrived: Delivered
    amount: Amount | None
    value: Value
    value_note: str
    status: Status
    rank: int  # steps reached, 0 beside the order
    counting: Counting
    sources: int
    disputed: tuple[str, ...]
    overdue_days: int
    in_dataset: bool

    @property
    def counts(self) -> bool:
        return self.counting is Counting.COUNTS

    @property
    def pledged(self) -> Said:
        return words.quantity(self.quantity, self.unit)

    @property
    def delivered(self) -> Said:
        return delivered_said(self.arrived, self.quantity, self.unit, in_dataset=self.in_dataset)


def delivered_said(arrived: Delivered, pledged: Quantity, unit: str, *, in_dataset: bool) -> Said:
    """A dataset that gives no number was asked and did not say; elsewhere no delivery is known."""
    if not arrived.reports and in_dataset:
        return Said(absent=words.gettext("not stated"))
    return words.delivered(arrived, pledged, unit)


def as_quantity(arrived: Delivered) -> Quantity:
    """What has arrived, as a gauge draws it."""
    if arrived.point is None and arrived.high is None and not arrived.low:
        return Quantity(Qualifier.UNDISCLOSED)
    known = arrived.point is not None
    return Quantity(Qualifier.EXACT if known else Qualifier.AT_LEAST, arrived.low, arrived.point, arrived.high)


def disputed_names(fields: Iterable[str]) -> str:
    """quantity and beneficiary"""
    return words.listed(words.word(ClaimField(name)) for name in fields)


FILTERS = {"as_quantity": as_quantity, "disputed_names": disputed_names}


def lines(found: Iterable[Any], reference: Reference, today: date) -> list[Line]:
    return [_line(row, reference, today) for row in found]


def _line(row: Any, reference: Reference, today: date) -> Line:
    status: Status = row.status
    late = row.expected_latest is not None and row.expected_latest < today and status not in CLOSED
    return Line(
        id=row.id,
        title=row.title,
        announced=rows.when_in(row),
        donor=reference.donors[row.lead_id],
        system=reference.systems[row.system_id] if row.system_id else None,
        role=row.role,
        unit=row.unit,
        quantity=rows.quantity_in(row),
        arrived=rows.delivered_in(row),
        amount=rows.amount_in(row),
        value=Value(low=row.value_low, point=row.value_point, high=row.value_high),
        value_note=_value_note(row),
        status=status,
        rank=RANKED.index(status) + 1 if status in RANKED else 0,
        counting=row.counting,
        sources=row.sources,
        disputed=tuple(row.disputed.split()),
        overdue_days=(today - row.expected_latest).days if late else 0,
        in_dataset=bool(row.dataset),
    )


def _value_note(row: Any) -> str:
    """Where the euros come from, in a word or two."""
    if row.value_set_by is None:
        return ""
    if row.value_set_by == "dataset":
        return words.gettext("dataset’s estimate")
    if row.amount_currency and row.amount_currency != "EUR":
        return words.gettext("%(currency)s at the ECB rate") % {"currency": row.amount_currency}
    return words.word(row.amount_basis) if row.amount_basis and row.amount_basis != "not_stated" else ""
