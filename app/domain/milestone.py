"""What has happened to a pledge: a status reached or a delivery; and what that makes of it on any day."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from app.domain.codes import N_, Code
from app.domain.quantity import UNDISCLOSED, Quantity
from app.domain.when import When


class Status(Code):
    SIGNALLED = "signalled", N_("signalled")
    ANNOUNCED = "announced", N_("announced")
    COMMITTED = "committed", N_("committed")
    ALLOCATED = "allocated", N_("allocated")
    CONTRACTED = "contracted", N_("contracted")
    IN_DELIVERY = "in_delivery", N_("in delivery")
    DELIVERED = "delivered", N_("delivered")
    ON_HOLD = "on_hold", N_("on hold")
    CANCELLED = "cancelled", N_("cancelled")
    LAPSED = "lapsed", N_("lapsed")
    SUPERSEDED = "superseded", N_("superseded")


RANKED = list(Status)[:7]  # from signalled to delivered
SIDE = list(Status)[7:]
NOTHING_COUNTS = (Status.SIGNALLED, Status.CANCELLED, Status.LAPSED, Status.SUPERSEDED)


class CountBasis(Code):
    INCREMENT = "increment", N_("on top of what came before")
    RUNNING_TOTAL = "running_total", N_("all so far")
    COMPLETE = "complete", N_("the whole pledge")


class DeliveryPoint(Code):
    LEFT_ORIGIN = "left_origin", N_("left the donor")
    HANDED_OVER = "handed_over", N_("handed over")
    CONFIRMED = "confirmed", N_("confirmed by the recipient")
    SEEN_IN_SERVICE = "seen_in_service", N_("seen in service")
    UNSTATED = "unstated", N_("point not stated")


ARRIVED = (DeliveryPoint.HANDED_OVER, DeliveryPoint.CONFIRMED, DeliveryPoint.SEEN_IN_SERVICE, DeliveryPoint.UNSTATED)


@dataclass(frozen=True, kw_only=True)
class Milestone:
    """Either a status reached (`status`) or a delivery (`basis` and `point`), never both."""

    status: Status | None = None
    basis: CountBasis | None = None
    point: DeliveryPoint | None = None
    quantity: Quantity = UNDISCLOSED
    dates: When = field(default_factory=When)
    source: str | None = None  # key
    note: str = ""

    def __post_init__(self) -> None:
        if (self.status is None) == (self.basis is None) or (self.basis is None) != (self.point is None):
            raise ValueError("A milestone is a status reached, or a delivery with its basis and point.")

    @property
    def subject(self) -> tuple[Status | None, DeliveryPoint | None, When]:
        return self.status, self.point, self.dates


@dataclass(frozen=True)
class Delivered:
    """How much has come. `reports` counts the deliveries told of; 0 of them is "none reported", never zero."""

    low: Decimal = Decimal(0)
    point: Decimal | None = None
    high: Decimal | None = None
    reports: int = 0
    complete: bool = False

    def then(self, delivery: Milestone, pledged: Quantity) -> "Delivered":
        """With one more delivery of the same point."""
        told = pledged if delivery.basis is CountBasis.COMPLETE else delivery.quantity
        if delivery.basis is CountBasis.INCREMENT and self.reports:
            return Delivered(
                low=self.low + (told.low or 0),
                point=_added(self.point, told.point),
                high=_added(self.high, told.high),
                reports=self.reports + 1,
                complete=self.complete,
            )
        complete = delivery.basis is CountBasis.COMPLETE
        return Delivered(told.low or Decimal(0), told.point, told.high, self.reports + 1, complete)

    def reaches(self, pledged: Quantity) -> bool:
        """Whether all has come: told to be complete, or at the pledged point (else the high)."""
        aim = pledged.point if pledged.point is not None else pledged.high
        come = self.point if self.point is not None else self.low
        return self.complete or (self.reports > 0 and aim is not None and aim > 0 and come >= aim)

    @property
    def numbered(self) -> bool:
        return bool(self.low) or self.point is not None or self.high is not None

    @property
    def size(self) -> tuple[Decimal, Decimal, bool]:
        return (self.point if self.point is not None else self.low, self.low, self.complete)


POINTS = tuple(DeliveryPoint)
NOTHING = Delivered()


@dataclass(frozen=True)
class Standing:
    """How a pledge stands: its status, what has arrived, and what has left the donor and is on its way."""

    status: Status
    delivered: Delivered = Delivered()
    on_its_way: Delivered = Delivered()


def standing(milestones: list[Milestone], pledged: Quantity) -> Standing:
    """The fold of the milestones, given in the order of their ids. Undated ones come first: whatever is dated
    is later knowledge."""
    ordered = sorted(milestones, key=lambda one: one.dates.latest or date.min)
    by_point = dict.fromkeys(POINTS, NOTHING)
    rank, side = Status.ANNOUNCED, None
    reached = [one.status for one in ordered if one.status in RANKED]
    if reached:
        rank = max(reached, key=RANKED.index)
    for one in ordered:
        if one.point is not None:
            by_point[one.point] = by_point[one.point].then(one, pledged)
        elif one.status in SIDE:
            side = one.status
    arrived = max((by_point[point] for point in ARRIVED if by_point[point].reports), key=_size, default=Delivered())
    on_its_way = by_point[DeliveryPoint.LEFT_ORIGIN]
    if arrived.reaches(pledged):
        rank = Status.DELIVERED
    elif _anything(arrived) or _anything(on_its_way):
        rank = max(rank, Status.IN_DELIVERY, key=RANKED.index)
    return Standing(side or rank, arrived, on_its_way)


def standings(milestones: list[Milestone], pledged: Quantity) -> list[tuple[date, Standing]]:
    """How the pledge stood from each day on: the first from the beginning of time, then one a day on which a
    dated milestone changed it. Undated milestones are left out, as `as_of` asks."""
    dated = [one for one in milestones if one.dates.latest is not None]
    found = [(date.min, standing([], pledged))]
    for day in sorted({one.dates.latest for one in dated if one.dates.latest}):
        now = standing([one for one in dated if one.dates.by(day)], pledged)
        if now != found[-1][1]:
            found.append((day, now))
    return found


def _anything(delivered: Delivered) -> bool:
    """Whether something came: a delivery told of, unless it was stated to be zero."""
    return delivered.reports > 0 and (delivered.high is None or delivered.high > 0)


def _size(delivered: Delivered) -> tuple[Decimal, Decimal, bool]:
    return delivered.size


def _added(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None else one + other
