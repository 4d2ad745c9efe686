"""A figure of a pledge and the claims behind it: a figure is its preferred claim."""

from dataclasses import replace
from typing import Any

from app.domain.claim import Claim, ClaimField, Rank
from app.domain.codes import N_
from app.domain.field import Kind, typed
from app.domain.money import Amount
from app.domain.numerals import Unreadable
from app.domain.pledge import Beneficiary, Pledge
from app.domain.quantity import Quantity
from app.domain.when import When

KINDS = {
    ClaimField.QUANTITY: Kind.QUANTITY,
    ClaimField.AMOUNT: Kind.AMOUNT,
    ClaimField.BENEFICIARY: Kind.CHOICE,
    ClaimField.SYSTEM: Kind.SYSTEM,
    ClaimField.ANNOUNCED: Kind.DATES,
    ClaimField.EXPECTED: Kind.DATES,
    ClaimField.DELIVERED: Kind.QUANTITY,
}
FIGURES = tuple(field for field in ClaimField if field is not ClaimField.DELIVERED)
# Where a claim keeps what it says, by the kind of its field.
SLOTS = {
    Kind.QUANTITY: "quantity",
    Kind.AMOUNT: "amount",
    Kind.CHOICE: "code",
    Kind.SYSTEM: "code",
    Kind.DATES: "dates",
}


def value_of(claim: Claim) -> Any:
    """What it says as it was read; None where it could not be."""
    return getattr(claim, SLOTS[KINDS[claim.field]]) or None


def says(field: ClaimField, value: Any, **told: Any) -> Claim:
    """A claim with its value in the place that fits its field; None is no readable value."""
    slot = {} if value is None else {SLOTS[KINDS[field]]: value}
    return Claim(field=field, **slot, **told)


def text_of(claim: Claim) -> str:
    """What it says as an editor would type it; the published words where it could not be read."""
    value = value_of(claim)
    return claim.words if value is None else typed(KINDS[claim.field], value)


def bears(claim: Claim, pledge: Pledge) -> bool:
    """Whether the pledge's figure is the one this claim gives, whatever the words."""
    return claim.field in FIGURES and _numbers(value_of(claim)) == _numbers(getattr(pledge, claim.field))


def claimed(pledge: Pledge, field: ClaimField, source: str, *, quote: str = "", locator: str = "") -> Pledge:
    """With a preferred claim of that source on the figure as it stands. What the source said before is replaced; other
    claims stay and are no longer preferred."""
    value = getattr(pledge, field) or None
    words = getattr(value, "words", "")
    said = says(field, value, source=source, words=words, quote=quote, locator=locator, rank=Rank.PREFERRED)
    kept, placed = [], False
    for claim in pledge.claims:
        if claim.subject == said.subject and claim.stands:
            if not placed:
                kept.append(replace(said, quote=quote or claim.quote, locator=locator or claim.locator))
            placed = True
        else:
            kept.append(claim)
    return settled(replace(pledge, claims=tuple(kept if placed else [*kept, said])), field)


def settled(pledge: Pledge, *names: ClaimField) -> Pledge:
    """With at most one preferred claim on each of these figures, one that bears it: the latest. A figure that no claim
    bears is unsourced."""
    claims = list(pledge.claims)
    for name in names:
        if name not in FIGURES:
            continue
        mine = [place for place, claim in enumerate(claims) if claim.field is name and claim.stands]
        bearing = [place for place in mine if bears(claims[place], pledge)]
        chosen = [place for place in bearing if claims[place].rank is Rank.PREFERRED] or bearing[:1]
        for place in mine:
            rank = Rank.PREFERRED if place in chosen[-1:] else Rank.NORMAL
            if claims[place].rank is not rank:
                claims[place] = replace(claims[place], rank=rank)
    return replace(pledge, claims=tuple(claims))


def following(pledge: Pledge, claim: Claim) -> Pledge:
    """The pledge with the figure that a preferred claim gives. Deliveries are folded, never set by a claim."""
    if claim.rank is not Rank.PREFERRED or claim.field not in FIGURES or bears(claim, pledge):
        return pledge
    value = value_of(claim)
    if value is None:
        raise Unreadable(N_("A claim without a readable value cannot be the preferred one."))
    if isinstance(value, Amount) and pledge.amount is not None:
        value = replace(value, basis=pledge.amount.basis)
    if claim.field is ClaimField.BENEFICIARY:
        value = Beneficiary(value)
    elif isinstance(value, (Quantity, When)) and claim.words:
        value = replace(value, words=claim.words)
    return replace(pledge, **{claim.field: value})


def unsourced(pledge: Pledge) -> list[ClaimField]:
    """The figures that say something and that no preferred claim bears."""
    sourced = {claim.field for claim in pledge.claims if claim.rank is Rank.PREFERRED}
    return [name for name in FIGURES if name not in sourced and _told(pledge, name)]


def _told(pledge: Pledge, name: ClaimField) -> bool:
    if name in (ClaimField.BENEFICIARY, ClaimField.SYSTEM):
        return False  # what the title says by itself, unless somebody disputes it
    value = getattr(pledge, name)
    return value.numbered if isinstance(value, Quantity) else bool(value)


def _numbers(value: Any) -> Any:
    """A value without words and basis; nothing said is None."""
    if isinstance(value, Amount):
        return value.qualifier, value.low, value.point, value.high, value.currency
    if isinstance(value, Quantity):
        return value.qualifier, value.low, value.point, value.high
    if isinstance(value, When):
        return (value.earliest, value.latest) if value else None
    return str(value) if value else None
