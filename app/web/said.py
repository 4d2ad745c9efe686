"""What a claim says, in words."""

from typing import Any

from app.domain.claim import ClaimField
from app.domain.money import Amount
from app.domain.pledge import Beneficiary
from app.domain.quantity import Quantity
from app.domain.when import When
from app.store.reference import Reference
from app.web import words


def claim_value(row: Any, reference: Reference) -> str:
    """Of a row of claims joined with its pledge: the value as read, else the words as published."""
    return value_words(
        row.field,
        amount=Amount(row.qualifier, row.low, row.point, row.high, row.words, currency=row.currency)
        if row.currency
        else None,
        quantity=Quantity(row.qualifier, row.low, row.point, row.high, row.words) if row.qualifier else None,
        code=row.code,
        dates=When(row.earliest, row.latest, row.dates_words),
        told=row.words,
        unit=row.unit,
        reference=reference,
    )


def value_words(
    field: ClaimField,
    *,
    amount: Amount | None,
    quantity: Quantity | None,
    code: str,
    dates: When,
    told: str,
    unit: str,
    reference: Reference,
) -> str:
    if field is ClaimField.BENEFICIARY and code:
        return words.word(Beneficiary(code))
    if field is ClaimField.SYSTEM and code:
        system = reference.system(code)
        return system.name if system else code
    if amount is not None:
        return words.money_words(amount)
    if quantity is not None and (quantity.numbered or not told):
        return words.quantity_words(quantity, unit)
    if dates:
        return words.when(dates)
    return told or words.gettext("not stated")


def field_title(field: ClaimField) -> str:
    titles = {
        ClaimField.QUANTITY: words.gettext("How many"),
        ClaimField.AMOUNT: words.gettext("Price"),
        ClaimField.BENEFICIARY: words.gettext("Who receives it"),
        ClaimField.SYSTEM: words.gettext("Which system"),
        ClaimField.ANNOUNCED: words.gettext("When it was announced"),
        ClaimField.EXPECTED: words.gettext("When it is expected"),
        ClaimField.DELIVERED: words.gettext("How many arrived"),
    }
    return titles[field]
