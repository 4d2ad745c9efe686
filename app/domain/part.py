"""The parts of a pledge as they are typed: claims, milestones, further donors, links."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app.domain.claim import LONGEST_QUOTE, Claim, ClaimField, Rank
from app.domain.codes import N_
from app.domain.field import Field, Kind, Wrong
from app.domain.figure import KINDS, following, says, settled, text_of
from app.domain.milestone import CountBasis, DeliveryPoint, Milestone
from app.domain.numerals import Unreadable
from app.domain.pledge import Beneficiary, Link, Party, Pledge
from app.domain.pledge_fields import PARTS

Texts = Mapping[str, str]


def texts_of(name: str, part: Any) -> dict[str, str]:
    """A part as an editor would type it."""
    texts = {field.name: field.text(part) for field in PARTS[name].fields.values()}
    return texts | {"value": text_of(part)} if isinstance(part, Claim) else texts


def part_from(name: str, texts: Texts, present: Any = None) -> Any:
    """A part as typed, in place of `present`. Names of other records are resolved already. Raises Wrong."""
    values: dict[str, Any] = {}
    was = texts_of(name, present) if present is not None else {}
    for field in PARTS[name].fields.values():
        text = texts.get(field.name, "")
        values[field.name] = field.of(present) if text == was.get(field.name) else _read(field, text)
    if name == "claims":
        return _claim(values, texts, present)
    if name == "milestones":
        return _milestone(values)
    return _party(values) if name == "parties" else Link(**values)


def with_part(pledge: Pledge, name: str, present: Any, part: Any) -> Pledge:
    """The pledge with a part put in the place of `present`, added (`present` None) or taken out (`part` None). A
    preferred claim sets its figure, and what then bears the figure is preferred. Raises Wrong."""
    parts = list(getattr(pledge, name))
    if present is None:
        parts.append(part)
    else:
        place = parts.index(present)
        parts[place : place + 1] = [] if part is None else [part]
    changed = replace(pledge, **{name: tuple(parts)})
    if name != "claims":
        return changed
    touched = {claim.field for claim in (present, part) if claim is not None}
    if part is not None:
        try:
            changed = _alone(following(changed, part), part)
        except Unreadable as error:
            raise Wrong("value", str(error)) from None
    return settled(changed, *touched)


def _alone(pledge: Pledge, preferred: Claim) -> Pledge:
    """Of the claims that bear the same figure, the one that was just preferred is it."""
    if preferred.rank is not Rank.PREFERRED:
        return pledge
    others = [
        replace(claim, rank=Rank.NORMAL)
        if claim.field is preferred.field and claim.rank is Rank.PREFERRED and claim is not preferred
        else claim
        for claim in pledge.claims
    ]
    return replace(pledge, claims=tuple(others))


def _read(field: Field, text: str) -> Any:
    try:
        return field.value(text)
    except Unreadable as error:
        raise Wrong(field.name, str(error)) from None


def _claim(values: dict[str, Any], texts: Texts, present: Claim | None) -> Claim:
    if len(values["quote"]) > LONGEST_QUOTE:
        raise Wrong("quote", N_("A quote has at most 300 characters."))
    if (values["rank"] is Rank.DEPRECATED) != (values["reason"] is not None):
        raise Wrong("reason", N_("A claim that is set aside has a reason, and no other claim has."))
    about: ClaimField = values["field"]
    text, told = texts.get("value", ""), {name: values[name] for name in ("quote", "locator", "rank", "reason", "note")}
    if present is not None and present.field is about and text == text_of(present):
        return replace(present, source=values["source"], **told)
    value = _value(about, text)
    words = getattr(value, "words", "") if value is not None else text
    return says(about, value, source=values["source"], words=words, **told)


def _value(about: ClaimField, text: str) -> Any:
    """What a claim says as it is read; a text that tells no figure raises Wrong."""
    if not text:
        return None
    kind = KINDS[about]
    codes = Beneficiary if kind is Kind.CHOICE else None
    return _read(Field(name="value", title="", kind=kind, codes=codes), text)


def _milestone(values: dict[str, Any]) -> Milestone:
    """Of a delivery the way of counting may be left open, not that there was one."""
    delivered = values["quantity"].numbered or values["basis"] or values["point"]
    if bool(values["status"]) == bool(delivered):
        raise Wrong("status", N_("Either a status was reached or something was delivered: fill in one of them."))
    if values["status"]:
        return replace(Milestone(status=values["status"]), **_apart(values, "status", "quantity", "basis", "point"))
    basis, point = values["basis"] or CountBasis.INCREMENT, values["point"] or DeliveryPoint.UNSTATED
    return replace(Milestone(basis=basis, point=point), **_apart(values, "status", "basis", "point"))


def _apart(values: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in names}


def _party(values: dict[str, Any]) -> Party:
    if (values["share"] is None) != (values["share_kind"] is None):
        raise Wrong(
            "share", N_("A share needs its number and what it is told as; leave both empty where it is not known.")
        )
    return Party(**values)
