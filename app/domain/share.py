"""What of a pledge falls to each of its donors, and how much of it counts in euros."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from app.domain.money import Value
from app.domain.pledge import Counting, Party, PartyRole, Pledge, ShareKind
from app.domain.quantity import MILLION, Quantity, portion_of

GIVERS = (PartyRole.DONOR, PartyRole.FUNDER)


@dataclass(frozen=True)
class Share:
    """Weights are millionths of the whole; those of one pledge add up to 1,000,000. A party whose share is
    unknown has the weight 0: the lead donor carries it."""

    donor: str
    items: int
    money: int


def shares(pledge: Pledge) -> list[Share]:
    """The lead donor first, then each further donor or funder once."""
    items: dict[str, int] = {}
    money: dict[str, int] = {}
    for party in pledge.parties:
        if party.role in GIVERS and party.donor != pledge.lead:
            of_items, of_money = _weights(party, pledge)
            items[party.donor] = min(items.get(party.donor, 0) + of_items, MILLION)
            money[party.donor] = min(money.get(party.donor, 0) + of_money, MILLION)
    lead = Share(pledge.lead, max(MILLION - sum(items.values()), 0), max(MILLION - sum(money.values()), 0))
    return [lead, *(Share(donor, items[donor], money[donor]) for donor in items)]


def counted_value(pledge: Pledge, value: Value, drawn: Iterable[Value]) -> Value:
    """What the pledge adds to sums of euros: all of it, the rest of an envelope, or nothing that is known.
    `drawn` are the values of the parts drawn from an envelope that are not cancelled."""
    if pledge.counting in (Counting.COUNTS, Counting.FUNDING):
        return value
    if pledge.counting is Counting.ENVELOPE:
        return rest(value, list(drawn))
    return Value()


def rest(envelope: Value, parts: list[Value]) -> Value:
    """From max(0, low - sum of the parts' highs) to max(0, high - sum of the parts' lows). A part with an open
    end may have used all of it."""
    if not parts:
        return envelope
    highs = [part.high for part in parts]
    most = None if None in highs else sum((high for high in highs if high is not None), Decimal(0))
    least = sum((part.low or Decimal(0) for part in parts), Decimal(0))
    low = Decimal(0) if most is None else max(Decimal(0), (envelope.low or Decimal(0)) - most)
    high = None if envelope.high is None else max(Decimal(0), envelope.high - least)
    point = low if high is not None and low == high else None
    return Value(low=low, point=point, high=high, set_by=envelope.set_by, rate=envelope.rate)


def part_of_value(value: Value, weight: int) -> Value:
    return Value(
        low=portion_of(value.low, weight),
        point=portion_of(value.point, weight),
        high=portion_of(value.high, weight),
        set_by=value.set_by,
        rate=value.rate,
    )


def _weights(party: Party, pledge: Pledge) -> tuple[int, int]:
    """Of the items and of the money. A share that does not say is no share."""
    if party.share is None or party.share_kind is None:
        return 0, 0
    if party.share_kind is ShareKind.PERCENT:
        weight = int(min(party.share, Decimal(100)) * MILLION / 100)
        return weight, weight
    if party.share_kind is ShareKind.QUANTITY:
        return _weight_in(party.share, pledge.quantity), 0
    if pledge.amount is None or (party.currency and party.currency != pledge.amount.currency):
        return 0, 0
    return 0, _weight_in(party.share, pledge.amount)


def _weight_in(share: Decimal, whole: Quantity) -> int:
    of = whole.point if whole.point is not None else whole.high
    return int(min(share / of, Decimal(1)) * MILLION) if of else 0
