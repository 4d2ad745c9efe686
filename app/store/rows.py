"""Domain values as rows, and rows as domain values."""

from decimal import Decimal
from typing import Any

from app.domain import milestone as milestones
from app.domain.claim import Claim
from app.domain.money import UNVALUED, Amount, Value
from app.domain.pledge import Party, Pledge
from app.domain.quantity import UNDISCLOSED, Quantity
from app.domain.share import Share
from app.domain.when import When


def pledge(one: Pledge, value: Value) -> dict[str, Any]:
    """The columns that need no other row; `value` is the worth in euros."""
    latest = one.announced.latest
    return {
        "key": one.key,
        "recipient": one.recipient,
        "title": one.title,
        "aid": one.aid,
        "role": one.role,
        "unit": one.unit,
        **_quantity("quantity_", one.quantity),
        **_quantity("amount_", one.amount),
        "amount_currency": one.amount.currency if one.amount else "",
        "amount_basis": one.amount.basis if one.amount else None,
        "value_low": value.low,
        "value_point": value.point,
        "value_high": value.high,
        "value_set_by": value.set_by if value.known else None,
        "value_rate": value.rate.per_euro if value.rate else None,
        "value_rate_day": value.rate.day if value.rate else None,
        **_when("announced_", one.announced),
        **_when("expected_", one.expected),
        "counting": one.counting,
        "beneficiary": one.beneficiary,
        "supplier": one.supplier,
        "summary": one.summary,
        "note": one.note,
        "dataset": one.dataset,
        "release": one.release,
        "dataset_key": one.dataset_key,
        "status_pin": one.status_pin,
        "status_pin_reason": one.status_pin_reason,
        "year": latest.year if latest else None,
        "month": latest.month if latest else None,
    }


def standing(one: milestones.Standing) -> dict[str, Any]:
    """What has arrived and what is on its way; the status is the caller's, who knows of a pin."""
    return {
        **_delivered("delivered_", one.delivered),
        "delivered_complete": one.delivered.complete,
        **_delivered("way_", one.on_its_way),
    }


def party(one: Party) -> dict[str, Any]:
    return {"role": one.role, "share_kind": one.share_kind, "share": one.share, "currency": one.currency}


def milestone(one: milestones.Milestone) -> dict[str, Any]:
    return {
        "status": one.status,
        "basis": one.basis,
        "point": one.point,
        **_quantity("quantity_", one.quantity),
        "earliest": one.dates.earliest,
        "latest": one.dates.latest,
        "dates_words": one.dates.words,
        "note": one.note,
    }


def claim(one: Claim) -> dict[str, Any]:
    told = one.amount or one.quantity
    return {
        "field": one.field,
        "words": one.words or (told.words if told else ""),
        "qualifier": told.qualifier if told else None,
        "low": told.low if told else None,
        "point": told.point if told else None,
        "high": told.high if told else None,
        "currency": one.amount.currency if one.amount else "",
        "basis": one.amount.basis if one.amount else None,
        "code": one.code,
        "earliest": one.dates.earliest,
        "latest": one.dates.latest,
        "dates_words": one.dates.words,
        "quote": one.quote,
        "locator": one.locator,
        "rank": one.rank,
        "reason": one.reason,
        "note": one.note,
    }


def portion(pledged: Quantity, share: Share, value: Value) -> dict[str, Any]:
    """What falls to one donor. A share that nobody knows is no number, not zero."""
    items = pledged.part(share.items) if share.items else UNDISCLOSED
    value = value if share.money else UNVALUED
    return {
        "qualifier": pledged.qualifier,
        "low": items.low,
        "point": items.point,
        "high": items.high,
        "value_low": value.low,
        "value_point": value.point,
        "value_high": value.high,
    }


def quantity_in(row: Any, prefix: str = "quantity_") -> Quantity:
    """The quantity in columns that begin with `prefix`."""
    return Quantity(
        getattr(row, f"{prefix}qualifier"),
        getattr(row, f"{prefix}low"),
        getattr(row, f"{prefix}point"),
        getattr(row, f"{prefix}high"),
        getattr(row, f"{prefix}words", ""),
    )


def amount_in(row: Any, prefix: str = "amount_") -> Amount | None:
    qualifier = getattr(row, f"{prefix}qualifier")
    if qualifier is None:
        return None
    return Amount(
        qualifier,
        getattr(row, f"{prefix}low"),
        getattr(row, f"{prefix}point"),
        getattr(row, f"{prefix}high"),
        getattr(row, f"{prefix}words", ""),
        currency=getattr(row, f"{prefix}currency"),
        **({"basis": row.amount_basis} if prefix == "amount_" else {}),
    )


def when_in(row: Any, prefix: str = "announced_") -> When:
    return When(getattr(row, f"{prefix}earliest"), getattr(row, f"{prefix}latest"), getattr(row, f"{prefix}words", ""))


def delivered_in(row: Any, prefix: str = "delivered_") -> milestones.Delivered:
    return milestones.Delivered(
        getattr(row, f"{prefix}low") or Decimal(0),
        getattr(row, f"{prefix}point"),
        getattr(row, f"{prefix}high"),
        getattr(row, f"{prefix}reports"),
        getattr(row, f"{prefix}complete", False),
    )


def _quantity(prefix: str, one: Quantity | None) -> dict[str, Any]:
    return {
        f"{prefix}qualifier": one.qualifier if one else None,
        f"{prefix}low": one.low if one else None,
        f"{prefix}point": one.point if one else None,
        f"{prefix}high": one.high if one else None,
        f"{prefix}words": one.words if one else "",
    }


def _when(prefix: str, one: When) -> dict[str, Any]:
    return {f"{prefix}earliest": one.earliest, f"{prefix}latest": one.latest, f"{prefix}words": one.words}


def _delivered(prefix: str, one: milestones.Delivered) -> dict[str, Any]:
    # A delivery whose number nobody gave is told of, but has no number: not zero.
    told = one.reports > 0 and one.numbered
    return {
        f"{prefix}low": one.low if told else None,
        f"{prefix}point": one.point,
        f"{prefix}high": one.high if told else None,
        f"{prefix}reports": one.reports,
    }
